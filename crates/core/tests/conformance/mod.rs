//! Checks what every backend must do. A backend indexes [`write_articles`]'s files and runs
//! [`check`] over the snapshot.
//!
//! Answers are compared with a naive model, which analyses all passages of the library and scans
//! them for every plan.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pincite_core::index::{
    Backend, Collection, Entry, Library, Lookup, Plan, Retrieved, Snapshot, TermCount, TermField,
};
use pincite_core::source::{Passage, PassageId, Source, SourceId};
use pincite_core::text::PartialDate;
use pincite_core::text::analyzer::{self, tokens};
use pincite_core::text::sound::same_consonants;

/// Candidates whose scores differ by less may come in any order, unless the scores are equal.
const TOLERANCE: f64 = 1e-3;

/// The articles to index: file names and texts.
const ARTICLES: [(&str, &str); 5] = [
    (
        "bakery.md",
        "---\ntitle: The bakers of Orlind\nauthor: Tamsin Vale\npublisher: Orlind Gazette\n\
         date: 2021-03-04\nlang: en\n---\n\n# Bread\n\n\
         The Bakers Guild of Orlind (BGO) opened its ovens before dawn.\n\n\
         Bakers baked bread, more bread, and still more bread for the baker's market.\n\n\
         ## Prices\n\nA loaf cost $3 in 1998 and $4.50 in March 2001.\n\n\
         Nobody who was asked would say how the flour had got so dear.\n",
    ),
    (
        "bridge.md",
        "---\ntitle: A bridge for the market\nauthor: Ivo Lenz and Tamsin Vale\npublisher: Valley Courier\n\
         date: 2021-05\nlang: en\n---\n\n\
         The stone bridge was finished in March 2001, said the Bakers Guild of Orlind (BGO).\n\n\
         Nobody who was asked would say how the flour had got so dear.\n\n\
         Market day came, the bridge held, and bread crossed the river.\n",
    ),
    (
        "bridge-2.md",
        "---\ntitle: The bridge again\npublisher: Valley Courier\ndate: 2022\nlang: en\n---\n\n\
         Nobody who was asked would say how the flour had got so dear.\n\n\
         The river rose; the stone of the bridge did not move.\n\n\
         Flooding closed the market for 3 km along the river.\n",
    ),
    (
        "muehle.md",
        "---\ntitle: Die Mühle am Fluss\nauthor: Jule Brand\ndate: 1999-11-30\nlang: de\n---\n\n\
         Die alte Mühle am Fluss mahlte das Mehl für die Bäcker der Stadt.\n\n\
         Im März 2001 wurde die Brücke fertig, und die Mühlen standen still.\n",
    ),
    (
        "undated.txt",
        "The ferry had no date and no master.\n\nA river is a river, and a ferry crosses the river.\n",
    ),
];

