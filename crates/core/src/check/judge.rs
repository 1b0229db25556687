//! Textual entailment, strict: whether one sentence of a source says what a claim says, or says
//! otherwise.
//!
//! A claim and a sentence are cut into units: words of content, amounts, times. The claim's units
//! are aligned with the sentence's in order. A sentence *entails* the claim where every unit is
//! answered and nothing between or around them changes what they say; it *contradicts* the claim
//! where all are answered but one, in whose place it has another value, or where it denies what
//! the claim says. Everything else is open: a word that is missed is never a contradiction.

use super::align::align;
use super::alignment::{Alignment, Liberties};
use super::denial::{self, Denial, denial};
use super::guard::{self, Bar};
use super::reason::{Reason, Slot, Stance};
use super::statement::Statement;
use super::unit::Units;
use super::view::View;
use super::voice;
use crate::text::english::pronouns::is_subject;

#[cfg(test)]
mod tests;

/// The ruling of a sentence on a claim.
#[derive(Debug, Clone)]
pub(super) struct Judgement {
    pub(super) ruling: Ruling,
    /// The share of the claim's units that the sentence answers, from 0 to 1.
    pub(super) answered: f64,
    pub(super) liberties: Liberties,
    pub(super) reasons: Vec<Reason>,
}

/// The judgement on one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruling {
    Decided(Stance),
    /// The sentence says a part of the claim and leaves the rest open.
    Part,
    Open(Option<Bar>),
}

impl Judgement {
    /// Returns how decided it is, for the choice among the sentences of a passage.
    pub(super) fn rank(&self) -> f64 {
        let decided = match self.ruling {
            Ruling::Decided(Stance::Supports) => 3.0,
            Ruling::Decided(Stance::Contradicts) => 2.0,
            Ruling::Part => 1.0,
            Ruling::Open(_) => 0.0,
        };
        decided + self.answered - 0.01 * self.liberties.count() as f64
    }

    /// Returns the figures of the reading by name: the share of the claim that is answered, and how
    /// often each liberty is taken.
    pub(super) fn figures(&self) -> Vec<(&'static str, f64)> {
        let Liberties { is_identical, synonyms, context, moved, voice, reported, light } =
            self.liberties;
        let counts = [
            ("identical", usize::from(is_identical)),
            ("synonyms", synonyms),
            ("context", context),
            ("moved", moved),
            ("voice", voice),
            ("reported", reported),
            ("light", light),
        ];
        let counts = counts.into_iter().map(|(name, count)| (name, count as f64));
        [("answered", self.answered)].into_iter().chain(counts).collect()
    }

    /// Returns how probable it is that it is right, from 0 to 1.
    pub(super) fn confidence(&self) -> f64 {
        if self.liberties.is_identical {
            return 0.99;
        }
        let base = match self.ruling {
            Ruling::Decided(Stance::Supports) => 0.97,
            _ => 0.95,
        };
        base - 0.03 * self.liberties.count() as f64
    }

    /// Returns whether the sentence names another time than the claim.
    pub(super) fn differs_in_time(&self) -> bool {
        self.reasons.iter().any(|it| it.is_conflict() && it.slot == Slot::Date)
    }

    /// Returns whether the sentence denies what the claim says.
    fn is_denial(&self) -> bool {
        self.reasons.iter().any(|it| it.is_conflict() && it.slot == Slot::Polarity)
    }

    /// Makes of a reading that supports the beginning of a claim one of the claim: the rest is not
    /// said.
    pub(super) fn into_part(self, claim: &Statement, beginning: &Statement) -> Judgement {
        let rest = claim.words(beginning.tokens.len(), claim.tokens.len() - 1);
        let missed = Reason::differing(Slot::Words, rest, String::new());
        let share = beginning.tokens.len() as f64 / claim.tokens.len() as f64;
        let reasons = self.reasons.into_iter().chain([missed]).collect();
        Judgement { ruling: Ruling::Part, answered: share, reasons, ..self }
    }

    /// Returns whether a contradiction is one although another source says what the claim says: not
    /// where the claim names nobody, or is of what may happen twice.
    pub(super) fn is_disputed(&self, claim: &Statement) -> bool {
        (!self.differs_in_time() || claim.is_once())
            && claim.tokens.first().is_some_and(|it| !is_subject(&it.word))
    }
}

