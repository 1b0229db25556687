//! Query expansion: other spellings, acronyms, transliterations and names of countries for the
//! plain words of a query.
//!
//! A variant replaces one of the query's words, or several in a row (“United Arab Emirates” for
//! *UAE* and the other way round). It never counts for more than what was typed, and is looked for
//! only where the index has it. Quotations, fields and words that must or must not be in a passage
//! are taken as they are.

mod places;
mod spelling;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use self::spelling::{SpellingDifference, Typed};
use super::dictionary::Dictionary;
use super::terms::{Form, Terms, folded_words, stems};
use super::variant::{Variant, VariantKind};
use crate::Result;
use crate::query::{Clause, Node, Occur};
use crate::text::analyzer::{Token, tokens};
use crate::text::english::spelling as english;
use crate::text::sound::same_consonants;
use crate::text::{self, Span, is_function_word};

/// The number of spellings of a name, and of names of an acronym, that are looked for: the most
/// common, or nearest, ones.
const MOST: usize = 3;

/// Names of an acronym that are more than this many times less common than the most common one are
/// not taken for its meaning.
const RIVAL: u64 = 4;

/// One in this many passages with an acronym has to explain it, for the others to be believed to
/// mean the same.
const EXPLAINED: u64 = 100;

/// The number of words of a query of which similar ones are looked up: that is slow beside
/// everything else.
const LOOKED_UP: usize = 8;

/// A name that is in more than a hundredth of the passages, and in more than this many, is spelt as
/// is usual.
const RARE: u64 = 20;

/// Returns the variants of the plain words in `clauses`. `terms` are the query's terms as typed,
/// `languages` those of the index.
pub(super) fn variants(
    clauses: &[Clause],
    terms: &Terms,
    languages: &[Option<String>],
    dictionary: Dictionary<'_>,
) -> Result<Vec<Variant>> {
    let mut variants = Vec::new();
    let mut proses = Vec::new();
    add_proses(clauses, &mut proses);
    let word_of = words_by_form(terms);
    for text in proses {
        let prose = Prose::new(text, &word_of);
        for proposal in prose.proposals(dictionary, languages)? {
            let Some(variant) = prose.variant(proposal, terms, languages, dictionary)? else {
                continue;
            };
            let known = |other: &Variant| {
                other.form == variant.form || !disjoint(other.stems(), variant.stems())
            };
            if !variants.iter().any(known) {
                variants.push(variant);
            }
        }
    }
    Ok(variants)
}

/// Adds the plain words of a query that only should match.
fn add_proses<'q>(clauses: &'q [Clause], proses: &mut Vec<&'q str>) {
    for clause in clauses {
        match &clause.node {
            Node::Text(text) if clause.occur == Occur::Should => proses.push(text),
            Node::Group(inner) if clause.occur != Occur::Not => add_proses(inner, proses),
            _ => {}
        }
    }
}

/// Returns the words that are looked for by their stems, by their folded form.
fn words_by_form(terms: &Terms) -> HashMap<&str, usize> {
    let mut words = HashMap::new();
    for (i, word) in terms.words.iter().enumerate() {
        if let (None, Form::Stems { folded, .. }) = (word.fact, &word.form) {
            words.insert(&**folded, i);
        }
    }
    words
}

fn disjoint(a: &[Arc<str>], b: &[Arc<str>]) -> bool {
    !a.iter().any(|stem| b.contains(stem))
}

/// A way to write some words of a query, which may turn out to be of no use.
struct Proposal {
    /// The words, as tokens of the prose.
    tokens: Range<usize>,
    written: String,
    kind: VariantKind,
    /// Probability that it is meant, from 0 to 1.
    share: f64,
}

impl Proposal {
    fn new(tokens: Range<usize>, written: impl Into<String>, kind: VariantKind) -> Self {
        Self { tokens, written: written.into(), kind, share: 1.0 }
    }
}

/// Plain words of a query.
struct Prose<'q> {
    text: &'q str,
    /// Its words, stemmed in English.
    tokens: Vec<Token>,
    /// The index of each in [`Terms::words`], where it has one.
    words: Vec<Option<usize>>,
    /// True if it is written with capitals where names have them.
    has_case: bool,
}

impl<'q> Prose<'q> {
    fn new(text: &'q str, word_of: &HashMap<&str, usize>) -> Self {
        let tokens = tokens(text, Some("en"));
        let words = tokens.iter().map(|token| word_of.get(&*token.word).copied()).collect();
        let has_case = text.chars().any(char::is_uppercase) && text.chars().any(char::is_lowercase);
        Self { text, tokens, words, has_case }
    }

