//! [`Edit`]: ways to edit a sentence, with the verdicts that are then right.

mod amounts;
mod antonym;
mod clauses;
mod figure;
mod names;
mod negation;
mod quantifier;
#[cfg(test)]
mod tests;
mod time;
mod units;
mod verbs;
mod voice;

use pincite_core::check::Verdict;

use super::corpus::SentenceCorpus;
use super::sentence::Sentence;
use crate::random::SplitMix64;

/// A way to make a claim from a sentence such that the right verdict is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// The sentence as it is.
    Verbatim,
    /// A clause or adverb put before it: *However, …*
    Framing,
    /// A plain active sentence made passive, or a passive one active.
    Voice,
    /// An amount changed.
    Amount,
    /// Two amounts of one unit, or two without one, swapped.
    AmountsSwapped,
    /// The unit of an amount changed.
    Unit,
    /// The currency of an amount changed.
    Currency,
    /// The bound of an amount reversed: *more than* and *fewer than*.
    Hedge,
    /// A year moved by two or three.
    Year,
    /// A year moved by ten, twenty or thirty.
    Decade,
    /// A month changed.
    Month,
    /// A day of the week changed.
    Weekday,
    /// The year after *since* changed.
    Since,
    /// The end of a range of years or amounts changed.
    RangeEnd,
    /// *not* inserted.
    NotIn,
    /// *not* removed.
    NotOut,
    /// A word replaced by its antonym.
    Antonym,
    /// The subject and the object of an active verb swapped.
    NamesSwapped,
    /// A quantifier raised: *some* to *all*.
    Quantifier,
    /// A clause that no source has added at the end.
    FalseClause,
    /// A day made up for a month.
    Day,
}

impl Edit {
    /// All of them, in the order of the reports.
    pub const ALL: [Edit; 21] = [
        Edit::Verbatim,
        Edit::Framing,
        Edit::Voice,
        Edit::Amount,
        Edit::AmountsSwapped,
        Edit::Unit,
        Edit::Currency,
        Edit::Hedge,
        Edit::Year,
        Edit::Decade,
        Edit::Month,
        Edit::Weekday,
        Edit::Since,
        Edit::RangeEnd,
        Edit::NotIn,
        Edit::NotOut,
        Edit::Antonym,
        Edit::NamesSwapped,
        Edit::Quantifier,
        Edit::FalseClause,
        Edit::Day,
    ];

    /// Returns its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Edit::Verbatim => "verbatim",
            Edit::Framing => "framing",
            Edit::Voice => "voice",
            Edit::Amount => "amount",
            Edit::AmountsSwapped => "amounts_swapped",
            Edit::Unit => "unit",
            Edit::Currency => "currency",
            Edit::Hedge => "hedge",
            Edit::Year => "year",
            Edit::Decade => "decade",
            Edit::Month => "month",
            Edit::Weekday => "weekday",
            Edit::Since => "since",
            Edit::RangeEnd => "range_end",
            Edit::NotIn => "not_in",
            Edit::NotOut => "not_out",
            Edit::Antonym => "antonym",
            Edit::NamesSwapped => "names_swapped",
            Edit::Quantifier => "quantifier",
            Edit::FalseClause => "false_clause",
            Edit::Day => "day",
        }
    }

    /// Returns the right verdicts. A verdict that is neither right nor harmful is a miss.
    pub fn right(self) -> &'static [Verdict] {
        match self {
            // Another source may say otherwise.
            Edit::Verbatim | Edit::Framing | Edit::Voice => {
                &[Verdict::Supported, Verdict::Disputed]
            }
            Edit::Quantifier => &[Verdict::Contradicted, Verdict::Partial, Verdict::NotFound],
            Edit::FalseClause => &[Verdict::Partial, Verdict::Contradicted, Verdict::NotFound],
            Edit::Day => &[Verdict::Partial],
            _ => &[Verdict::Contradicted],
        }
    }

    /// Returns the verdicts that would mislead a reader.
    pub fn harmful(self) -> &'static [Verdict] {
        match self {
            Edit::Verbatim | Edit::Framing | Edit::Voice => &[Verdict::Contradicted],
            Edit::Day => &[Verdict::Supported, Verdict::Contradicted],
            _ => &[Verdict::Supported],
        }
    }

    /// Returns the claim that it makes of a sentence, at a place and with words drawn at random;
    /// `None` where the sentence has no place for it.
    pub(super) fn claim(
        self,
        sentence: &Sentence,
        corpus: &SentenceCorpus,
        random: &mut SplitMix64,
    ) -> Option<String> {
        let is_said = |claim: &str| {
            !self.right().contains(&Verdict::Supported) && corpus.may_say(claim, sentence)
        };
        let claims = self.claims(sentence, corpus, random);
        random.shuffled(claims).into_iter().find(|claim| !is_said(claim))
    }

    /// Returns the claims that it can make of a sentence; of the figures that an amount can be
    /// changed to, one drawn at random.
    fn claims(
        self,
        sentence: &Sentence,
        corpus: &SentenceCorpus,
        random: &mut SplitMix64,
    ) -> Vec<String> {
        if self == Edit::Verbatim {
            return vec![sentence.text.clone()];
        }
        if !sentence.is_whole() {
            return Vec::new();
        }
        match self {
            Edit::Verbatim => Vec::new(),
            Edit::Framing => clauses::framed(sentence, corpus),
            Edit::Voice => voice::turned(sentence, corpus),
            Edit::Amount => amounts::changed(sentence, corpus, random),
            Edit::AmountsSwapped => amounts::swapped(sentence),
            Edit::Unit => units::unit_changed(sentence, corpus),
            Edit::Currency => units::currency_changed(sentence, corpus),
            Edit::Hedge => amounts::bound_turned(sentence),
            Edit::Year => time::year_moved(sentence, &time::NEAR),
            Edit::Decade => time::year_moved(sentence, &time::DECADES),
            Edit::Month => time::month_changed(sentence),
            Edit::Weekday => time::weekday_changed(sentence),
            Edit::Since => time::since_moved(sentence),
            Edit::RangeEnd => amounts::range_end_changed(sentence, corpus, random),
            Edit::NotIn => negation::put_in(sentence),
            Edit::NotOut => negation::taken_out(sentence),
            Edit::Antonym => antonym::replaced(sentence),
            Edit::NamesSwapped => names::swapped(sentence),
            Edit::Quantifier => quantifier::raised(sentence),
            Edit::FalseClause => clauses::with_false_clause(sentence),
            Edit::Day => time::day_made_up(sentence, corpus),
        }
    }
}