/// A claim in the forms in which it is looked for in sentences.
pub(super) struct Claim<'s> {
    pub(super) statement: &'s Statement,
    pub(super) units: Units<'s>,
    /// Its letters, figures and signs, without what frames it.
    letters: Vec<char>,
    /// The claim in the other voice.
    turned: Vec<Units<'s>>,
    /// The claim with what is behind a verb at the front, and the number of units there.
    fronted: Vec<(Units<'s>, usize)>,
    /// The claim with two of its names or amounts exchanged.
    exchanged: Vec<Exchange<'s>>,
}

/// A claim with two of its names or amounts exchanged.
struct Exchange<'s> {
    units: Units<'s>,
    /// The same up to the second of them, where nothing behind it says when.
    core: Option<Units<'s>>,
    /// The first and the last of the units between which the exchange is.
    first: usize,
    last: usize,
}

impl<'s> Claim<'s> {
    pub(super) fn new(statement: &'s Statement) -> Claim<'s> {
        let units = Units::new(statement);
        Claim {
            statement,
            letters: letters(unframed(statement)).collect(),
            turned: voice::turned(&units),
            fronted: voice::fronted(&units),
            exchanged: voice::exchanged(&units)
                .into_iter()
                .map(|(units, (first, last))| {
                    let core = voice::core(&units, last);
                    Exchange { units, core, first, last }
                })
                .collect(),
            units,
        }
    }
}

/// Reads what the sentence of a view, whose units are `source`, says of a claim.
pub(super) fn judge(claim: &Claim<'_>, source: &Units<'_>, view: &View<'_>) -> Judgement {
    let own = view.own;
    if is_same_words(claim, own) {
        return Judgement {
            ruling: SUPPORTS,
            answered: 1.0,
            liberties: Liberties { is_identical: true, ..Liberties::default() },
            reasons: vec![said(&claim.statement.text, &own.text)],
        };
    }
    let plain = align(&claim.units, source, view);
    let best = judge_alignment(&plain);
    if matches!(best.ruling, Ruling::Decided(_)) || plain.paired() < LEAST {
        return best;
    }
    claim
        .judged_in_other_voice(source, view)
        .or_else(|| claim.judged_fronted(source, view))
        .or_else(|| claim.judged_exchanged(&plain, view))
        .unwrap_or(best)
}

impl Claim<'_> {
    /// Judges the claim in the other voice, where the sentence decides it.
    fn judged_in_other_voice(&self, source: &Units<'_>, view: &View<'_>) -> Option<Judgement> {
        self.turned.iter().find_map(|turned| {
            let alignment = align(turned, source, view);
            let judgement = decided(&alignment).filter(|_| alignment.is_turned())?;
            // “Ada did not build the mill” leaves it open whether somebody else did.
            let names_agent = !turned.all[0].is_verb;
            (names_agent || !judgement.is_denial()).then_some(judgement)
        })
    }

    /// Judges the claim with what is behind a verb at the front, where the sentence decides it.
    fn judged_fronted(&self, source: &Units<'_>, view: &View<'_>) -> Option<Judgement> {
        self.fronted.iter().find_map(|(fronted, front)| {
            let alignment = align(fronted, source, view);
            decided(&alignment).filter(|_| alignment.is_fronted(*front))
        })
    }

    /// Judges the claim as contradicted where the sentence, with which it is aligned, says the same
    /// with two names or amounts exchanged.
    fn judged_exchanged(&self, plain: &Alignment<'_>, view: &View<'_>) -> Option<Judgement> {
        let judge = |units| judge_alignment(&align(units, plain.source, view));
        self.exchanged.iter().find_map(|Exchange { units, core, first, last }| {
            let whole = judge(units);
            let judgement = match core.as_ref().filter(|_| plain.has_from(last + 1)) {
                Some(core) if whole.ruling != SUPPORTS => judge(core),
                _ => whole,
            };
            if judgement.ruling != SUPPORTS {
                return None;
            }
            let words = self.units.words(*first, *last);
            let reason = Reason::differing(Slot::Order, words, view.own.text.clone());
            let ruling = Ruling::Decided(Stance::Contradicts);
            Some(Judgement { ruling, reasons: vec![reason], ..judgement })
        })
    }
}

