//! The second stage: measures what a candidate's own text has for a query.
//!
//! Stage one counts words. Here it matters, too, how much of the claim is in one place, and whether
//! the sentence to quote has the claim's own dates and figures or at least others in their place.
//! Features that depend on other candidates are added in [`super::pool`].

use std::collections::BTreeSet;

use super::features::{Feature, Features};
use super::reading::{Reading, Term};
use super::terms::Terms;
use crate::source::{Passage, Sentences};

/// BM25: how fast further occurrences of a word stop to count. This and [`B`] are those of Tantivy
/// and Lucene; Robertson et al., *Okapi at TREC-3* (1994), found them to do well anywhere.
const K1: f64 = 1.2;

/// BM25: how much the length of a passage counts.
const B: f64 = 0.75;

/// BM25: the least number of words that carry meaning a passage counts as having. Among shorter
/// passages length says nothing of repetition, and must not put a heading before a sentence.
const SHORTEST: f64 = 60.0;

/// Statistics of a query's words over the whole index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statistics {
    /// The idf of each of [`Terms::words`].
    pub(super) idf: Vec<f64>,
    /// The number of passages.
    pub(super) passages: u64,
    /// The mean number of words of a passage that carry meaning.
    pub(super) average_length: f64,
}

/// The share of the query that the second of two sentences has to add for both to be quoted.
const WORTH_QUOTING: f64 = 0.25;

/// One thing that the query asks for: a content word, or a number or date with the words it is made
/// of.
struct Unit {
    weight: f64,
    term: Term,
}

/// Scores passages for one query.
pub(super) struct Reranker<'q> {
    terms: &'q Terms,
    pub(super) statistics: Statistics,
    /// The idf of each of [`Terms::words`] where shares of the query are counted. Parts of dates
    /// and figures have none: these count as facts, and in part where another is in their place.
    rarity: Vec<f64>,
    units: Vec<Unit>,
    /// The sum of the units' weights.
    weight: f64,
}

/// The measures of one passage.
#[derive(Debug)]
pub(super) struct Scored {
    /// The features that its own text gives.
    pub(super) features: Features,
    /// The sentences to quote.
    pub(super) best: Sentences,
    /// The share of the query's words that it or its title has, from 0 to 1.
    pub(super) coverage: f64,
    /// How often it or its title has each of [`Terms::words`]; variants count in part.
    pub(super) counts: Vec<f64>,
}

impl<'q> Reranker<'q> {
    pub(super) fn new(terms: &'q Terms, statistics: Statistics) -> Self {
        let units = units(terms, &statistics.idf);
        let weight = sum(units.iter().map(|unit| unit.weight));
        let is_word = |i: usize| terms.words[i].fact.is_none();
        let all_facts = !(0..terms.words.len()).any(is_word);
        let rarity = |(i, &idf): (usize, &f64)| if is_word(i) || all_facts { idf } else { 0.0 };
        let rarity = statistics.idf.iter().enumerate().map(rarity).collect();
        Self { terms, statistics, rarity, units, weight }
    }

    /// Measures a passage by its own text, and by the words of the query that its title has.
    pub(super) fn score(
        &self,
        passage: &Passage,
        reading: &Reading,
        title: &BTreeSet<usize>,
    ) -> Scored {
        let credits = self.credits(passage, reading);
        let (best, answering) = self.best_sentences(&credits);
        let mut features = Features::default();
        let counts = self.counts(reading, title);
        features[Feature::Body] = sum(self.bm25(&counts, self.norm(reading.length)).into_iter());
        features[Feature::Grams] = self.grams(reading);
        features[Feature::Coverage] = self.share(|word| counts[word].min(1.0));
        features[Feature::Window] = self.window(reading);
        features[Feature::Facts] = self.facts(answering);
        features[Feature::Title] = self.share(|word| f64::from(u8::from(title.contains(&word))));
        let coverage = self.share(|word| f64::from(u8::from(counts[word] > 0.0)));
        Scored { features, best, coverage, counts }
    }

    /// Returns the share of the query that its words are, each in the part that `part` gives, from
    /// 0 to 1.
    fn share(&self, part: impl Fn(usize) -> f64) -> f64 {
        let total = sum(self.rarity.iter().copied());
        let own = sum(self.rarity.iter().enumerate().map(|(word, idf)| idf * part(word)));
        if total > 0.0 { own / total } else { 0.0 }
    }

    /// Counts each of the query's words, the title counting once.
    fn counts(&self, reading: &Reading, title: &BTreeSet<usize>) -> Vec<f64> {
        let mut counts = vec![0.0; self.terms.words.len()];
        title.iter().for_each(|&i| counts[i] += 1.0);
        for found in &reading.occurrences {
            if let Term::Word(i) = found.term {
                counts[i] += found.credit;
            }
        }
        counts
    }

