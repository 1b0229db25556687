//! [`Head`]: what a page says of itself, and where it says it.
//!
//! Values that the page declares for programs (JSON-LD, `meta`, `link`, `time`, attributes) are
//! *declared*; those of a line with an author's class, of the first heading and of the title bar
//! are *inferred*. Of two that disagree, the one that is most about the article itself wins:
//! JSON-LD, then Open Graph, then other `meta` elements, then the page.

mod linked_data;

use html5gum::StartTag;
use serde_json::{Map, Value};

use super::super::{declared, imprint, name};
use crate::source::{Metadata, Provenance};
use crate::text::PartialDate;
use linked_data::LinkedData;

/// The most values of a kind that are looked at.
const MAX_VALUES: usize = 256;
/// The most bytes of a value.
const MAX_VALUE: usize = 4096;
/// The most bytes of a script with JSON-LD.
const MAX_SCRIPT: usize = 1 << 20;
/// The most bytes of a byline.
const MAX_BYLINE: usize = 200;

/// The metadata that a page declares.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Names (in lower case) and values of `meta` elements, in order.
    meta: Vec<(String, String)>,
    canonical: Option<String>,
    language: Option<String>,
    linked: LinkedData,
    title: Vec<String>,
    headings: Vec<String>,
    /// The values of `datetime` and the like, those said to be of publication first.
    times: Vec<(bool, String)>,
    /// The text of elements with an author's class, relation or property, and whether it is a
    /// property.
    authors: Vec<(bool, String)>,
    open: Vec<Capture>,
}

/// An element whose text is collected.
#[derive(Debug)]
struct Capture {
    name: String,
    kind: Kind,
    text: String,
    /// The number of open elements of the same name within it.
    depth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Heading,
    Script,
    Time(bool),
    Author(bool),
}

/// Returns an attribute of a tag.
fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    let value = String::from_utf8_lossy(&value.value);
    let value = value.trim();
    (!value.is_empty() && value.len() <= MAX_VALUE).then(|| value.to_owned())
}

fn is(tag: &StartTag<usize>, name: &str, values: &[&str]) -> bool {
    attribute(tag, name).is_some_and(|value| {
        value.to_ascii_lowercase().split_ascii_whitespace().any(|word| values.contains(&word))
    })
}

/// Returns whether the text of an element is a byline, by its class.
pub(super) fn is_byline(tag: &StartTag<usize>) -> bool {
    const CLASSES: [&str; 14] = [
        "byline",
        "by-line",
        "article-byline",
        "post-byline",
        "entry-byline",
        "author-byline",
        "byline-name",
        "author",
        "author-name",
        "article-author",
        "post-author",
        "entry-author",
        "article__byline",
        "article__author",
    ];
    is(tag, "class", &CLASSES)
}

/// Returns whether an element is a dialog, or a notice about cookies or the like, by its class or
/// id.
pub(super) fn is_notice(tag: &StartTag<usize>) -> bool {
    if is(tag, "role", &["dialog", "alertdialog"]) {
        return true;
    }
    ["class", "id"].iter().filter_map(|name| attribute(tag, name)).any(|value| {
        let value = value.to_ascii_lowercase();
        ["cookie", "consent", "gdpr"].iter().any(|word| {
            // The page as a whole may be marked as one that has such a notice.
            tag.name.as_slice() != b"body" && tag.name.as_slice() != b"html" && value.contains(word)
        })
    })
}

impl Head {
    pub(super) fn start(&mut self, name: &str, tag: &StartTag<usize>) {
        if let Some(open) = self.open.last_mut().filter(|open| open.name == name) {
            open.depth += 1;
        }
        match name {
            "meta" => self.meta(tag),
            "link" if is(tag, "rel", &["canonical"]) && self.canonical.is_none() => {
                self.canonical = attribute(tag, "href");
            }
            "html" if self.language.is_none() => {
                self.language = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang"));
            }
            "title" if self.title.is_empty() => self.open(name, Kind::Title),
            "h1" if self.headings.len() < 4 => self.open(name, Kind::Heading),
            "script" if is(tag, "type", &["application/ld+json"]) => self.open(name, Kind::Script),
            "time" => {
                let published = is(tag, "itemprop", &["datepublished"])
                    || attribute(tag, "pubdate").is_some()
                    || is(tag, "class", &["published", "entry-date", "dt-published", "pubdate"]);
                match attribute(tag, "datetime") {
                    Some(time) => self.time(published, time),
                    None => self.open(name, Kind::Time(published)),
                }
            }
            _ => self.other(name, tag),
        }
    }

