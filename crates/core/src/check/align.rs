//! [`Alignment`]: which word of a source answers to which word of a claim.

use super::compare::Rarity;
use super::lexicon::{Relation, lexicon};
use super::roles::is_in_long_name;
use super::statement::{Statement, Token};
use crate::text::english::pronouns::{is_near, is_object, is_possessive, is_subject};

/// A sentence of a source with what stands around it.
pub(super) struct View<'a> {
    /// The sentence.
    pub(super) own: &'a Statement,
    /// Its place among the sentences.
    at: usize,
    /// What it may refer to, the nearest first: the statement, its place, and how much a word there counts.
    around: Vec<(&'a Statement, usize, f64)>,
    /// How many of the first of these stand before it, and are near enough for a pronoun to mean what they name.
    near: usize,
    refers_back: bool,
    /// The number of sentences; places from there on are of the context.
    sentences: usize,
}

/// What a word counts that says little, beside one that says something.
const LIGHT: f64 = 0.35;

/// How many sentences back a pronoun reaches.
const REACH: usize = 2;

/// How many sentences on either side are looked at.
const AROUND: usize = 12;

impl<'a> View<'a> {
    pub(super) fn new(sentences: &'a [Statement], context: &'a [Statement], at: usize) -> Self {
        let own = &sentences[at];
        let refers = refers_back(own);
        let before = sentences[..at].iter().rev().take(AROUND).enumerate();
        // Two sentences back is as far as a pronoun reaches.
        let weight = |i: usize| match i {
            0 if refers => 0.95,
            1 if refers => 0.92,
            0 => 0.8,
            _ => 0.7,
        };
        let before = before.map(|(i, it)| (it, at - 1 - i, weight(i)));
        let after = (at + 1..).zip(&sentences[at + 1..]).take(AROUND).map(|(i, it)| (it, i, 0.7));
        let context = (sentences.len()..)
            .zip(context)
            .map(|(i, it)| (it, i, if refers { 0.85 } else { 0.8 }));
        let around = before.chain(context).chain(after).collect();
        Self {
            own,
            at,
            around,
            near: at.min(REACH),
            refers_back: refers,
            sentences: sentences.len(),
        }
    }

    /// Whether it speaks of something by a pronoun or the like.
    pub(super) fn refers_back(&self) -> bool {
        self.refers_back
    }

    /// What the sentence and those that a pronoun reaches back to speak of: the words of the first name of each.
    pub(super) fn topics(&self) -> impl Iterator<Item = &'a [Token]> {
        let before = self.around[..self.near].iter().map(|(statement, ..)| *statement);
        before.chain([self.own]).filter_map(|statement| {
            let (first, last) = *statement.names().first()?;
            Some(&statement.tokens[first..=last])
        })
    }

    /// Whether a pronoun of the sentence, its token `at`, may stand for a word: a noun before it or
    /// of the sentence before, or
    /// what the sentences before it speak of, back to the title.
    pub(super) fn may_mean(&self, at: usize, token: &Token) -> bool {
        let is_it = |other: &Token| other.is_content && other.lemma == token.lemma;
        let nearest =
            self.around[..self.near].first().filter(|(_, place, _)| *place + 1 == self.at);
        if !token.is_name {
            let is_before = self.own.tokens[..at].iter().any(is_it);
            return is_before
                || nearest.is_some_and(|(statement, ..)| statement.tokens.iter().any(is_it));
        }
        // The nearest name that a sentence before begins with, or else one of the headings.
        let mut before = self
            .around
            .iter()
            .filter(|(_, place, _)| *place < self.at)
            .map(|(statement, ..)| *statement);
        let named = before.find_map(|statement| Some((statement, *statement.names().first()?)));
        match named {
            Some((statement, (first, last))) => statement.tokens[first..=last].iter().any(is_it),
            None => self.context().any(|statement| statement.tokens.iter().any(is_it)),
        }
    }

    /// Whether the noun of the sentence that is its token `at` was named last, before the sentence,
    /// by a phrase that ends with it: *the exclusion zone*, where the sentence has *the zone*.
    pub(super) fn is_last_named(&self, phrase: &[Token], at: usize) -> bool {
        let noun = &self.own.tokens[at].lemma;
        let is_same = |(a, b): (&Token, &Token)| a.lemma == b.lemma;
        let own = &self.own.tokens[..at];
        let before = self.around.iter().filter(|(_, place, _)| *place < self.at);
        let before = before.map(|(statement, ..)| &statement.tokens[..]);
        let named = [own].into_iter().chain(before).find_map(|tokens| {
            let end = tokens.iter().rposition(|token| token.lemma == *noun)?;
            Some(&tokens[..=end])
        });
        named.is_some_and(|tokens| {
            tokens.len() >= phrase.len()
                && tokens[tokens.len() - phrase.len()..].iter().zip(phrase).all(is_same)
        })
    }

    /// The headings and the title.
    pub(super) fn context(&self) -> impl Iterator<Item = &'a Statement> {
        let sentences = self.sentences;
        self.around
            .iter()
            .filter(move |(_, place, _)| *place >= sentences)
            .map(|(statement, ..)| *statement)
    }

    /// What stands around the sentence.
    pub(super) fn around(&self) -> impl Iterator<Item = &'a Statement> {
        self.around.iter().map(|(statement, ..)| *statement)
    }
}