    /// Returns what each of the query's words adds to BM25.
    fn bm25(&self, counts: &[f64], norm: f64) -> Vec<f64> {
        counts
            .iter()
            .zip(&self.statistics.idf)
            .map(|(&count, idf)| idf * saturated(count, norm))
            .collect()
    }

    /// Returns BM25 over character n-grams: each word has the weight it has in [`Reranker::bm25`],
    /// in equal shares of its parts.
    fn grams(&self, reading: &Reading) -> f64 {
        let norm = self.norm(reading.length);
        let words =
            reading.grams.iter().zip(&self.statistics.idf).filter(|(parts, _)| !parts.is_empty());
        sum(words.map(|(parts, idf)| {
            idf * sum(parts.iter().map(|&count| saturated(count.into(), norm))) / parts.len() as f64
        }))
    }

    /// Returns BM25's norm of a length in words: how long a passage is against the mean one.
    fn norm(&self, words: u32) -> f64 {
        let length = f64::from(words).max(SHORTEST) / self.statistics.average_length.max(SHORTEST);
        1.0 - B + B * length
    }

    /// Returns BM25 of the best two sentences in a row, of whatever length.
    fn window(&self, reading: &Reading) -> f64 {
        let mut sentences: Vec<(usize, Vec<f64>)> = Vec::new();
        for found in &reading.occurrences {
            let Term::Word(i) = found.term else { continue };
            if sentences.last().is_none_or(|(sentence, _)| *sentence != found.sentence) {
                sentences.push((found.sentence, vec![0.0; self.terms.words.len()]));
            }
            if let Some((_, counts)) = sentences.last_mut() {
                counts[i] += found.credit;
            }
        }
        let worth = |i: usize| {
            let (sentence, counts) = &sentences[i];
            let next = sentences
                .get(i + 1)
                .filter(|(next, _)| *next == sentence + 1)
                .map(|(_, counts)| counts);
            let count = |word: usize| counts[word] + next.map_or(0.0, |next| next[word]);
            let counts: Vec<f64> = (0..counts.len()).map(count).collect();
            sum(self.bm25(&counts, 1.0).into_iter())
        };
        (0..sentences.len()).map(worth).fold(0.0, f64::max)
    }

    /// Returns how well each sentence answers each unit.
    fn credits(&self, passage: &Passage, reading: &Reading) -> Vec<Vec<f64>> {
        let mut credits = vec![vec![0.0f64; self.units.len()]; passage.sentences.len().max(1)];
        for found in &reading.occurrences {
            if let Some(unit) = self.units.iter().position(|unit| unit.term == found.term) {
                let credit = &mut credits[found.sentence][unit];
                *credit = credit.max(found.credit);
            }
        }
        credits
    }

    /// Returns the share of the query's dates and figures that a sentence answers; 0 where it has
    /// none.
    fn facts(&self, credits: &[f64]) -> f64 {
        let facts =
            || self.units.iter().enumerate().filter(|(_, unit)| matches!(unit.term, Term::Fact(_)));
        let total = sum(facts().map(|(_, unit)| unit.weight));
        if total > 0.0 {
            sum(facts().map(|(i, unit)| unit.weight * credits[i])) / total
        } else {
            0.0
        }
    }

    /// Returns the share of the query that these sentences cover together.
    fn covered<C: AsRef<[f64]>>(&self, sentences: &[C]) -> f64 {
        if self.weight == 0.0 {
            return 0.0;
        }
        let best = |unit: usize| {
            sentences.iter().map(|credits| credits.as_ref()[unit]).fold(0.0, f64::max)
        };
        sum(self.units.iter().enumerate().map(|(i, unit)| unit.weight * best(i))) / self.weight
    }

    /// Returns what to quote, and how well its best sentence answers each unit. Quoted is the
    /// sentence that covers most of the query, the first one of a tie, or that and a neighbour
    /// where both are needed.
    fn best_sentences<'c>(&self, credits: &'c [Vec<f64>]) -> (Sentences, &'c [f64]) {
        let shares: Vec<f64> = credits.iter().map(|sentence| self.covered(&[sentence])).collect();
        let better = |best: usize, i: usize| if shares[i] > shares[best] { i } else { best };
        let best = (0..shares.len()).fold(0, better);
        let counted = |first: usize, last: usize| Sentences {
            first: first as u32 + 1,
            last: last as u32 + 1,
        };
        let pairs = [best.checked_sub(1), (best + 1 < credits.len()).then_some(best)];
        let pair = pairs
            .into_iter()
            .flatten()
            .map(|first| (first, self.covered(&credits[first..first + 2])))
            .filter(|(_, share)| share - shares[best] >= WORTH_QUOTING)
            .reduce(|a, b| if b.1 > a.1 { b } else { a });
        let quoted =
            pair.map_or_else(|| counted(best, best), |(first, _)| counted(first, first + 1));
        (quoted, &credits[best])
    }
}

