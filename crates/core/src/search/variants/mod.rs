//! Other ways to write what a query's plain words name: spellings, acronyms, transliterations, countries.
//!
//! A variant stands for one of the query's words, or for several in a row (“United Arab Emirates” for *UAE* and the other
//! way round). It never counts for more than what was typed, and only what the index has is looked for. Quotations, fields
//! and words that must or must not stand in a passage mean just what they say.

mod likeness;
mod places;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use self::likeness::{Difference, Typed, same_consonants};
use super::dictionary::Dictionary;
use super::terms::{Form, Terms, folded_words, stems};
use crate::Result;
use crate::query::{Clause, Node, Occur};
use crate::text::analyzer::{Token, tokens};
use crate::text::english::spelling;
use crate::text::{self, Span, is_function_word};

/// Another way to write one or more of a query's words.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    /// The words it stands for, as indexes into [`Terms::words`].
    pub(super) words: Vec<usize>,
    /// What was typed.
    pub(super) typed: String,
    /// How it is written.
    pub(super) written: String,
    /// Its own words, folded: at least one.
    pub(super) form: Vec<Arc<str>>,
    /// The stems that it is looked for by where it is one word.
    pub(super) stems: Vec<Arc<str>>,
    /// Why it is looked for.
    pub(super) kind: Kind,
    /// What it counts for beside what was typed, from 0 to 1.
    pub(super) credit: f64,
    /// How many passages have it, at most.
    pub(super) frequency: u64,
}

/// Why something is looked for that was not typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "VariantKind"))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// British for American spelling, or American for British.
    Spelling,
    /// Another name of the same country.
    Name,
    /// An acronym for its name, or a name for its acronym, as the indexed texts explain it.
    Acronym,
    /// A name of the same consonants: “Hibatullah” for “Haibatullah”.
    Transliteration,
    /// A name a few letters away from one that no passage has.
    Misspelling,
    /// A people for its country, or a country for its people.
    People,
    /// A capital for its country, or a country for its capital, as newspapers name governments.
    Capital,
}

impl Kind {
    /// What a variant of this kind counts for, beside 1 for what was typed: set by hand, by how sure it is that the same
    /// is meant.
    fn credit(self) -> f64 {
        match self {
            Kind::Spelling => 1.0,
            Kind::Name | Kind::Acronym => 0.9,
            Kind::Transliteration | Kind::People => 0.8,
            Kind::Misspelling => 0.6,
            Kind::Capital => 0.4,
        }
    }

    /// Whether variants of this kind mean the very same: then what is rare is the thing, however it is written, and not
    /// one of its spellings.
    pub(super) fn means_the_same(self) -> bool {
        !matches!(self, Kind::People | Kind::Capital)
    }

    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Spelling => "spelling",
            Kind::Name => "name",
            Kind::Acronym => "acronym",
            Kind::Transliteration => "transliteration",
            Kind::Misspelling => "misspelling",
            Kind::People => "people",
            Kind::Capital => "capital",
        }
    }
}

/// How many spellings of a name are looked for, and how many names of an acronym: the most common, or nearest, ones.
const MOST: usize = 3;

/// The most common name of an acronym, and those at least so many times less common, are taken for its meaning.
const RIVAL: u64 = 4;

/// One in so many passages with an acronym has to explain it, for the others to be believed to mean the same.
const EXPLAINED: u64 = 100;

/// How many words of a query are looked up by their likeness: that is slow beside everything else.
const LOOKED_UP: usize = 8;

/// A name that stands in more than a hundredth of the passages, and in more than this many, is spelt as is usual.
const RARE: u64 = 20;

/// The variants of the plain words in `clauses`. `terms` are what the query looks for as typed, `languages` those of the
/// index.
pub(super) fn variants(
    clauses: &[Clause],
    terms: &Terms,
    languages: &[Option<String>],
    dictionary: &Dictionary<'_>,
) -> Result<Vec<Variant>> {
    let mut variants = Vec::new();
    let mut proses = Vec::new();
    add_proses(clauses, &mut proses);
    let word_of = words_by_form(terms);
    for text in proses {
        let prose = Prose::new(text, &word_of);
        for proposal in prose.proposals(dictionary, languages)? {
            let Some(variant) = prose.variant(proposal, terms, languages, dictionary)? else { continue };
            let known = |other: &Variant| other.form == variant.form || !disjoint(&other.stems, &variant.stems);
            if !variants.iter().any(known) {
                variants.push(variant);
            }
        }
    }
    Ok(variants)
}

