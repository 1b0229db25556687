//! Reads the program's JSON into the public types, which refuse unknown fields.

use pincite_core::check::{Verdict, Why};
use pincite_core::cite::Citation;
use pincite_core::text::Span;
use pincite_core::verify::Status;
use pincite_core::wire::check::{Check, Checks};
use pincite_core::wire::hit::Hit;
use pincite_core::wire::index::Report;
use pincite_core::wire::results::Results;
use pincite_core::wire::show::Show;
use pincite_core::wire::sources::Sources;
use pincite_core::wire::stats::Stats;
use pincite_core::wire::verify::Verification;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::check::DRAFT;
use crate::desk::Desk;

/// Reads the document that a command prints.
fn read<T: Serialize + DeserializeOwned>(desk: &Desk, args: &[&str]) -> T {
    let run = desk.run(args);
    assert_eq!(run.code, Some(0), "{run}");
    let document: T =
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"));
    let printed: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(
        serde_json::to_value(&document).expect("it is JSON"),
        printed,
        "what is read is written as it was"
    );
    document
}

#[test]
fn results() {
    let desk = Desk::indexed();
    let args = ["query", "Pakistan recognized the Taliban in 1997", "--format", "json"];
    let results: Results = read(&desk, &args);
    assert_eq!(results.schema, "pincite/results/1");
    assert_eq!(results.query, args[1]);
    assert!(results.total >= results.hits.len() as u64);
    for (i, hit) in results.hits.iter().enumerate() {
        assert_eq!(hit.rank, i + 1);
        assert!(hit.schema.is_none() && hit.details.is_none());
        assert_eq!(hit.citation.id.paragraph, hit.passage.id.paragraph);
        assert!(hit.passage.text.contains(&hit.citation.quote));
        let at = hit.citation.locator.bytes.start
            - hit.passage.text.find(&hit.citation.quote).expect("it is in it");
        let passage = Span::new(at, at + hit.passage.text.len());
        assert!(!hit.passage.matches.is_empty());
        assert!(
            hit.passage.matches.iter().all(|found| passage.contains(found.bytes)),
            "in bytes of the canonical text"
        );
    }
    let explained: Results = read(&desk, &[&args[..], &["--explain"]].concat());
    for hit in explained.hits {
        let sum: f64 = hit.details.expect("asked for").iter().map(|part| part.value).sum();
        assert!(
            (sum - hit.score).abs() < 1e-3,
            "the parts of {} add up: {sum}, {}",
            hit.rank,
            hit.score
        );
    }
}

#[test]
fn results_as_lines() {
    let desk = Desk::indexed();
    let run = desk.run(&["query", "Durand Line", "--format", "jsonl"]);
    assert!(run.stdout.lines().count() > 1, "{run}");
    for line in run.stdout.lines() {
        let hit: Hit = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(hit.schema.as_deref(), Some("pincite/hit/1"));
    }
}

#[test]
fn citations() {
    let desk = Desk::indexed();
    let args = ["cite", "recognition-1997#p1.1", "kabul-1996#p3"];
    let citations: Vec<Citation> = read(&desk, &[&args[..], &["--format", "json"]].concat());
    let run = desk.run(&[&args[..], &["--format", "jsonl"]].concat());
    let lines: Vec<Citation> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("a citation")).collect();
    assert_eq!(citations, lines);
    for citation in lines {
        assert_eq!(citation.schema, "pincite/citation/1");
        let bytes =
            std::fs::read(desk.path("corpus").join(&citation.file)).expect("the source is there");
        let span = citation.locator.bytes;
        assert_eq!(&bytes[span.start..span.end], citation.quote.as_bytes());
    }
}

#[test]
fn reports_and_lists() {
    let desk = Desk::indexed();
    let report: Report = read(&desk, &["index", "corpus", "--format", "json"]);
    assert_eq!((report.schema.as_str(), report.added), ("pincite/index/1", 0));
    let sources: Sources = read(&desk, &["sources", "--format", "json"]);
    assert_eq!(sources.schema, "pincite/sources/1");
    assert_eq!(sources.sources.len() as u64, report.unchanged);
    for source in &sources.sources {
        assert!(
            source.metadata.keys().eq(source.provenance.keys())
                || source.metadata.len() == source.provenance.len()
        );
    }
    let stats: Stats = read(&desk, &["stats", "--format", "json"]);
    assert_eq!((stats.schema.as_str(), stats.passages), ("pincite/stats/1", report.passages));
    assert_eq!(stats.languages.values().sum::<u64>(), stats.passages);
}