/// Returns BM25's saturated count of a word.
fn saturated(count: f64, norm: f64) -> f64 {
    count * (K1 + 1.0) / (count + K1 * norm)
}

/// Returns what the query asks for. A fact has the weight of its rarest word; where it has none, of
/// the mean word.
fn units(terms: &Terms, idf: &[f64]) -> Vec<Unit> {
    let mean = if idf.is_empty() { 1.0 } else { sum(idf.iter().copied()) / idf.len() as f64 };
    let words = terms.words.iter().enumerate().filter(|(_, word)| word.fact.is_none());
    let words = words.map(|(i, _)| Unit { weight: idf[i], term: Term::Word(i) });
    let facts = (0..terms.facts.len()).map(|fact| {
        let own = terms
            .words
            .iter()
            .zip(idf)
            .filter(|(word, _)| word.fact == Some(fact))
            .map(|(_, &idf)| idf);
        Unit { weight: own.reduce(f64::max).unwrap_or(mean), term: Term::Fact(fact) }
    });
    words.chain(facts).collect()
}

/// Returns the sum; that of nothing is 0, where the standard library has -0.
pub(super) fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |sum, value| sum + value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::search::reading::{TermReader, tests::passage};
    use crate::text::analyzer::Analyzers;

    /// Measures texts against a claim, all its words being equally rare.
    fn scored(claim: &str, texts: &[&str]) -> Vec<Scored> {
        let terms = Terms::new(Query::prose(claim).clauses(), &[Some("en".to_owned())]);
        let statistics =
            Statistics { idf: vec![2.0; terms.words.len()], passages: 9, average_length: 10.0 };
        let reranker = Reranker::new(&terms, statistics);
        let mut analyzers = Analyzers::default();
        let mut reader = TermReader::new(&terms, &mut analyzers);
        let mut score = |text: &&str| {
            let passage = passage(text);
            reranker.score(&passage, &reader.read(&passage), &BTreeSet::new())
        };
        texts.iter().map(&mut score).collect()
    }

    /// Returns whether a feature falls from each of these texts to the next.
    fn falls(feature: Feature, claim: &str, texts: &[&str]) -> bool {
        let figures: Vec<f64> =
            scored(claim, texts).iter().map(|scored| scored.features[feature]).collect();
        figures.is_sorted_by(|a, b| a > b)
    }

    #[test]
    fn better_answers_have_more_of_what_is_measured() {
        // All in one sentence, then all in two, then in three, then a part, then nothing.
        let claim = "envoys signed the river treaty";
        let texts = [
            "Envoys signed the river treaty. Nobody came to look.",
            "Envoys came to look. They signed the treaty on the river there.",
            "Envoys came to look. The treaty on the river was not there. Nobody signed.",
            "Envoys came to see it. Nobody else came to look.",
            "Nobody came.",
        ];
        assert!(falls(Feature::Window, claim, &texts[1..]));
        assert!(falls(Feature::Coverage, claim, &texts[2..]));
        assert!(falls(Feature::Body, claim, &texts[2..]));
        let texts =
            ["She was a printer.", "She owns a printing press.", "She sprints.", "She sang."];
        assert!(falls(Feature::Grams, "printers", &texts));
        // The year asked for, then another one, then none.
        let texts = [
            "In 1911 the mill burned down.",
            "In 1913 the mill burned down.",
            "The mill then burned down.",
        ];
        assert!(falls(Feature::Facts, "The mill burned down in 1911", &texts));
    }

    #[test]
    fn the_sentence_that_answers_is_quoted_or_two_where_both_are_needed() {
        let best = |claim: &str, text: &str| {
            let best = scored(claim, &[text])[0].best;
            (best.first, best.last)
        };
        let text =
            "The town is old. Envoys signed the river treaty there. It was a treaty. It rained.";
        assert_eq!(best("envoys signed a treaty", text), (2, 2));
        assert_eq!(best("treaty", text), (2, 2));
        assert_eq!(best("nothing of the kind", text), (1, 1));
        let text = "It rained. Envoys met by the river. A treaty was signed there. Nobody came.";
        assert_eq!(best("envoys river treaty signed", text), (2, 3));
    }

    #[test]
    fn every_figure_lies_between_none_and_all_of_its_kind() {
        let texts = ["The river treaty of 1911.", "", "1911 1911 river river treaty treaty"];
        for scored in scored("the river treaty of 1911", &texts) {
            let shares = [Feature::Coverage, Feature::Facts];
            assert!(
                shares.iter().all(|&share| (0.0..=1.0).contains(&scored.features[share])),
                "{scored:?}"
            );
            assert!(
                scored.features.values().iter().all(|figure| figure.is_sign_positive()),
                "{scored:?}"
            );
            assert_eq!(
                scored.features[Feature::Body] > 0.0,
                scored.counts.iter().any(|&count| count > 0.0)
            );
        }
    }
}
