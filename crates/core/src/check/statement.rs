//! [`Statement`]: a sentence read for what it says: words, names, amounts, dates, and what is
//! denied.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::amount::{Amount, amounts};
use super::fit::Fit;
use super::period::{Period, periods};
use super::phrase::phrases;
use super::polarity;
use super::token::{Place, Token, Traits};
use super::vocabulary::vocabulary;
use crate::text::analyzer::{Analyzer, Forms};
use crate::text::english::manner::manner;
use crate::text::english::pronouns::{is_article, is_possessive};
use crate::text::english::spelling::american;
use crate::text::is_function_word;
use crate::text::{Span, words};

/// A sentence read for comparison.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The sentence.
    pub(super) text: String,
    /// Its words, in order.
    pub(super) tokens: Vec<Token>,
    /// The amounts it names, in order.
    pub(super) amounts: Vec<Amount>,
    /// The dates and periods it names, in order.
    pub(super) periods: Vec<Period>,
}

/// Returns whether any of `facts`, which stand in order, overlaps a word.
fn covers<T>(facts: &[T], span_of: impl Fn(&T) -> Span, word: Span) -> bool {
    let next = facts.partition_point(|fact| span_of(fact).end <= word.start);
    facts.get(next).is_some_and(|fact| span_of(fact).overlaps(word))
}

/// Reads statements, remembering the words that it has met.
pub(super) struct StatementReader {
    analyzer: Analyzer,
    /// The readings of words as written; `None` for those that are none to the analyzer.
    known: FxHashMap<Box<str>, Option<Spelling>>,
}

/// A word as written, read without what is around it.
#[derive(Clone)]
struct Spelling {
    word: Arc<str>,
    lemma: Arc<str>,
    has_capital: bool,
    is_acronym: bool,
    is_function: bool,
    is_negator: bool,
    /// True if a table of words with a meaning has it.
    is_known: bool,
    traits: Traits,
}

impl StatementReader {
    /// The number of words that are remembered.
    const REMEMBERED: usize = 1 << 14;

    pub(super) fn new() -> Self {
        Self { analyzer: Analyzer::new(Some("en")), known: FxHashMap::default() }
    }

    /// Reads a sentence.
    pub(super) fn read(&mut self, text: &str) -> Statement {
        let periods = periods(text);
        let mut tokens: Vec<Token> = Vec::new();
        for (i, word) in words(text).enumerate() {
            let in_fact = covers(&periods, |period| period.span, word.span);
            tokens.extend(self.token(text, word.span, i == 0, in_fact));
        }
        let amounts = amounts(text);
        for token in &mut tokens {
            if covers(&amounts, |amount| amount.span, token.span) {
                token.is_content = false;
            }
        }
        phrases().join(&mut tokens);
        polarity::mark(text, &mut tokens);
        Statement { text: text.to_owned(), tokens, amounts, periods }
    }

    fn token(&mut self, text: &str, span: Span, is_first: bool, in_fact: bool) -> Option<Token> {
        let it = self.spelling(span.of(text))?;
        let is_month = &*it.word == "may" && it.has_capital && !is_first;
        let is_function = it.is_function && !it.is_acronym && !is_month;
        Some(Token {
            span,
            is_content: !in_fact && !is_function && !it.is_negator,
            is_name: it.has_capital && !is_function && (!is_first || it.is_acronym || !it.is_known),
            is_negated: false,
            clause: 0,
            place: Place::Own,
            traits: it.traits,
            word: it.word,
            lemma: it.lemma,
        })
    }

    /// Reads a word as written.
    fn spelling(&mut self, written: &str) -> Option<Spelling> {
        if let Some(known) = self.known.get(written) {
            return known.clone();
        }
        if self.known.len() >= Self::REMEMBERED {
            self.known.clear();
        }
        let read = self.spell(written);
        self.known.insert(Box::from(written), read.clone());
        read
    }

    fn spell(&mut self, written: &str) -> Option<Spelling> {
        let mut forms = None;
        let mut note = |word: &str, stem: Option<&str>, _: &Forms| {
            forms = Some((Arc::<str>::from(word), Arc::<str>::from(stem.unwrap_or(word))))
        };
        let american = american(&written.to_lowercase());
        self.analyzer.for_each(american.as_deref().unwrap_or(written), &mut note);
        let (word, stem) = forms?;
        let capitals = written.chars().filter(|c| c.is_uppercase()).count();
        let lemma = vocabulary().lemma(&stem);
        Some(Spelling {
            has_capital: capitals > 0,
            is_acronym: capitals > 1,
            is_function: is_function_word(&word),
            is_negator: vocabulary().is_negator(&word),
            is_known: vocabulary().knows(&stem),
            traits: Traits::of(&word, &lemma),
            word,
            lemma,
        })
    }
}

