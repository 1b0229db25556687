//! Maps keys to CSL variables, and their values to the types of CSL.

use serde_json::{Map, Value, json};

use super::super::name;
use crate::source::Metadata;
use crate::text::PartialDate;

/// The CSL variables with the keys that people write for them, in lower case and with `-` for `_`
/// and space.
const ALIASES: &[(&str, &[&str])] = &[
    ("author", &["authors", "by", "byline", "creator", "writer"]),
    ("editor", &["editors"]),
    ("translator", &["translators", "translated-by"]),
    (
        "issued",
        &[
            "date",
            "published",
            "pubdate",
            "pub-date",
            "publication-date",
            "publish-date",
            "date-published",
            "year",
        ],
    ),
    ("accessed", &["access-date", "retrieved"]),
    ("title", &["headline"]),
    ("title-short", &["short-title"]),
    ("container-title", &["publication", "journal", "newspaper", "magazine", "website"]),
    ("publisher", &["outlet", "site", "site-name"]),
    ("publisher-place", &["place"]),
    ("URL", &["link", "canonical", "canonical-url"]),
    ("language", &["lang", "locale"]),
    ("abstract", &["description", "summary", "excerpt"]),
    ("keyword", &["keywords", "tags"]),
    ("page", &["pages"]),
];

/// The variables of CSL 1.0.2 that hold names.
const NAMES: &[&str] = &[
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
];

/// The variables of CSL 1.0.2 that hold dates.
const DATES: &[&str] =
    &["accessed", "available-date", "event-date", "issued", "original-date", "submitted"];

/// The item types of CSL 1.0.2.
const TYPES: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

/// Other names of item types.
const TYPE_ALIASES: &[(&str, &str)] = &[
    ("news", "article-newspaper"),
    ("newspaper", "article-newspaper"),
    ("magazine", "article-magazine"),
    ("journal", "article-journal"),
    ("blog", "post-weblog"),
    ("blog-post", "post-weblog"),
    ("web", "webpage"),
];

/// CSL variables without aliases that are neither names nor dates.
const OTHERS: &[&str] = &["DOI", "ISBN", "ISSN", "PMCID", "PMID", "type", "id", "note"];

/// Returns the CSL variable for a key, or `None` if the key is unknown.
pub(super) fn of_key(key: &str) -> Option<&'static str> {
    let key = key.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    for (variable, aliases) in ALIASES {
        if variable.eq_ignore_ascii_case(&key) || aliases.contains(&&*key) {
            return Some(variable);
        }
    }
    let mut listed = [OTHERS, NAMES, DATES].into_iter().flatten().copied();
    listed.find(|variable| variable.eq_ignore_ascii_case(&key))
}

/// Converts a value to the CSL type of its variable. Gives the value back if that is impossible.
pub(super) fn typed(variable: &str, value: Value) -> Result<(String, Value), Value> {
    let typed = match variable {
        _ if NAMES.contains(&variable) => names(&value),
        _ if DATES.contains(&variable) => date_of(&value),
        "type" => value.as_str().and_then(item_type).map(Value::from),
        "URL" => value.as_str().map(str::trim).filter(|url| url.contains("://")).map(Value::from),
        "keyword" => list(&value).map(Value::from),
        _ if variable.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') => {
            text(&value).map(Value::from)
        }
        _ => None,
    };
    typed.map(|typed| (variable.to_owned(), typed)).ok_or(value)
}

/// Adds a value without a CSL variable to `custom`. A table `custom` in the file is merged into it.
pub(super) fn keep(custom: &mut Map<String, Value>, key: String, value: Value) {
    match value {
        Value::Object(table) if key == "custom" => custom.extend(table),
        value => {
            custom.insert(key, value);
        }
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn list(value: &Value) -> Option<String> {
    match value {
        Value::Array(entries) => {
            Some(entries.iter().map(text).collect::<Option<Vec<_>>>()?.join(", "))
        }
        value => text(value),
    }
}

fn item_type(name: &str) -> Option<&'static str> {
    let name = name.trim().to_ascii_lowercase().replace(' ', "-");
    match TYPE_ALIASES.iter().find(|(alias, _)| *alias == name) {
        Some((_, item_type)) => Some(item_type),
        None => TYPES.iter().copied().find(|item_type| *item_type == name),
    }
}

fn names(value: &Value) -> Option<Value> {
    let names = match value {
        Value::String(list) if !list.trim().is_empty() => name::names(list),
        Value::Array(list) => {
            let names = list.iter().map(|entry| match entry {
                Value::Object(_) => one_name(entry).map(|name| vec![name]),
                entry => text(entry).map(|entry| name::names(&entry)),
            });
            names.collect::<Option<Vec<_>>>()?.concat()
        }
        Value::Object(_) => vec![one_name(value)?],
        _ => return None,
    };
    Some(Value::Array(names)).filter(|names| names != &json!([]))
}

/// Converts a name given in parts, or as `name`.
fn one_name(value: &Value) -> Option<Value> {
    const PARTS: [&str; 7] = [
        "family",
        "given",
        "literal",
        "suffix",
        "dropping-particle",
        "non-dropping-particle",
        "comma-suffix",
    ];
    let parts = value.as_object()?;
    if let Some(whole) = parts.get("name").and_then(Value::as_str) {
        return Some(name::name(whole));
    }
    let part = |key: &&str| Some(((*key).to_owned(), Value::from(text(parts.get(*key)?)?)));
    let name: Map<String, Value> = PARTS.iter().filter_map(part).collect();
    (name.contains_key("family") || name.contains_key("literal")).then_some(Value::Object(name))
}

/// Converts a date to CSL. A date that cannot be parsed is kept as written under `literal`.
fn date_of(value: &Value) -> Option<Value> {
    match value {
        Value::Object(date) if date.contains_key("date-parts") => csl_date(value),
        Value::Object(date) => {
            let written = ["raw", "literal"].into_iter().find_map(|key| date.get(key)?.as_str())?;
            Some(written_date(written))
        }
        value => text(value).map(|written| written_date(&written)),
    }
}

fn written_date(written: &str) -> Value {
    let parts = |date: &str| {
        Some(Metadata::csl_date(PartialDate::parse_lenient(date)?)["date-parts"][0].clone())
    };
    let range =
        written.split_once('/').and_then(|(from, to)| Some(json!([parts(from)?, parts(to)?])));
    match range.or_else(|| Some(json!([parts(written)?]))) {
        Some(parts) => json!({ "date-parts": parts }),
        None => json!({ "literal": written }),
    }
}

/// Converts strings in `date-parts`, which CSL-JSON allows, to the numbers that styles need.
fn csl_date(value: &Value) -> Option<Value> {
    let number = |part: &Value| match part {
        Value::Number(_) => part.as_i64(),
        part => part.as_str()?.trim().parse().ok(),
    };
    let dates = value.get("date-parts")?.as_array()?;
    let parts: Option<Vec<Vec<i64>>> =
        dates.iter().map(|date| date.as_array()?.iter().map(number).collect()).collect();
    let mut date = value.clone();
    date["date-parts"] =
        json!(parts.filter(|parts| parts.first().is_some_and(|date| !date.is_empty()))?);
    Some(date)
}
