//! Makes the plan of a query: what the index has to retrieve in the first stage.
//!
//! Nothing here reads an index: everything that had to be looked up is in the [`Terms`] and their
//! frequencies.

use std::collections::BTreeMap;

use super::terms::{QueryWord, Terms, content_words, folded_words};
use super::variant::Variant;
use crate::index::{Lookup, Plan, TermField};
use crate::query::{Clause, Field, Filters, Node, Occur, Query};
use crate::text::analyzer::facts;
use crate::text::fold;

/// Returns the plan for `query`, which looks for `terms`. `frequencies` says how many passages have
/// each of [`Terms::words`] in any form; `languages` are those of the index.
pub(super) fn plan(
    query: &Query,
    terms: &Terms,
    languages: &[Option<String>],
    frequencies: &[u64],
) -> Plan {
    Plan {
        lookup: lookup(query, terms, languages),
        stem_frequencies: stem_frequencies(terms, frequencies),
    }
}

/// Returns what passages have to match for `query`: see [`plan`].
pub(super) fn lookup(query: &Query, terms: &Terms, languages: &[Option<String>]) -> Lookup {
    let builder = Builder { terms, languages };
    let mut conditions = builder.filters(query.filters());
    if query.clauses().iter().any(has_condition) {
        conditions.push(Lookup::Passages);
    }
    let text = match builder.plain_words(query.clauses()) {
        // A union of nothing but terms, of which an index can skip what cannot be among the best.
        Some(words) => Lookup::any(words),
        None => builder.clauses(query.clauses()),
    };
    let conditions = conditions.into_iter().map(Lookup::unscored);
    Lookup::all(conditions.chain([text]).collect())
}

/// Returns what restricts the passages in which a query of nothing but plain words is looked for;
/// `None` where nothing does, and for other queries.
pub(super) fn restriction(query: &Query) -> Option<Lookup> {
    let is_plain =
        |clause: &Clause| clause.occur == Occur::Should && matches!(clause.node, Node::Text(_));
    let conditions = Builder { terms: &Terms::default(), languages: &[] }.filters(query.filters());
    let restricts = !conditions.is_empty() && query.clauses().iter().all(is_plain);
    restricts.then(|| Lookup::all(conditions.into_iter().chain([Lookup::Passages]).collect()))
}

/// Returns the frequencies of all stems of words that are written in several ways: of each, those
/// of the word.
fn stem_frequencies(terms: &Terms, frequencies: &[u64]) -> BTreeMap<String, u64> {
    let mut of_stems = BTreeMap::new();
    for variant in terms.variants.iter().filter(|variant| variant.kind.means_the_same()) {
        for &word in &variant.words {
            let stems = terms.words[word].stems().iter().chain(variant.stems());
            of_stems.extend(stems.map(|stem| (stem.to_string(), frequencies[word])));
        }
    }
    of_stems
}

/// Returns whether a clause, or any clause in it, asks about the source.
fn has_condition(clause: &Clause) -> bool {
    match &clause.node {
        Node::Group(clauses) => clauses.iter().any(has_condition),
        node => node.is_condition(),
    }
}

/// Builds the lookups of one query.
struct Builder<'q> {
    terms: &'q Terms,
    languages: &'q [Option<String>],
}

