//! Reads BibTeX and BibLaTeX, parsed by `biblatex`.

use biblatex::{Bibliography, ChunksExt, Entry, Person};
use serde_json::{Map, Value};

use super::{Draft, Fault, line};

/// Variables, each with the fields that hold it, the best first.
const TEXTS: [(&str, &str); 24] = [
    ("title", "title"),
    ("journaltitle", "container-title"),
    ("journal", "container-title"),
    ("booktitle", "container-title"),
    ("shortjournal", "container-title-short"),
    ("publisher", "publisher"),
    ("institution", "publisher"),
    ("school", "publisher"),
    ("organization", "publisher"),
    ("location", "publisher-place"),
    ("address", "publisher-place"),
    ("volume", "volume"),
    ("number", "issue"),
    ("edition", "edition"),
    ("series", "collection-title"),
    ("doi", "DOI"),
    ("url", "URL"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("abstract", "abstract"),
    ("note", "note"),
    ("keywords", "keyword"),
    ("langid", "language"),
    ("urldate", "accessed"),
];

/// Types of entries, each with that of CSL.
const TYPES: [(&str, &str); 13] = [
    ("article", "article-journal"),
    ("book", "book"),
    ("booklet", "pamphlet"),
    ("inbook", "chapter"),
    ("incollection", "chapter"),
    ("inproceedings", "paper-conference"),
    ("online", "webpage"),
    ("phdthesis", "thesis"),
    ("mastersthesis", "thesis"),
    ("thesis", "thesis"),
    ("report", "report"),
    ("techreport", "report"),
    ("unpublished", "manuscript"),
];

pub(super) fn parse(text: &str) -> Result<Vec<Draft>, Fault> {
    let found = Bibliography::parse(text)
        .map_err(|error| Fault::new(Some(line(text, error.span.start)), error.to_string()))?;
    Ok(found.iter().map(draft).collect())
}

fn draft(entry: &Entry) -> Draft {
    let value = |field: &str| entry.get(field).map(|chunks| chunks.format_verbatim());
    let mut draft = Draft { key: entry.key.clone(), ..Draft::default() };
    let kind = entry.entry_type.to_string().to_lowercase();
    let known = TYPES.iter().find(|(known, _)| *known == kind);
    draft.set("type", known.map_or("document", |(_, kind)| kind));
    for (field, variable) in TEXTS {
        if let Some(text) = value(field) {
            draft.set(variable, &text);
        }
    }
    if let Some(pages) = value("pages") {
        draft.set("page", &pages.replace("--", "-"));
    }
    if let Some(date) = value("date").or_else(|| date(value("year")?, value("month"))) {
        draft.set("date", &date);
    }
    for variable in ["author", "editor", "translator"] {
        for person in entry.get_as::<Vec<Person>>(variable).unwrap_or_default() {
            draft.add(variable, name(person));
        }
    }
    draft.files = value("file").map(|field| files(&field)).unwrap_or_default();
    draft
}

fn date(year: String, month: Option<String>) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = month.and_then(|month| {
        let month = month.trim().to_lowercase();
        let named = MONTHS.iter().position(|name| month.starts_with(name)).map(|at| at + 1);
        named.or_else(|| month.parse().ok()).filter(|number| (1..=12).contains(number))
    });
    Some(match month {
        Some(month) => format!("{}-{month:02}", year.trim()),
        None => year,
    })
}

fn name(person: Person) -> Value {
    let Person { name, given_name, prefix, suffix, .. } = person;
    let mut parts = Map::new();
    let mut set = |key: &str, value: String| {
        if !value.trim().is_empty() {
            parts.insert(key.to_owned(), value.trim().into());
        }
    };
    if given_name.trim().is_empty() && prefix.trim().is_empty() {
        set("literal", name);
    } else {
        // As people write such names here: “van der Example, Dana”.
        set("family", format!("{prefix} {name}"));
        set("given", given_name);
        set("suffix", suffix);
    }
    Value::Object(parts)
}

/// Returns the paths in a field: one, or a list of `description:path:type`, as programs write them.
fn files(field: &str) -> Vec<String> {
    let paths = split(field, ';').into_iter().filter_map(|file| {
        let parts = split(&file, ':');
        let path = if parts.len() >= 3 { parts[1..parts.len() - 1].join(":") } else { file };
        let path = unescaped(&path);
        (!path.is_empty()).then_some(path)
    });
    paths.collect()
}

/// Splits a field at a sign that has no `\` before it.
fn split(field: &str, sign: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for c in field.chars() {
        if c == sign && !is_escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts
}

fn unescaped(path: &str) -> String {
    let mut out = String::new();
    let mut chars = path.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next @ ('\\' | ':' | ';' | '{' | '}' | '_' | '&'))) => {
                out.push(*next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}