    /// Returns everything that may be meant, the surest first.
    fn proposals(
        &self,
        dictionary: Dictionary<'_>,
        languages: &[Option<String>],
    ) -> Result<Vec<Proposal>> {
        let mut proposals = self.places();
        let places: Vec<Range<usize>> =
            proposals.iter().map(|proposal| proposal.tokens.clone()).collect();
        proposals.extend(self.acronyms(dictionary, languages)?);
        proposals.extend(self.names(dictionary)?);
        proposals.extend(self.similar(dictionary, languages, &places)?);
        if languages.iter().any(|language| language.as_deref() == Some("en")) {
            proposals.extend(self.spellings());
        }
        proposals.sort_by(|a, b| b.kind.credit().total_cmp(&a.kind.credit()));
        Ok(proposals)
    }

    /// Returns the other names of countries.
    fn places(&self) -> Vec<Proposal> {
        let places = places::places(&self.tokens).into_iter();
        let named =
            places.filter(|(tokens, _)| !self.has_case || self.is_capitalised(tokens.start));
        let proposals = named.flat_map(|(tokens, forms)| {
            let proposal = move |(form, kind): (&str, _)| Proposal::new(tokens.clone(), form, kind);
            forms.into_iter().map(proposal)
        });
        proposals.collect()
    }

    /// Returns British spellings for American ones, and the other way round.
    fn spellings(&self) -> impl Iterator<Item = Proposal> {
        let words = self.tokens.iter().enumerate().filter(|(i, _)| self.words[*i].is_some());
        words.flat_map(|(i, token)| {
            let spellings = english::spellings(&token.word);
            spellings.map(move |written| Proposal::new(i..i + 1, written, VariantKind::Spelling))
        })
    }

    /// Returns the names of the acronyms that are typed.
    fn acronyms(
        &self,
        dictionary: Dictionary<'_>,
        languages: &[Option<String>],
    ) -> Result<Vec<Proposal>> {
        let mut proposals = Vec::new();
        for (span, letters) in text::short_forms(self.text)
            .into_iter()
            .filter(|_| self.has_case || self.tokens.len() == 1)
        {
            let mut names = dictionary.names_of_acronym(&letters)?;
            names.sort_by_key(|name| std::cmp::Reverse(name.passages));
            let Some(first) = names.first().cloned() else { continue };
            let with_acronym = dictionary.with_stems(&stems(&Arc::from(&*letters), languages))?;
            let common = first.passages.div_ceil(RIVAL).max(with_acronym.div_ceil(EXPLAINED));
            names.retain(|name| name.passages >= common);
            names.truncate(MOST);
            let tokens = self.tokens_in(span);
            let words = folded_words(&first.term);
            for name in names {
                let is_same = is_same_name(&words, &name.term);
                let share =
                    if is_same { 1.0 } else { name.passages as f64 / first.passages as f64 };
                proposals.push(Proposal {
                    share,
                    ..Proposal::new(tokens.clone(), name.term, VariantKind::Acronym)
                });
            }
        }
        Ok(proposals)
    }

    /// Returns the acronyms of the names that are typed, in whatever transliteration.
    fn names(&self, dictionary: Dictionary<'_>) -> Result<Vec<Proposal>> {
        let mut proposals = Vec::new();
        for (span, letters) in text::proper_names(self.text).into_iter().filter(|_| self.has_case) {
            let typed = folded_words(span.of(self.text));
            let names = dictionary.names_of_acronym(&letters)?;
            if names.iter().any(|name| is_same_name(&typed, &name.term)) {
                let written = letters.to_uppercase();
                proposals.push(Proposal::new(self.tokens_in(span), written, VariantKind::Acronym));
            }
        }
        Ok(proposals)
    }

