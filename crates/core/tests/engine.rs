//! Queries one [`Engine`] from several threads while another updates its index.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use pincite_core::Error;
use pincite_core::check::{Check, Input, Verdict};
use pincite_core::cite::{Citation, Style};
use pincite_core::engine::{CheckRequest, Corpus, Engine, QueryRequest, Question, Target};
use pincite_core::index::{NotRead, Update};
use pincite_core::query::Query;
use pincite_core::source::PassageId;
use pincite_core::verify::{Attribution, Status, VerifyRequest};

/// The articles. Every first paragraph has the number of the edition.
const ARTICLES: [(&str, &str); 3] = [
    ("harbour.txt", "the harbour gate was closed by a storm in March."),
    ("farmers.txt", "farmers closed the northern gate after a good harvest."),
    ("palace.txt", "nobody knows for how long the palace gate has stayed closed."),
];

/// A paragraph of `harbour.txt` that all editions have.
const LASTING: &str = "A ferry crosses the bay twice a day, except in winter.";

struct Library {
    folder: tempfile::TempDir,
    style: Arc<Style>,
}

impl Library {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for name in ["articles", "drafts"] {
            fs::create_dir(folder.path().join(name)).expect("a folder can be made");
        }
        let style = Arc::new(Style::find(Style::DEFAULT).expect("it is built in"));
        Self { folder, style }
    }

    fn articles(&self) -> PathBuf {
        self.folder.path().join("articles")
    }

    fn engine(&self) -> Engine {
        Engine::new(self.folder.path().join("index"))
    }

    /// Replaces every article by that of another edition, each atomically.
    fn publish(&self, edition: usize) {
        for (name, text) in ARTICLES {
            let draft = self.folder.path().join("drafts").join(name);
            let lasting = if name == "harbour.txt" { LASTING } else { "The end." };
            fs::write(&draft, format!("Edition {edition}: {text}\n\n{lasting}\n"))
                .expect("it can be written");
            fs::rename(draft, self.articles().join(name)).expect("it can be moved");
        }
    }

    fn update(&self, engine: &Engine) {
        let update = Update { paths: vec![self.articles()], ..Update::default() };
        let report = engine.update(&update, &()).expect("it can be updated");
        assert_eq!(report.skipped, []);
    }

    fn question(&self) -> QueryRequest {
        let query = Query::parse("a gate that was closed").expect("it is plain words");
        QueryRequest::new(Question::Text(query), Arc::clone(&self.style))
    }

    fn claims(&self, claims: &[&str]) -> CheckRequest {
        let input = Input::given(claims.iter().map(|&claim| claim.to_owned()));
        CheckRequest::new(input, Arc::clone(&self.style))
    }
}

/// Returns the editions that citations of first paragraphs quote.
fn editions<'a>(citations: impl IntoIterator<Item = &'a Citation>) -> BTreeSet<&'a str> {
    let quotes = citations.into_iter().map(|citation| citation.quote.as_str());
    quotes.filter_map(|quote| quote.strip_prefix("Edition ")?.split(':').next()).collect()
}

/// Stops the querying threads on drop, even if the test fails.
struct Finish<'a>(&'a AtomicBool);

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn every_answer_is_that_of_one_snapshot() {
    const EDITIONS: usize = 6;
    let library = Library::new();
    library.publish(0);
    let engine = library.engine();
    library.update(&engine);
    let ids: Vec<PassageId> = ARTICLES
        .iter()
        .map(|(name, _)| name.replace(".txt", "#p1").parse().expect("it is an id"))
        .collect();
    let quoted = VerifyRequest {
        line: None,
        column: None,
        quote: LASTING.to_owned(),
        attribution: Attribution::Source("harbour.txt".to_owned()),
    };
    let finished = AtomicBool::new(false);
    let finish = Finish(&finished);
    let asked = AtomicUsize::new(0);
    let ask = |question: &(dyn Fn() + Sync)| {
        let mut last = false;
        while !last {
            last = finished.load(Ordering::Relaxed);
            question();
            asked.fetch_add(1, Ordering::Relaxed);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            ask(&|| {
                let answer = engine.query(&library.question()).expect("it is answered");
                assert_eq!((answer.found.len(), answer.total), (ARTICLES.len(), 3));
                let found = answer.found.iter().map(|found| &found.quotation.citation);
                assert_eq!(editions(found).len(), 1, "{answer:?}");
            });
        });
        scope.spawn(|| {
            ask(&|| {
                let claims = ["A storm closed the harbour gate.", "The palace gate was closed."];
                let checks = engine
                    .check(library.claims(&claims), &|_| ControlFlow::Continue(()))
                    .expect("they are checked");
                let quotations = checks.checks.iter().flat_map(Check::quoted);
                let citations = quotations.map(|quotation| &quotation.citation);
                assert_eq!(editions(citations).len(), 1, "{checks:?}");
            });
        });
        scope.spawn(|| {
            ask(&|| {
                let outcomes =
                    engine.verify(std::slice::from_ref(&quoted), None).expect("verified");
                assert_eq!(outcomes[0].status, Status::Exact, "{outcomes:?}");
            });
        });
        scope.spawn(|| {
            ask(&|| {
                let quotations = engine.cite(&ids, &library.style).expect("they are cited");
                let citations = quotations.iter().map(|quotation| &quotation.citation);
                assert_eq!(editions(citations).len(), 1, "{quotations:?}");
            });
        });
        let finish = finish;
        for edition in 1..=EDITIONS {
            library.publish(edition);
            library.update(&engine);
            let quotations = engine.cite(&ids, &library.style).expect("they are cited");
            let citations = quotations.iter().map(|quotation| &quotation.citation);
            assert_eq!(editions(citations), [&*edition.to_string()].into());
        }
        drop(finish);
    });
    assert!(asked.into_inner() >= 4);
}

