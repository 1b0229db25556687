//! The second stage: candidates scored from their text.
//!
//! Stage one counts words; here it matters whether *one sentence* answers the claim, rare words before common ones, with
//! the claim's own dates and figures or at least with others in their place. All shares are measured in the same coin,
//! the rarity (inverse document frequency) of the query's terms, so that the weights compare.

use std::collections::BTreeSet;

use super::reading::{Reading, Term};
use super::terms::Terms;
use super::{ScoreDetails, ScorePart};
use crate::source::{Passage, Sentences};

/// What the ranking can be tuned by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parameters {
    /// BM25: how fast further occurrences of a word stop to count.
    pub(super) k1: f64,
    /// BM25: how much the length of a passage counts.
    pub(super) b: f64,
    /// Weight of the share of the query that the passage as a whole covers.
    pub(super) coverage: f64,
    /// Weight of the share of the query that its best sentence covers.
    pub(super) sentence: f64,
    /// Weight of neighbouring words of the query standing near one another, in their order.
    pub(super) proximity: f64,
    /// Weight of the query's words in the title.
    pub(super) title: f64,
    /// Weight of the query's words in the headings above the passage.
    pub(super) section: f64,
    /// Weight of what the other passages of the same source cover.
    pub(super) article: f64,
}

impl Parameters {
    /// k1 and b are those of Tantivy and Lucene (Robertson et al., *Okapi at TREC-3*, 1994, found 1.2 and 0.75 to do well
    /// anywhere). The weights are set by hand so that a sentence that answers outweighs repetition, and what only
    /// surrounds the passage decides between equals; none was fitted to a collection.
    pub(super) const DEFAULT: Parameters = Parameters {
        k1: 1.2,
        b: 0.75,
        coverage: 0.6,
        sentence: 1.6,
        proximity: 0.3,
        title: 0.15,
        section: 0.15,
        article: 0.1,
    };
}

/// Of a term that is looked for: what is known of it over the whole index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statistics {
    /// The rarity of each of [`Terms::words`].
    pub(super) idf: Vec<f64>,
    /// The mean number of words of a passage.
    pub(super) average_length: f64,
}

/// How many words may stand between two neighbouring words of the query for them to be near.
const NEAR: u32 = 8;

/// What the second of two sentences has to add, as a share of the query, for both to be quoted.
const WORTH_QUOTING: f64 = 0.25;

/// One thing that the query asks for: a content word, or a number or date with the words it is made of.
struct Unit {
    weight: f64,
    term: Term,
}

/// Scores passages for one query.
pub(super) struct Reranker<'q> {
    terms: &'q Terms,
    statistics: Statistics,
    parameters: Parameters,
    units: Vec<Unit>,
    /// The sum of the units' weights.
    weight: f64,
}

/// What was measured of one passage.
#[derive(Debug)]
pub(super) struct Scored {
    /// What its score is made of.
    pub(super) details: ScoreDetails,
    /// The sentences to quote.
    pub(super) best: Sentences,
    /// The share of the query that it covers, from 0 to 1.
    pub(super) coverage: f64,
}

impl<'q> Reranker<'q> {
    pub(super) fn new(terms: &'q Terms, statistics: Statistics, parameters: Parameters) -> Self {
        let units = units(terms, &statistics.idf);
        let weight = sum(units.iter().map(|unit| unit.weight));
        Self { terms, statistics, parameters, units, weight }
    }

    /// Scores a passage by its own text, and by the words of its title and headings (see [`Reranker::share`]).
    pub(super) fn score(&self, passage: &Passage, reading: &Reading, title: f64, section: f64) -> Scored {
        let credits = self.credits(passage, reading);
        let coverage = self.covered(&credits);
        let (best, sentence) = self.best_sentences(&credits);
        let p = &self.parameters;
        let percent = |share: f64| format!("{:.0} % of the query", 100.0 * share);
        let (body, note) = self.body(reading);
        let part = |name, value, note| ScorePart { name, value, note };
        let mut details = ScoreDetails::default();
        details.parts.extend([
            part("body", body, note),
            part("coverage", p.coverage * self.weight * coverage * coverage, percent(coverage)),
            part("sentence", p.sentence * self.weight * sentence * sentence, percent(sentence)),
            part("proximity", p.proximity * self.proximity(reading), format!("within {NEAR} words, in order")),
            part("title", p.title * self.weight * title, percent(title)),
            part("section", p.section * self.weight * section, percent(section)),
        ]);
        Scored { details, best, coverage }
    }

