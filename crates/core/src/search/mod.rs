//! From a query to ranked passages: retrieval, ranking, matches, grouping of near-duplicates.
//!
//! There are two stages. A [plan](crate::index::Plan) is made from the query, by which the index
//! retrieves candidates with BM25 (`plan`). These are put in order by their stems (`pool`), read in
//! this order (`second`), and scored by what their own text has for the query (`rerank`) and by
//! what they say for one another (`pool`). Both work from the query's `terms` alone, and ties are
//! broken by source id, then paragraph, so that a query on an index has one answer.

mod candidate;
mod dictionary;
mod expand;
mod features;
mod grams;
mod like;
mod matches;
mod near_duplicates;
mod passages;
mod plan;
mod pool;
mod reading;
mod rerank;
mod results;
mod searcher;
mod second;
mod similarity;
mod spellings;
mod terms;
mod variant;

pub use features::{Feature, Features, Weights};
pub use near_duplicates::same_origin;
pub use results::{Expansion, Hit, Results, ScoreDetails, ScorePart};
pub use searcher::Searcher;
pub use variant::VariantKind;
