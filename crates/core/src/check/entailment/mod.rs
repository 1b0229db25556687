//! Textual entailment, strict: whether one sentence of a source says what a claim says, or says
//! otherwise.
//!
//! A claim and a sentence are cut into units: words of content, amounts, times. The claim's units
//! are aligned with the sentence's in order. A sentence *entails* the claim where every unit is
//! answered and nothing between or around them changes what they say; it *contradicts* the claim
//! where all are answered but one, in whose place it has another value, or where it denies what
//! the claim says. Everything else is open: a word that is missed is never a contradiction.

mod align;
mod guard;
mod unit;
mod voice;

#[cfg(test)]
mod tests;

use super::align::View;
use super::reason::{Reason, Slot, Stance};
use super::statement::Statement;
use crate::text::english::manner::manner;
use crate::text::english::pronouns::is_subject;
use align::{Alignment, Tie};
pub(super) use guard::Block;
use unit::Units;

/// How a claim's value compares with a source's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The source's value entails the claim's.
    Entails,
    /// The two may both be so, but the source does not say the claim's: *about 60*, and *62*.
    Open,
    /// The two cannot both be so.
    Excludes,
}

/// What a sentence says of a claim.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) ruling: Ruling,
    /// The share of the claim's units that the sentence answers, from 0 to 1.
    pub(super) answered: f64,
    pub(super) steps: Steps,
    pub(super) reasons: Vec<Reason>,
}

/// The judgement on one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruling {
    Decided(Stance),
    /// The sentence says a part of the claim and leaves the rest open.
    Part,
    Open(Option<Block>),
}

/// Liberties that a reading takes beyond equal words in equal order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Steps {
    /// The sentence is the claim, word for word.
    pub(super) is_identical: bool,
    /// Words are answered by synonyms.
    pub(super) synonyms: usize,
    /// Words are answered from around the sentence: by a pronoun, a heading.
    pub(super) context: usize,
    /// Phrases are answered in another place of the sentence.
    pub(super) moved: usize,
    /// Active and passive are exchanged.
    pub(super) voice: usize,
    /// The sentence reports what somebody says.
    pub(super) reported: usize,
    /// Words of little weight are not answered.
    pub(super) light: usize,
}

impl Steps {
    /// The number of liberties.
    pub(super) fn count(&self) -> usize {
        self.synonyms + self.context + self.moved + self.voice + self.reported + self.light
    }
}

impl Reading {
    /// How decided it is, for the choice among the sentences of a passage.
    pub(super) fn rank(&self) -> f64 {
        let decided = match self.ruling {
            Ruling::Decided(Stance::Supports) => 3.0,
            Ruling::Decided(Stance::Contradicts) => 2.0,
            Ruling::Part => 1.0,
            Ruling::Open(_) => 0.0,
        };
        decided + self.answered - 0.01 * self.steps.count() as f64
    }

