//! The HTTP API: its documents against the OpenAPI document, its errors, and its limits.

use boon::{Compiler, Schemas};
use pincite_server::openapi;
use serde_json::{Value, json};

use crate::desk::{Answer, Desk};

const CLAIM: &str = "claim=The+bridge+at+Dunmere+was+opened+in+June+1932";

/// One request to each operation.
fn asked(desk: &Desk) -> Vec<(&'static str, &'static str, Answer)> {
    let draft = "The bridge at Dunmere was opened in June 1932.\n";
    vec![
        ("/v1/query", "get", desk.get("/v1/query?q=bridge+Dunmere&explain=true")),
        ("/v1/check", "get", desk.get(&format!("/v1/check?{CLAIM}&explain=true"))),
        ("/v1/check", "post", desk.post("/v1/check", draft)),
        ("/v1/verify", "post", desk.post("/v1/verify?find=true", "It had cost 40,000 pounds.")),
        ("/v1/cite", "get", desk.get("/v1/cite?id=bridge%23p1.2&id=ferry%23p1")),
        ("/v1/show", "get", desk.get("/v1/show?id=bridge")),
        ("/v1/sources", "get", desk.get("/v1/sources")),
        ("/v1/stats", "get", desk.get("/v1/stats")),
    ]
}

#[test]
fn answers_are_what_the_openapi_document_says() {
    let desk = Desk::new();
    let described = desk.get("/v1/openapi.json").json();
    assert_eq!(described, openapi());
    let mut seen = 0;
    for (path, method, answer) in asked(&desk) {
        let schema = &described["paths"][path][method]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        assert!(schema.is_object(), "{method} {path} is not described");
        validate(&described, schema, &answer.json(), path);
        seen += 1;
    }
    let operations = described["paths"].as_object().expect("paths").values();
    let all: usize = operations.map(|path| path.as_object().expect("methods").len()).sum();
    assert_eq!(seen, all, "operations that were not asked");
    let problem: Value = serde_json::from_str(&desk.get("/v1/query").body).expect("JSON");
    validate(&described, &json!({"$ref": "#/components/schemas/Problem"}), &problem, "a problem");
}

/// Validates a document against a schema within the OpenAPI document.
fn validate(described: &Value, schema: &Value, document: &Value, what: &str) {
    let mut whole = schema.clone();
    whole["components"] = described["components"].clone();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("https://schema.invalid/it", whole).expect("a resource");
    let index = compiler.compile("https://schema.invalid/it", &mut schemas).expect("a schema");
    if let Err(error) = schemas.validate(document, index) {
        panic!("{what}: {error:#}");
    }
}

#[test]
fn every_parameter_that_is_described_is_taken_and_no_other() {
    let desk = Desk::new();
    let described = openapi();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let ask = |query: &str| match method.as_str() {
                "get" => desk.get(&format!("{path}?{query}")),
                _ => desk.post(&format!("{path}?{query}"), "It rained on the bridge."),
            };
            for parameter in operation["parameters"].as_array().expect("parameters") {
                let name = parameter["name"].as_str().expect("a name");
                let answer = ask(&format!("{name}=1"));
                assert!(!answer.body.contains("unknown field"), "{method} {path} {name}");
            }
            let (status, detail) = ask("zzz=1").problem();
            assert!(status == 400 && detail.contains("zzz"), "{method} {path}: {detail}");
        }
    }
}

