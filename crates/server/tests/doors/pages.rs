//! The pages, as a browser without script gets them.

use crate::desk::{Answer, Desk};

/// The page, which has to be there, and to load nothing from elsewhere.
fn page(answer: &Answer) -> &str {
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{}", answer.body);
    let page = answer.body.as_str();
    for part in ["<html lang=\"en\">", "<main id=\"main\"", "<nav aria-label=\"Pages\">", "<h1"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    for part in ["src=\"http", " style=", "<style", " onclick", "<script>"] {
        assert!(!page.contains(part), "{part} in {page}");
    }
    page
}

#[test]
fn a_claim_gets_its_verdict_and_quotations() {
    let desk = Desk::new();
    let answer = desk.get("/?q=The+bridge+at+Dunmere+was+opened+in+June+1932.");
    let page = page(&answer);
    for part in [
        "disputed",
        "<h3>For</h3>",
        "<h3>Against</h3>",
        "<em class=\"differs\">June 1934</em>",
        "<mark>bridge</mark>",
        "href=\"/s/bridge#p1.1\"",
        "/v1/cite?id=bridge%23p1.1&amp;format=bibtex",
        "<option value=\"Sample Press\">Sample Press (1)</option>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // Words are no claim.
    assert!(!desk.get("/?q=bridge").body.contains("What the sources say"));
    assert!(desk.get("/?q=bridge&publisher=Fixture+Weekly").body.contains("1 passage<"));
    assert!(page.contains("<option value=\"markdown\">markdown (2)</option>"), "{page}");
    let among_text = desk.get("/?q=tower+bridge&filetype=plain").body;
    assert!(among_text.contains("1 passage<") && among_text.contains("/s/hostile"), "{among_text}");
    assert!(
        desk.get("/?q=bridge&filetype=pdf")
            .body
            .contains("the formats of its sources are markdown, plain")
    );
    assert!(desk.get("/?q=date:2025-13").body.contains("role=\"alert\""));
    assert!(desk.get("/?q=zebra").body.contains("Nothing found"));
    page_of(&desk, "/?unknown=1");
}

fn page_of(desk: &Desk, path: &str) -> String {
    let answer = desk.get(path);
    assert_eq!(answer.status, 200, "{path}");
    page(&answer).to_owned()
}

#[test]
fn a_source_is_read_in_its_own_order() {
    let desk = Desk::new();
    let page = page_of(&desk, "/s/bridge?at=p1.1-2");
    let places: Vec<usize> = ["id=\"p1.1\"", "id=\"p1.2\"", "id=\"p2.1\"", "id=\"p2.2\""]
        .iter()
        .map(|id| page.find(id).unwrap_or_else(|| panic!("{id} in {page}")))
        .collect();
    assert!(places.is_sorted());
    assert_eq!(page.matches("class=\"sentence asked\"").count(), 2);
    assert!(page.contains("Rowan Example <span class=\"provenance\">declared</span>"), "{page}");
    assert!(page.contains("<a href=\"/original/bridge\">The file as it is</a>"), "{page}");
    let original = desk.get("/original/bridge");
    assert!(original.body.starts_with("---\ntitle: The Bridge"));
    assert!(original.header("content-security-policy").starts_with("sandbox"));
    assert_eq!(original.header("x-content-type-options"), "nosniff");
    assert_eq!(desk.get("/s/brige").status, 404);
    assert_eq!(desk.get("/s/..%2F..%2Fetc%2Fpasswd").status, 404);
    assert_eq!(desk.get("/original/..%2Fbridge.md").status, 404);
    desk.overwrite("bridge.md", "Something else.\n");
    assert!(desk.get("/s/bridge").body.contains("changed since it was indexed"));
    assert_eq!(desk.get("/original/bridge").status, 409);
}

#[test]
fn what_strangers_wrote_stays_text() {
    let desk = Desk::new();
    let draft = "text=The+%3Cscript%3Ealert(3)%3C%2Fscript%3E+tower+of+Dunmere+fell+in+1950.";
    for answer in [
        desk.get("/?q=tower+of+Dunmere+fell"),
        desk.get("/?q=%3Cscript%3Ealert(4)%3C/script%3E%22%3E%3Cimg+src=x"),
        desk.get("/s/hostile"),
        desk.get("/library?find=%3Cimg+src=x%3E%22onload=x"),
        desk.post("/draft", draft),
        desk.get("/s/%3Cscript%3E"),
    ] {
        let page = page(&answer);
        assert!(!page.contains("<img") && !page.contains('\u{202e}'), "{page}");
        assert!(!page.contains("<script>") && !page.contains("\"onload"), "{page}");
    }
    assert!(desk.get("/s/hostile").body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_draft_is_marked_in_place() {
    let desk = Desk::new();
    let draft = "# Notes\n\nThe bridge at Dunmere was opened in June 1933. Was it?\n\n\
                 \"It had cost 40,000 pounds.\" (bridge)\n";
    let form: String = format!("text={}", draft.replace(' ', "+").replace('\n', "%0D%0A"));
    let answer = desk.post("/draft", &form);
    let page = page(&answer);
    assert!(page.contains("href=\"#claim-1\">The bridge at Dunmere was opened in June 1933."));
    assert!(page.contains("1 claim: 1 contradicted; skipped"), "{page}");
    assert!(page.contains("</span> exact</strong>"), "{page}");
    let export = desk.post("/draft/export", &format!("{form}&format=csv"));
    assert_eq!(export.header("content-disposition"), "attachment; filename=\"claims.csv\"");
    assert!(export.body.starts_with("line,claim,verdict"), "{}", export.body);
    let events = desk.post("/draft/progress", draft).body;
    let names: Vec<&str> = events.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
    assert_eq!(names, ["progress", "done"], "{events}");
}

#[test]
fn the_library_says_what_is_known() {
    let desk = Desk::new();
    let page = page_of(&desk, "/library");
    for part in ["3 sources", "The Bridge at Dunmere", "href=\"/s/ferry\"", "inferred"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page_of(&desk, "/library?find=ferr").contains("The Bridge"));
}

#[test]
fn other_addresses_are_not_found() {
    let desk = Desk::new();
    let answer = desk.get_with("/nothing", &[("accept", "text/html")]);
    assert_eq!(answer.status, 404);
    page(&answer);
    assert_eq!(desk.get("/assets/../Cargo.toml").status, 404);
    let script = desk.get("/assets/pincite.js");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
}