    fn other(&mut self, name: &str, tag: &StartTag<usize>) {
        if is(tag, "itemprop", &["datepublished"]) {
            let value = ["content", "datetime", "title"].iter().find_map(|key| attribute(tag, key));
            match value {
                Some(time) => self.time(true, time),
                None => self.open(name, Kind::Time(true)),
            }
            return;
        }
        let declared = is(tag, "itemprop", &["author"]) || is(tag, "rel", &["author"]);
        if declared || is_byline(tag) {
            match attribute(tag, "content") {
                Some(author) if declared => self.authors.push((true, author)),
                _ => self.open(name, Kind::Author(declared)),
            }
        }
    }

    fn meta(&mut self, tag: &StartTag<usize>) {
        let keys = ["property", "name", "itemprop", "http-equiv"];
        let key = keys.iter().find_map(|key| attribute(tag, key));
        if let (Some(key), Some(value)) = (key, attribute(tag, "content"))
            && self.meta.len() < MAX_VALUES
        {
            self.meta.push((key.to_ascii_lowercase(), value));
        }
    }

    fn open(&mut self, name: &str, kind: Kind) {
        /// The maximum number of elements that are collected at a time.
        const AT_ONCE: usize = 8;
        if self.open.len() < AT_ONCE {
            let text = String::new();
            self.open.push(Capture { name: name.to_owned(), kind, text, depth: 0 });
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        for open in &mut self.open {
            let limit = if open.kind == Kind::Script { MAX_SCRIPT } else { MAX_VALUE };
            if open.text.len() + text.len() <= limit {
                open.text.push_str(text);
                if open.kind != Kind::Script {
                    open.text.push(' ');
                }
            }
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        if self.open[at].depth > 0 {
            self.open[at].depth -= 1;
            return;
        }
        for open in self.open.split_off(at) {
            self.keep(open);
        }
    }

    /// Ends all elements that are still open.
    pub(super) fn close(&mut self) {
        for open in std::mem::take(&mut self.open) {
            self.keep(open);
        }
    }

    fn keep(&mut self, open: Capture) {
        if open.kind == Kind::Script {
            return self.linked.add(&open.text);
        }
        let text = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        match open.kind {
            Kind::Title => self.title.push(text),
            Kind::Heading => self.headings.push(text),
            Kind::Time(published) => self.time(published, text),
            Kind::Author(declared) if self.authors.len() < MAX_VALUES => {
                self.authors.push((declared, text));
            }
            Kind::Author(_) | Kind::Script => {}
        }
    }

    fn time(&mut self, published: bool, time: String) {
        if self.times.len() < MAX_VALUES {
            self.times.push((published, time));
        }
    }

    /// Returns the first value of the first of these names of `meta` elements.
    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.meta.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.as_str())
        })
    }

    /// Returns the text of the heading that has the title, for telling which leaf it is.
    pub(super) fn metadata(&self) -> Metadata {
        let mut table = Map::new();
        let mut inferred = Metadata::default();
        let outlet = self.outlet();
        let mut declare = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                table.insert(key.to_owned(), value);
            }
        };
        match self.declared_title() {
            Some(title) => {
                declare("title", Some(self.without_outlet(title, outlet.as_deref()).into()))
            }
            None => {
                let title = self.headings.first().or(self.title.first());
                let title = title.map(|title| self.without_outlet(title, outlet.as_deref()));
                if let Some(title) = title {
                    inferred.set("title", title.into(), Provenance::Inferred);
                }
            }
        }
        match self.declared_authors(outlet.as_deref()) {
            Some(authors) => declare("author", Some(authors)),
            None => {
                let names =
                    self.authors.iter().find_map(|(_, text)| byline(text, outlet.as_deref()));
                if let Some(names) = names {
                    inferred.set("author", names, Provenance::Inferred);
                }
            }
        }
        declare("issued", self.issued().map(Value::from));
        declare("container-title", outlet.map(Value::from));
        declare("URL", self.url().map(Value::from));
        declare("language", self.language().map(Value::from));
        let about = ["og:description", "description", "twitter:description"];
        declare("abstract", self.first(&about).map(Value::from));
        let mut metadata = declared::of_table(table);
        metadata.fill(&inferred);
        metadata
    }

    fn declared_title(&self) -> Option<&str> {
        const NAMES: [&str; 9] = [
            "og:title",
            "twitter:title",
            "headline",
            "dc.title",
            "dcterms.title",
            "sailthru.title",
            "parsely-title",
            "citation_title",
            "title",
        ];
        self.linked.headline.as_deref().or_else(|| self.first(&NAMES))
    }

    /// Returns a title without the name of the site at its end.
    fn without_outlet<'a>(&'a self, title: &'a str, outlet: Option<&str>) -> &'a str {
        for mark in [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • "] {
            let Some((before, after)) = title.rsplit_once(mark) else { continue };
            let is_outlet = outlet.is_some_and(|outlet| same(outlet, after))
                || self.headings.iter().any(|heading| same(heading, before));
            if is_outlet && !before.trim().is_empty() {
                return before.trim();
            }
        }
        title
    }

    fn declared_authors(&self, outlet: Option<&str>) -> Option<Value> {
        const NAMES: [&str; 14] = [
            "author",
            "article:author",
            "og:author",
            "dc.creator",
            "dcterms.creator",
            "sailthru.author",
            "parsely-author",
            "byl",
            "citation_author",
            "dc.creator.personalname",
            "article:author_name",
            "authors",
            "twitter:creator:name",
            "creator",
        ];
        if let Some(names) = people(self.linked.authors.iter().map(String::as_str), outlet) {
            return Some(names);
        }
        for name in NAMES {
            let values = self.meta.iter().filter(|(key, _)| key == name).map(|(_, value)| &**value);
            if let Some(names) = people(values, outlet) {
                return Some(names);
            }
        }
        let marked = self.authors.iter().filter(|(declared, _)| *declared);
        people(marked.map(|(_, text)| text.as_str()), outlet)
    }

    fn issued(&self) -> Option<String> {
        const NAMES: [&str; 17] = [
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "og:published_time",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "dcterms.date",
            "sailthru.date",
            "parsely-pub-date",
            "pubdate",
            "publishdate",
            "publish-date",
            "citation_publication_date",
            "article.published",
            "published_time",
            "date",
        ];
        let linked = self.linked.published.as_deref();
        let meta = NAMES.iter().filter_map(|name| self.first(&[name]));
        let published = self.times.iter().filter(|(published, _)| *published);
        let others = self.times.iter().filter(|(published, _)| !*published);
        let times = published.chain(others).map(|(_, time)| time.as_str());
        let all = linked.into_iter().chain(meta).chain(times);
        all.into_iter().filter_map(PartialDate::parse_lenient).map(|date| date.to_string()).next()
    }

    fn outlet(&self) -> Option<String> {
        let declared =
            self.first(&["og:site_name", "application-name", "dc.publisher", "publisher"]);
        let outlet = declared.map(str::to_owned).or_else(|| self.linked.publisher.clone());
        outlet.filter(|outlet| !outlet.contains("://"))
    }

    fn url(&self) -> Option<String> {
        let all = [self.canonical.as_deref(), self.first(&["og:url"]), self.linked.url.as_deref()];
        let web = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
        all.into_iter().flatten().find(web).map(str::to_owned)
    }

    fn language(&self) -> Option<&str> {
        let declared = self.language.as_deref();
        declared
            .or_else(|| self.first(&["content-language", "og:locale", "dc.language", "language"]))
    }
}

