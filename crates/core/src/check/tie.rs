//! [`Tie`]: how a unit of a claim is answered by one of a sentence, the two by themselves.

use super::fit::Fit;
use super::reason::Slot;
use super::statement::Statement;
use super::token::{Token, Traits};
use super::unit::{Kind, Unit, Units};
use super::vocabulary::{Relation, vocabulary};

/// The answer to a unit of the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// By the same word or value.
    Same,
    /// By a word that says the same.
    Synonym,
    /// From around the sentence, by a pronoun or a heading.
    Context,
    /// By a value that may be the same and does not say so.
    Open,
    /// By another value of its kind.
    Differs(Slot),
    /// Not at all, and it says little.
    Light,
    /// Not at all.
    Gap,
}

/// Returns how a unit of the source answers one of the claim, by themselves.
pub(super) fn tie(claim: &Units<'_>, unit: &Unit, source: &Units<'_>, other: &Unit) -> Option<Tie> {
    let (said, says) = (claim.statement, source.statement);
    match (unit.kind, other.kind) {
        // A day of a month is compared with days alone.
        (Kind::Amount(_), Kind::Amount(_)) if claim.is_day(unit) != source.is_day(other) => None,
        (Kind::Amount(a), Kind::Amount(b)) => {
            let fit = said.amounts[a].fit(&says.amounts[b])?;
            Some(by_fit(fit, Slot::Amount))
        }
        (Kind::Time(a), Kind::Time(b)) => {
            Some(by_fit(said.periods[a].fit(&says.periods[b]), Slot::Date))
        }
        (Kind::Word, Kind::Word) => words(said, unit.first, says, other.first),
        (Kind::Word | Kind::Pronoun, Kind::Word | Kind::Pronoun) => {
            (said.tokens[unit.first].word == says.tokens[other.first].word).then_some(Tie::Same)
        }
        _ => None,
    }
}

/// Returns how a value answers another, in a slot.
pub(super) fn by_fit(fit: Fit, slot: Slot) -> Tie {
    match fit {
        Fit::Entails => Tie::Same,
        Fit::Open => Tie::Open,
        Fit::Excludes => Tie::Differs(slot),
    }
}

/// Returns how a word answers another.
fn words(claim: &Statement, at: usize, source: &Statement, other: usize) -> Option<Tie> {
    let (token, found) = (&claim.tokens[at], &source.tokens[other]);
    let may_be_related = token.traits.is_related && found.traits.is_related;
    let relation =
        may_be_related.then(|| vocabulary().relation(&token.lemma, &found.lemma)).flatten();
    let is_plain = !token.is_name && !found.is_name;
    // “Denied that it was so” in the place of “said that it was so”.
    let is_denied = token.traits.is_reporting && found.denies_speech();
    if relation == Some(Relation::Contrary) && is_plain || is_denied {
        return Some(Tie::Differs(Slot::Predicate));
    }
    // “Called off” is not “called”.
    let is_same_word = token.word == found.word && token.place == found.place;
    if token.lemma == found.lemma || is_same_word {
        return Some(Tie::Same);
    }
    // In “West Virginia” *west* means nothing of its own.
    let is_hollow =
        || token.says_little() || claim.is_in_long_name(at) || source.is_in_long_name(other);
    let is_one_name = || {
        is_acronym(token, &source.tokens[other..])
            || is_acronym(found, &claim.tokens[at..])
            || is_inside(claim, at, found)
            || is_spelling(token, found)
    };
    let is_told = || found.is_content || vocabulary().is_negator(&found.word);
    // A band that has toured Canada is not Canadian.
    let is_other_form = relation == Some(Relation::Country)
        && token.traits.is_demonym
        && !found.traits.is_demonym
        && claim.is_predicate(at);
    // Who is called George Paris need not be French.
    let is_surname = |statement: &Statement, at: usize| {
        let before = at.checked_sub(1).map(|before| &statement.tokens[before]);
        before.is_some_and(|before| before.is_name && before.traits.is_given)
            && !statement.is_parted(at)
    };
    let is_of_person =
        relation == Some(Relation::Country) && (is_surname(claim, at) || is_surname(source, other));
    match relation.filter(|_| is_told()) {
        Some(_) if is_other_form || is_of_person => None,
        // In “the Durand Line” *line* is no boundary.
        Some(Relation::Same) if claim.is_part_of_name(at) && !found.is_name => None,
        Some(Relation::Same | Relation::Country | Relation::Included) => Some(Tie::Synonym),
        Some(Relation::Contrary) if !is_hollow() => Some(Tie::Differs(Slot::Predicate)),
        None if is_one_name() && is_told() => Some(Tie::Synonym),
        _ => another(token, found, relation),
    }
}

/// Returns how a word differs from another of its kind.
fn another(token: &Token, found: &Token, relation: Option<Relation>) -> Option<Tie> {
    let (own, other) = (&token.traits, &found.traits);
    for (claimed, found) in [(own.weekday, other.weekday), (own.month, other.month)] {
        if claimed.is_some() && found.is_some() {
            return (claimed != found).then_some(Tie::Differs(Slot::Date));
        }
    }
    if own.is_figure && other.is_figure {
        return Some(Tie::Differs(Slot::Amount));
    }
    // A country in the place of another is another name, what belongs to one is another kind.
    let is_named = |it: &Traits| it.is_country && !it.is_demonym;
    if is_named(own) && is_named(other) {
        return Some(Tie::Differs(Slot::Name));
    }
    if relation == Some(Relation::Exclusive) {
        return Some(Tie::Differs(Slot::Kind));
    }
    // A nationality is no other name than that of a person.
    let are_of_two = own.is_demonym && other.is_given || own.is_given && other.is_demonym;
    (token.is_name && found.is_name && !are_of_two).then_some(Tie::Differs(Slot::Name))
}

/// Returns whether the first letters of the words that begin `words` make the acronym.
fn is_acronym(acronym: &Token, words: &[Token]) -> bool {
    let letters = &*acronym.word;
    acronym.is_name
        && (2..=6).contains(&letters.len())
        && words.first().is_some_and(|first| first.is_name)
        && words.iter().filter(|token| token.is_name).take(letters.len()).count() == letters.len()
        && letters
            .chars()
            .zip(words.iter().filter(|token| token.is_name))
            .all(|(c, word)| word.word.starts_with(c))
}

/// Returns whether the claim's word is one of those that `acronym` is made of, as *Nations* is of
/// *UN*.
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

/// Returns whether two names are most likely one in two spellings: *Haibatullah* and *Hibatullah*.
fn is_spelling(a: &Token, b: &Token) -> bool {
    const SHORTEST: usize = 6;
    let is_long =
        |token: &Token| token.is_name && token.word.len() >= SHORTEST && !token.traits.is_country;
    is_long(a)
        && is_long(b)
        && a.word.len().abs_diff(b.word.len()) <= 1
        && a.word.starts_with(|c| b.word.starts_with(c))
        && strsim::osa_distance(&a.word, &b.word) <= 1
}
