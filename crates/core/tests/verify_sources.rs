//! Indexes, cites, changes and verifies files, so that every status occurs.

mod shared;

use std::fs;
use std::path::{Path, PathBuf};

use pincite_core::cite::{Citation, Selector, Style};
use pincite_core::engine::Engine;
use pincite_core::index::{Index, Update};
use pincite_core::search::Searcher;
use pincite_core::source::{Sentences, SourceId, content_hash};
use pincite_core::text::Span;
use pincite_core::verify::{
    Attribution, ContextKind, Outcome, Status, Verifier, VerifyRequest, verify,
};
use pincite_core::wire;
use serde_json::{Value, json};
use shared::shared;
use tempfile::TempDir;

const CANAL: &str = "The canal at Orsova\n\n\
    The canal was dug by hand between 1871 and 1874. Nearly four thousand labourers took part, most of them from the hill villages. \
    The first barge passed the upper lock in May 1874.\n\n\
    Tolls paid for the work within eleven years. “No one,” the engineer wrote, “had dared to hope for so much.” \
    The lock-keeper’s house still stands — empty since 1952.\n";

const RIVAL: &str = "---\ntitle: A rival account\npublisher: Harbour Review\nauthor: Ines Maro\n---\n\n\
    # Waterways\n\n\
    The canal was dug by hand between 1869 and 1873. Its cost was never **made public**, and the ledgers burned.\n\n\
    A second canal had been planned further north but was given up after the flood.\n";

/// An indexed folder with two articles.
struct Library {
    folder: TempDir,
    searcher: Searcher,
}

impl Library {
    fn new() -> Self {
        Self::with(&[("canal.txt", CANAL), ("rival.md", RIVAL)])
    }

    fn with(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).expect("it is new");
        for (name, text) in files {
            fs::write(corpus.join(name), text).expect("it is writable");
        }
        let dir = folder.path().join("index");
        let update = Update { paths: vec![corpus], ..Update::default() };
        Index::update(&dir, &update, &()).expect("two articles");
        let searcher =
            Searcher::new(&Index::open(&dir).expect("it was made")).expect("it is whole");
        Self { folder, searcher }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("corpus").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).expect("it is writable");
    }

    /// Cites a sentence.
    fn cite(&self, source: &str, paragraph: u32, sentence: u32) -> Citation {
        let reader = self.searcher.reader();
        let id = SourceId::slug(source);
        let source = reader.source(&id).expect("readable").expect("indexed").source;
        let passage = reader.passage(&id, paragraph).expect("readable").expect("indexed");
        let sentences = Sentences { first: sentence, last: sentence };
        Citation::new(&source, &passage, Some(sentences)).expect("it has such a sentence")
    }

    fn records(&self, input: &str) -> Vec<Outcome> {
        let requests = VerifyRequest::parse(input, Path::new("input")).expect("it is well formed");
        let mut verifier = Verifier::new(&self.searcher);
        requests
            .iter()
            .map(|request| verifier.verify(request).expect("the index is whole"))
            .collect()
    }

    fn record(&self, record: &Citation) -> Outcome {
        let json = serde_json::to_string(record).expect("it is JSON");
        self.records(&json).remove(0)
    }

    fn quoted(&self, text: &str) -> Outcome {
        let requests =
            VerifyRequest::parse(text, Path::new("draft.md")).expect("prose is never malformed");
        assert_eq!(requests.len(), 1, "{text}");
        verify(&self.searcher, &requests[0]).expect("the index is whole")
    }
}

fn check(outcome: &Outcome, status: Status, found: Option<&str>, detail: &str) {
    assert_eq!(outcome.status, status, "{outcome:#?}");
    assert_eq!(
        outcome.found.as_ref().map(|citation| citation.id.to_string()).as_deref(),
        found,
        "{outcome:#?}"
    );
    assert!(outcome.detail.contains(detail), "{:?} does not say {detail:?}", outcome.detail);
}