/// Whether a sentence speaks of something that was named before: *it*, *they*, *the group*.
fn refers_back(sentence: &Statement) -> bool {
    let tokens = &sentence.tokens;
    tokens.iter().any(|token| refers(&token.word))
        || (0..tokens.len()).any(|at| sentence.is_generic(at))
}

/// Whether a word may stand for something that was named before.
fn refers(word: &str) -> bool {
    is_subject(word) || is_object(word) || is_possessive(word) || is_near(word) || word == "that"
}

/// Where the answer to a word stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    /// Its place in the sentence, where it is there and not around it.
    pub(super) own: Option<usize>,
    /// How well it answers, from 0 to 1.
    pub(super) credit: f64,
    /// Whether it says the contrary by its meaning.
    pub(super) is_contrary: bool,
    /// Whether one of the two is denied and the other is not, a contrary meaning counted in.
    pub(super) is_flipped: bool,
}

/// What a word counts, at least, that was named in one of the two sentences before a pronoun.
const JUST_BEFORE: f64 = 0.9;

impl Link {
    /// Whether the sentence has it, or may mean it by a pronoun.
    pub(super) fn is_meant(&self) -> bool {
        self.own.is_some() || self.credit >= JUST_BEFORE
    }
}

/// For each of some statements, the best answer there to each word of content of a claim, and where it stands.
pub(super) struct Answers(Vec<Vec<Option<(usize, Link)>>>);

impl Answers {
    /// The answers in sentences and then in their context, whose places go on from theirs. Every sentence is looked at
    /// from all the others, so that this is done once for all of them.
    pub(super) fn new(claim: &Statement, sentences: &[Statement], context: &[Statement]) -> Self {
        let all = sentences.iter().chain(context);
        let answers =
            |statement| claim.content().map(|(place, _)| best(claim, place, statement)).collect();
        Self(all.map(answers).collect())
    }

    /// Whether a statement answers to any word.
    pub(super) fn any(&self, statement: usize) -> bool {
        self.0[statement].iter().any(Option::is_some)
    }
}

/// A claim's words with their answers.
pub(super) struct Alignment<'a> {
    pub(super) claim: &'a Statement,
    pub(super) view: &'a View<'a>,
    /// The claim's content words: place, weight, and answer.
    pub(super) words: Vec<(usize, f64, Option<Link>)>,
}

impl<'a> Alignment<'a> {
    pub(super) fn new(
        claim: &'a Statement,
        view: &'a View<'a>,
        answers: &Answers,
        rarity: &Rarity,
    ) -> Self {
        let weight = |token: &Token| {
            let says_little = token.says_little() || claim.is_aside(token);
            rarity.of(&token.word) * if says_little { LIGHT } else { 1.0 }
        };
        let words = claim.content().enumerate();
        let words =
            words.map(|(nth, (i, token))| (i, weight(token), link(nth, view, answers))).collect();
        Self { claim, view, words }
    }

    /// The answer to the claim's word at this place.
    pub(super) fn link(&self, place: usize) -> Option<Link> {
        self.words.iter().find(|(i, ..)| *i == place).and_then(|(.., link)| *link)
    }

    /// The share of the claim's weight of which `credit` tells.
    pub(super) fn share(&self, credit: impl Fn(usize, Option<Link>) -> f64) -> f64 {
        let all: f64 = self.words.iter().map(|(_, weight, _)| weight).sum();
        let some: f64 = self.words.iter().map(|(i, weight, link)| weight * credit(*i, *link)).sum();
        if all > 0.0 { some / all } else { 0.0 }
    }
}