    /// Returns the words of the index that are similar to one that is typed; but for acronyms, and
    /// for words in `places`, which are spelt as is usual.
    fn similar(
        &self,
        dictionary: Dictionary<'_>,
        languages: &[Option<String>],
        places: &[Range<usize>],
    ) -> Result<Vec<Proposal>> {
        let mut proposals = Vec::new();
        let mut looked_up = 0;
        let short: Vec<Range<usize>> = text::short_forms(self.text)
            .into_iter()
            .map(|(span, _)| self.tokens_in(span))
            .collect();
        let is_spelt_so = |i| places.iter().chain(&short).any(|tokens| tokens.contains(&i));
        for (i, token) in self.tokens.iter().enumerate() {
            if self.words[i].is_none()
                || is_function_word(&token.word)
                || looked_up == LOOKED_UP
                || is_spelt_so(i)
            {
                continue;
            }
            let stems = stems(&token.word, languages);
            let frequency = dictionary.with_stems(&stems)?;
            let is_rare = frequency <= RARE.max(dictionary.passages() / 100);
            let typed =
                Typed { word: &token.word, is_name: self.is_name(i), is_absent: frequency == 0 };
            if !is_rare || !typed.may_vary() {
                continue;
            }
            looked_up += 1;
            let mut near = dictionary.words_alike(&token.word, 2)?;
            if typed.reach() > 0 {
                near.extend(dictionary.words_near(&token.word, typed.reach())?);
            }
            let near = near.into_iter().filter_map(|near| {
                let distance = strsim::osa_distance(&token.word, &near.term);
                let difference = typed.is_meant_by(&near.term, distance)?;
                Some((difference, distance, std::cmp::Reverse(near.passages), near.term))
            });
            let mut near: Vec<_> = near.collect();
            near.sort_unstable();
            near.dedup();
            near.truncate(MOST);
            proposals.extend(near.into_iter().map(|(difference, _, _, written)| {
                let kind = match difference {
                    SpellingDifference::Vowels => VariantKind::Transliteration,
                    SpellingDifference::Letters => VariantKind::Misspelling,
                };
                Proposal::new(i..i + 1, written, kind)
            }));
        }
        Ok(proposals)
    }

    /// Returns the proposal as a variant; `None` where no passage has it, or it is typed too.
    fn variant(
        &self,
        proposal: Proposal,
        terms: &Terms,
        languages: &[Option<String>],
        dictionary: Dictionary<'_>,
    ) -> Result<Option<Variant>> {
        let Proposal { tokens, written, kind, share } = proposal;
        let form = folded_words(&written);
        let mut words: Vec<usize> = self.words[tokens.clone()].iter().flatten().copied().collect();
        words.sort_unstable();
        words.dedup();
        let told = form.iter().filter(|word| form.len() == 1 || !is_function_word(word));
        let parts: Vec<_> = told.map(|word| stems(word, languages)).collect();
        let is_typed = match &form[..] {
            [_] => terms.words.iter().any(|word| !disjoint(word.stems(), &parts[0])),
            form => self
                .tokens
                .windows(form.len())
                .any(|typed| typed.iter().zip(form).all(|(a, b)| a.word == *b)),
        };
        if words.is_empty() || form.is_empty() || is_typed {
            return Ok(None);
        }
        let frequency = match &form[..] {
            [_] => dictionary.with_stems(&parts[0])?,
            form => dictionary.with_words(form)?.into_iter().min().unwrap_or(0),
        };
        if frequency == 0 {
            return Ok(None);
        }
        let typed =
            Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end);
        let mut credit = kind.credit() * share;
        if !kind.means_the_same() {
            // A common word is no better evidence where it replaces a rare one.
            let mut rarity = 0.0;
            for &word in &words {
                rarity += dictionary.idf(dictionary.with_stems(terms.words[word].stems())?);
            }
            credit *= (dictionary.idf(frequency) / rarity).min(1.0);
        }
        let typed = typed.of(self.text).to_owned();
        Ok(Some(Variant { words, typed, written, form, parts, kind, credit, frequency }))
    }

    fn tokens_in(&self, span: Span) -> Range<usize> {
        let at = |byte| self.tokens.partition_point(|token| token.span.end <= byte);
        at(span.start)..self.tokens.partition_point(|token| token.span.start < span.end)
    }

    fn is_capitalised(&self, token: usize) -> bool {
        self.tokens[token].span.of(self.text).starts_with(char::is_uppercase)
    }

    /// Returns whether a word's capital says that it is a name. At the beginning of a sentence that
    /// takes a name that goes on, or a longer word that is no inflection of another.
    fn is_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let before = at.checked_sub(1).map_or(0, |before| self.tokens[before].span.end);
        let between = &self.text[before..token.span.start];
        let begins = at == 0 || between.contains(['.', '!', '?', ':', '\n']);
        let goes_on = || at + 1 < self.tokens.len() && self.is_capitalised(at + 1);
        let is_own_stem =
            || token.word == token.stem && token.word.chars().count() > spelling::SHORTEST;
        self.has_case && self.is_capitalised(at) && (!begins || goes_on() || is_own_stem())
    }
}

/// Returns whether a name as typed is `name`, but perhaps for its transliteration. Small words,
/// which differ, are left out.
fn is_same_name(typed: &[Arc<str>], name: &str) -> bool {
    let is_long = |word: &&str| word.chars().count() > 2;
    let typed = typed.iter().map(|word| &**word).filter(is_long).collect::<Vec<_>>();
    let name = name.split(' ').filter(is_long).collect::<Vec<_>>();
    typed.len() == name.len() && typed.iter().zip(name).all(|(a, b)| same_consonants(a, b))
}