/// The plain words of a query that only should match.
fn add_proses<'q>(clauses: &'q [Clause], proses: &mut Vec<&'q str>) {
    for clause in clauses {
        match &clause.node {
            Node::Text(text) if clause.occur == Occur::Should => proses.push(text),
            Node::Group(inner) if clause.occur != Occur::Not => add_proses(inner, proses),
            _ => {}
        }
    }
}

fn words_by_form(terms: &Terms) -> HashMap<&str, usize> {
    let words = terms.words.iter().enumerate().filter(|(_, word)| word.fact.is_none());
    words
        .filter_map(|(i, word)| if let Form::Stems { folded, .. } = &word.form { Some((&**folded, i)) } else { None })
        .collect()
}

fn disjoint(a: &[Arc<str>], b: &[Arc<str>]) -> bool {
    !a.iter().any(|stem| b.contains(stem))
}

/// What may be written for some words of a query.
struct Proposal {
    /// Which words, as tokens of the prose.
    tokens: Range<usize>,
    written: String,
    kind: Kind,
    /// How likely it is meant, where that is in doubt: from 0 to 1.
    share: f64,
}

impl Proposal {
    fn new(tokens: Range<usize>, written: impl Into<String>, kind: Kind) -> Self {
        Self { tokens, written: written.into(), kind, share: 1.0 }
    }
}

/// Plain words of a query.
struct Prose<'q> {
    text: &'q str,
    /// Its words, stemmed in English.
    tokens: Vec<Token>,
    /// The index of each in [`Terms::words`], where it counts.
    words: Vec<Option<usize>>,
    /// Whether it is written with capitals where names have them.
    has_case: bool,
}

impl<'q> Prose<'q> {
    fn new(text: &'q str, word_of: &HashMap<&str, usize>) -> Self {
        let tokens = tokens(text, Some("en"));
        let words = tokens.iter().map(|token| word_of.get(&*token.word).copied()).collect();
        let has_case = text.chars().any(char::is_uppercase) && text.chars().any(char::is_lowercase);
        Self { text, tokens, words, has_case }
    }

    /// Everything that may be meant, the surest first.
    fn proposals(&self, dictionary: &Dictionary<'_>, languages: &[Option<String>]) -> Result<Vec<Proposal>> {
        let mut proposals = self.places();
        let places: Vec<Range<usize>> = proposals.iter().map(|proposal| proposal.tokens.clone()).collect();
        proposals.extend(self.acronyms(dictionary, languages)?);
        proposals.extend(self.names(dictionary)?);
        proposals.extend(self.alike(dictionary, languages, &places)?);
        if languages.iter().any(|language| language.as_deref() == Some("en")) {
            proposals.extend(self.spellings());
        }
        proposals.sort_by(|a, b| b.kind.credit().total_cmp(&a.kind.credit()));
        Ok(proposals)
    }

    /// Countries by their other names.
    fn places(&self) -> Vec<Proposal> {
        let places = places::places(&self.tokens).into_iter();
        let named = places.filter(|(tokens, _)| !self.has_case || self.is_capitalised(tokens.start));
        let proposals = named.flat_map(|(tokens, forms)| {
            let proposal = move |(form, kind): (&str, _)| Proposal::new(tokens.clone(), form, kind);
            forms.into_iter().map(proposal)
        });
        proposals.collect()
    }

    fn spellings(&self) -> impl Iterator<Item = Proposal> {
        self.tokens.iter().enumerate().flat_map(|(i, token)| {
            let spellings = spelling::spellings(&token.word);
            spellings.map(move |written| Proposal::new(i..i + 1, written, Kind::Spelling))
        })
    }