    /// The share of the query that these of its words are: those in a title, or in headings.
    pub(super) fn share(&self, words: &BTreeSet<usize>) -> f64 {
        let idf = &self.statistics.idf;
        let total = sum(idf.iter().copied());
        if total > 0.0 { sum(words.iter().map(|&word| idf[word])) / total } else { 0.0 }
    }

    /// Adds what the other passages of the same source say for it: `share` is what they cover of the query.
    pub(super) fn add_article(&self, scored: &mut Scored, share: f64) {
        let value = self.parameters.article * self.weight * share;
        let note = format!("{:.0} % of the query in its other passages", 100.0 * share);
        scored.details.parts.push(ScorePart { name: "article", value, note });
    }

    /// BM25 over the passage's words, as the index's statistics have it.
    fn body(&self, reading: &Reading) -> (f64, String) {
        let Parameters { k1, b, .. } = self.parameters;
        let mut frequencies = vec![0.0; self.terms.words.len()];
        for found in &reading.occurrences {
            if let Term::Word(i) = found.term {
                frequencies[i] += found.credit;
            }
        }
        let length = f64::from(reading.length) / self.statistics.average_length.max(1.0);
        let mut sum = 0.0;
        let mut notes = Vec::new();
        for (i, frequency) in frequencies.into_iter().enumerate().filter(|&(_, frequency)| frequency > 0.0) {
            let value = self.statistics.idf[i] * frequency * (k1 + 1.0) / (frequency + k1 * (1.0 - b + b * length));
            sum += value;
            notes.push(format!("{} {value:.2}", self.terms.words[i].typed));
        }
        (sum, notes.join(", "))
    }

    /// How well each sentence answers each unit.
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

    /// The share of the query that these sentences cover together.
    fn covered(&self, sentences: &[Vec<f64>]) -> f64 {
        if self.weight == 0.0 {
            return 0.0;
        }
        let best = |unit: usize| sentences.iter().map(|credits| credits[unit]).fold(0.0, f64::max);
        sum(self.units.iter().enumerate().map(|(i, unit)| unit.weight * best(i))) / self.weight
    }

    /// The sentence that covers most of the query, the first of equals, with its share; or that one and a neighbour,
    /// where both are needed.
    fn best_sentences(&self, credits: &[Vec<f64>]) -> (Sentences, f64) {
        let shares: Vec<f64> = credits.iter().map(|sentence| self.covered(std::slice::from_ref(sentence))).collect();
        let better = |best: usize, i: usize| if shares[i] > shares[best] { i } else { best };
        let best = (0..shares.len()).fold(0, better);
        let counted = |first: usize, last: usize| Sentences { first: first as u32 + 1, last: last as u32 + 1 };
        let pairs = [best.checked_sub(1), (best + 1 < credits.len()).then_some(best)];
        let pair = pairs
            .into_iter()
            .flatten()
            .map(|first| (first, self.covered(&credits[first..first + 2])))
            .filter(|(_, share)| share - shares[best] >= WORTH_QUOTING)
            .reduce(|a, b| if b.1 > a.1 { b } else { a });
        match pair {
            Some((first, _)) => (counted(first, first + 1), shares[best]),
            None => (counted(best, best), shares[best]),
        }
    }

    /// What neighbouring words of the query earn for standing near one another, in their order: the rarity of the more
    /// common one over their distance.
    fn proximity(&self, reading: &Reading) -> f64 {
        let words = self.terms.words.len();
        let mut last: Vec<Option<(u32, usize)>> = vec![None; words];
        let mut nearest: Vec<Option<u32>> = vec![None; words];
        for found in &reading.occurrences {
            let Term::Word(i) = found.term else { continue };
            last[i] = Some((found.position, found.sentence));
            let before = i.checked_sub(1).and_then(|before| last[before]);
            if let Some((position, _)) = before.filter(|&(_, sentence)| sentence == found.sentence) {
                let distance = found.position - position;
                if distance > 0 && distance <= NEAR {
                    nearest[i] = Some(nearest[i].map_or(distance, |nearest| nearest.min(distance)));
                }
            }
        }
        let idf = &self.statistics.idf;
        sum((1..words).filter_map(|i| Some(idf[i].min(idf[i - 1]) / f64::from(nearest[i]?))))
    }
}