/// Judges the alignment of a claim whose order was changed, where it decides the claim.
fn decided(alignment: &Alignment<'_>) -> Option<Judgement> {
    let mut judgement = judge_alignment(alignment);
    judgement.liberties.voice += 1;
    matches!(judgement.ruling, Ruling::Decided(_)).then_some(judgement)
}

const SUPPORTS: Ruling = Ruling::Decided(Stance::Supports);

/// The share of a claim's units that must have a counterpart in a sentence for the claim to be
/// turned.
const LEAST: f64 = 0.5;

/// Returns whether two statements are the same letters, figures and signs in the same order,
/// whatever the punctuation between words, and whatever frames them: *In addition, …*.
fn is_same_words(claim: &Claim<'_>, own: &Statement) -> bool {
    !claim.letters.is_empty() && letters(unframed(own)).eq(claim.letters.iter().copied())
}

/// Returns the letters, figures and signs of a text in lower case. Punctuation counts within a word
/// or a figure alone: *1.5* is not *15*, and *−5* not *5*.
fn letters(text: &str) -> impl Iterator<Item = char> {
    const PUNCTUATION: &str = ".,;:!?'\"‘’“”()[]-–—…";
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    let kept = std::iter::from_fn(move || {
        loop {
            let c = rest.next()?;
            let next = rest.peek().copied().unwrap_or(' ');
            let is_within = before.is_alphanumeric() && next.is_alphanumeric();
            let is_minus = matches!(c, '-' | '–') && next.is_ascii_digit();
            before = c;
            match c {
                _ if c.is_whitespace() => {}
                '’' if is_within => return Some('\''),
                _ if PUNCTUATION.contains(c) && !is_within && !is_minus => {}
                _ => return Some(c),
            }
        }
    });
    kept.flat_map(char::to_lowercase)
}

/// Returns the text of a statement without what frames it.
fn unframed(statement: &Statement) -> &str {
    statement
        .text
        .get(statement.tokens.get(statement.framing()).map_or(0, |token| token.span.start)..)
        .unwrap_or_default()
}

fn said(claim: &str, source: &str) -> Reason {
    let of = |text: &str| text.to_owned();
    Reason { slot: Slot::Words, agrees: true, claim: of(claim), source: of(source) }
}

/// Judges an alignment.
fn judge_alignment(alignment: &Alignment<'_>) -> Judgement {
    let mut liberties = alignment.liberties();
    let mut reasons = alignment.reasons();
    let bar = guard::bar(alignment);
    if matches!(bar, Some((Bar::Reported, _))) {
        liberties.reported += 1;
    }
    let ruling = match bar.filter(|(bar, _)| *bar != Bar::Reported) {
        Some((bar, reason)) => {
            reasons.push(reason);
            Ruling::Open(Some(bar))
        }
        None => match denial(alignment) {
            Denial::Mixed => {
                reasons.push(denial::of_part(alignment));
                Ruling::Open(Some(Bar::Negation))
            }
            Denial::Of(reason) => {
                reasons.push(reason);
                ruling_of_denial(alignment)
            }
            Denial::None => ruling(alignment, &mut reasons),
        },
    };
    Judgement { ruling, answered: alignment.answered(), liberties, reasons }
}

/// Rules on a sentence and a claim of which one denies what the other says.
fn ruling_of_denial(alignment: &Alignment<'_>) -> Ruling {
    let missed = alignment.gaps().count() + alignment.open();
    let is_whole = missed + alignment.differences() == 0;
    if is_whole && alignment.is_of_same() {
        Ruling::Decided(Stance::Contradicts)
    } else {
        Ruling::Open(None)
    }
}

/// Rules on a sentence and a claim that both say or both deny something; gives the clause that
/// restricts the sentence as a reason.
fn ruling(alignment: &Alignment<'_>, reasons: &mut Vec<Reason>) -> Ruling {
    let missed = alignment.gaps().count() + alignment.open();
    let is_decided = missed == 0 && alignment.is_of_same() && alignment.has_predicate();
    match alignment.differences() {
        0 if is_decided => {
            let restriction = guard::restricting_clause(alignment);
            let is_part = restriction.is_some() || alignment.unsaid_manner().next().is_some();
            reasons.extend(restriction);
            if is_part { Ruling::Part } else { SUPPORTS }
        }
        1 if is_decided => Ruling::Decided(Stance::Contradicts),
        0 if alignment.is_part() => Ruling::Part,
        _ => Ruling::Open(None),
    }
}
