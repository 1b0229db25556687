//! Cites every sentence of a saved page, and verifies what was cited.
#![cfg(feature = "html")]

use std::fs;
use std::path::Path;

use pincite_core::cite::Style;
use pincite_core::engine::Engine;
use pincite_core::index::Update;
use pincite_core::source::{PassageId, TextKind};
use pincite_core::verify::{Status, VerifyRequest};

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>The ferry</title></head><body>
<nav><a href=/>Home</a></nav><main><h1>The ferry</h1>
<p>The ferry crosses the <b>bay</b> twice a day &mdash; except in winter. &ldquo;It is slow,&rdquo;
  said <i class='a b'>Dana Sample</i>. <a href=x>It opened</a> in May 1932&nbsp;and has run since.</p>
<p>The ferry crosses the <b>bay</b> twice a day &mdash; except in winter. So the sign still says, and
the harbour office has never changed it, as nobody has complained about it in all these years.</p>
</main></body></html>
";

#[test]
fn every_citation_of_a_page_is_exact_until_its_words_change() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).expect("a folder can be made");
    let file = articles.join("ferry.html");
    fs::write(&file, PAGE).expect("it can be written");
    let engine = Engine::new(folder.path().join("index"));
    let update = Update { paths: vec![articles], ..Update::default() };
    assert_eq!(engine.update(&update, &()).expect("it can be updated").skipped, []);

    let style = Style::find(Style::DEFAULT).expect("it is built in");
    let source = &engine.sources().expect("there is one")[0].source.id;
    let ids = ["#p1.1", "#p1.2", "#p1.3", "#p1.2-3", "#p1", "#p2.1", "#p2.2", "#p2"];
    let ids = ids.map(|id| format!("{source}{id}").parse::<PassageId>().expect("it is an id"));
    let cited = engine.cite(&ids, &style).expect("they are there");
    let mut records = String::new();
    for quotation in &cited {
        let citation = &quotation.citation;
        assert_eq!(citation.text, TextKind::Markup);
        assert_eq!(citation.markup.as_deref(), Some(citation.locator.bytes.of(PAGE)));
        assert!(!citation.quote.contains(['<', '&']), "{}", citation.quote);
        records += &(serde_json::to_string(citation).expect("it is JSON") + "\n");
    }
    assert_eq!(cited[2].citation.quote, "It opened in May 1932 and has run since.");
    let statuses = || -> Vec<Status> {
        let requests = VerifyRequest::parse(&records, Path::new("records.jsonl"));
        let requests = requests.expect("they are records");
        let outcomes = engine.verify(&requests, None).expect("they can be verified");
        outcomes.into_iter().map(|outcome| outcome.status).collect()
    };
    assert_eq!(statuses(), [Status::Exact; 8]);
    assert!(engine.doctor(&()).expect("it can be examined").findings.is_empty());

    fs::write(&file, PAGE.replace("1932", "1923")).expect("it can be written");
    let changed = statuses();
    assert_eq!(changed[2], Status::SourceChanged);
    assert_ne!(changed[0], Status::SourceChanged);
}