/// The best answer to the claim's `nth` word of content: in the sentence itself, or else near it.
fn link(nth: usize, view: &View<'_>, Answers(answers): &Answers) -> Option<Link> {
    let own = answers[view.at][nth];
    if let Some((at, link)) = own.filter(|(_, link)| !link.is_contrary) {
        return Some(Link { own: Some(at), ..link });
    }
    let mut around: Option<Link> = None;
    for (_, place, weight) in &view.around {
        if let Some((_, link)) = answers[*place][nth].filter(|(_, link)| !link.is_contrary) {
            let credit = link.credit * weight;
            if around.is_none_or(|known| known.credit < credit) {
                around = Some(Link { own: None, credit, is_flipped: false, ..link });
            }
        }
    }
    own.map(|(at, link)| Link { own: Some(at), ..link }).or(around)
}

/// The best answer to the claim's word at `place` in one statement, and where it stands.
fn best(claim: &Statement, place: usize, source: &Statement) -> Option<(usize, Link)> {
    let token = &claim.tokens[place];
    let mut found: Option<(usize, Link)> = None;
    for (at, other) in source.tokens.iter().enumerate() {
        let Some((credit, is_contrary)) = credit(claim, place, source, at) else { continue };
        let is_flipped = token.is_negated ^ other.is_negated ^ is_contrary;
        // Where a word stands twice, the place counts that says the same rather than the contrary.
        let better = found
            .is_none_or(|(_, known)| (credit, !is_flipped) > (known.credit, !known.is_flipped));
        if better {
            found = Some((at, Link { own: None, credit, is_contrary, is_flipped }));
        }
    }
    found
}

/// How well a word of a source answers to one of a claim, and whether by saying the contrary.
pub(super) fn credit(
    claim: &Statement,
    place: usize,
    source: &Statement,
    at: usize,
) -> Option<(f64, bool)> {
    let (token, other) = (&claim.tokens[place], &source.tokens[at]);
    if token.lemma == other.lemma || token.word == other.word {
        return Some((1.0, false));
    }
    if !other.is_content && !lexicon().is_negator(&other.word) {
        return None;
    }
    match lexicon().relation(&token.lemma, &other.lemma) {
        Some(Relation::Same) => return Some((0.9, false)),
        Some(Relation::Country | Relation::Included) => return Some((0.85, false)),
        // In “West Virginia” *west* means nothing of its own.
        Some(Relation::Contrary)
            if token.says_little()
                || is_in_long_name(claim, place)
                || is_in_long_name(source, at) =>
        {
            return None;
        }
        Some(Relation::Contrary) => return Some((0.8, true)),
        Some(Relation::Exclusive | Relation::Akin) => return None,
        None => {}
    }
    if is_acronym(token, &source.tokens[at..])
        || is_acronym(other, &claim.tokens[place..])
        || is_inside(claim, place, other)
        || is_spelling(token, other)
    {
        return Some((0.9, false));
    }
    is_derived(&token.lemma, &other.lemma).then_some((0.75, false))
}

/// Whether the first letters of the words that begin `words` make the acronym.
fn is_acronym(acronym: &Token, words: &[Token]) -> bool {
    let letters = &*acronym.word;
    (2..=6).contains(&letters.len())
        && acronym.is_name
        && words.first().is_some_and(|first| first.is_name)
        && words.iter().filter(|token| token.is_name).take(letters.len()).count() == letters.len()
        && letters
            .chars()
            .zip(words.iter().filter(|token| token.is_name))
            .all(|(c, word)| word.word.starts_with(c))
}

/// Whether the claim's word is one of those that `acronym` is made of, as *Nations* is of *UN*.
fn is_inside(claim: &Statement, place: usize, acronym: &Token) -> bool {
    let from = place.saturating_sub(5);
    acronym.is_name
        && (2..=6).contains(&acronym.word.len())
        && claim.tokens[place].is_name
        && (from..place).any(|first| {
            let run = &claim.tokens[first..];
            is_acronym(acronym, run) && first + acronym.word.len() > place
        })
}

/// Whether two names are most likely one in two spellings: *Haibatullah* and *Hibatullah*.
fn is_spelling(a: &Token, b: &Token) -> bool {
    const SHORTEST: usize = 6;
    let is_long = |token: &Token| {
        token.is_name && token.word.len() >= SHORTEST && !lexicon().is_country(&token.lemma)
    };
    is_long(a)
        && is_long(b)
        && a.word.len().abs_diff(b.word.len()) <= 1
        && a.word.starts_with(|c| b.word.starts_with(c))
        && strsim::osa_distance(&a.word, &b.word) <= 1
}

/// Whether two stems come of one word, as far as letters tell: *direct* and *director*.
fn is_derived(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 5;
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    common >= SHORTEST && short - common <= 2 && long - common <= 5
}