    /// The names of the acronyms that are typed.
    fn acronyms(&self, dictionary: &Dictionary<'_>, languages: &[Option<String>]) -> Result<Vec<Proposal>> {
        let mut proposals = Vec::new();
        for (span, letters) in
            text::short_forms(self.text).into_iter().filter(|_| self.has_case || self.tokens.len() == 1)
        {
            let mut names = dictionary.names_of(&letters)?;
            names.sort_by_key(|(_, frequency)| std::cmp::Reverse(*frequency));
            let rival = names.first().map_or(0, |(_, frequency)| frequency.div_ceil(RIVAL));
            let common =
                rival.max(frequency(&stems(&Arc::from(&*letters), languages), dictionary)?.div_ceil(EXPLAINED));
            names.retain(|(_, frequency)| *frequency >= common);
            names.truncate(MOST);
            let tokens = self.tokens_in(span);
            let Some((first, most)) = names.first().cloned() else { continue };
            let words = folded_words(&first);
            proposals.extend(names.into_iter().map(|(written, frequency)| {
                let share = if is_same_name(&words, &written) { 1.0 } else { frequency as f64 / most as f64 };
                Proposal { share, ..Proposal::new(tokens.clone(), written, Kind::Acronym) }
            }));
        }
        Ok(proposals)
    }

    /// The acronyms of the names that are typed, in whatever transliteration.
    fn names(&self, dictionary: &Dictionary<'_>) -> Result<Vec<Proposal>> {
        let mut proposals = Vec::new();
        for (span, letters) in text::proper_names(self.text).into_iter().filter(|_| self.has_case) {
            let typed = folded_words(span.of(self.text));
            if dictionary.names_of(&letters)?.iter().any(|(name, _)| is_same_name(&typed, name)) {
                let written = letters.to_uppercase();
                proposals.push(Proposal::new(self.tokens_in(span), written, Kind::Acronym));
            }
        }
        Ok(proposals)
    }

    /// The words of the index that are like one that is typed; but for acronyms, and for words in `places`, which are
    /// spelt as is usual.
    fn alike(
        &self,
        dictionary: &Dictionary<'_>,
        languages: &[Option<String>],
        places: &[Range<usize>],
    ) -> Result<Vec<Proposal>> {
        let mut proposals = Vec::new();
        let mut looked_up = 0;
        let short: Vec<Range<usize>> =
            text::short_forms(self.text).into_iter().map(|(span, _)| self.tokens_in(span)).collect();
        let is_spelt_so = |i| places.iter().chain(&short).any(|tokens| tokens.contains(&i));
        for (i, token) in self.tokens.iter().enumerate() {
            if self.words[i].is_none() || is_function_word(&token.word) || looked_up == LOOKED_UP || is_spelt_so(i) {
                continue;
            }
            let stems = stems(&token.word, languages);
            let frequency = frequency(&stems, dictionary)?;
            let is_rare = frequency <= RARE.max(dictionary.passages() / 100);
            let typed = Typed { word: &token.word, is_name: self.is_name(i), is_absent: frequency == 0 };
            if !is_rare || !typed.may_vary() {
                continue;
            }
            looked_up += 1;
            let near = dictionary.near(&token.word, 2)?.into_iter().filter_map(|(word, frequency)| {
                let distance = strsim::osa_distance(&token.word, &word);
                Some((typed.is_meant_by(&word, distance)?, distance, std::cmp::Reverse(frequency), word))
            });
            let mut near: Vec<_> = near.collect();
            near.sort_unstable();
            near.truncate(MOST);
            proposals.extend(near.into_iter().map(|(difference, _, _, written)| {
                let kind = match difference {
                    Difference::Vowels => Kind::Transliteration,
                    Difference::Letters => Kind::Misspelling,
                };
                Proposal::new(i..i + 1, written, kind)
            }));
        }
        Ok(proposals)
    }

