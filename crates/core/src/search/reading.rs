//! Reads passages against the terms of a query: where each occurs, and how well it matches.
//!
//! The passage's text is analysed again rather than looked up: positions in the index say nothing
//! of bytes, and only the text tells *why* something matches.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::spellings::Spellings;
use super::terms::{Fact, FactValue, Phrase, Terms};
use crate::query::Via;
use crate::source::Passage;
use crate::text::analyzer::{Analyzers, Spelt, hash};
use crate::text::{self, DateMention, Quantity, Span};

/// A place where a term occurs in a passage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TermOccurrence {
    /// The term.
    pub(super) term: Term,
    /// The place, in bytes of the passage's readable form.
    pub(super) span: Span,
    /// The number of the word that it is, or begins at, counted from 0.
    pub(super) position: u32,
    /// The number of the sentence that it begins in, counted from 0.
    pub(super) sentence: usize,
    /// The reason why it matches.
    pub(super) via: Via,
    /// The degree of the match, from 0 to 1. Only facts and variants match in part.
    pub(super) credit: f64,
}

/// A term of [`Terms`], by its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    Word(usize),
    Phrase(usize),
    Fact(usize),
}

/// A passage read against terms.
#[derive(Debug)]
pub(super) struct PassageReading {
    /// The terms that occur in it: words, then phrases, then facts, each in the order of the text.
    pub(super) occurrences: Vec<TermOccurrence>,
    /// The number of its words that carry meaning.
    pub(super) length: u32,
    /// A hash of each run of [`SHINGLE`] words, sorted.
    pub(super) shingles: Vec<u64>,
    /// The frequency of each part of [`Terms::words`]: see [`grams::places`](super::grams::places).
    pub(super) grams: Vec<u32>,
}

/// The number of words of a shingle: three in a row are seldom in two texts by chance, and one
/// changed word breaks more of longer runs.
pub(super) const SHINGLE: usize = 3;

/// The credit of a fact that overlaps the one looked for, such as “1996–2001” for “1997”.
const OVERLAPPING: f64 = 0.5;

/// The credit of a fact of the same kind but another value: a claim about a year is answered, if
/// not confirmed, by a sentence that gives another year.
const SAME_SLOT: f64 = 0.25;

/// Reads texts against one query's terms.
pub(super) struct TermReader<'t> {
    terms: &'t Terms,
    spellings: Spellings<'t>,
    /// The tokens of the text being read, kept for their room.
    tokens: Vec<Spelt>,
}

impl<'t> TermReader<'t> {
    pub(super) fn new(terms: &'t Terms, analyzers: &'t mut Analyzers) -> Self {
        Self { terms, spellings: Spellings::new(terms, analyzers), tokens: Vec::new() }
    }

    /// Reads a passage.
    pub(super) fn read(&mut self, passage: &Passage) -> PassageReading {
        let plain = passage.plain();
        let tokens = self.tokens(plain, passage.language.as_deref());
        let page = Page { passage, plain, tokens: &tokens };
        let mut occurrences = Vec::new();
        self.spellings.words(plain, &tokens, |i, position, via| {
            let span = tokens[position].span;
            occurrences.push(page.occurrence(Term::Word(i), span, position as u32, via, 1.0));
        });
        self.add_variants(&page, &mut occurrences);
        if !self.terms.phrases.is_empty() {
            let words: Vec<&str> =
                tokens.iter().map(|token| &*self.spellings.of(token).forms.word).collect();
            for (i, phrase) in self.terms.phrases.iter().enumerate() {
                occurrences.extend(page.phrase(i, phrase, &words));
            }
        }
        occurrences.extend(page.facts(&self.terms.facts));
        let reading = PassageReading {
            occurrences,
            length: self.spellings.content(&tokens).count() as u32,
            shingles: shingles(tokens.iter().map(|token| self.spellings.of(token).forms.word_hash)),
            grams: self.spellings.grams(&tokens),
        };
        self.tokens = tokens;
        reading
    }

    /// Reads a title. Returns the [`Terms::words`] that it has, or of which it has a variant that
    /// means the same.
    pub(super) fn read_title(&mut self, text: &str, language: Option<&str>) -> BTreeSet<usize> {
        let tokens = self.tokens(text, language);
        let variants =
            self.spellings.variants(text, &tokens).into_iter().map(|(variant, _)| variant);
        let same = variants
            .filter(|variant| variant.kind.means_the_same())
            .flat_map(|variant| &variant.words)
            .copied();
        let mut words: BTreeSet<usize> = same.collect();
        self.spellings.words(text, &tokens, |i, _, _| _ = words.insert(i));
        self.tokens = tokens;
        words
    }

