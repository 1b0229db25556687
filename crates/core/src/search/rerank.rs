//! The second stage: computes the features of a candidate's own text.
//!
//! These are exact BM25, and what BM25 does not see: whether the best sentence has the query's
//! words, dates and figures, or others in their place, and whether parts of words occur. Features
//! that depend on other candidates are added in [`super::pool`].

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::features::{Feature, Features};
use super::grams;
use super::reading::{PassageReading, Term};
use super::terms::{QueryWord, Terms};
use super::variant::Variant;
use crate::index::Stems;
use crate::source::{Passage, Sentences};
use crate::text::analyzer::code;

/// The saturation of term frequencies in BM25. This and [`B`] are those of Tantivy and Lucene;
/// Robertson et al., *Okapi at TREC-3* (1994), found them robust.
const K1: f64 = 1.2;

/// The normalization of lengths in BM25.
const B: f64 = 0.75;

/// Statistics of the passages searched.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statistics {
    /// The idf of each of [`Terms::words`].
    pub(super) idf: Vec<f64>,
    /// The mean number of words of a passage that carry meaning.
    pub(super) average_length: f64,
}

/// The share of the query that the second of two sentences has to add for both to be quoted.
const WORTH_QUOTING: f64 = 0.25;

/// The share of a query that the stems of a passage need not tell of: function words, and words
/// that match by their beginning or nearly.
const UNTOLD: f64 = 0.25;

/// One thing that the query asks for: a content word, or a number or date with the words it is made
/// of.
struct Unit {
    weight: f64,
    term: Term,
}

/// Scores passages for one query.
pub(super) struct Reranker<'q> {
    terms: &'q Terms,
    average_length: f64,
    /// The weight of each of [`Terms::words`]: its idf, as often as the query has it.
    weights: Vec<f64>,
    /// The sum of these: the whole, of which every feature is a share.
    total: f64,
    /// The place of each of [`Terms::words`] in [`PassageReading::grams`].
    parts: Vec<Range<usize>>,
    units: Vec<Unit>,
    /// The sum of the units' weights.
    units_weight: f64,
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
    /// Counts in it or its title of each of [`Terms::words`]; variants count in part.
    pub(super) counts: Vec<f64>,
}

impl<'q> Reranker<'q> {
    pub(super) fn new(terms: &'q Terms, statistics: &Statistics) -> Self {
        let words = terms.words.iter().zip(&statistics.idf);
        let weights: Vec<f64> = words.map(|(word, idf)| f64::from(word.count) * idf).collect();
        let units = units(terms, &statistics.idf);
        Self {
            terms,
            average_length: statistics.average_length.max(1.0),
            total: sum(weights.iter().copied()),
            weights,
            parts: grams::places(terms),
            units_weight: sum(units.iter().map(|unit| unit.weight)),
            units,
        }
    }

    /// Measures a passage by its own text, and by the words of the query that its title has.
    pub(super) fn score(
        &self,
        passage: &Passage,
        reading: &PassageReading,
        title: &BTreeSet<usize>,
    ) -> Scored {
        let credits = self.credits(passage, reading);
        let (best, answering) = self.best_sentences(&credits);
        let own = self.counts(reading);
        let norm = self.norm(reading.length);
        let mut features = self.bm25(&own, reading.length, |word| title.contains(&word));
        let bm25 = features[Feature::Bm25];
        features[Feature::Sentence] = self.sentence(passage, reading);
        let parts = self.share(|word| {
            mean(&reading.grams[self.parts[word].clone()], |count| saturated(count, norm))
        });
        features[Feature::Parts] = (parts - bm25).max(0.0);
        features[Feature::Figures] = self.figures(answering);
        let mut counts = own;
        title.iter().for_each(|&word| counts[word] += 1.0);
        let coverage = self.share(|word| if counts[word] > 0.0 { 1.0 } else { 0.0 });
        Scored { features, best, coverage, counts }
    }

    /// Returns BM25 of a passage with these counts of words, and the gain when the words of a title
    /// count, too.
    fn bm25(&self, own: &[f64], length: u32, in_title: impl Fn(usize) -> bool) -> Features {
        let norm = self.norm(length);
        let mut features = Features::default();
        features[Feature::Bm25] = self.share(|word| saturated(own[word], norm));
        features[Feature::Title] = self.share(|word| {
            if in_title(word) {
                saturated(own[word] + 1.0, norm) - saturated(own[word], norm)
            } else {
                0.0
            }
        });
        features
    }