    /// What is proposed, as it is looked for: unless nothing has it, or it is typed too.
    fn variant(
        &self,
        proposal: Proposal,
        terms: &Terms,
        languages: &[Option<String>],
        dictionary: &Dictionary<'_>,
    ) -> Result<Option<Variant>> {
        let Proposal { tokens, written, kind, share } = proposal;
        let form = folded_words(&written);
        let mut words: Vec<usize> = self.words[tokens.clone()].iter().flatten().copied().collect();
        words.sort_unstable();
        words.dedup();
        let stems = if let [word] = &form[..] { stems(word, languages) } else { Vec::new() };
        let is_typed = match &form[..] {
            [_] => terms.words.iter().any(|word| word.stems().any(|stem| stems.contains(stem))),
            form => self.tokens.windows(form.len()).any(|typed| typed.iter().zip(form).all(|(a, b)| a.word == *b)),
        };
        if words.is_empty() || form.is_empty() || is_typed {
            return Ok(None);
        }
        let frequency = match &form[..] {
            [_] => frequency(&stems, dictionary)?,
            form => {
                let counts = form.iter().map(|word| dictionary.with_word(word));
                counts.collect::<Result<Vec<_>>>()?.into_iter().min().unwrap_or(0)
            }
        };
        if frequency == 0 {
            return Ok(None);
        }
        let typed = Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end);
        let mut credit = kind.credit() * share;
        if !kind.means_the_same() {
            // A common word is no better evidence for standing in for a rare one.
            let mut rarity = 0.0;
            for &word in &words {
                let stems: Vec<_> = terms.words[word].stems().cloned().collect();
                rarity += dictionary.rarity(self::frequency(&stems, dictionary)?);
            }
            credit *= (dictionary.rarity(frequency) / rarity).min(1.0);
        }
        let typed = typed.of(self.text).to_owned();
        Ok(Some(Variant { words, typed, written, form, stems, kind, credit, frequency }))
    }

    fn tokens_in(&self, span: Span) -> Range<usize> {
        let at = |byte| self.tokens.partition_point(|token| token.span.end <= byte);
        at(span.start)..self.tokens.partition_point(|token| token.span.start < span.end)
    }

    fn is_capitalised(&self, token: usize) -> bool {
        self.tokens[token].span.of(self.text).starts_with(char::is_uppercase)
    }

    /// Whether a word's capital says that it is a name. What begins a sentence has one anyway: there it takes a name that
    /// goes on, or a longer word that is no inflection of another.
    fn is_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let before = at.checked_sub(1).map_or(0, |before| self.tokens[before].span.end);
        let between = &self.text[before..token.span.start];
        let begins = at == 0 || between.contains(['.', '!', '?', ':', '\n']);
        let goes_on = || at + 1 < self.tokens.len() && self.is_capitalised(at + 1);
        let is_own_stem = || token.word == token.stem && token.word.chars().count() > likeness::SHORTEST;
        self.has_case && self.is_capitalised(at) && (!begins || goes_on() || is_own_stem())
    }
}

/// How many passages have any of these stems, at most.
fn frequency(stems: &[Arc<str>], dictionary: &Dictionary<'_>) -> Result<u64> {
    stems.iter().map(|stem| dictionary.with_stem(stem)).sum()
}

/// Whether a name as typed is `name`, but perhaps for how it is transliterated; small words aside, which differ.
fn is_same_name(typed: &[Arc<str>], name: &str) -> bool {
    let is_long = |word: &&str| word.chars().count() > 2;
    let typed = typed.iter().map(|word| &**word).filter(is_long).collect::<Vec<_>>();
    let name = name.split(' ').filter(is_long).collect::<Vec<_>>();
    typed.len() == name.len() && typed.iter().zip(name).all(|(a, b)| same_consonants(a, b))
}

impl Variant {
    /// Whether it stands where `tokens` begin, and in how many of them. `source` is the text that their spans are of.
    /// What is a name by its capitals is so only with capitals: neither *us* nor *polish* is a country.
    pub(super) fn stands_in(&self, tokens: &[Token], source: &str) -> Option<usize> {
        let first = tokens.first()?;
        let stands = match &self.form[..] {
            [_] => self.stems.contains(&first.stem) || self.stems.contains(&first.word),
            form => tokens.len() >= form.len() && form.iter().zip(tokens).all(|(word, token)| *word == token.word),
        };
        let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
        let wanted = match capitals(&self.written) {
            0 => 0,
            all if all == self.written.chars().filter(|c| c.is_alphabetic()).count() => 2,
            _ => 1,
        };
        (stands && capitals(first.span.of(source)) >= wanted).then_some(self.form.len())
    }
}