impl Scored {
    /// The score: the sum of its parts.
    pub(super) fn score(&self) -> f64 {
        sum(self.details.parts.iter().map(|part| part.value))
    }
}

/// What the query asks for. A fact weighs as its rarest word does; where it has none, as the mean word.
fn units(terms: &Terms, idf: &[f64]) -> Vec<Unit> {
    let mean = if idf.is_empty() { 1.0 } else { sum(idf.iter().copied()) / idf.len() as f64 };
    let words = terms.words.iter().enumerate().filter(|(_, word)| word.fact.is_none());
    let words = words.map(|(i, _)| Unit { weight: idf[i], term: Term::Word(i) });
    let facts = (0..terms.facts.len()).map(|fact| {
        let own = terms.words.iter().zip(idf).filter(|(word, _)| word.fact == Some(fact)).map(|(_, &idf)| idf);
        Unit { weight: own.reduce(f64::max).unwrap_or(mean), term: Term::Fact(fact) }
    });
    words.chain(facts).collect()
}

/// The sum; that of nothing is 0, where the standard library has -0.
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |sum, value| sum + value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::search::reading::{TermReader, tests::passage};

    /// Scores texts against a claim, all its words being equally rare.
    fn scores(claim: &str, texts: &[&str]) -> Vec<Scored> {
        let terms = Terms::new(Query::prose(claim).clauses(), &[Some("en".to_owned())]);
        let statistics = Statistics { idf: vec![2.0; terms.words.len()], average_length: 10.0 };
        let reranker = Reranker::new(&terms, statistics, Parameters::DEFAULT);
        let score = |text: &&str| {
            let passage = passage(text);
            let reading = TermReader::new(&terms).read(&passage);
            reranker.score(&passage, &reading, 0.0, 0.0)
        };
        texts.iter().map(score).collect()
    }

    #[test]
    fn better_answers_score_higher() {
        for (claim, texts) in [
            // All in one sentence, then all in the passage, then a part, then nothing.
            (
                "envoys signed the river treaty",
                &[
                    "Envoys signed the river treaty. Nobody came to look.",
                    "Envoys came to look. The treaty on the river was not there. Nobody signed.",
                    "Envoys came to see the river. Nobody else came to look.",
                    "Nobody came.",
                ][..],
            ),
            // The same words in order and side by side, then the other way round.
            ("river treaty", &["The old river treaty held up", "The old treaty river held up"]),
            // The year asked for, then another one, then none.
            (
                "The mill burned down in 1911",
                &["In 1911 the mill burned down.", "In 1913 the mill burned down.", "The mill then burned down."],
            ),
        ] {
            let scores: Vec<f64> = scores(claim, texts).iter().map(Scored::score).collect();
            assert!(scores.is_sorted_by(|a, b| a > b), "{claim}: {scores:?}");
        }
    }

    #[test]
    fn the_sentence_that_answers_is_quoted_or_two_where_both_are_needed() {
        let best = |claim: &str, text: &str| {
            let best = scores(claim, &[text])[0].best;
            (best.first, best.last)
        };
        let text = "The town is old. Envoys signed the river treaty there. It was a treaty. It rained.";
        assert_eq!(best("envoys signed a treaty", text), (2, 2));
        assert_eq!(best("treaty", text), (2, 2));
        assert_eq!(best("nothing of the kind", text), (1, 1));
        let text = "It rained. Envoys met by the river. A treaty was signed there. Nobody came.";
        assert_eq!(best("envoys river treaty signed", text), (2, 3));
    }

    #[test]
    fn parts_say_what_a_score_is_made_of() {
        let mut scored = scores("river treaty", &["The river treaty."]).remove(0);
        let names: Vec<_> = scored.details.parts.iter().map(|part| part.name).collect();
        assert_eq!(names, ["body", "coverage", "sentence", "proximity", "title", "section"]);
        assert!(scored.details.parts.iter().all(|part| part.value.is_sign_positive() && !part.note.is_empty()));
        scored.details.parts.clear();
        assert_eq!(scored.score().to_bits(), 0.0f64.to_bits());
    }
}