#[test]
fn every_citation_verifies_as_exact() {
    let library = Library::new();
    for (source, paragraph, sentences) in
        [("canal", 1, 3), ("canal", 2, 3), ("rival", 1, 2), ("rival", 2, 1)]
    {
        for sentence in 1..=sentences {
            let record = library.cite(source, paragraph, sentence);
            let outcome = library.record(&record);
            check(&outcome, Status::Exact, Some(&record.id.to_string()), "found in");
            assert!(outcome.is_intact());
            assert_eq!(outcome.found, Some(record));
        }
    }
}

#[test]
fn a_citation_with_any_field_changed_is_not_exact() {
    let library = Library::new();
    let record = library.cite("canal", 1, 2);
    let rehash = |record: &mut Citation| record.quote_hash = content_hash(record.quote.as_bytes());
    let shift = |span: &mut Span| *span = span.shifted(1);
    type Forgery = (&'static str, fn(&mut Citation));
    let contradictions: [Forgery; 8] = [
        ("quote_hash", |r| r.quote = r.quote.replace("four", "five")),
        ("quote_hash", |r| r.quote_hash = content_hash(b"")),
        ("locator.bytes", |r| r.locator.bytes.end += 1),
        ("locator.chars", |r| r.locator.chars.start = 0),
        ("locator.utf16", |r| r.locator.utf16.end = usize::MAX),
        ("locator.lines", |r| r.locator.lines = [5, 1]),
        ("locator.paragraph", |r| r.locator.paragraph = 2),
        ("selectors", |r| {
            r.selectors = vec![Selector::TextQuote {
                prefix: String::new(),
                exact: "x".into(),
                suffix: String::new(),
            }]
        }),
    ];
    for (field, forge) in contradictions {
        let mut forged = record.clone();
        forge(&mut forged);
        let outcome = library.record(&forged);
        assert_eq!(outcome.status, Status::Altered, "{outcome:#?}");
        assert!(outcome.detail.contains(field), "{field}: {}", outcome.detail);
    }
    // Self-consistent but wrong.
    let mut lines = record.clone();
    lines.locator.lines = [7, 7];
    check(
        &library.record(&lines),
        Status::Altered,
        Some("canal#p1.2"),
        "locator.lines is [7, 7] in the record and [3, 3]",
    );
    let mut chars = record.clone();
    shift(&mut chars.locator.chars);
    chars.selectors.clear();
    check(&library.record(&chars), Status::Altered, Some("canal#p1.2"), "locator.chars");
    let mut section = record.clone();
    section.locator.section = vec!["Elsewhere".into()];
    check(&library.record(&section), Status::Altered, Some("canal#p1.2"), "locator.section");
    let mut words = record.clone();
    words.quote = words.quote.replace("four", "five");
    words.selectors.clear();
    rehash(&mut words);
    check(
        &library.record(&words),
        Status::Altered,
        Some("canal#p1.2"),
        "the source has “four” where the quotation has “five”",
    );
    let mut moved = record;
    shift(&mut moved.locator.bytes);
    moved.selectors.clear();
    check(&library.record(&moved), Status::Moved, Some("canal#p1.2"), "locator.bytes");
}

/// A change to one leaf of a record, with the way to it.
struct Forgery {
    path: String,
    forged: Value,
}

/// Every change of one leaf of `value`: a string or a number that is another, an element of a list
/// that is dropped, doubled or added, a field that is added.
fn forgeries(value: &Value, path: &str, put: &dyn Fn(Value) -> Value, found: &mut Vec<Forgery>) {
    let mut forge = |what: &str, forged: Value| {
        found.push(Forgery { path: format!("{path} {what}"), forged: put(forged) });
    };
    match value {
        Value::String(text) => {
            forge("with a letter more", json!(format!("{text}x")));
            forge("empty", json!(""));
            if let Some((at, c)) = text.char_indices().find(|(_, c)| c.is_alphanumeric()) {
                let other = if c == 'q' { 'z' } else { 'q' };
                let rest = &text[at + c.len_utf8()..];
                forge("with another letter", json!(format!("{}{other}{rest}", &text[..at])));
            }
        }
        Value::Number(number) => {
            let number = number.as_u64().expect("a record has whole numbers");
            forge("more", json!(number + 1));
            forge("far more", json!(number + 1_000_000));
            if number > 0 {
                forge("less", json!(number - 1));
            }
        }
        Value::Array(items) => {
            for i in 0..items.len() {
                let mut less = items.clone();
                less.remove(i);
                forge("with an element dropped", Value::Array(less));
                let mut more = items.clone();
                more.insert(i, items[i].clone());
                forge("with an element added", Value::Array(more));
            }
            for (i, item) in items.iter().enumerate() {
                let put = |forged: Value| {
                    let mut items = items.clone();
                    items[i] = forged;
                    put(Value::Array(items))
                };
                forgeries(item, &format!("{path}[{i}]"), &put, found);
            }
        }
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert("forged".to_owned(), json!("x"));
            forge("with a field added", Value::Object(more));
            for (key, field) in fields {
                let put = |forged: Value| {
                    let mut fields = fields.clone();
                    fields.insert(key.clone(), forged);
                    put(Value::Object(fields))
                };
                forgeries(field, &format!("{path}.{key}"), &put, found);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// An article with much that a record can say, wrongly, of it.
const BRIDGE: &str = "---\ntitle: A bridge of rope\npublisher: Harbour Review\nURL: https://example.org/rope\n\
    date: 2019-03-04\nauthor:\n  - Ines Maro\n  - Teo Lind\n---\n\n# Waterways\n\n## Crossings\n\n\
    The rope bridge hung over the gorge for ninety years. Goats crossed it — even in winter — before people did.\n\n\
    Nobody remembers who tied the first knot.\n";

#[test]
fn no_forged_leaf_of_a_record_is_accepted() {
    let library = Library::with(&[("bridge.md", BRIDGE)]);
    let engine = Engine::new(library.folder.path().join("index"));
    let style = Style::find("chicago").expect("it is in the archive");
    let ids = ["bridge#p1.2".parse().expect("it is an id"), "bridge#p1".parse().expect("an id")];
    let cited = engine.cite(&ids, &style).expect("it is there");
    let mut verifier = Verifier::new(&library.searcher);
    let (mut tried, mut accepted) = (0, Vec::new());
    for quotation in cited {
        let record = serde_json::to_value(&quotation.citation).expect("it is JSON");
        assert!(record["deep_link"].is_string() && record["formatted"].is_string(), "{record:#}");
        assert_eq!(library.records(&record.to_string())[0].status, Status::Exact);
        let mut found = Vec::new();
        forgeries(&record, "", &|forged| forged, &mut found);
        for Forgery { path, forged } in found {
            tried += 1;
            let Ok(requests) = VerifyRequest::parse(&forged.to_string(), Path::new("x")) else {
                continue;
            };
            let outcome = verifier.verify(&requests[0]).expect("the index is whole");
            if outcome.is_intact() {
                accepted.push(path);
            }
        }
    }
    eprintln!("{tried} forgeries");
    assert!(tried > 150 && accepted.is_empty(), "{tried} tried, accepted: {accepted:#?}");
}

#[test]
fn differing_metadata_is_named_and_has_a_status_of_its_own() {
    let library = Library::with(&[("bridge.md", BRIDGE)]);
    let record = serde_json::to_value(library.cite("bridge", 1, 1)).expect("it is JSON");
    let mut forged = record.clone();
    forged["source"]["title"] = json!("A bridge of steel");
    forged["source"]["author"][1]["family"] = json!("Lund");
    forged["deep_link"] = json!("javascript:alert(1)");
    let outcome = library.records(&forged.to_string()).remove(0);
    check(
        &outcome,
        Status::MetadataDiffers,
        Some("bridge#p1.1"),
        "source.title is “A bridge of steel” in the record and “A bridge of rope” in the source",
    );
    assert_eq!(outcome.differs, ["source.title", "source.author[1].family", "deep_link"]);
    assert!(!outcome.is_intact());
}

#[test]
fn a_record_is_verified_as_far_as_it_goes() {
    let library = Library::new();
    let whole = serde_json::to_value(library.cite("canal", 2, 1)).expect("it is JSON");
    let part = json!({"id": whole["id"], "quote": whole["quote"]});
    check(&library.records(&part.to_string())[0], Status::Exact, Some("canal#p2.1"), "line 5");
    let moved = json!({"id": "canal#p1.1", "quote": whole["quote"]});
    let outcome = library.records(&moved.to_string()).remove(0);
    check(&outcome, Status::Moved, Some("canal#p2.1"), "id is “canal#p1.1” in the record");
    for field in ["locator", "selectors", "content_hash", "quote_hash", "source", "file", "text"] {
        let mut part = whole.clone();
        part.as_object_mut().expect("an object").remove(field);
        let outcome = library.records(&part.to_string()).remove(0);
        assert_eq!(outcome.status, Status::Exact, "without {field}: {outcome:#?}");
    }
}

#[test]
fn a_changed_file_is_reported() {
    let library = Library::new();
    let record = library.cite("canal", 1, 2);
    library.write("canal.txt", &CANAL.replace("1952", "1953"));
    let outcome = library.record(&record);
    check(
        &outcome,
        Status::MetadataDiffers,
        Some("canal#p1.2"),
        "the file has changed since the record was made",
    );
    assert_eq!(outcome.differs, ["content_hash"]);
    assert!(outcome.detail.contains("changed since it was indexed"));

    library.write(
        "canal.txt",
        &CANAL.replace("The canal was dug", "Opening paragraph.\n\nThe long canal was dug"),
    );
    let outcome = library.record(&record);
    check(&outcome, Status::Moved, Some("canal#p2.2"), "now in canal#p2.2");

    library.write("canal.txt", &CANAL.replace("four thousand", "five thousand"));
    check(
        &library.record(&record),
        Status::SourceChanged,
        Some("canal#p1.2"),
        "the source has “five” where the quotation has “four”",
    );

    library.write("canal.txt", "Something else altogether is written here now, as it happens.\n");
    check(&library.record(&record), Status::SourceChanged, None, "no longer has the quotation");

    fs::remove_file(library.file("canal.txt")).expect("it is there");
    check(
        &library.record(&record),
        Status::SourceMissing,
        Some("canal#p1.2"),
        "the index has the quotation in canal#p1",
    );
}

#[test]
fn quotations_are_read_from_a_text() {
    let library = Library::new();
    for (text, status, found, detail) in [
        (
            "“Tolls paid for the work within eleven years.” (canal)",
            Status::Exact,
            Some("canal#p2.1"),
            "line 5",
        ),
        (
            "“Tolls paid for the work within eleven years” (canal#p2)",
            Status::Exact,
            Some("canal#p2.1"),
            "",
        ),
        (
            "“Tolls paid for the work within eleven years” (canal#p1)",
            Status::Moved,
            Some("canal#p2.1"),
            "not in the paragraph named",
        ),
        (
            "“Tolls paid for the work within eleven years,” (canal.txt)",
            Status::Normalized,
            Some("canal#p2.1"),
            "",
        ),
        (
            "“the lock-keeper's house still stands - empty” (canal)",
            Status::Normalized,
            Some("canal#p2.3"),
            "quotation marks, dashes, case",
        ),
        (
            "“Its cost was never made public” (Harbour Review)",
            Status::Normalized,
            Some("rival#p1.2"),
            "",
        ),
        (
            "“The canal was dug by hand between 1869 and 1873.” (Maro, A rival account, 2020)",
            Status::Exact,
            Some("rival#p1.1"),
            "",
        ),
        (
            "“The canal was dug by hand between 1869 and 1873.” (canal)",
            Status::Misattributed,
            Some("rival#p1.1"),
            "in the source named: canal#p1.1, line 3: a number differs: the source has “1871” where the quotation has “1869”",
        ),
        (
            "“The first barge passed the upper lock in June 1874” (canal)",
            Status::Altered,
            Some("canal#p1.3"),
            "the source has “May” where the quotation has “June”",
        ),
        (
            "“Nearly four thousand labourers took part … The first barge passed” (canal)",
            Status::Stitched,
            Some("canal#p1.2"),
            "2 places",
        ),
        (
            "“Three ghosts were seen upon the towpath that winter” (canal)",
            Status::NotFound,
            None,
            "nothing like it",
        ),
        (
            "“Tolls paid for the work within eleven years.” (The Moon)",
            Status::SourceMissing,
            Some("canal#p2.1"),
            "no source goes by the name “The Moon”; found in canal#p2.1",
        ),
        ("“Tolls paid for the work within eleven years.”", Status::Exact, Some("canal#p2.1"), ""),
        (
            "“The canal was dug by hand between 1870 and 1875.”",
            Status::Ambiguous,
            None,
            "similar to several places",
        ),
        ("“Three ghosts were seen upon the towpath that winter”", Status::NotFound, None, ""),
        ("“The canal at Orsova” (canal)", Status::Exact, None, "outside of its body paragraphs"),
    ] {
        check(&library.quoted(text), status, found, detail);
    }
    let attribution = Attribution::Source("canal".into());
    let across = VerifyRequest {
        line: None,
        column: None,
        quote: "in May 1874.\n\nTolls paid".into(),
        attribution,
    };
    let outcome = verify(&library.searcher, &across).expect("the index is whole");
    check(&outcome, Status::Exact, Some("canal#p1.3"), "canal#p1.3 and beyond, line 3");
}

#[test]
fn sources_with_the_same_words_are_no_two_answers() {
    let other =
        "# Canals\n\nThe canal was dug by *hand* between 1871 and 1874. Later it silted up.\n";
    let library = Library::with(&[("canal.txt", CANAL), ("other.md", other)]);
    let quote = "The canal was dug by horses between 1871 and 1874.";
    let altered = library.quoted(&format!("“{quote}”"));
    check(
        &altered,
        Status::Altered,
        Some("other#p1.1"),
        "1 more of the sources has the same words",
    );
    let garbled = VerifyRequest {
        line: None,
        column: None,
        quote: "the canal was dug by horse teams between 1871 and 1874".into(),
        attribution: Attribution::Sought,
    };
    let outcome = verify(&library.searcher, &garbled).expect("the index is whole");
    assert_eq!(outcome.status, Status::Altered, "{outcome:#?}");
    assert!(
        outcome.detail.ends_with("1 more of the paragraphs has the same words"),
        "{outcome:#?}"
    );
}

/// Quotation marks that people put around what they quote.
const MARKS: [(&str, &str); 22] = [
    ("“", "”"),
    ("\"", "\""),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("« ", " »"),
    ("»", "«"),
    ("»", "»"),
    ("”", "”"),
    ("‘", "’"),
    ("'", "'"),
    ("‚", "‘"),
    ("‹", "›"),
    ("›", "‹"),
    ("「", "」"),
    ("『", "』"),
    ("“", "\""),
    ("\"", "”"),
    ("&ldquo;", "&rdquo;"),
    ("&quot;", "&quot;"),
    ("<q>", "</q>"),
    ("> ", "\n\n"),
];

#[test]
fn what_is_cut_from_a_source_is_exact_in_any_marks_and_with_a_word_changed_never_intact() {
    let library = Library::with(&[("canal.txt", CANAL), ("bridge.md", BRIDGE)]);
    let mut verifier = Verifier::new(&library.searcher);
    let mut tried = 0;
    let mut outcome = |text: &str| {
        let requests = VerifyRequest::parse(text, Path::new("draft.md")).expect("it is prose");
        assert_eq!(requests.len(), 1, "{text}: {requests:?}");
        verifier.verify(&requests[0]).expect("the index is whole")
    };
    for name in ["canal", "bridge"] {
        let reader = library.searcher.reader();
        for passage in reader.passages(&SourceId::slug(name)).expect("readable") {
            let words: Vec<Span> =
                pincite_core::text::words(&passage.text).map(|word| word.span).collect();
            for window in words.windows(7).step_by(2) {
                let (first, last) = (window[0], window[window.len() - 1]);
                let quote = Span::new(first.start, last.end).of(&passage.text);
                // A quotation with marks of its own may end at one of them.
                if quote.contains(['“', '”', '’', '—']) {
                    continue;
                }
                let changed = quote.replace(window[3].of(&passage.text), "zebra");
                for (i, (open, close)) in MARKS.iter().enumerate() {
                    let text = format!("It’s said:\n\n{open}{quote}{close} ({name}) so.\n");
                    let text = if *close == "\n\n" { text.replace(" so.", "") } else { text };
                    let found = outcome(&text);
                    assert_eq!(found.status, Status::Exact, "{text}: {found:#?}");
                    if i < 2 {
                        let found = outcome(&text.replace(quote, &changed));
                        assert!(!found.is_intact(), "{changed}: {found:#?}");
                    }
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

const GUIDE: &str = "# Rules of the ferry\n\n\
    Passengers may open the gangway by hand, but only when a life is in danger. The ferry runs every day unless the river freezes. \
    The harbour office denied that the ferry had ever been late. According to the rival company, the ferry leaks at night.\n\n\
    The ferry not only carries mail but also takes mules. The crew provided blankets to every passenger. \
    The captain did not promise that the fare would fall next year. Dogs, which were never welcome before the war, travel free of charge.\n\n\
    Loss of tar was found in 21 of 28 barrels [12]. The deck was dry [2, 6] after one year[citation needed]. \
    The ferry’s back-\nground is murky, and its well-\nknown owner is old. The co\u{ad}operative re\u{200b}built it.\n";

#[test]
fn quotations_out_of_context_are_told() {
    let library = Library::with(&[("guide.md", GUIDE)]);
    use ContextKind::{CutIn, CutOff, Elided, ElidedInverting};
    for (quote, status, kinds, words) in [
        (
            "Passengers may open the gangway by hand",
            Status::Exact,
            vec![CutOff],
            "but only when a life is in danger.",
        ),
        ("The ferry runs every day", Status::Exact, vec![CutOff], "unless the river freezes."),
        (
            "the ferry had ever been late",
            Status::Exact,
            vec![CutIn],
            "The harbour office denied that",
        ),
        ("the ferry leaks at night", Status::Exact, vec![CutIn], "According to the rival company,"),
        ("promise that the fare would fall", Status::Exact, vec![CutIn], "The captain did not"),
        ("The ferry not only carries mail", Status::Exact, vec![], ""),
        ("only carries mail but also takes mules", Status::Exact, vec![], ""),
        ("The crew provided blankets", Status::Exact, vec![], ""),
        ("The crew", Status::Exact, vec![], ""),
        (
            "The ferry … takes mules",
            Status::Stitched,
            vec![Elided],
            "not only carries mail but also",
        ),
        (
            "Dogs, which were […] welcome before the war, travel free",
            Status::Stitched,
            vec![ElidedInverting],
            "never",
        ),
        (
            "The captain did … promise that the fare would fall",
            Status::Stitched,
            vec![ElidedInverting],
            "not",
        ),
        (
            "The ferry not only carries mail but also takes mules. … The captain did not promise",
            Status::Stitched,
            vec![Elided],
            "The crew provided blankets to every passenger.",
        ),
        ("The ferry runs every day … The crew provided blankets", Status::Stitched, vec![], ""),
    ] {
        let outcome = library.quoted(&format!("“{quote}” (guide)"));
        assert_eq!(outcome.status, status, "{outcome:#?}");
        let found: Vec<ContextKind> = outcome.context.iter().map(|context| context.kind).collect();
        assert_eq!(found, kinds, "{outcome:#?}");
        assert_eq!(outcome.context.first().map_or("", |context| &context.words), words);
        let intact = status == Status::Exact || kinds == [Elided];
        assert_eq!(outcome.is_intact(), intact, "{outcome:#?}");
        let told = outcome.detail.contains("the ellipsis leaves out “");
        assert_eq!(told, kinds == [ElidedInverting], "{}", outcome.detail);
    }
}

#[test]
fn what_quoters_leave_out_is_normalized_and_short_misquotes_are_altered() {
    let library = Library::with(&[("guide.md", GUIDE)]);
    for (quote, status, detail) in [
        ("found in 21 of 28 barrels. The deck was dry after one year", Status::Normalized, ""),
        (
            "found in 21 of 28 barrels [12]. The deck was dry after one year.",
            Status::Normalized,
            "",
        ),
        ("found in 21 of 28 barrels [12]. The deck was dry [2, 6] after", Status::Exact, ""),
        (
            "found in 22 of 28 barrels. The deck was dry",
            Status::Altered,
            "guide#p3.1-2, line 7: a number differs: the source has “21” where the quotation has “22”",
        ),
        ("The ferry's background is murky", Status::Normalized, ""),
        ("The ferry's back-ground is murky, and its well-known owner", Status::Normalized, ""),
        ("its well-known owner is old", Status::Normalized, ""),
        ("The cooperative rebuilt it", Status::Normalized, ""),
        ("its best-known owner is old", Status::Altered, "“well” where the quotation has “best”"),
        ("the river melts", Status::NotFound, ""),
        ("unless the river melts", Status::Altered, "“freezes” where the quotation has “melts”"),
        ("Dogs travel free of charge", Status::Altered, "where the quotation has “Dogs”"),
    ] {
        let outcome = library.quoted(&format!("“{quote}” (guide)"));
        assert_eq!(outcome.status, status, "{quote}: {outcome:#?}");
        assert!(outcome.detail.contains(detail), "{quote}: {}", outcome.detail);
    }
}

#[test]
fn a_quotation_lost_by_a_change_differs_from_one_that_was_never_there() {
    let library = Library::new();
    library.write("canal.txt", &CANAL.replace("within eleven years", "only much later"));
    let outcome = library.quoted("“Tolls paid for the work within eleven years.” (canal)");
    check(&outcome, Status::SourceChanged, None, "when it was indexed it was in canal#p2");
    let outcome = library
        .quoted("“Nearly nine hundred geese took part, most of them from far away.” (canal)");
    assert_eq!(outcome.status, Status::NotFound, "{outcome:#?}");
    fs::remove_file(library.file("canal.txt")).expect("it is there");
    let outcome = library.quoted("“Tolls paid for the work within eleven years.” (canal)");
    check(&outcome, Status::SourceMissing, Some("canal#p2.1"), "is gone");
}

#[test]
fn records_are_read_from_every_shape() {
    let library = Library::new();
    let record = serde_json::to_value(library.cite("canal", 1, 1)).expect("it is JSON");
    let hit = json!({"rank": 1, "score": 2.0, "passage": {}, "citation": record, "copies": []});
    let results = json!({"schema": "pincite/results/1", "query": "q", "total": 1, "hits": [hit]});
    let evidence = json!({"stance": "supports", "citation": record, "reasons": [], "origin": null});
    let check = json!({"schema": "pincite/check/1", "checks": [{"claim": "c", "evidence": [evidence], "related": [record]}]});
    let lines =
        |values: &[&Value]| values.iter().map(|value| format!("{value}\n")).collect::<String>();
    for (input, expected) in [
        (record.to_string(), vec![1]),
        (serde_json::to_string_pretty(&json!([record, record])).expect("it is JSON"), vec![1, 1]),
        (lines(&[&record, &record]), vec![1, 2]),
        (format!("\n\n{}", lines(&[&hit, &hit])), vec![3, 4]),
        (results.to_string(), vec![1]),
        (check.to_string(), vec![1, 1]),
        ("[]".to_owned(), vec![]),
        (String::new(), vec![]),
    ] {
        let outcomes = library.records(&input);
        assert_eq!(
            outcomes.iter().filter_map(|outcome| outcome.line).collect::<Vec<_>>(),
            expected,
            "{input}"
        );
        assert!(outcomes.iter().all(Outcome::is_intact));
    }
}

#[test]
fn malformed_records_are_refused_with_their_position() {
    let library = Library::new();
    let record = serde_json::to_value(library.cite("canal", 1, 1)).expect("it is JSON");
    let with = |field: &str, value: Value| {
        let mut record = record.clone();
        record[field] = value;
        record.to_string()
    };
    let refused = |input: &str| match VerifyRequest::parse(input, Path::new("records.json")) {
        Err(error) => error.to_string(),
        Ok(requests) => panic!("{requests:?}"),
    };
    assert!(
        refused("{\n  \"schema\": é").starts_with("records.json:2:13: "),
        "{}",
        refused("{\n  \"schema\": é")
    );
    assert!(refused(&with("confidence", json!(1))).contains("unknown field `confidence`"));
    assert!(refused(&with("schema", json!("pincite/citation/2"))).contains("pincite/citation/2"));
    assert!(
        refused(&format!("{record}\n{}", with("quote", json!(3)))).starts_with("records.json:2:")
    );
    assert!(refused("{\"a\": 1}").contains("no citation record"));
    assert!(refused("{\"schema\": \"pincite/stats/1\"}").contains("pincite/stats/1"));
    let deep = "[{\"a\":".repeat(500);
    assert!(refused(&deep).contains("recursion"), "{}", refused(&deep));
}

#[test]
fn outcomes_have_the_documented_json() {
    let library = Library::new();
    let outcome = library.record(&library.cite("canal", 1, 1));
    let value = serde_json::to_value(wire::verify::Outcome::from(&outcome)).expect("it is JSON");
    let keys: Vec<&str> =
        value.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["id", "line", "quote", "status", "found", "detail"]);
    assert_eq!(value["status"], "exact");
    assert_eq!(value["id"], "canal#p1.1");
    let lost =
        serde_json::to_value(wire::verify::Outcome::from(&library.quoted("“no such words”")))
            .expect("it is JSON");
    assert_eq!(
        (&lost["id"], &lost["status"], &lost["found"]),
        (&Value::Null, &json!("not_found"), &Value::Null)
    );
}

#[test]
fn every_sentence_of_saved_articles_is_exact() {
    let Some(articles) = shared("articles") else { return };
    let folder = TempDir::new().expect("a temporary folder");
    let dir = folder.path().join("index");
    Index::update(&dir, &Update { paths: vec![articles], ..Update::default() }, &())
        .expect("readable");
    let searcher = Searcher::new(&Index::open(&dir).expect("it was made")).expect("it is whole");
    let mut verifier = Verifier::new(&searcher);
    let mut sentences = 0;
    for entry in searcher.reader().sources().expect("readable") {
        for passage in searcher.reader().passages(&entry.source.id).expect("readable") {
            for n in (1..).take(passage.sentences.len()) {
                let record =
                    Citation::new(&entry.source, &passage, Some(Sentences { first: n, last: n }));
                let record = record.expect("it has such a sentence");
                let attribution = Attribution::Record(Box::new(record.clone().into()));
                let quote = record.quote.clone();
                let request = VerifyRequest { line: None, column: None, quote, attribution };
                let outcome = verifier.verify(&request).expect("the index is whole");
                assert_eq!(
                    (outcome.status, outcome.found),
                    (Status::Exact, Some(record)),
                    "{}",
                    outcome.detail
                );
                sentences += 1;
            }
        }
    }
    eprintln!("{sentences} sentences verified");
    assert!(sentences > 0);
}
