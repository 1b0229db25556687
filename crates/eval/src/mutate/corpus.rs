//! [`SentenceCorpus`]: the sentences of all sources, with the look-ups that edits need.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pincite_core::Result;
use pincite_core::search::Searcher;
use pincite_core::text::{is_function_word, sentences};

use super::sentence::Sentence;

/// The sentences of all sources of an index, in order.
pub(super) struct SentenceCorpus {
    pub(super) sentences: Vec<Sentence>,
    /// The amounts of each article, by unit.
    amounts: Vec<BTreeMap<&'static str, Vec<f64>>>,
    /// The sentences that have each folded word, by index.
    postings: HashMap<String, Vec<usize>>,
    /// Counts, for each folded word, of a small letter, and of a capital, within a sentence.
    cases: HashMap<String, [usize; 2]>,
}

impl SentenceCorpus {
    /// Reads the sentences of passages in English or in an unknown language.
    pub(super) fn read(searcher: &Searcher) -> Result<SentenceCorpus> {
        let mut sources = searcher.reader().sources()?;
        sources.sort_by(|a, b| a.source.id.cmp(&b.source.id));
        let mut all = Vec::new();
        for (article, entry) in sources.iter().enumerate() {
            for passage in searcher.reader().passages(&entry.source.id)? {
                if passage.language.as_deref().is_some_and(|language| language != "en") {
                    continue;
                }
                let plain = passage.plain();
                let texts = sentences(plain).into_iter().map(|span| span.of(plain));
                all.extend(texts.map(|text| Sentence::new(text, passage.id(), article)));
            }
        }
        Ok(SentenceCorpus::new(all))
    }

    pub(super) fn new(sentences: Vec<Sentence>) -> SentenceCorpus {
        let articles = sentences.iter().map(|it| it.article + 1).max().unwrap_or(0);
        let mut corpus = SentenceCorpus {
            amounts: vec![BTreeMap::new(); articles],
            postings: HashMap::new(),
            cases: HashMap::new(),
            sentences,
        };
        for (i, sentence) in corpus.sentences.iter().enumerate() {
            for quantity in &sentence.quantities {
                let amounts = &mut corpus.amounts[sentence.article];
                let value = quantity.value.parse().unwrap_or(0.0);
                amounts.entry(quantity.unit.unwrap_or("")).or_default().push(value);
            }
            let words: BTreeSet<&str> = sentence.tokens.iter().map(|it| &*it.folded).collect();
            for word in words {
                corpus.postings.entry(word.to_owned()).or_default().push(i);
            }
            for at in 1..sentence.tokens.len() {
                let case = usize::from(sentence.is_capital(at));
                if sentence.gap(at - 1) == " " {
                    corpus.cases.entry(sentence.folded(at).to_owned()).or_default()[case] += 1;
                }
            }
        }
        corpus
    }

    /// Returns whether the article of `sentence` has an amount within 5% of `value` in this unit,
    /// which may be the same one, rounded.
    pub(super) fn has_amount(&self, sentence: &Sentence, value: f64, unit: Option<&str>) -> bool {
        let amounts = self.amounts[sentence.article].get(unit.unwrap_or(""));
        amounts.into_iter().flatten().any(|other| (value - other).abs() <= 0.05 * other.abs())
    }

    /// Returns whether another sentence may say the same as `claim`, an edit of `sentence`: whether
    /// it has every word that the edit added and at least half of the claim's content words.
    pub(super) fn may_say(&self, claim: &str, sentence: &Sentence) -> bool {
        let claim = Sentence::new(claim, sentence.passage.clone(), sentence.article);
        let known: BTreeSet<&str> = sentence.tokens.iter().map(|it| &*it.folded).collect();
        let words: BTreeSet<&str> = claim.tokens.iter().map(|it| &*it.folded).collect();
        let new: Vec<&str> = words.iter().copied().filter(|word| !known.contains(word)).collect();
        let content: Vec<&str> = words.into_iter().filter(|word| !is_function_word(word)).collect();
        let rarity = |word: &&&str| self.postings.get(**word).map_or(0, Vec::len);
        let Some(rarest) = new.iter().min_by_key(rarity) else { return false };
        let has = |at: usize, word: &str| {
            self.postings.get(word).is_some_and(|postings| postings.binary_search(&at).is_ok())
        };
        self.postings.get(*rarest).into_iter().flatten().any(|&at| {
            let shared = content.iter().filter(|word| has(at, word)).count();
            self.sentences[at].text != sentence.text
                && new.iter().all(|word| has(at, word))
                && 2 * shared >= content.len()
        })
    }

    /// Returns the other sentences that have `word` and share two content words with `sentence`.
    pub(super) fn others_about<'c>(
        &'c self,
        sentence: &'c Sentence,
        word: &'c str,
    ) -> impl Iterator<Item = &'c Sentence> {
        let is_told = |word: &str| !is_function_word(word) && word.parse::<u32>().is_err();
        let words: BTreeSet<&str> = sentence.tokens.iter().map(|it| &*it.folded).collect();
        let others = self.postings.get(word).into_iter().flatten().map(|at| &self.sentences[*at]);
        others.filter(move |other| {
            let theirs: BTreeSet<&str> = other.tokens.iter().map(|it| &*it.folded).collect();
            let shared = words.intersection(&theirs).filter(|it| **it != word && is_told(it));
            other.text != sentence.text && shared.count() >= 2
        })
    }

    /// Returns whether a word usually has a capital within sentences; `None` if the corpus does not
    /// tell.
    pub(super) fn is_name(&self, folded: &str) -> Option<bool> {
        let [small, capital] = self.cases.get(folded).copied().unwrap_or_default();
        (small != capital).then_some(capital > small)
    }
}