/// Writes the articles into a folder.
pub fn write_articles(folder: &Path) {
    for (name, text) in ARTICLES {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// Checks a snapshot of an index of these articles.
pub fn check(snapshot: &dyn Snapshot) {
    let model = Model::new(snapshot);
    library(snapshot);
    collection(snapshot, &model);
    dictionary(snapshot, &model);
    for lookup in lookups() {
        retrieval(snapshot, &model, &Plan { lookup, stem_frequencies: BTreeMap::new() });
    }
    let given = [("bread", 7), ("baker", 2), ("nowher", 3)].map(|(stem, n)| (stem.to_owned(), n));
    let lookup = Lookup::any(
        ["bread", "baker", "river"].map(|term| Lookup::term(TermField::Stems, term)).to_vec(),
    );
    retrieval(snapshot, &model, &Plan { lookup, stem_frequencies: given.into() });
}

/// Checks that all methods of a library return the same passages and sources.
fn library(library: &dyn Library) {
    let sources = library.sources().unwrap();
    let ids: Vec<&str> = sources.iter().map(|entry| entry.source.id.as_str()).collect();
    assert_eq!(ids, ["bakery", "bridge", "bridge-2", "muehle", "undated"]);
    let all: Vec<_> = sources.iter().map(|entry| entry.source.id.clone()).collect();
    assert_eq!(library.ids().unwrap(), all);
    let mut count = 0;
    for entry in &sources {
        let id = &entry.source.id;
        let source = library.source(id).unwrap().unwrap();
        assert_eq!(Entry { asides: Vec::new(), ..source }, *entry);
        let passages = library.passages(id).unwrap();
        assert_eq!(passages.len(), entry.paragraphs as usize);
        for (number, passage) in (1..).zip(&passages) {
            assert_eq!((&passage.source, passage.paragraph), (id, number));
            assert_eq!(library.passage(id, number).unwrap().as_ref(), Some(passage));
            assert_eq!(library.source_of(passage).unwrap(), entry.source);
        }
        for number in [0, entry.paragraphs + 1] {
            assert_eq!(library.passage(id, number).unwrap(), None);
        }
        count += passages.len() as u64;
    }
    let nowhere = SourceId::slug("nowhere");
    assert_eq!(library.source(&nowhere).unwrap(), None);
    assert_eq!(library.passages(&nowhere).unwrap(), []);
    let stats = library.stats().unwrap();
    assert_eq!((stats.sources, stats.passages), (sources.len() as u64, count));
    assert_eq!(stats.languages.iter().map(|(_, count)| count).sum::<u64>(), count);
}

fn collection(backend: &dyn Backend, model: &Model) {
    assert_eq!(backend.collection().unwrap(), model.collection);
}

fn dictionary(backend: &dyn Backend, model: &Model) {
    for field in FIELDS {
        let mut terms = model.terms(field);
        terms.insert("nowher");
        let terms: Vec<&str> = terms.into_iter().collect();
        let expected: Vec<u64> = terms.iter().map(|term| model.frequency(field, term)).collect();
        assert_eq!(backend.document_frequencies(field, &terms).unwrap(), expected, "{field:?}");
    }
    for (word, distance) in
        [("bread", 0), ("braed", 1), ("bridges", 2), ("brod", 2), ("muhle", 1), ("xyzzy", 2)]
    {
        let within = |other: &str| strsim::osa_distance(word, other) <= usize::from(distance);
        let is_near = |other: &str| {
            let more = usize::from(!other.starts_with(&word[..1]));
            strsim::osa_distance(word, other) + more <= usize::from(distance)
        };
        let those = |are: &dyn Fn(&str) -> bool| {
            let words = model.terms(TermField::Words).into_iter().filter(|word| are(word));
            words.map(|word| model.counted(TermField::Words, word, 0)).collect::<Vec<TermCount>>()
        };
        assert_eq!(backend.words_near(word, distance).unwrap(), those(&is_near), "{word}");
        let are_alike = |other: &str| within(other) && same_consonants(word, other);
        assert_eq!(backend.words_alike(word, distance).unwrap(), those(&are_alike), "{word}");
    }
    for letters in ["bgo", "bg", "xyz"] {
        let prefix = analyzer::acronym(letters);
        let names =
            model.terms(TermField::Facts).into_iter().filter(|term| term.starts_with(&prefix));
        let expected: Vec<TermCount> =
            names.map(|name| model.counted(TermField::Facts, name, prefix.len())).collect();
        assert_eq!(expected.len(), usize::from(letters == "bgo"));
        assert_eq!(backend.names_of_acronym(letters).unwrap(), expected, "{letters}");
    }
}

/// Checks that candidates are those that a scan finds, in the order of its scores, that of several
/// that tie the first ones are found, and that their count is right.
fn retrieval(backend: &dyn Backend, model: &Model, plan: &Plan) {
    let expected: BTreeMap<PassageId, f64> = model.scan(plan);
    let count = backend.count(&plan.lookup).unwrap();
    assert_eq!(count, expected.len() as u64, "{plan:?}");
    let placed = |limit: usize| {
        let Retrieved { candidates, matching } = backend.retrieve(plan, limit).unwrap();
        assert_eq!(matching, count, "{plan:?}");
        assert!(candidates.is_sorted_by(|a, b| a.score >= b.score), "{plan:?}");
        let keys: Vec<_> = candidates.iter().map(|candidate| candidate.key).collect();
        let ids = backend.read(&keys).unwrap().into_iter().map(|headed| headed.passage.id());
        let mut placed: Vec<_> = candidates.into_iter().zip(ids).collect();
        placed.sort_by(|(a, id), (b, other)| b.score.total_cmp(&a.score).then(id.cmp(other)));
        placed.into_iter().map(|(candidate, _)| candidate).collect::<Vec<_>>()
    };
    let all = placed(usize::MAX);
    assert_eq!(all.len(), expected.len(), "{plan:?}");
    for limit in [0, 1, 2, 5, expected.len(), expected.len() + 1] {
        assert_eq!(placed(limit), all[..limit.min(all.len())], "{plan:?}, {limit}");
    }
    let keys: Vec<_> = all.iter().map(|candidate| candidate.key).collect();
    let read = backend.read(&keys).unwrap();
    for (headed, stems) in read.iter().zip(backend.stems(&keys).unwrap()) {
        let language = headed.passage.language.as_deref();
        assert_eq!(stems.text, codes(headed.passage.plain(), language));
        assert_eq!(stems.title, codes(&headed.head.title, headed.head.language.as_deref()));
    }
    let mut last: Option<(f64, &Passage)> = None;
    for (headed, candidate) in read.iter().zip(&all) {
        let passage = &headed.passage;
        let document = &model.documents[&passage.id()];
        assert_eq!(*passage, document.passage);
        assert_eq!(headed.head.title, document.source.metadata.title().unwrap_or_default());
        assert_eq!(headed.head.language, document.source.language);
        let score = expected
            .get(&passage.id())
            .unwrap_or_else(|| panic!("{} does not match {plan:?}", passage.id()));
        let scored = f64::from(candidate.score);
        assert!(
            (score - scored).abs() < TOLERANCE,
            "{}: {scored}, not {score}, for {plan:?}",
            passage.id()
        );
        if let Some((before, other)) = last {
            let is_tie = (before - score).abs() < 1e-9;
            let in_place = (&other.source, other.paragraph) < (&passage.source, passage.paragraph);
            assert!(
                before > score - TOLERANCE && (!is_tie || in_place),
                "{} for {plan:?}",
                passage.id()
            );
        }
        last = Some((*score, passage));
    }
}

const FIELDS: [TermField; 8] = [
    TermField::Words,
    TermField::Stems,
    TermField::Facts,
    TermField::Title,
    TermField::Section,
    TermField::Author,
    TermField::Publisher,
    TermField::Language,
];

/// Returns every kind of lookup, and some nested ones.
fn lookups() -> Vec<Lookup> {
    let stem = |term: &str| Lookup::term(TermField::Stems, term);
    let word = |term: &str| Lookup::term(TermField::Words, term);
    let phrase = |field, terms: &str, slop| {
        Lookup::phrase(field, terms.split(' ').map(str::to_owned).collect(), slop)
    };
    let sources = |pattern: &str| Lookup::SourcePattern(pattern.to_owned()).unscored();
    let published = |from: &str, to: &str| {
        Lookup::Published { from: from.parse().ok(), to: to.parse().ok() }.unscored()
    };
    let clauses = |must, should, must_not, minimum_should| Lookup::Clauses {
        must,
        should,
        must_not,
        minimum_should,
    };
    let passages = || Lookup::Passages.unscored();
    vec![
        Lookup::Nothing,
        passages(),
        stem("bread"),
        stem("river"),
        stem("nowher"),
        word("the"),
        word("nobody"),
        Lookup::term(TermField::Facts, "d:2001-03"),
        Lookup::term(TermField::Facts, "q:3 USD"),
        Lookup::term(TermField::Title, "bridg"),
        Lookup::term(TermField::Section, "bread"),
        Lookup::term(TermField::Language, "de"),
        phrase(TermField::Words, "bakers guild", 0),
        phrase(TermField::Words, "more bread", 0),
        phrase(TermField::Words, "guild bakers", 0),
        phrase(TermField::Words, "flour dear", 4).unscored(),
        phrase(TermField::Words, "flour dear", 2).unscored(),
        phrase(TermField::Words, "guild bakers", 2).unscored(),
        phrase(TermField::Author, "tamsin vale", 0),
        phrase(TermField::Publisher, "valley courier", 0),
        Lookup::Prefix("bak".to_owned()),
        Lookup::Fuzzy { word: "bridgge".to_owned(), distance: 1 },
        Lookup::Fuzzy { word: "braed".to_owned(), distance: 1 },
        Lookup::Fuzzy { word: "xyzzy".to_owned(), distance: 2 },
        Lookup::all(vec![passages(), sources("bridge")]),
        Lookup::all(vec![passages(), sources("bridge*")]),
        Lookup::all(vec![passages(), sources("*e*")]),
        Lookup::all(vec![passages(), sources("b.*")]),
        Lookup::all(vec![
            passages(),
            Lookup::Sources(vec![SourceId::slug("muehle"), SourceId::slug("bridge-2")]).unscored(),
        ]),
        Lookup::all(vec![Lookup::Sources(Vec::new()).unscored(), stem("bread")]),
        Lookup::all(vec![published("2021-04", ""), stem("flour")]),
        Lookup::all(vec![published("", "2021"), word("the")]),
        Lookup::all(vec![published("2021-05-31", "2022"), word("the")]),
        Lookup::any(vec![stem("bread"), stem("river"), stem("nowher")]),
        Lookup::any(vec![
            stem("bread").boosted(0.4),
            phrase(TermField::Words, "stone bridge", 0).boosted(0.5),
        ]),
        Lookup::any(vec![
            stem("flour"),
            stem("river"),
            Lookup::term(TermField::Facts, "d:2001"),
            Lookup::Prefix("m".to_owned()).boosted(0.25),
        ]),
        clauses(vec![word("the")], vec![stem("river"), stem("bread")], vec![], 0),
        clauses(vec![word("the")], vec![stem("river"), stem("bread")], vec![], 1),
        clauses(vec![passages()], vec![], vec![word("the")], 0),
        clauses(vec![stem("bridg")], vec![], vec![phrase(TermField::Words, "stone bridge", 0)], 0),
        clauses(
            vec![],
            vec![stem("market"), stem("river"), stem("bridg")],
            vec![sources("bakery")],
            2,
        ),
        clauses(
            vec![],
            vec![stem("market"), Lookup::any(vec![stem("river"), stem("bridg")])],
            vec![sources("bakery"), phrase(TermField::Words, "stone bridge", 0)],
            1,
        ),
        clauses(
            vec![],
            vec![
                clauses(vec![], vec![stem("bread"), Lookup::Prefix("m".to_owned())], vec![], 1)
                    .boosted(0.5),
                clauses(vec![], vec![stem("flour")], vec![word("dear")], 1),
                Lookup::all(vec![word("the"), stem("river")]),
            ],
            vec![Lookup::Fuzzy { word: "bridgge".to_owned(), distance: 1 }],
            1,
        ),
        clauses(
            vec![Lookup::any(vec![stem("flour"), stem("ferri")]), passages()],
            vec![Lookup::all(vec![word("dear"), word("asked")])],
            vec![Lookup::term(TermField::Language, "de").unscored(), published("2022", "")],
            0,
        ),
    ]
}

/// The passages of a library, analysed.
struct Model {
    documents: BTreeMap<PassageId, Document>,
    collection: Collection,
}

struct Document {
    passage: Passage,
    source: Source,
    /// The terms of each field, in order of occurrence.
    fields: BTreeMap<TermField, Vec<String>>,
}

impl Model {
    fn new(library: &dyn Library) -> Model {
        let mut documents = BTreeMap::new();
        let sources = library.sources().unwrap();
        for Entry { source, .. } in &sources {
            for passage in library.passages(&source.id).unwrap() {
                let fields = fields(&passage, source);
                documents
                    .insert(passage.id(), Document { passage, source: source.clone(), fields });
            }
        }
        let mut languages: BTreeMap<Option<String>, u64> = BTreeMap::new();
        for document in documents.values() {
            *languages.entry(document.passage.language.clone()).or_default() += 1;
        }
        let collection = Collection {
            passages: documents.len() as u64,
            documents: (documents.len() + sources.len()) as u64,
            stems: documents
                .values()
                .map(|document| document.fields[&TermField::Stems].len() as u64)
                .sum(),
            languages,
        };
        Model { documents, collection }
    }

    /// Returns the terms of a field, sorted.
    fn terms(&self, field: TermField) -> BTreeSet<&str> {
        self.documents
            .values()
            .flat_map(|document| &document.fields[&field])
            .map(String::as_str)
            .collect()
    }

    fn frequency(&self, field: TermField, term: &str) -> u64 {
        self.documents.values().filter(|document| document.count(field, term) > 0).count() as u64
    }

    /// Returns a term, from byte `from`, with its document frequency.
    fn counted(&self, field: TermField, term: &str, from: usize) -> TermCount {
        TermCount { term: term[from..].to_owned(), passages: self.frequency(field, term) }
    }

    fn scan(&self, plan: &Plan) -> BTreeMap<PassageId, f64> {
        let scored = |(id, document): (&PassageId, &Document)| {
            let score = self.score(&plan.lookup, document, &plan.stem_frequencies)?;
            Some((id.clone(), score))
        };
        self.documents.iter().filter_map(scored).collect()
    }

    /// Scores a passage; `None` if it does not match.
    fn score(
        &self,
        lookup: &Lookup,
        document: &Document,
        given: &BTreeMap<String, u64>,
    ) -> Option<f64> {
        let of = |lookup: &Lookup| self.score(lookup, document, given);
        let source = &document.source;
        let words = &document.fields[&TermField::Words];
        match lookup {
            Lookup::Nothing => None,
            Lookup::Passages => Some(0.0),
            Lookup::Term { field, term } => {
                let idf = self.idf(*field, term, given);
                positive(document.count(*field, term))
                    .map(|count| idf * self.saturated(count, *field, document))
            }
            Lookup::Phrase { field, terms, slop: 0 } => {
                let count = document.fields[field]
                    .windows(terms.len())
                    .filter(|window| window == terms)
                    .count();
                let idf: f64 = terms.iter().map(|term| self.idf(*field, term, given)).sum();
                positive(count).map(|count| idf * self.saturated(count, *field, document))
            }
            Lookup::Phrase { field, terms, slop } => {
                let [first, second] = &terms[..] else {
                    panic!("two terms, so that slop is easy to count")
                };
                let at = |term: &String| {
                    let all = document.fields[field].iter().enumerate();
                    all.filter(|(_, other)| *other == term)
                        .map(|(i, _)| i as i64)
                        .collect::<Vec<_>>()
                };
                let seconds = at(second);
                let moves = at(first)
                    .into_iter()
                    .flat_map(|a| seconds.iter().map(move |b| (b - a - 1).unsigned_abs()));
                moves.min().filter(|moves| *moves <= u64::from(*slop)).map(|_| 0.0)
            }
            Lookup::Prefix(start) => {
                words.iter().any(|word| word.starts_with(start)).then_some(1.0)
            }
            Lookup::Fuzzy { word, distance } => {
                let is_near =
                    |other: &String| strsim::osa_distance(word, other) <= usize::from(*distance);
                words.iter().any(is_near).then_some(1.0)
            }
            Lookup::SourcePattern(pattern) => fits(pattern, source.id.as_str()).then_some(0.0),
            Lookup::Sources(ids) => ids.contains(&source.id).then_some(0.0),
            Lookup::Published { from, to } => source
                .metadata
                .issued()
                .filter(|date: &PartialDate| date.overlaps(*from, *to))
                .map(|_| 0.0),
            Lookup::Any(lookups) => {
                let scores: Vec<f64> = lookups.iter().filter_map(of).collect();
                (!scores.is_empty()).then(|| scores.iter().sum())
            }
            Lookup::All(lookups) => lookups.iter().map(of).sum(),
            Lookup::Clauses { must, should, must_not, minimum_should } => {
                let required: f64 = must.iter().map(of).sum::<Option<f64>>()?;
                let optional: Vec<f64> = should.iter().filter_map(of).collect();
                let excluded = must_not.iter().any(|lookup| of(lookup).is_some());
                let wanted = if must.is_empty() { 1.max(*minimum_should) } else { *minimum_should };
                (!excluded && optional.len() >= wanted)
                    .then(|| required + optional.iter().sum::<f64>())
            }
            Lookup::Boosted { lookup, boost } => of(lookup).map(|score| score * f64::from(*boost)),
            Lookup::Unscored(lookup) => of(lookup).map(|_| 0.0),
        }
    }

    fn idf(&self, field: TermField, term: &str, given: &BTreeMap<String, u64>) -> f64 {
        let given = given.get(term).filter(|_| field == TermField::Stems);
        let frequency = given.copied().unwrap_or_else(|| self.frequency(field, term)) as f64;
        (1.0 + (self.collection.documents as f64 - frequency + 0.5) / (frequency + 0.5)).ln()
    }

    /// Returns the saturated frequency of BM25 for a term that occurs `count` times.
    fn saturated(&self, count: usize, field: TermField, document: &Document) -> f64 {
        let (k1, b) = (1.2, 0.75);
        let length = match field {
            TermField::Stems => {
                let mean = self.collection.stems as f64 / self.collection.documents as f64;
                document.fields[&field].len() as f64 / mean
            }
            _ => 1.0,
        };
        let counts_once =
            matches!(field, TermField::Title | TermField::Section | TermField::Language);
        let count = if counts_once { 1.0 } else { count as f64 };
        count * (k1 + 1.0) / (count + k1 * (1.0 - b + b * length))
    }
}

impl Document {
    fn count(&self, field: TermField, term: &str) -> usize {
        self.fields[&field].iter().filter(|other| *other == term).count()
    }
}

fn positive(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}

/// Returns whether an id matches a pattern in which `*` matches any characters.
fn fits(pattern: &str, id: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == id,
        Some((start, rest)) => id.strip_prefix(start).is_some_and(|id| {
            let mut ends = (0..=id.len()).filter(|at| id.is_char_boundary(*at));
            ends.any(|at| fits(rest, &id[at..]))
        }),
    }
}

/// Returns the codes of the stems in a text that carry meaning.
fn codes(text: &str, language: Option<&str>) -> Vec<u32> {
    let content = tokens(text, language).into_iter().filter(|token| token.is_content);
    let mut codes: Vec<u32> = content.map(|token| analyzer::code(&token.stem)).collect();
    codes.sort_unstable();
    codes
}

fn fields(passage: &Passage, source: &Source) -> BTreeMap<TermField, Vec<String>> {
    let plain = passage.plain();
    let (own, of_source) = (passage.language.as_deref(), source.language.as_deref());
    let words = |text: &str| {
        tokens(text, None).iter().map(|token| token.word.to_string()).collect::<Vec<_>>()
    };
    let stems = |text: &str, language| {
        tokens(text, language).iter().map(|token| token.stem.to_string()).collect::<Vec<_>>()
    };
    let metadata = &source.metadata;
    let authors: Vec<String> = metadata.names("author").iter().map(|name| name.display()).collect();
    let publisher = ["publisher", "container-title"]
        .map(|variable| metadata.text(variable).unwrap_or_default());
    let content = tokens(plain, own).into_iter().filter(|token| token.is_content);
    BTreeMap::from([
        (TermField::Words, words(plain)),
        (TermField::Stems, content.map(|token| token.stem.to_string()).collect()),
        (TermField::Facts, analyzer::facts(plain).chain(analyzer::definitions(plain)).collect()),
        (TermField::Title, stems(metadata.title().unwrap_or_default(), of_source)),
        (TermField::Section, stems(&passage.section.join(" "), own)),
        (TermField::Author, words(&authors.join(" "))),
        (TermField::Publisher, words(&publisher.join(" "))),
        (TermField::Language, own.map(str::to_owned).into_iter().collect()),
    ])
}