impl Builder<'_> {
    /// Returns the words of a query of nothing but plain words, any of which may match; `None` for
    /// other queries.
    fn plain_words(&self, clauses: &[Clause]) -> Option<Vec<Lookup>> {
        let mut words = Vec::new();
        for clause in clauses {
            match &clause.node {
                Node::Text(text) if clause.occur == Occur::Should => words.extend(self.words(text)),
                _ => return None,
            }
        }
        Some(words)
    }

    /// Plans juxtaposed clauses. If only conditions must match, one of the others has to match too.
    fn clauses(&self, clauses: &[Clause]) -> Lookup {
        let (mut must, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        let mut is_limited = false;
        for clause in clauses {
            let lookup = self.clause(clause);
            match clause.occur {
                Occur::Should => should.push(lookup),
                Occur::Not => must_not.push(lookup),
                Occur::Must => {
                    is_limited |= !clause.node.is_condition();
                    must.push(lookup);
                }
            }
        }
        let minimum_should = if is_limited || should.is_empty() { 0 } else { 1 };
        Lookup::Clauses { must, should, must_not, minimum_should }
    }

    fn clause(&self, clause: &Clause) -> Lookup {
        let lookup = match &clause.node {
            Node::Text(text) if clause.occur == Occur::Should => Lookup::any(self.words(text)),
            Node::Text(text) => self.all_words(TermField::Stems, text),
            Node::Phrase { text, slop } => phrase(TermField::Words, text, *slop),
            Node::Prefix(start) => Lookup::Prefix(fold(start).into_owned()),
            Node::Fuzzy { word, distance } => {
                Lookup::Fuzzy { word: fold(word).into_owned(), distance: *distance }
            }
            Node::Field { field, value } => self.field(*field, value),
            Node::Date { from, to } => Lookup::Published { from: *from, to: *to },
            Node::Group(clauses) => self.clauses(clauses),
        };
        if clause.node.is_condition() { lookup.unscored() } else { lookup }
    }

    /// Plans plain words, any of which may match: their stems, facts and variants.
    fn words(&self, text: &str) -> Vec<Lookup> {
        let words = content_words(text, self.languages);
        let mut lookups = Vec::new();
        for (word, _) in &words {
            lookups.extend(stems(TermField::Stems, word));
        }
        lookups.extend(facts(text).map(|fact| Lookup::term(TermField::Facts, fact)));
        for variant in &self.terms.variants {
            let is_here =
                |i: &usize| words.iter().any(|(word, _)| word.form == self.terms.words[*i].form);
            if variant.words.iter().all(is_here) {
                lookups.extend(variant_lookups(variant));
            }
        }
        lookups
    }

    fn all_words(&self, field: TermField, text: &str) -> Lookup {
        let words = content_words(text, self.languages);
        Lookup::all(words.iter().map(|(word, _)| Lookup::any(stems(field, word))).collect())
    }

    fn field(&self, field: Field, value: &str) -> Lookup {
        match field {
            Field::Title => self.all_words(TermField::Title, value),
            Field::Section => self.all_words(TermField::Section, value),
            Field::Author => phrase(TermField::Author, value, 0),
            Field::Publisher => phrase(TermField::Publisher, value, 0),
            Field::Lang => Lookup::term(TermField::Language, value.to_lowercase()),
            Field::Source => Lookup::SourcePattern(value.to_lowercase()),
        }
    }

    fn filters(&self, filters: &Filters) -> Vec<Lookup> {
        let Filters { source, among, publisher, since, until, lang, filetype: _ } = filters;
        let mut all = Vec::new();
        if !source.is_empty() {
            all.push(self.any_value(Field::Source, source));
        }
        if let Some(sources) = among {
            all.push(Lookup::Sources(sources.clone()));
        }
        if !publisher.is_empty() {
            all.push(self.any_value(Field::Publisher, publisher));
        }
        if since.is_some() || until.is_some() {
            all.push(Lookup::Published { from: *since, to: *until });
        }
        if let Some(lang) = lang {
            all.push(self.field(Field::Lang, lang));
        }
        all
    }

    fn any_value(&self, field: Field, values: &[String]) -> Lookup {
        Lookup::any(values.iter().map(|value| self.field(field, value)).collect())
    }
}

/// Each of the word's stems; a function word as it is, where it has none in the index.
fn stems(field: TermField, word: &QueryWord) -> Vec<Lookup> {
    if let (TermField::Stems, false, Some(folded)) = (field, word.is_content, word.folded()) {
        return vec![Lookup::term(TermField::Words, &**folded)];
    }
    word.stems().iter().map(|stem| Lookup::term(field, &**stem)).collect()
}

fn variant_lookups(variant: &Variant) -> Vec<Lookup> {
    let boost = (variant.credit * variant.words.len() as f64 / variant.form.len() as f64) as f32;
    if variant.form.len() == 1 {
        let stems = variant.stems().iter();
        return stems.map(|stem| Lookup::term(TermField::Stems, &**stem).boosted(boost)).collect();
    }
    let words = variant.form.iter().map(|word| word.to_string()).collect();
    vec![Lookup::phrase(TermField::Words, words, 0).boosted(boost)]
}

