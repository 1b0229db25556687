//! [`Features`]: what is measured of a claim beside a sentence, for the forced choice of
//! [`Model`](super::model::Model). No verdict rests on them.

use std::ops::Index;

use super::align::align;
use super::alignment::Alignment;
use super::fit::Fit;
use super::guard::{Bar, bar};
use super::judge::Ruling;
use super::reason::{Slot, Stance};
use super::statement::Statement;
use super::tie::Tie;
use super::token::Token;
use super::unit::{Kind, Units};
use super::view::View;
use super::vocabulary::{Relation, vocabulary};

/// A figure that is measured. All are between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// The share of the claim that the sentence has, in whatever order.
    Own,
    /// The share of the claim that the sentence or what is around it has.
    Near,
    /// Nothing of the claim is missing in both.
    Whole,
    /// The share of the claim that has a counterpart in the sentence, alike or not.
    Paired,
    /// The amount of what is missing, *n* / (*n* + 2).
    Gaps,
    /// The end of the claim is missing.
    EndMissing,
    /// The share of the claim that the sentence has in the claim's order.
    InOrder,
    /// The share of the claim's names that is missing.
    NamesMissing,
    /// Another value is in the place of one of the claim's.
    Differs,
    /// Another amount or time is.
    FactDiffers,
    /// The share of the claim that one of the two denies and the other does not.
    Flipped,
    /// The sentence has an antonym of a word that is missing.
    Contrary,
    /// The sentence has a word for another kind of thing than a word that is missing.
    Kind,
    /// It speaks of what may be, or of what somebody wants or claims.
    Unreal,
    /// The prepositions are others.
    Relation,
    /// The claim has *only* or the like, the sentence has not.
    Only,
    /// The sentence supports the claim, as `check` reads it.
    Supports,
    /// The sentence contradicts the claim, as `check` reads it.
    Contradicts,
}

impl Feature {
    /// All of them, in order.
    pub const ALL: [Feature; 18] = [
        Self::Own,
        Self::Near,
        Self::Whole,
        Self::Paired,
        Self::Gaps,
        Self::EndMissing,
        Self::InOrder,
        Self::NamesMissing,
        Self::Differs,
        Self::FactDiffers,
        Self::Flipped,
        Self::Contrary,
        Self::Kind,
        Self::Unreal,
        Self::Relation,
        Self::Only,
        Self::Supports,
        Self::Contradicts,
    ];

    /// Returns its name in the file of the model.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Near => "near",
            Self::Whole => "whole",
            Self::Paired => "paired",
            Self::Gaps => "gaps",
            Self::EndMissing => "end_missing",
            Self::InOrder => "in_order",
            Self::NamesMissing => "names_missing",
            Self::Differs => "differs",
            Self::FactDiffers => "fact_differs",
            Self::Flipped => "flipped",
            Self::Contrary => "contrary",
            Self::Kind => "kind",
            Self::Unreal => "unreal",
            Self::Relation => "relation",
            Self::Only => "only",
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
        }
    }
}

/// A figure for each [`Feature`], from 0 to 1; all are 0 beside a sentence that has nothing of the
/// claim.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Features([f64; Feature::ALL.len()]);

impl Index<Feature> for Features {
    type Output = f64;

    fn index(&self, feature: Feature) -> &f64 {
        &self.0[feature as usize]
    }
}

impl FromIterator<(Feature, f64)> for Features {
    /// Collects figures; those of features that are not named are 0.
    fn from_iter<I: IntoIterator<Item = (Feature, f64)>>(figures: I) -> Self {
        let mut features = Self::default();
        for (feature, figure) in figures {
            features.0[feature as usize] = figure;
        }
        features
    }
}

/// A unit of a claim, as far as a sentence has it.
struct Found {
    weight: f64,
    /// The place of the unit of the sentence that says the same.
    place: Option<usize>,
    /// True if it is said around the sentence.
    is_around: bool,
    /// True if it is a word of a name.
    is_name: bool,
    /// True if one of the two denies it and the other does not.
    is_flipped: bool,
}

impl Found {
    fn is_missing(&self) -> bool {
        self.place.is_none() && !self.is_around
    }
}

