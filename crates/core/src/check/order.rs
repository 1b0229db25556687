//! Aligns the units of a claim with those of a sentence in order, by global alignment.

use super::alignment::Answer;
use super::tie::{Tie, tie};
use super::unit::{Kind, Unit, Units};
use super::view::View;

/// Returns the best answers in order, by global alignment (Needleman and Wunsch 1970): units of the
/// sentence are passed over at almost no cost, those of the claim at a high one.
pub(super) fn in_order(claim: &Units<'_>, source: &Units<'_>, view: &View<'_>) -> Vec<Answer> {
    const SKIPPED: f32 = -0.05;
    // Words that the claim has side by side are looked for side by side.
    const PARTED: f32 = -0.2;
    const MISSED: f32 = -2.0;
    let (rows, columns) = (claim.all.len(), source.all.len());
    let width = columns + 1;
    let mut ties: Vec<Option<Tie>> = vec![None; rows * columns];
    let mut best = vec![0.0_f32; (rows + 1) * width];
    for i in 1..=rows {
        best[i * width] = best[(i - 1) * width] + MISSED;
        for j in 1..=columns {
            let (unit, other) = (&claim.all[i - 1], &source.all[j - 1]);
            let tie =
                tie(claim, unit, source, other).or_else(|| antecedent(claim, unit, other, view));
            ties[(i - 1) * columns + j - 1] = tie;
            let skip = match i {
                _ if i == rows => 0.0,
                _ if claim.is_joined(i - 1) => PARTED,
                _ => SKIPPED,
            };
            let passed =
                f32::max(best[(i - 1) * width + j] + MISSED, best[i * width + j - 1] + skip);
            let matched = tie.map_or(f32::NEG_INFINITY, |tie| {
                best[(i - 1) * width + j - 1] + worth(tie, unit, other)
            });
            best[i * width + j] = passed.max(matched);
        }
    }
    let mut answers = vec![Answer::NONE; rows];
    let (mut i, mut j) = (rows, columns);
    while i > 0 && j > 0 {
        let here = best[i * width + j];
        let tie = ties[(i - 1) * columns + j - 1];
        if tie.is_some_and(|tie| {
            here == best[(i - 1) * width + j - 1]
                + worth(tie, &claim.all[i - 1], &source.all[j - 1])
        }) {
            answers[i - 1] =
                Answer { tie: tie.unwrap_or(Tie::Gap), at: Some(j - 1), is_moved: false };
            (i, j) = (i - 1, j - 1);
        } else if here == best[(i - 1) * width + j] + MISSED {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    answers
}

/// Returns what an answer counts in the alignment: less behind another preposition.
fn worth(tie: Tie, unit: &Unit, other: &Unit) -> f32 {
    const GOVERNED_OTHERWISE: f32 = -0.5;
    let is_plain = unit.is_verb || other.is_verb || unit.is_governed_like(other);
    let governed = if is_plain { 0.0 } else { GOVERNED_OTHERWISE };
    governed
        + match tie {
            Tie::Same => 4.0,
            Tie::Synonym => 2.5,
            Tie::Context => 1.5,
            Tie::Open => 0.0,
            Tie::Differs(_) => -1.0,
            Tie::Light | Tie::Gap => f32::NEG_INFINITY,
        }
}

/// Returns the tie of a unit of the claim with a pronoun, where what the sentences before speak of
/// is that unit.
fn antecedent(claim: &Units<'_>, unit: &Unit, other: &Unit, view: &View<'_>) -> Option<Tie> {
    if other.kind != Kind::Pronoun || unit.is_verb {
        return None;
    }
    let token = &claim.statement.tokens[unit.first];
    if unit.kind != Kind::Word || unit.preposition.is_some() != other.preposition.is_some() {
        return None;
    }
    view.may_mean(other.first, token).then_some(Tie::Context)
}