#[test]
fn a_source_is_shown_completely() {
    let desk = Desk::indexed();
    let sources: Sources = read(&desk, &["sources", "--format", "json"]);
    for source in sources.sources {
        let show: Show = read(&desk, &["show", source.id.as_str(), "--format", "json"]);
        assert_eq!((show.schema.as_str(), &show.source.id), ("pincite/show/1", &source.id));
        let file = std::fs::read_to_string(desk.path("corpus").join(&source.file))
            .expect("the source is there");
        let mut last = 0;
        for block in &show.blocks {
            assert_eq!(block.bytes.of(&file), block.text, "{}", source.id);
            assert!(last <= block.bytes.start, "in order and disjoint");
            assert_eq!(block.line, 1 + file[..block.bytes.start].matches('\n').count());
            last = block.bytes.end;
        }
        let paragraphs = show.blocks.iter().filter(|block| block.id.is_some()).count();
        assert_eq!(paragraphs, source.paragraphs as usize);
    }
}

/// Checks that quotations can be verified from every output format with positions.
#[test]
fn quotations_verify() {
    let desk = Desk::indexed();
    let commands = [
        &["query", "Pakistan recognized the Taliban in 1997"][..],
        &["query", "Durand Line 1893"],
        &["cite", "ttp-timeline#p3"],
        &["check", "The Salma Dam was opened in June 2016", "The Durand Line is 2,640 km long"],
    ];
    for command in commands {
        for form in ["json", "jsonl", "markdown"] {
            let quoted = desk.run(&[command, &["--format", form]].concat());
            let run = desk.run_with_input(&["verify", "-", "--format", "json"], &quoted.stdout);
            let results: Verification =
                serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"));
            assert_eq!(run.code, Some(0), "{form}: {run}");
            assert_eq!(results.schema, "pincite/verify/1");
            assert!(!results.results.is_empty(), "{form}");
            for result in results.results {
                assert!(result.id.is_some() || form == "markdown");
                assert!(
                    result.status == Status::Exact || form == "markdown",
                    "{form}: {}",
                    result.detail
                );
            }
        }
    }
}

#[test]
fn checks() {
    let desk = Desk::indexed();
    let claims = [
        "Pakistan recognized the Taliban in 1997",
        "The Durand Line is 2,640 km long",
        "Ferries are blue",
    ];
    for explain in [&[][..], &["--explain"]] {
        let run = desk.run(&[&["check", "--format", "json"], &claims[..], explain].concat());
        let checks: Checks =
            serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"));
        assert_eq!(checks.schema, "pincite/check/1");
        assert!(
            checks.file.is_none()
                && checks.skipped.is_empty()
                && checks.checks.iter().all(|it| it.line.is_none())
        );
        assert_eq!(checks.checks.iter().map(|check| &*check.claim).collect::<Vec<_>>(), claims);
        assert!(checks.checks.iter().any(|check| !check.evidence.is_empty()), "{run}");
        for check in checks.checks {
            let is_open = matches!(check.verdict, Verdict::Partial | Verdict::NotFound);
            assert_eq!(check.confidence.is_none(), is_open, "{run}");
            assert!(check.confidence.is_none_or(|it| (0.0..=1.0).contains(&it)));
            let evidence = check.evidence.into_iter().map(|evidence| {
                assert!(evidence.confidence.is_none_or(|it| (0.0..=1.0).contains(&it)));
                assert!(!evidence.reasons.is_empty());
                assert_eq!(evidence.features.is_some(), !explain.is_empty());
                evidence.citation
            });
            for citation in evidence.chain(check.related) {
                let file =
                    std::fs::read(desk.path("corpus").join(&citation.file)).expect("it is there");
                let bytes = citation.locator.bytes;
                assert_eq!(
                    &file[bytes.start..bytes.end],
                    citation.quote.as_bytes(),
                    "{}",
                    citation.id
                );
            }
        }
    }
}

#[test]
fn checks_of_a_draft() {
    let desk = Desk::indexed();
    desk.write("draft.md", DRAFT);
    let args = ["check", "--draft", "draft.md", "--format"];
    let run = desk.run(&[&args[..], &["json"]].concat());
    let whole: Checks =
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"));
    assert_eq!(whole.file.as_deref(), Some("draft.md"));
    assert!(whole.skipped.iter().any(|it| (it.line, it.why) == (3, Why::Question)), "{run}");
    let run = desk.run(&[&args[..], &["jsonl"]].concat());
    let lines =
        run.stdout.lines().map(|line| serde_json::from_str::<Checks>(line).expect("a document"));
    let places = |check: &Check| (check.claim.clone(), check.line, check.column, check.bytes);
    let by_line: Vec<_> = lines
        .map(|line| (line.schema, line.checks.iter().map(places).collect::<Vec<_>>()))
        .collect();
    let wanted =
        whole.checks.iter().map(|check| ("pincite/check/1".to_owned(), vec![places(check)]));
    assert_eq!(by_line, wanted.collect::<Vec<_>>());
}
