//! Tells what the sources say about a claim: support, contradiction, or neither, with the words of
//! both sides.
//!
//! A claim is read as a [`Statement`]: words with their stems, names, amounts, times, and how far a
//! *not* reaches. So is every sentence that retrieval brings up. The two are cut into units, the
//! units aligned, and what is between and around them compared; a verdict rests on that alone. What
//! cannot be shown is not said: a contradiction names the slot in which the two differ, and words
//! that a source merely does not have make a claim *partial* or *not found*, never *contradicted*.
//!
//! Each file uses those before it: `vocabulary`, `token`, `phrase`, values (`fit`, `amount`,
//! `period`), `polarity`, `statement`, `unit`; `view`, `tie`, `alignment`, `order`, `align`;
//! `answered`, `denial`, `predicate`, `subject`, `modality`, `narrowing`, `guard`, `voice`,
//! `judge`; `passages`, `finding`, `settle`, `checker`.

mod align;
mod alignment;
mod amount;
mod answered;
mod assertion;
mod checker;
mod comparison;
mod denial;
mod feature;
mod finding;
mod fit;
mod guard;
mod input;
mod judge;
mod modality;
mod model;
mod narrowing;
mod order;
mod passages;
mod period;
mod phrase;
mod polarity;
mod predicate;
mod reason;
mod settle;
mod statement;
mod subject;
mod tie;
mod token;
mod train;
mod unit;
mod verdict;
mod view;
mod vocabulary;
mod voice;

pub use checker::Checker;
pub use comparison::{Comparison, Shown};
pub use feature::{Feature, Features};
pub use input::{Draft, Extent, Input, Place, Point, Request, Skipped, TableFormat, Why};
pub use model::{Class, Model, Probabilities};
pub use reason::{Reason, Slot, Stance};
pub use statement::Statement;
pub use train::{Example, solve, train};
pub use verdict::{Assertion, Check, Evidence, Related, Verdict};

#[cfg(test)]
mod tests;