    /// Adds the places of variants to those of words; but none beside a word as typed, which a name
    /// or an acronym in brackets only explains, nor two of a word's variants in one place.
    fn add_variants(&self, page: &Page<'_>, occurrences: &mut Vec<TermOccurrence>) {
        let typed = occurrences.len();
        let mut covered = vec![0; self.terms.words.len()];
        for (variant, run) in self.spellings.variants(page.plain, page.tokens) {
            let span =
                Span::new(page.tokens[run.start].span.start, page.tokens[run.end - 1].span.end);
            let [first, end] = [run.start, run.end].map(|at| at as u32);
            let begin = occurrences[..typed].partition_point(|found| found.position + 1 < first);
            let end = occurrences[..typed].partition_point(|found| found.position <= end);
            let is_its_word = |found: &TermOccurrence| {
                variant.words.iter().any(|&word| found.term == Term::Word(word))
            };
            if occurrences[begin..end].iter().any(is_its_word) {
                continue;
            }
            for &word in &variant.words {
                if covered[word] > span.start {
                    continue;
                }
                covered[word] = span.end;
                let (term, credit) = (Term::Word(word), variant.credit);
                occurrences.push(page.occurrence(term, span, first, Via::Variant, credit));
            }
        }
        if occurrences.len() > typed {
            occurrences.sort_by_key(|found| found.position);
        }
    }

    fn tokens(&mut self, text: &str, language: Option<&str>) -> Vec<Spelt> {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        self.spellings.read(text, language, &mut tokens);
        tokens
    }
}

struct Page<'a> {
    passage: &'a Passage,
    plain: &'a str,
    tokens: &'a [Spelt],
}

impl Page<'_> {
    fn occurrence(
        &self,
        term: Term,
        span: Span,
        position: u32,
        via: Via,
        credit: f64,
    ) -> TermOccurrence {
        let start = self.passage.exact_span(span).start;
        let sentence = self
            .passage
            .sentences
            .partition_point(|sentence| sentence.start <= start)
            .saturating_sub(1);
        TermOccurrence { term, span, position, sentence, via, credit }
    }

    /// Returns the places of a phrase, none overlapping another.
    fn phrase(&self, index: usize, phrase: &Phrase, words: &[&str]) -> Vec<TermOccurrence> {
        let mut occurrences: Vec<TermOccurrence> = Vec::new();
        for (first, last) in phrase_places(words, &phrase.words, phrase.slop) {
            let (from, to) = (&self.tokens[first], &self.tokens[last]);
            let span = Span::new(from.span.start, to.span.end);
            let via = if span.of(self.plain) == phrase.typed { Via::Exact } else { Via::Folded };
            if occurrences.last().is_none_or(|before| before.span.end <= span.start) {
                occurrences.push(self.occurrence(
                    Term::Phrase(index),
                    span,
                    first as u32,
                    via,
                    1.0,
                ));
            }
        }
        occurrences
    }

    fn facts(&self, wanted: &[Fact]) -> Vec<TermOccurrence> {
        let mut occurrences = Vec::new();
        let dates = if wanted.is_empty() { Vec::new() } else { text::dates(self.plain) };
        let quantities = if wanted.iter().any(|fact| matches!(fact.value, FactValue::Quantity(_))) {
            text::quantities_beside(&dates, self.plain)
        } else {
            Vec::new()
        };
        for (i, fact) in wanted.iter().enumerate() {
            let found: Vec<(Span, f64, Via)> = match &fact.value {
                FactValue::Date(date) => dates
                    .iter()
                    .map(|other| (other.span, date_credit(date, other), Via::Date))
                    .collect(),
                FactValue::Quantity(quantity) => quantities
                    .iter()
                    .map(|other| (other.span, quantity_credit(quantity, other), Via::Number))
                    .collect(),
            };
            for (span, credit, via) in found.into_iter().filter(|&(_, credit, _)| credit > 0.0) {
                let position = self.tokens.partition_point(|token| token.span.end <= span.start);
                occurrences.push(self.occurrence(
                    Term::Fact(i),
                    span,
                    position as u32,
                    via,
                    credit,
                ));
            }
        }
        occurrences
    }
}

impl TermOccurrence {
    /// Returns whether it is what was looked for, and not only of its kind.
    pub(super) fn is_match(&self) -> bool {
        self.credit >= OVERLAPPING
    }
}

/// Returns how well the date `found` answers the date `wanted`.
fn date_credit(wanted: &DateMention, found: &DateMention) -> f64 {
    let (from, to) = (wanted.from.first_day(), wanted.to.last_day());
    let (other_from, other_to) = (found.from.first_day(), found.to.last_day());
    if from <= other_from && other_to <= to {
        1.0
    } else if other_from <= to && from <= other_to {
        OVERLAPPING
    } else {
        SAME_SLOT
    }
}

/// Returns how well the quantity `found` answers the quantity `wanted`.
fn quantity_credit(wanted: &Quantity, found: &Quantity) -> f64 {
    if wanted.term() == found.term() {
        1.0
    } else if wanted.unit.is_some() && wanted.unit == found.unit {
        SAME_SLOT
    } else {
        0.0
    }
}