#[test]
fn a_commit_of_another_process_is_noticed() {
    let library = Library::new();
    library.publish(1);
    let (engine, other) = (library.engine(), library.engine());
    assert!(matches!(engine.stats(), Err(Error::NoIndex { .. })));
    assert!(matches!(engine.refresh(), Err(Error::NoIndex { .. })));
    library.update(&other);
    assert_eq!(engine.stats().expect("there is an index now").sources, 3);
    assert!(!engine.refresh().expect("it can be opened"));

    fs::write(library.articles().join("new.txt"), "A fourth article.\n").expect("written");
    library.update(&other);
    assert_eq!(engine.stats().expect("it is open").sources, 3, "the snapshot of before");
    assert!(engine.refresh().expect("it can be opened"));
    assert!(!engine.refresh().expect("it can be opened"));
    assert_eq!(engine.sources().expect("it is open").len(), 4);

    // Deletions alone are a commit too.
    fs::remove_file(library.articles().join("new.txt")).expect("removed");
    library.update(&other);
    assert!(engine.refresh().expect("it can be opened"));
    assert_eq!(engine.sources().expect("it is open").len(), 3);
}

#[test]
fn checks_come_in_the_order_of_the_claims_and_can_be_stopped() {
    let library = Library::new();
    library.publish(1);
    let engine = library.engine();
    library.update(&engine);
    let claims = ["A storm closed the harbour gate.", "Snow fell on Mars."].repeat(8);
    let told = AtomicUsize::new(0);
    let request = CheckRequest { threads: Some(3), ..library.claims(&claims) };
    let checks = engine.check(request.clone(), &|done| {
        told.fetch_max(done, Ordering::Relaxed);
        ControlFlow::Continue(())
    });
    let checks = checks.expect("nothing stops it");
    assert_eq!(told.into_inner(), claims.len());
    assert_eq!(checks.iter().map(|(_, check)| &check.claim).collect::<Vec<_>>(), claims);
    assert_eq!(checks.checks[1].verdict, Verdict::NotFound);
    let one = engine.check(CheckRequest { threads: Some(1), ..request.clone() }, &|_| {
        ControlFlow::Continue(())
    });
    assert_eq!(one.expect("nothing stops it"), checks);

    let stopped = engine.check(request, &|done| match done {
        3 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    assert!(matches!(stopped, Err(Error::Cancelled)));
}

#[test]
fn numeric_styles_number_the_sources_of_all_claims() {
    let style = Arc::new(Style::find("ieee").expect("it is built in"));
    let library = Library { style, ..Library::new() };
    let engine = library.engine();
    library.publish(1);
    library.update(&engine);
    let claims = ["Farmers closed the northern gate.", "A storm closed the harbour gate in March."];
    let checks = engine
        .check(library.claims(&claims), &|_| ControlFlow::Continue(()))
        .expect("they can be checked");
    let mut sources: Vec<&str> = Vec::new();
    for (_, check) in checks.iter() {
        for quoted in check.quoted() {
            let source = quoted.citation.id.source.as_str();
            if !sources.contains(&source) {
                sources.push(source);
            }
            let place = sources.iter().position(|known| *known == source).map_or(0, |at| at + 1);
            let formatted = quoted.citation.formatted.as_deref().unwrap_or_default();
            assert!(formatted.starts_with(&format!("[{place},")), "{place}: {formatted}");
        }
    }
    assert!(sources.len() > 1, "{sources:?}");
}

#[test]
fn a_corpus_limits_the_answer() {
    let library = Library::new();
    library.publish(1);
    let engine = library.engine();
    library.update(&engine);
    let corpus = |name: &str| {
        let folders = vec![library.articles().join(name)];
        Some(Corpus { folders, not_read: NotRead::default() })
    };
    let ask =
        |name: &str| engine.query(&QueryRequest { corpus: corpus(name), ..library.question() });
    assert_eq!(ask("").expect("there are articles").found.len(), 3);
    let answer = ask("palace.txt").expect("it is an article");
    assert_eq!(answer.found[0].quotation.citation.file, "palace.txt");
    assert_eq!(answer.found.len(), 1);
    let elsewhere = Corpus {
        folders: vec![library.folder.path().join("drafts")],
        not_read: NotRead::default(),
    };
    let answer = engine.query(&QueryRequest { corpus: Some(elsewhere), ..library.question() });
    assert!(matches!(answer, Err(Error::NothingToIndex { .. })));
}

#[test]
fn unknown_ids_come_with_those_that_are_similar() {
    let library = Library::new();
    library.publish(1);
    let engine = library.engine();
    library.update(&engine);
    let similar = |target: &str| {
        let target: Target = target.parse().expect("it has the form of an id");
        match engine.show(&target, 0) {
            Err(Error::UnknownId { similar, .. }) => similar,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(similar("harbor"), ["harbour"]);
    assert_eq!(similar("harbor#p2"), ["harbour#p2"]);
    assert_eq!(similar("harbour#p9"), ["harbour#p2"]);
    assert_eq!(similar("harbour#p1.9"), ["harbour#p1.1"]);
    assert_eq!(similar("zzz"), [""; 0]);
}
