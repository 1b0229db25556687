//! [`LinkedData`]: what the JSON-LD of a page says of its article.

use serde_json::Value;

/// The most scripts that are parsed.
const MAX_SCRIPTS: usize = 32;

/// The metadata of the article in JSON-LD.
#[derive(Debug, Default)]
pub(in super::super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    scripts: usize,
}

impl LinkedData {
    /// Adds what a script says. One that is no JSON says nothing.
    pub(super) fn add(&mut self, script: &str) {
        self.scripts += 1;
        if self.scripts > MAX_SCRIPTS {
            return;
        }
        let script = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[");
        let script = script.trim_end_matches("-->").trim_end_matches("//]]>");
        // Line breaks within strings are a common mistake.
        let parsed = serde_json::from_str::<Value>(script)
            .or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")));
        let Ok(value) = parsed else { return };
        let mut all = Vec::new();
        flatten(&value, 0, &mut all);
        for object in all.iter().filter(|object| is_article(object)) {
            self.article(object, &all);
        }
    }

    fn article(&mut self, object: &Value, all: &[&Value]) {
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(clean);
        let set = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value.filter(|value| !value.is_empty());
            }
        };
        set(&mut self.headline, text("headline").or_else(|| text("name")));
        set(&mut self.published, text("datePublished").or_else(|| text("dateCreated")));
        set(&mut self.url, text("url"));
        if self.authors.is_empty() {
            names(object.get("author").or_else(|| object.get("creator")), all, &mut self.authors);
        }
        if self.publisher.is_none() {
            let mut found = Vec::new();
            names(object.get("publisher"), all, &mut found);
            self.publisher = found.into_iter().next();
        }
    }
}

/// Collects the objects of a script: lists and graphs are taken apart.
fn flatten<'a>(value: &'a Value, depth: usize, all: &mut Vec<&'a Value>) {
    const DEPTH: usize = 4;
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| flatten(value, depth + 1, all)),
        Value::Object(object) => {
            all.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    flatten(inner, depth + 1, all);
                }
            }
        }
        _ => {}
    }
}

fn is_article(object: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            kind.contains("Article") || kind.ends_with("Posting") || kind == "Report"
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// Adds the names of people or organisations; a reference is followed to what it refers to.
fn names(value: Option<&Value>, all: &[&Value], found: &mut Vec<String>) {
    const MANY: usize = 32;
    match value {
        Some(Value::String(name)) => found.push(clean(name)),
        Some(Value::Array(list)) => {
            for value in list.iter().take(MANY) {
                names(Some(value), all, found);
            }
        }
        Some(Value::Object(object)) => match object.get("name") {
            Some(Value::Array(list)) => {
                found.extend(list.iter().take(MANY).filter_map(Value::as_str).map(clean));
            }
            Some(name) => found.extend(name.as_str().map(clean)),
            None => {
                let id = object.get("@id").and_then(Value::as_str);
                let other = all
                    .iter()
                    .find(|other| id.is_some() && other.get("@id").and_then(Value::as_str) == id);
                let name = other.and_then(|other| other.get("name")).and_then(Value::as_str);
                found.extend(name.map(clean));
            }
        },
        _ => {}
    }
}

/// Folds white space, and reads character references, which do not belong in JSON.
fn clean(text: &str) -> String {
    let text = if text.contains('&') { super::super::unescaped(text) } else { text.to_owned() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
