//! Uses the pages as a reader does, in a headless Chromium that is driven over WebDriver. Where there
//! is no Chromium (Debian: `chromium`, `chromium-driver`), it says so and passes.

mod driver;

use std::fs;
use std::sync::Arc;
use std::thread;

use driver::Browser;
use pincite_core::engine::Engine;
use pincite_core::index::Update;
use pincite_server::{Options, Server};
use serde_json::Value;

const BRIDGE: &str = "---\ntitle: The Bridge at Dunmere\npublisher: Sample Press\ndate: 2024\n---\n\n\
    The bridge at Dunmere was opened in June 1932. It had cost 40,000 pounds.\n\n\
    Two lanes were closed for repairs. Nobody complained.\n";
const FERRY: &str = "---\ntitle: Ferries of Dunmere\n---\n\n\
    The bridge at Dunmere was opened in June 1934. The ferry went on for a year.\n";

#[test]
fn pages_are_used_as_readers_use_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::start(folder.path()) else {
        println!("skipped: pages_are_used_as_readers_use_them (no chromium and chromedriver)");
        return;
    };
    let url = serve(folder.path());
    search(&browser, &url);
    keys(&browser, &url);
    read(&browser, &url);
    draft(&browser, &url);
    phone(&browser, &url);
    listen(&browser, &url);
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "the console says {complaints:?}");
    let asked = browser.asked();
    assert!(asked.len() > 10, "requests are not seen: {asked:?}");
    let elsewhere: Vec<_> = asked.iter().filter(|it| !it.starts_with(&url)).collect();
    assert!(elsewhere.is_empty(), "asked elsewhere: {elsewhere:?}");
}

/// Serves two articles that disagree, for as long as the test runs.
fn serve(folder: &std::path::Path) -> String {
    let articles = folder.join("articles");
    fs::create_dir(&articles).expect("a folder");
    fs::write(articles.join("bridge.md"), BRIDGE).expect("an article");
    fs::write(articles.join("ferry.md"), FERRY).expect("an article");
    let engine = Arc::new(Engine::new(folder.join("index")));
    let update = Update { paths: vec![articles], ..Update::default() };
    engine.update(&update, &()).expect("an index");
    let options = Options { port: 0, ..Options::default() };
    let server = Server::bind(engine, &options).expect("a server");
    let url = server.url();
    thread::spawn(move || server.run());
    url
}

/// Types a claim, and sees results, verdict and address change.
fn search(browser: &Browser, url: &str) {
    browser.go(url);
    browser.keys("#q", "The bridge at Dunmere was opened in June 1932.");
    browser.wait("document.querySelector('.check .verdict.disputed') !== null");
    browser.wait("document.querySelectorAll('.card mark').length > 2");
    browser.wait("location.search.startsWith('?q=The+bridge')");
    assert_eq!(browser.run("return document.querySelectorAll('em.differs').length > 0"), true);
    heard(browser, "the results");
    // Copying gives what the API says.
    browser.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }");
    browser.run("document.querySelectorAll('.card a.copy')[1].click()");
    browser.wait("(window.copied ?? '').startsWith('@')");
    browser.wait("document.querySelector('#said').textContent === 'Copied: BibTeX'");
}

/// Searches and opens a source with the keyboard alone.
fn keys(browser: &Browser, url: &str) {
    browser.go(&format!("{url}?q=ferry"));
    browser.press("/");
    browser.wait("document.activeElement.id === 'q'");
    browser.press("\u{e015}");
    browser.wait("document.activeElement.matches('article.card')");
    browser.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }");
    browser.press("c");
    browser.wait("(window.copied ?? '').startsWith('> ')");
    browser.press("\u{e007}");
    browser.wait("location.pathname === '/s/ferry'");
    browser.run("history.back()");
    browser.wait("location.search === '?q=ferry' && document.querySelector('.card') !== null");
}

/// Reads a source at a place, and cites what is selected.
fn read(browser: &Browser, url: &str) {
    browser.go(&format!("{url}s/bridge#p1.1-2"));
    browser.wait("document.querySelectorAll('.sentence.asked').length === 2");
    browser.run(
        "getSelection().setBaseAndExtent(document.getElementById('p2.1').firstChild, 2, \
         document.getElementById('p2.2').firstChild, 4)",
    );
    browser.wait("document.querySelector('#cite strong')?.textContent === 'Cite bridge#p2.1-2'");
}

/// Checks a draft.
fn draft(browser: &Browser, url: &str) {
    browser.go(&format!("{url}draft"));
    browser.keys("#text", "The bridge at Dunmere was opened in June 1933.");
    browser.run("document.querySelector('#draft button[type=submit]').click()");
    browser.wait("document.querySelector('.claim-mark.contradicted') !== null");
    heard(browser, "the draft");
    assert_eq!(browser.run("return location.pathname"), "/draft");
}

/// Looks whether anything is wider than a phone.
fn phone(browser: &Browser, url: &str) {
    browser.resize(390, 844);
    for path in
        ["?q=The+bridge+at+Dunmere+was+opened+in+June+1932.", "s/bridge", "draft", "library"]
    {
        browser.go(&format!("{url}{path}"));
        let width = browser.run("return [document.documentElement.scrollWidth, innerWidth]");
        assert!(width[0].as_u64() <= width[1].as_u64(), "{path} is too wide: {width}");
    }
}

/// Opens each page for [`heard`].
fn listen(browser: &Browser, url: &str) {
    for path in ["", "?q=zzz", "s/bridge#p1.1", "draft", "library"] {
        browser.go(&format!("{url}{path}"));
        heard(browser, path);
    }
}

/// Looks at the page as a screen reader is given it: it has one main part, navigation and one heading
/// of the first level, no level is passed over, and everything that can be used has a name.
fn heard(browser: &Browser, page: &str) {
    let nodes = browser.accessible();
    let role = |node: &Value| node["role"]["value"].as_str().unwrap_or_default().to_owned();
    let count = |wanted: &str| nodes.iter().filter(|node| role(node) == wanted).count();
    assert_eq!((count("main"), count("navigation") >= 1), (1, true), "{page}");
    let mut before = 0;
    for heading in nodes.iter().filter(|node| role(node) == "heading") {
        let properties = heading["properties"].as_array().expect("properties");
        let level = properties.iter().find(|it| it["name"] == "level").expect("a level");
        let level = level["value"]["value"].as_u64().expect("a number");
        assert!(level <= before + 1 && (level > 1 || before == 0), "{page}: {heading}");
        before = level;
    }
    let used = ["link", "button", "searchbox", "textbox", "combobox", "checkbox", "radio"];
    for node in nodes.iter().filter(|node| used.contains(&role(node).as_str())) {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        assert!(!name.trim().is_empty(), "{page}: {node}");
    }
}