fn phrase(field: TermField, text: &str, slop: u32) -> Lookup {
    Lookup::phrase(field, folded_words(text).iter().map(|word| word.to_string()).collect(), slop)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::search::variant::VariantKind;

    fn english() -> Vec<Option<String>> {
        vec![Some("en".to_owned())]
    }

    fn terms_of(query: &Query) -> Terms {
        Terms::new(query.clauses(), &english())
    }

    fn looked_up(typed: &str) -> Lookup {
        let query = Query::parse(typed).unwrap();
        lookup(&query, &terms_of(&query), &english())
    }

    fn stem(term: &str) -> Lookup {
        Lookup::term(TermField::Stems, term)
    }

    fn phrase(words: &[&str], slop: u32) -> Lookup {
        Lookup::phrase(
            TermField::Words,
            words.iter().map(|word| (*word).to_owned()).collect(),
            slop,
        )
    }

    fn clauses(
        must: Vec<Lookup>,
        should: Vec<Lookup>,
        must_not: Vec<Lookup>,
        minimum_should: usize,
    ) -> Lookup {
        Lookup::Clauses { must, should, must_not, minimum_should }
    }

    #[test]
    fn plain_words_are_a_union_of_terms() {
        assert_eq!(looked_up("the mills burned"), Lookup::Any(vec![stem("mill"), stem("burn")]));
        assert_eq!(looked_up("mills"), stem("mill"));
        let dated = looked_up("mills in May 1911");
        let facts = ["d:1911", "d:1911-05"].map(|fact| Lookup::term(TermField::Facts, fact));
        assert!(matches!(&dated, Lookup::Any(all) if all.ends_with(&facts)), "{dated:?}");
        // Without content words, function words are looked up.
        let words = ["to", "be"].map(|word| Lookup::term(TermField::Words, word));
        assert_eq!(looked_up("to be"), Lookup::Any(words.to_vec()));
    }

    #[test]
    fn what_must_match_frees_the_rest() {
        assert_eq!(
            looked_up("mill +river"),
            clauses(vec![stem("river")], vec![stem("mill")], vec![], 0)
        );
        assert_eq!(
            looked_up("mill -river"),
            clauses(vec![], vec![stem("mill")], vec![stem("river")], 1)
        );
        let near = Lookup::Fuzzy { word: "mil".to_owned(), distance: 1 };
        let begun = Lookup::Prefix("riv".to_owned());
        assert_eq!(looked_up("Mil~1 Riv*"), clauses(vec![], vec![near, begun], vec![], 1));
    }

    #[test]
    fn conditions_are_not_scored_and_limit_to_passages() {
        let bridge = Lookup::SourcePattern("bridge-*".to_owned()).unscored();
        let expected = clauses(vec![bridge], vec![stem("mill")], vec![], 1);
        assert_eq!(
            looked_up("mill source:Bridge-*"),
            Lookup::All(vec![Lookup::Passages.unscored(), expected])
        );
        let since = "2020".parse().ok();
        let filters = Filters {
            since,
            lang: Some("EN".to_owned()),
            among: Some(Vec::new()),
            ..Filters::default()
        };
        let query = Query::prose("mill").filtered(filters);
        let conditions = [
            Lookup::Sources(Vec::new()),
            Lookup::Published { from: since, to: None },
            Lookup::term(TermField::Language, "en"),
        ];
        let expected = conditions.into_iter().map(Lookup::unscored).chain([stem("mill")]).collect();
        assert_eq!(lookup(&query, &terms_of(&query), &english()), Lookup::All(expected));
    }

    #[test]
    fn variants_are_looked_for_beside_their_words_and_share_their_frequency() {
        let query = Query::prose("UAE mills");
        let mut terms = terms_of(&query);
        let variant = |written: &str, kind: VariantKind, stems: &[&str]| Variant {
            words: vec![0],
            typed: "UAE".to_owned(),
            written: written.to_owned(),
            form: written.to_lowercase().split(' ').map(Arc::from).collect(),
            parts: vec![stems.iter().map(|stem| Arc::from(*stem)).collect()],
            kind,
            credit: 0.5,
            frequency: 3,
        };
        terms.variants = vec![
            variant("United Emirates", VariantKind::Name, &[]),
            variant("Emirates", VariantKind::Name, &["emir"]),
            variant("Abu", VariantKind::Capital, &["abu"]),
        ];
        let plan = plan(&query, &terms, &english(), &[7, 9]);
        let expected = vec![
            stem("uae"),
            stem("mill"),
            phrase(&["united", "emirates"], 0).boosted(0.25),
            stem("emir").boosted(0.5),
            stem("abu").boosted(0.5),
        ];
        assert_eq!(plan.lookup, Lookup::Any(expected));
        let frequencies =
            [("emir", 7), ("uae", 7)].map(|(stem, frequency)| (stem.to_owned(), frequency));
        assert_eq!(plan.stem_frequencies, BTreeMap::from(frequencies));
        // The words of a phrase are not expanded.
        let quoted = Query::parse("\"UAE mills\"").unwrap();
        assert_eq!(
            lookup(&quoted, &terms, &english()),
            clauses(vec![phrase(&["uae", "mills"], 0)], vec![], vec![], 0)
        );
    }
}