/// Returns the first and last of `tokens`, the folded words of a text, of each place that has `words` in order with no more than
/// `slop` moves, in the order of their last tokens, and for each of these the best.
pub(super) fn phrase_places(tokens: &[&str], words: &[Arc<str>], slop: u32) -> Vec<(usize, usize)> {
    /// A way to read the phrase up to one of its words: its cost, the place of that word, and its
    /// first and last token.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    struct Way {
        cost: u32,
        at: usize,
        first: usize,
        last: usize,
    }
    let mut places: HashMap<&str, Vec<usize>> =
        words.iter().map(|word| (&**word, Vec::new())).collect();
    for (i, token) in tokens.iter().enumerate() {
        if let Some(places) = places.get_mut(token) {
            places.push(i);
        }
    }
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    let mut ways: Vec<Way> =
        places[&**first].iter().map(|&at| Way { cost: 0, at, first: at, last: at }).collect();
    for word in rest {
        let reach = slop as usize + 1;
        let step = |&at: &usize| {
            let near = ways.partition_point(|way| way.at + reach < at)
                ..ways.partition_point(|way| way.at <= at + reach);
            let extended = ways[near].iter().map(|way| Way {
                cost: way.cost + (at as i64 - way.at as i64 - 1).unsigned_abs() as u32,
                at,
                first: way.first.min(at),
                last: way.last.max(at),
            });
            extended.filter(|way| way.cost <= slop).min()
        };
        ways = places[&**word].iter().filter_map(step).collect();
    }
    ways.into_iter().map(|way| (way.first, way.last)).collect()
}

/// Returns a hash of each run of [`SHINGLE`] of these words (their hashes, in order), sorted and
/// without repetition; of all of them where there are fewer.
pub(super) fn shingles(words: impl Iterator<Item = u64>) -> Vec<u64> {
    let words: Vec<u64> = words.collect();
    let mut shingles: Vec<u64> = words.windows(SHINGLE.min(words.len()).max(1)).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::Query;
    use crate::source::SourceId;
    use crate::text::Position;
    use crate::text::analyzer;

    /// Returns a passage of this text, in English.
    pub(in crate::search) fn passage(text: &str) -> Passage {
        Passage {
            source: SourceId::slug("test"),
            paragraph: 1,
            section: Vec::new(),
            part: None,
            start: Position::START,
            text: text.to_owned(),
            plain: None,
            sentences: text::sentences(text),
            before: String::new(),
            after: String::new(),
            language: Some("en".to_owned()),
            piece: None,
        }
    }

    fn places(text: &str, phrase: &str, slop: u32) -> Vec<(usize, usize)> {
        let words: Vec<Arc<str>> = phrase.split(' ').map(Arc::from).collect();
        let tokens = analyzer::tokens(text, None);
        let tokens: Vec<&str> = tokens.iter().map(|token| &*token.word).collect();
        phrase_places(&tokens, &words, slop)
    }

    #[test]
    fn phrases_stand_where_their_words_do_in_order() {
        assert_eq!(places("a b c a b", "a b", 0), [(0, 1), (3, 4)]);
        assert_eq!(places("a x b", "a b", 0), []);
        assert_eq!(places("a x b", "a b", 1), [(0, 2)]);
        assert_eq!(places("b a", "a b", 1), []);
        assert_eq!(places("b a", "a b", 2), [(0, 1)]);
        assert_eq!(places("a x b x c", "a b c", 1), []);
        assert_eq!(places("a x b x c", "a b c", 2), [(0, 4)]);
        assert_eq!(places("a", "a", 0), [(0, 0)]);
        assert_eq!(places("", "a b", 3), []);
    }

    #[test]
    fn facts_match_whole_in_part_or_by_their_kind() {
        let credits = |query: &str, text: &str| {
            let terms = Terms::new(Query::prose(query).clauses(), &[]);
            let reading = TermReader::new(&terms, &mut Analyzers::default()).read(&passage(text));
            let facts =
                reading.occurrences.into_iter().filter(|found| matches!(found.term, Term::Fact(_)));
            facts.map(|found| found.credit).collect::<Vec<_>>()
        };
        assert_eq!(credits("it fell in 1997", "In May 1997 it fell."), [1.0]);
        assert_eq!(credits("it fell in 1997", "From 1996 to 2001 it held."), [OVERLAPPING]);
        assert_eq!(credits("it fell in 1997", "In 1996 it fell."), [SAME_SLOT]);
        assert!(credits("it fell in 1997", "It fell.").is_empty());
        assert_eq!(credits("$3 billion", "3bn dollars, not $4 billion or 3 km"), [1.0, SAME_SLOT]);
    }

    proptest! {
        #[test]
        fn exact_phrases_are_found_as_a_plain_scan_finds_them(
            text in proptest::collection::vec("[abc]", 0..20),
            phrase in proptest::collection::vec("[abc]", 1..4),
        ) {
            let n = phrase.len();
            let scan: Vec<_> = (0..(text.len() + 1).saturating_sub(n))
                .filter(|&i| text[i..i + n] == phrase[..])
                .map(|i| (i, i + n - 1))
                .collect();
            prop_assert_eq!(places(&text.join(" "), &phrase.join(" "), 0), scan);
        }
    }
}