    /// Returns the share of the query that its words are, each in the part that `part` gives, from
    /// 0 to 1.
    pub(super) fn share(&self, part: impl Fn(usize) -> f64) -> f64 {
        let own = self.weights.iter().enumerate().map(|(word, weight)| weight * part(word));
        if self.total > 0.0 { sum(own) / self.total } else { 0.0 }
    }

    /// Returns whether the stems of a passage tell of most of the query.
    pub(super) fn is_told_by_stems(&self) -> bool {
        let untold = self.share(|word| {
            let word = &self.terms.words[word];
            if word.is_content && !word.stems().is_empty() { 0.0 } else { 1.0 }
        });
        untold <= UNTOLD
    }

    /// Counts each of the query's words.
    fn counts(&self, reading: &PassageReading) -> Vec<f64> {
        let mut counts = vec![0.0; self.terms.words.len()];
        for found in &reading.occurrences {
            if let Term::Word(i) = found.term {
                counts[i] += found.credit;
            }
        }
        counts
    }

    /// Returns BM25's norm of a length in words: how long a passage is against the mean one.
    fn norm(&self, words: u32) -> f64 {
        1.0 - B + B * f64::from(words) / self.average_length
    }

    /// Returns the greatest share of the query's words that a sentence has.
    fn sentence(&self, passage: &Passage, reading: &PassageReading) -> f64 {
        let words = self.terms.words.len();
        let mut sentences = vec![vec![0.0f64; words]; passage.sentences.len().max(1)];
        for found in &reading.occurrences {
            if let Term::Word(word) = found.term {
                let has = &mut sentences[found.sentence][word];
                *has = has.max(found.credit);
            }
        }
        sentences.iter().map(|has| self.share(|word| has[word])).fold(0.0, f64::max)
    }

    /// Returns how well each sentence answers each unit.
    fn credits(&self, passage: &Passage, reading: &PassageReading) -> Vec<Vec<f64>> {
        let mut credits = vec![vec![0.0f64; self.units.len()]; passage.sentences.len().max(1)];
        for found in &reading.occurrences {
            if let Some(unit) = self.units.iter().position(|unit| unit.term == found.term) {
                let credit = &mut credits[found.sentence][unit];
                *credit = credit.max(found.credit);
            }
        }
        credits
    }

    /// Returns the share of the query that are dates and figures which a sentence answers.
    fn figures(&self, credits: &[f64]) -> f64 {
        let units = self.units.iter().zip(credits);
        let facts = units.filter(|(unit, _)| matches!(unit.term, Term::Fact(_)));
        let answered = sum(facts.map(|(unit, credit)| unit.weight * credit));
        if self.total > 0.0 { (answered / self.total).min(1.0) } else { 0.0 }
    }

    /// Returns the share of the query that these sentences cover together.
    fn covered<C: AsRef<[f64]>>(&self, sentences: &[C]) -> f64 {
        if self.units_weight == 0.0 {
            return 0.0;
        }
        let best = |unit: usize| {
            sentences.iter().map(|credits| credits.as_ref()[unit]).fold(0.0, f64::max)
        };
        sum(self.units.iter().enumerate().map(|(i, unit)| unit.weight * best(i)))
            / self.units_weight
    }

    /// Returns the sentences to quote, and how well the best one answers each unit. The best is the
    /// sentence that covers most of the query, the first one of a tie; a neighbour is quoted with
    /// it if it adds enough.
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

/// The words of a query by the codes of their stems: what can be told of a passage that has not
/// been read.
pub(super) struct Known<'q> {
    reranker: &'q Reranker<'q>,
    /// For each of [`Terms::words`] the codes of the stems that it may have, and what one is worth.
    codes: Vec<Vec<(u32, f64)>>,
    /// The variants of several words.
    names: Vec<Name<'q>>,
    /// A bit for each [`place`](Self::place) that one of all these codes has: most stems of a
    /// passage have none.
    bits: [u64; 64],
}

/// A variant of several words, by the codes of the stems that each of them may have. A passage that
/// has all of them is taken to have them in a row.
struct Name<'q> {
    variant: &'q Variant,
    parts: Vec<Vec<(u32, f64)>>,
}

impl<'q> Name<'q> {
    fn new(variant: &'q Variant) -> Self {
        let codes = |stems: &Vec<Arc<str>>| stems.iter().map(|stem| (code(stem), 1.0)).collect();
        Self { variant, parts: variant.parts.iter().map(codes).collect() }
    }
}