/// Returns whether two names or titles are the same but for case and punctuation.
pub(super) fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let (a, b) = (letters(a), letters(b));
    !a.is_empty() && a == b
}

/// Returns declared names as CSL names; `None` if none of them is one.
fn people<'a>(values: impl Iterator<Item = &'a str>, outlet: Option<&str>) -> Option<Value> {
    let mut names: Vec<Value> = Vec::new();
    for value in values {
        let value = value.trim().trim_start_matches('@');
        let is_name = value.contains(char::is_alphabetic)
            && !value.contains("://")
            && !value.starts_with("www.")
            && value.len() <= MAX_BYLINE
            && !outlet.is_some_and(|outlet| same(outlet, value));
        if is_name {
            let found = name::names(value);
            names
                .extend(found.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
        }
    }
    (!names.is_empty()).then_some(Value::Array(names))
}

/// Returns the names in a line with an author's class.
fn byline(text: &str, outlet: Option<&str>) -> Option<Value> {
    if text.len() > MAX_BYLINE {
        return None;
    }
    let read = imprint::read(text).map(|imprint| imprint.authors).filter(|names| !names.is_empty());
    let read = read.or_else(|| imprint::read(&format!("By {text}")).map(|imprint| imprint.authors));
    let names = read.filter(|names| !names.is_empty()).map(Value::Array)?;
    let is_outlet = names[0].get("literal").and_then(Value::as_str);
    (!is_outlet.zip(outlet).is_some_and(|(name, outlet)| same(name, outlet))).then_some(names)
}