/// Measures a claim beside the sentence of a view, whose units are `source`, of which `check` says
/// `ruling`.
pub(super) fn measure(
    claim: &Units<'_>,
    source: &Units<'_>,
    view: &View<'_>,
    ruling: Ruling,
) -> Features {
    /// The weight of what is said around the sentence; that of what the sentence says is 1.
    const AROUND: f64 = 0.8;
    let alignment = align(claim, source, view);
    let found: Vec<Found> =
        (0..alignment.claim.all.len()).map(|at| find(&alignment, at, view)).collect();
    if found.iter().all(Found::is_missing) {
        return Features::default();
    }
    let sum = |is: &dyn Fn(&Found) -> bool| -> f64 {
        found.iter().filter(|it| is(it)).map(|it| it.weight).sum()
    };
    let count = |is: &dyn Fn(&Found) -> bool| found.iter().filter(|it| is(it)).count() as f64;
    let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
    let all = sum(&|_| true);
    let own = sum(&|it| it.place.is_some());
    let around = sum(&|it| it.place.is_none() && it.is_around);
    let missing = sum(&Found::is_missing);
    let names_missing = count(&|it| it.is_name && it.is_missing());
    let places: Vec<usize> = found.iter().filter_map(|it| it.place).collect();
    let differs = |is: fn(Slot) -> bool| {
        alignment.ties().any(|(_, tie)| matches!(tie, Tie::Differs(slot) if is(slot)))
    };
    let related = |relation| has_related(&alignment, &found, relation);
    let bar = bar(&alignment).map(|(bar, _)| bar);
    let has_only = |it: &Statement| it.tokens.iter().any(|token| vocabulary().is_only(&token.word));
    let flag = |is: bool| f64::from(u8::from(is));
    Features::from_iter([
        (Feature::Own, share(own, all)),
        (Feature::Near, share(own + AROUND * around, all)),
        (Feature::Whole, flag(missing == 0.0)),
        (Feature::Paired, alignment.paired()),
        (Feature::Gaps, missing / (missing + 2.0)),
        (Feature::EndMissing, flag(found.last().is_some_and(Found::is_missing))),
        (Feature::InOrder, longest_rising(&places) as f64 / found.len() as f64),
        (Feature::NamesMissing, share(names_missing, count(&|it| it.is_name))),
        (Feature::Differs, flag(differs(|_| true))),
        (Feature::FactDiffers, flag(fact_differs(&alignment, &found))),
        (Feature::Flipped, share(sum(&|it| it.is_flipped), all)),
        (Feature::Contrary, flag(related(Relation::Contrary))),
        (Feature::Kind, flag(related(Relation::Exclusive))),
        (
            Feature::Unreal,
            flag(matches!(bar, Some(Bar::Modality | Bar::Condition | Bar::Nonfactive))),
        ),
        (Feature::Relation, flag(bar == Some(Bar::Relation))),
        (Feature::Only, flag(has_only(claim.statement) && !has_only(view.own))),
        (Feature::Supports, flag(ruling == Ruling::Decided(Stance::Supports))),
        (Feature::Contradicts, flag(ruling == Ruling::Decided(Stance::Contradicts))),
    ])
}

/// Finds a unit of the claim in the sentence, in whatever order, and around it.
fn find(alignment: &Alignment<'_>, at: usize, view: &View<'_>) -> Found {
    /// The weight of a word that says little; that of others is 1.
    const LIGHT: f64 = 0.35;
    let (unit, token) = (&alignment.claim.all[at], alignment.token(at));
    let claim = alignment.claim.statement;
    let is_around = match unit.kind {
        Kind::Time(time) => {
            let mut others = view.around().flat_map(|it| &it.periods);
            others.any(|other| claim.periods[time].fit(other) == Fit::Entails)
        }
        Kind::Amount(amount) => {
            let mut others = view.around().flat_map(|it| &it.amounts);
            others.any(|other| claim.amounts[amount].fit(other) == Some(Fit::Entails))
        }
        Kind::Word | Kind::Pronoun => view.is_around(token),
    };
    let place = alignment.place(at);
    let is_flipped = place.is_some_and(|place| {
        let other = &alignment.source.all[place];
        unit.kind == Kind::Word
            && other.kind == Kind::Word
            && token.is_negated != view.own.tokens[other.first].is_negated
    });
    let is_light = token.says_little() && !unit.kind.is_fact();
    Found {
        weight: if is_light { LIGHT } else { 1.0 },
        place,
        is_around,
        is_name: alignment.claim.is_name(at),
        is_flipped,
    }
}

/// Returns whether the sentence has another amount or time in the place of one that is missing.
fn fact_differs(alignment: &Alignment<'_>, found: &[Found]) -> bool {
    alignment.ties().zip(found).any(|((at, tie), found)| {
        matches!(tie, Tie::Differs(_))
            && alignment.claim.all[at].kind.is_fact()
            && found.is_missing()
    })
}

/// Returns whether the sentence has a word that the claim has not, and that is so related to one
/// that is missing.
fn has_related(alignment: &Alignment<'_>, found: &[Found], relation: Relation) -> bool {
    let is_word = |kind: Kind| kind == Kind::Word;
    let claim = alignment.claim.statement;
    let source = alignment.source;
    let words = source.all.iter().filter(|unit| is_word(unit.kind));
    let others: Vec<&Token> = words
        .map(|unit| &source.statement.tokens[unit.first])
        .filter(|token| !claim.has(token))
        .collect();
    let missing = found.iter().enumerate().filter(|(_, it)| it.is_missing());
    let mut missing = missing.map(|(at, _)| at).filter(|&at| is_word(alignment.claim.all[at].kind));
    missing.any(|at| {
        let lemma = &alignment.token(at).lemma;
        others.iter().any(|other| vocabulary().relation(lemma, &other.lemma) == Some(relation))
    })
}

/// Returns the length of the longest rising subsequence.
fn longest_rising(places: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &place in places {
        let at = ends.partition_point(|&end| end < place);
        if at == ends.len() { ends.push(place) } else { ends[at] = place }
    }
    ends.len()
}
