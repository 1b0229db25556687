//! Turns a passage into a query: the words that distinguish it from others.

use super::dictionary::Dictionary;
use super::reading::{Term, TermReader};
use super::terms::Terms;
use crate::Result;
use crate::query::Query;
use crate::source::Passage;
use crate::text::analyzer::Analyzers;
use crate::text::is_function_word;

/// The number of words and facts to take from a passage: those of a long claim. More would be
/// slower and find no more.
const TELLING: usize = 20;

/// Returns the most distinctive words, dates and figures of `passage` as a query, in their order:
/// those that are frequent in it and rare, but not absent, elsewhere.
pub(super) fn query(
    passage: &Passage,
    languages: &[Option<String>],
    dictionary: Dictionary<'_>,
) -> Result<Query> {
    let terms = Terms::new(Query::prose(passage.plain()).clauses(), languages);
    let mut counts = vec![0u32; terms.words.len()];
    for found in TermReader::new(&terms, &mut Analyzers::default()).read(passage).occurrences {
        if let Term::Word(i) = found.term {
            counts[i] += 1;
        }
    }
    let mut telling = Vec::new();
    for (i, (word, count)) in terms.words.iter().zip(counts).enumerate() {
        let frequency = dictionary.with_stems(word.stems())?;
        if frequency > 1 && !is_function_word(&word.typed.to_lowercase()) {
            telling.push((dictionary.idf(frequency) * (1.0 + f64::from(count.max(1)).ln()), i));
        }
    }
    telling.sort_by(|(a, i), (b, j)| b.total_cmp(a).then(i.cmp(j)));
    telling.truncate(TELLING);
    telling.sort_by_key(|&(_, i)| i);
    let mut typed: Vec<&str> = Vec::new();
    for (_, i) in telling {
        let word = &terms.words[i];
        let typed_so = word.fact.map_or(&word.typed, |fact| &terms.facts[fact].typed);
        if !typed.contains(&typed_so.as_str()) {
            typed.push(typed_so);
        }
    }
    Ok(Query::prose(&typed.join(" ")).without(passage.id()))
}