    /// The figures of the reading by name: the share of the claim that is answered, and how often
    /// each liberty is taken.
    pub(super) fn figures(&self) -> Vec<(&'static str, f64)> {
        let Steps { is_identical, synonyms, context, moved, voice, reported, light } = self.steps;
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

    /// How probable it is that it is right, from 0 to 1.
    pub(super) fn confidence(&self) -> f64 {
        if self.steps.is_identical {
            return 0.99;
        }
        let base = match self.ruling {
            Ruling::Decided(Stance::Supports) => 0.97,
            _ => 0.95,
        };
        base - 0.03 * self.steps.count() as f64
    }

    /// Whether a contradiction is one although another source says what the claim says: not where
    /// the claim names nobody, or is of what may happen twice.
    pub(super) fn is_disputed(&self, claim: &Statement) -> bool {
        let is_time = self.reasons.iter().any(|it| it.is_conflict() && it.slot == Slot::Date);
        let is_once = claim.tokens.iter().any(|it| manner().once.contains(&it.word));
        (!is_time || is_once) && claim.tokens.first().is_some_and(|it| !is_subject(&it.word))
    }
}

/// Reads what a sentence says of a claim.
pub(super) fn read(claim: &Statement, view: &View<'_>) -> Reading {
    let own = view.own;
    if is_same_words(claim, own) {
        let steps = Steps { is_identical: true, ..Steps::default() };
        let reasons = vec![said(&claim.text, &own.text)];
        return Reading {
            ruling: Ruling::Decided(Stance::Supports),
            answered: 1.0,
            steps,
            reasons,
        };
    }
    let source = Units::new(own);
    let units = Units::new(claim);
    let plain = Alignment::new(units.clone(), &source, view);
    let best = judge(&plain, view);
    if matches!(best.ruling, Ruling::Decided(_)) || plain.paired() < LEAST {
        return best;
    }
    for turned in voice::turned(&units) {
        let mut reading = judge(&Alignment::new(turned, &source, view), view);
        reading.steps.voice += 1;
        if matches!(reading.ruling, Ruling::Decided(_)) {
            return reading;
        }
    }
    for (exchanged, (first, last)) in voice::exchanged(&units) {
        let reading = judge(&Alignment::new(exchanged, &source, view), view);
        if reading.ruling == Ruling::Decided(Stance::Supports) {
            let reason = Reason {
                slot: Slot::Order,
                agrees: false,
                claim: units.words(first, last),
                source: own.text.clone(),
            };
            return Reading {
                ruling: Ruling::Decided(Stance::Contradicts),
                reasons: vec![reason],
                ..reading
            };
        }
    }
    best
}

/// The share of a claim's units that must have a counterpart in a sentence for the claim to be
/// turned.
const LEAST: f64 = 0.5;

/// Returns whether two statements are the same letters, figures and signs in the same order,
/// whatever the punctuation, and whatever frames them: *In addition, …*.
fn is_same_words(claim: &Statement, own: &Statement) -> bool {
    let punctuation = |c: char| c.is_whitespace() || ".,;:!?'\"‘’“”()[]-–—…".contains(c);
    let (claim, own) = (unframed(claim), unframed(own));
    let letters = |text: &str| {
        text.chars().filter(|&c| !punctuation(c)).flat_map(char::to_lowercase).collect::<String>()
    };
    let claim = letters(claim);
    !claim.is_empty() && claim == letters(own)
}

/// The text of a statement without what frames it.
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
fn judge(alignment: &Alignment<'_>, view: &View<'_>) -> Reading {
    /// The units that must agree for a difference to be one of the same fact.
    const AGREED: usize = 2;
    let answered = alignment.answered();
    let mut steps = alignment.steps();
    let reasons = alignment.reasons();
    let reading = |ruling, steps, reasons| Reading { ruling, answered, steps, reasons };
    let gaps = alignment.gaps().count();
    let open = alignment.ties().filter(|(_, tie)| matches!(tie, Tie::Open)).count();
    let differences = alignment.differences();
    let denial = guard::denial(alignment);
    let block = guard::block(alignment, view);
    if block == Some(Block::Reported) {
        steps.reported += 1;
    }
    if let Some(block) = block.filter(|block| *block != Block::Reported) {
        return reading(Ruling::Open(Some(block)), steps, reasons);
    }
    match (gaps + open, differences, denial) {
        (_, _, guard::Denial::Mixed) => {
            reading(Ruling::Open(Some(Block::Negation)), steps, reasons)
        }
        (0, 0, guard::Denial::None) if alignment.is_own() && alignment.has_predicate() => {
            reading(Ruling::Decided(Stance::Supports), steps, reasons)
        }
        (0, 0, guard::Denial::Of(reason)) => {
            let mut reasons = reasons;
            reasons.push(reason);
            if alignment.agreed() < AGREED || !alignment.is_own() {
                return reading(Ruling::Open(None), steps, reasons);
            }
            reading(Ruling::Decided(Stance::Contradicts), steps, reasons)
        }
        (0, 1, guard::Denial::None)
            if alignment.agreed() >= AGREED && alignment.is_own() && alignment.has_predicate() =>
        {
            reading(Ruling::Decided(Stance::Contradicts), steps, reasons)
        }
        (_, 0, guard::Denial::None) if alignment.is_part() => reading(Ruling::Part, steps, reasons),
        _ => reading(Ruling::Open(None), steps, reasons),
    }
}