impl Statement {
    /// Reads a sentence. Nothing is too odd to be read.
    pub fn new(text: &str) -> Statement {
        StatementReader::new().read(text)
    }

    /// Returns its words folded, in order.
    pub fn folded(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| &*token.word)
    }

    /// Returns the words of its first name, or else its first word of content, folded.
    pub fn subject(&self) -> Vec<&str> {
        let first =
            self.names().first().copied().or_else(|| self.content().next().map(|(i, _)| (i, i)));
        first
            .into_iter()
            .flat_map(|(from, to)| &self.tokens[from..=to])
            .map(|token| &*token.word)
            .collect()
    }

    /// Returns the words that a run of tokens covers, as they stand.
    pub(super) fn words(&self, first: usize, last: usize) -> String {
        let at = |i: usize| self.tokens.get(i).map(|token| token.span);
        match (at(first), at(last)) {
            (Some(first), Some(last)) if first.start <= last.end => {
                self.text.get(first.start..last.end).unwrap_or_default().to_owned()
            }
            _ => String::new(),
        }
    }

    /// Returns whether a word is part of an amount or a date.
    pub(super) fn is_fact(&self, at: usize) -> bool {
        let Some(word) = self.tokens.get(at).map(|token| token.span) else { return false };
        covers(&self.amounts, |amount| amount.span, word)
            || covers(&self.periods, |period| period.span, word)
    }

    /// Returns whether *the* and a word such as *group* stand here, for something named before.
    pub(super) fn is_generic(&self, at: usize) -> bool {
        let the = at
            .checked_sub(1)
            .is_some_and(|before| matches!(&*self.tokens[before].word, "the" | "this"));
        the && vocabulary().is_generic(&self.tokens[at].word)
    }

    /// Returns its content words, by place.
    pub(super) fn content(&self) -> impl Iterator<Item = (usize, &Token)> {
        self.tokens.iter().enumerate().filter(|(_, token)| token.is_content)
    }

    /// Returns the runs of words that are names, by first and last place: `Saudi Arabia`, `the
    /// Battle of Hastings` in two.
    pub(super) fn names(&self) -> Vec<(usize, usize)> {
        let mut names: Vec<(usize, usize)> = Vec::new();
        for (i, _) in self.content().filter(|(_, token)| token.is_name) {
            match names.last_mut() {
                Some((_, last)) if *last + 1 == i && self.is_joined(*last, i) => *last = i,
                _ => names.push((i, i)),
            }
        }
        names
    }

    /// Returns whether it has a value, an amount or time or words of a claim.
    pub(super) fn has_value(&self, written: &str) -> bool {
        let (amounts, periods) = (amounts(written), periods(written));
        if let [amount] = &*amounts {
            return self.amounts.iter().any(|it| amount.fit(it) == Some(Fit::Entails));
        }
        if let [period] = &*periods {
            return self.periods.iter().any(|it| it.is_point() && period.fit(it) == Fit::Entails);
        }
        let wanted: Vec<&str> = words(written).map(|word| word.text).collect();
        let found: Vec<&str> = words(&self.text).map(|word| word.text).collect();
        wanted.is_empty()
            || found.windows(wanted.len()).any(|run| {
                wanted.iter().zip(run).all(|(wanted, found)| {
                    // The *may* of a sentence is no *May*.
                    let is_written_large = wanted.starts_with(char::is_uppercase);
                    wanted == found || !is_written_large && *wanted == found.to_lowercase()
                })
            })
    }

    /// Returns the number of tokens at its head that only tie it to what is before it: *In
    /// addition,*.
    pub(super) fn framing(&self) -> usize {
        /// The tokens that such a phrase has at most.
        const LONGEST: usize = 4;
        let ends =
            (1..self.tokens.len().min(LONGEST + 1)).filter(|&at| self.between(at).contains(','));
        let is_framing = |&end: &usize| {
            let words: Vec<&str> = self.tokens[..end].iter().map(|token| &*token.word).collect();
            manner().framing.contains(&words.join(" "))
        };
        ends.into_iter().find(is_framing).unwrap_or(0)
    }

    /// Returns whether a word is part of a name of several words, in which it means no more than
    /// the name: *West Virginia*.
    pub(super) fn is_in_long_name(&self, at: usize) -> bool {
        let is_name = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_name);
        let is_country = |at: usize| vocabulary().is_country(&self.tokens[at].lemma);
        // “The Eighth Italian War” says nothing of Italy.
        let is_next = is_name(at + 1) && !is_country(at + 1);
        is_name(at)
            && (is_next
                || !is_country(at) && (is_name(at + 1) || at.checked_sub(1).is_some_and(is_name)))
    }

    /// Returns whether a word follows another one of the same name, and is no acronym.
    pub(super) fn is_part_of_name(&self, at: usize) -> bool {
        let written = self.tokens[at].span.of(&self.text);
        self.tokens[at].is_name
            && written.chars().filter(|c| c.is_uppercase()).count() == 1
            && at.checked_sub(1).is_some_and(|before| self.is_own_name(before))
    }

    /// Returns whether *the* or a possessive is before a word, with or without words of content
    /// between the two.
    pub(super) fn is_definite(&self, at: usize) -> bool {
        let mut before = self.tokens[..at].iter().rev().skip_while(|it| it.is_content);
        before.next().is_some_and(|it| {
            is_possessive(&it.word) || is_article(&it.word) && !matches!(&*it.word, "a" | "an")
        })
    }

    /// Returns whether *a* is before a word, with or without words of content between the two.
    pub(super) fn is_indefinite(&self, at: usize) -> bool {
        let before = self.tokens[..at].iter().rev();
        let article = before
            .take_while(|it| it.is_content || is_article(&it.word))
            .find(|it| is_article(&it.word));
        article.is_some_and(|article| matches!(&*article.word, "a" | "an"))
    }

    /// Returns whether a verb is in the passive, as far as the words before it tell.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        /// The words before it that are looked at.
        const NEAR: usize = 3;
        self.tokens[verb.saturating_sub(NEAR)..verb]
            .iter()
            .any(|it| matches!(&*it.word, "was" | "were" | "is" | "are" | "been" | "being"))
    }

    /// Returns whether a word stands behind a form of *be* with nothing joined to it: *is
    /// Canadian*.
    pub(super) fn is_predicate(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &*self.tokens[before].word);
        let is_joined = at + 1 < self.tokens.len() && self.is_joined(at, at + 1);
        let next_says = self.tokens.get(at + 1).is_some_and(|next| next.is_content);
        matches!(before, Some("is" | "are" | "was" | "were" | "not" | "be" | "been"))
            && !(is_joined && next_says)
    }

    /// Returns whether a word is of a name, rather than an adjective of one: *Moss*, not *Afghan*.
    pub(super) fn is_own_name(&self, at: usize) -> bool {
        self.tokens[at].is_name && !vocabulary().is_demonym(&self.tokens[at].lemma)
    }

    /// Returns whether it is of what happens once to one thing.
    pub(super) fn is_once(&self) -> bool {
        self.tokens.iter().any(|it| manner().once.contains(&it.word))
    }

    /// Returns whether it has a word, in any of its forms.
    pub(super) fn has(&self, token: &Token) -> bool {
        self.tokens.iter().any(|other| other.lemma == token.lemma)
    }

    /// Returns whether *of* follows a token.
    pub(super) fn is_before_of(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| &*next.word == "of")
    }

    /// Returns whether a token is a possessive: *Pakistan's*.
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        let written = self.tokens[at].span.of(&self.text);
        written.ends_with(['s', 'S']) && written.contains(['\'', '’'])
            || written.ends_with(['\'', '’'])
    }

    /// Returns the text between a token and the one before it.
    pub(super) fn between(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.tokens[before].span.end);
        let end = self.tokens.get(at).map_or(self.text.len(), |token| token.span.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Returns whether a token is part of the hedge of an amount: *more than*.
    pub(super) fn is_hedge(&self, at: usize) -> bool {
        let start = self.tokens[at].span.start;
        self.amounts
            .iter()
            .any(|it| it.hedge.is_some_and(|hedge| (hedge..it.span.start).contains(&start)))
    }

    /// Returns the number of semicolons before a token, but for those in brackets: what they part
    /// is said of different things.
    pub(super) fn part(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        let mut count = 0;
        for c in self.text[..self.tokens[at].span.start].chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                ';' if depth == 0 => count += 1,
                _ => {}
            }
        }
        count
    }

    /// Returns whether punctuation parts a token from the one before it.
    pub(super) fn is_parted(&self, at: usize) -> bool {
        let between = self.between(at);
        at == 0
            || between.contains([',', ';', ':', '(', ')', '[', ']', '–', '—', '"', '“', '”'])
            || between.contains(" - ")
            || between.contains(". ")
    }

    /// Returns whether nothing but a space, a full stop or a hyphen stands between two neighbouring
    /// words.
    fn is_joined(&self, first: usize, second: usize) -> bool {
        let between = self.text.get(self.tokens[first].span.end..self.tokens[second].span.start);
        between.is_some_and(|between| {
            between.chars().all(|c| matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        })
    }
}