impl<'q> Known<'q> {
    pub(super) fn new(reranker: &'q Reranker<'q>) -> Self {
        let codes = codes(reranker.terms);
        let several = reranker.terms.variants.iter().filter(|variant| variant.form.len() > 1);
        let names: Vec<Name<'q>> = several.map(Name::new).collect();
        let parts = names.iter().flat_map(|name| &name.parts);
        let mut bits = [0; 64];
        for &(code, _) in codes.iter().chain(parts).flatten() {
            let (word, bit) = Self::place(code);
            bits[word] |= 1 << bit;
        }
        Self { reranker, codes, names, bits }
    }

    /// Returns BM25 of a passage, and of its title.
    pub(super) fn features(&self, stems: &Stems) -> Features {
        let [text, title] = [&stems.text, &stems.title].map(|stems| self.of_query(stems));
        let mut own: Vec<f64> = self.codes.iter().map(|codes| count(codes, &text)).collect();
        for Name { variant, parts } in &self.names {
            let least = parts.iter().map(|codes| count(codes, &text)).reduce(f64::min);
            for &word in &variant.words {
                own[word] += variant.credit * least.unwrap_or(0.0);
            }
        }
        let in_title = |word: usize| count(&self.codes[word], &title) > 0.0;
        self.reranker.bm25(&own, stems.text.len() as u32, in_title)
    }

    /// Returns those of sorted `stems` that a word may have, and few others.
    fn of_query(&self, stems: &[u32]) -> Vec<u32> {
        let mut found = stems.to_vec();
        found.retain(|&code| {
            let (word, bit) = Self::place(code);
            self.bits[word] >> bit & 1 == 1
        });
        found
    }

    /// Returns a word and a bit of [`Self::bits`] for a code.
    fn place(code: u32) -> (usize, u32) {
        (code as usize / 64 % 64, code % 64)
    }
}

/// Returns for each of [`Terms::words`] the codes of the stems that it may have, and what one is
/// worth.
pub(super) fn codes(terms: &Terms) -> Vec<Vec<(u32, f64)>> {
    let of_word = |(i, word): (usize, &QueryWord)| {
        let mut codes: Vec<(u32, f64)> =
            word.stems().iter().map(|stem| (code(stem), 1.0)).collect();
        for variant in terms.variants.iter().filter(|variant| variant.words.contains(&i)) {
            codes.extend(variant.stems().iter().map(|stem| (code(stem), variant.credit)));
        }
        codes.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        codes.dedup_by_key(|(code, _)| *code);
        codes
    };
    terms.words.iter().enumerate().map(of_word).collect()
}

/// Returns how often sorted `stems` have any of these codes, each as much as it is worth.
pub(super) fn count(codes: &[(u32, f64)], stems: &[u32]) -> f64 {
    let times = |code: u32| {
        let begin = stems.partition_point(|&stem| stem < code);
        stems[begin..].iter().take_while(|&&stem| stem == code).count() as f64
    };
    sum(codes.iter().map(|&(code, worth)| worth * times(code)))
}

/// Returns BM25's saturated count of a word, as a share of what it is for countless occurrences.
fn saturated(count: f64, norm: f64) -> f64 {
    if count > 0.0 { count / (count + K1 * norm) } else { 0.0 }
}

/// Returns the mean of `part` over counts; 0 where there are none.
fn mean(counts: &[u32], part: impl Fn(f64) -> f64) -> f64 {
    sum(counts.iter().map(|&count| part(count.into()))) / counts.len().max(1) as f64
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

/// Returns the sum; 0 for an empty iterator, where the standard library returns -0.
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
        let statistics = Statistics { idf: vec![2.0; terms.words.len()], average_length: 10.0 };
        let reranker = Reranker::new(&terms, &statistics);
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
        assert!(falls(Feature::Sentence, claim, &[texts[0], texts[1], texts[3], texts[4]]));
        assert!(falls(Feature::Bm25, claim, &texts[2..]));
        let texts = ["She owns a printing press.", "She sprints.", "She sang."];
        assert!(falls(Feature::Parts, "printers", &texts));
        // The year asked for, then another one, then none.
        let texts = [
            "In 1911 the mill burned down.",
            "In 1913 the mill burned down.",
            "The mill then burned down.",
        ];
        assert!(falls(Feature::Figures, "The mill burned down in 1911", &texts));
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
            let are_shares = |figure: &f64| figure.is_sign_positive() && *figure <= 1.0;
            assert!(scored.features.values().iter().all(are_shares), "{scored:?}");
            assert_eq!(
                scored.features[Feature::Bm25] > 0.0,
                scored.counts.iter().any(|&count| count > 0.0)
            );
        }
    }
}