#[test]
fn limits_on_sources_are_those_of_the_engine() {
    let desk = Desk::new();
    let ids = |query: &str| {
        let answer = desk.get(&format!("/v1/query?q=bridge+tower&format=csv&{query}"));
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        let rows = answer.body.lines().skip(1).map(|row| row.split(',').next().unwrap_or_default());
        rows.filter(|id| id.contains("#p")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids("filetype=plain"), ["hostile#p1.1"]);
    assert!(ids("filetype=markdown&lang=EN").iter().all(|id| !id.starts_with("hostile")));
    for (limit, part) in [
        ("filetype=pdf", "no source of the format “pdf”"),
        ("lang=english", "no language code"),
        ("lang=fr", "no passage in the language “fr”"),
        ("since=2026&until=2025", "comes after"),
    ] {
        for path in ["/v1/query?q=bridge", &format!("/v1/check?{CLAIM}")] {
            let (status, detail) = desk.get(&format!("{path}&{limit}")).problem();
            assert!(status == 400 && detail.contains(part), "{path}&{limit}: {detail}");
        }
    }
}

#[test]
fn pages_of_results_are_one_list() {
    let desk = Desk::new();
    let all = desk.get("/v1/query?q=Dunmere+bridge+tower&limit=10").json();
    let all = all["hits"].as_array().expect("hits").clone();
    assert!(all.len() >= 3);
    let mut paged = Vec::new();
    for offset in 0..all.len() {
        let page = desk.get(&format!("/v1/query?q=Dunmere+bridge+tower&limit=1&offset={offset}"));
        paged.extend(page.json()["hits"].as_array().expect("hits").clone());
    }
    assert_eq!(paged, all);
    let ids = |path: &str| -> Vec<String> {
        let sources = desk.get(path).json();
        let sources = sources["sources"].as_array().expect("sources").iter();
        sources.map(|it| it["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids("/v1/sources?limit=1&offset=1"), ["ferry"]);
    assert_eq!(ids("/v1/sources?id=*r*"), ["bridge", "ferry"]);
    assert_eq!(ids("/v1/sources?offset=9"), [""; 0]);
}

#[test]
fn errors_say_what_was_wrong() {
    let desk = Desk::new();
    for (path, status, said) in [
        ("/v1/query", 400, "one of q and like"),
        ("/v1/query?q=a&limit=101", 400, "limit is from 1 to 100"),
        ("/v1/query?q=a&offset=999", 400, "at most 1000"),
        ("/v1/query?q=a&since=soon", 400, "“soon” is no date"),
        ("/v1/query?q=a&since=2025&until=2024", 400, "comes after"),
        ("/v1/query?q=date%3A2025-13", 400, "date"),
        ("/v1/query?q=a&style=/etc/passwd.csl", 400, "no citation style"),
        ("/v1/query?q=a&format=pdf", 400, "no format"),
        ("/v1/query?q=a&source=nowhere", 404, "nowhere"),
        ("/v1/cite?id=bridge%23p9", 404, "bridge#p9"),
        ("/v1/cite?id=bridge", 400, "bridge"),
        ("/v1/show?id=brige", 404, "brige"),
        ("/v1/check?claim=It+rained.&format=sarif", 400, "needs a draft"),
        ("/v1/nothing", 404, "openapi.json"),
    ] {
        let (given, detail) = desk.get(path).problem();
        assert!(given == status && detail.contains(said), "{path}: {given} {detail}");
    }
    let query: Value =
        serde_json::from_str(&desk.get("/v1/query?q=date%3A2025-13").body).expect("JSON");
    assert!(query["span"].is_array(), "{query}");
    let too_much = "a b c d e.\n".repeat(200_000);
    assert_eq!(desk.post("/v1/check", &too_much).status, 413);
}

#[test]
fn a_tag_lasts_until_the_answer_changes() {
    let desk = Desk::new();
    for path in ["/v1/stats", "/v1/query?q=bridge", "/v1/cite?id=bridge%23p1"] {
        let tag = desk.get(path).header("etag").to_owned();
        let again = desk.get_with(path, &[("if-none-match", &tag)]);
        assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""), "{path}");
    }
    let stats = desk.get("/v1/stats").header("etag").to_owned();
    let cited = desk.get("/v1/cite?id=bridge%23p1").header("etag").to_owned();
    desk.add("third.txt", "The bridge\n\nThe bridge was painted green in 1940.\n");
    assert_eq!(desk.get_with("/v1/stats", &[("if-none-match", &stats)]).json()["sources"], 4);
    let again = desk.get_with("/v1/cite?id=bridge%23p1", &[("if-none-match", &cited)]);
    assert_eq!(again.status, 304, "a citation is the same in the next commit");
}

#[test]
fn only_its_own_names_and_pages_are_answered() {
    let desk = Desk::new();
    let rebound = axum::http::Request::get("/v1/stats").header("host", "evil.example");
    let rebound = desk.send(rebound.body(axum::body::Body::empty()).expect("a request"));
    assert_eq!(rebound.problem().0, 403);
    let other = desk.get_with("/v1/stats", &[("origin", "https://evil.example")]);
    assert_eq!(other.problem().0, 403);
    let own = desk.get_with("/v1/stats", &[("origin", "http://localhost:7465")]);
    assert!(own.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!((own.status.as_u16(), own.header("access-control-allow-origin")), (200, ""));
}

#[test]
fn every_format_is_written() {
    let desk = Desk::new();
    for (format, part) in [
        ("jsonl", "pincite/hit/1"),
        ("markdown", "> The bridge"),
        ("html", "<blockquote"),
        ("csl-json", "custom"),
        ("bibtex", "@"),
        ("ris", "TY  - "),
        ("annotation", "TextQuoteSelector"),
        ("wikipedia", "{{cite"),
        ("anthropic", "search_result"),
    ] {
        let answer = desk.get(&format!("/v1/query?q=bridge+opened&format={format}"));
        assert!(answer.status == 200 && answer.body.contains(part), "{format}: {}", answer.body);
    }
    let draft = "# A draft\n\nThe bridge at Dunmere was opened in June 1933.\n";
    for (format, part) in [
        ("jsonl", "pincite/check/1"),
        ("csv", "line,claim,verdict"),
        ("markdown", "contradicted"),
        ("html", "<article"),
        ("claimreview", "ClaimReview"),
        ("sarif", "2.1.0"),
    ] {
        let answer = desk.post(&format!("/v1/check?format={format}"), draft);
        assert!(answer.status == 200 && answer.body.contains(part), "{format}: {}", answer.body);
    }
    // Nothing that a source says can become part of a page, or of what a terminal does.
    let hostile = desk.get("/v1/query?q=tower&format=html");
    assert!(hostile.body.contains("&lt;script&gt;") && !hostile.body.contains("<script"));
    assert!(hostile.header("content-security-policy").ends_with("sandbox"));
    assert!(!desk.get("/v1/query?q=tower&format=markdown").body.contains('\u{202e}'));
}
