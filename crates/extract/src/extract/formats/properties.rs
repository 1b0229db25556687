//! [`Properties`]: what a document declares of itself in the properties that programs write.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{declared, name};
use crate::source::Metadata;

/// The names that programs write where nobody has given one.
const NOBODY: [&str; 9] = [
    "administrator",
    "author",
    "microsoft office user",
    "openpyxl",
    "owner",
    "python-docx",
    "unknown",
    "user",
    "windows user",
];

/// The titles that programs write where nobody has given one.
const UNTITLED: [&str; 7] = [
    "document",
    "document1",
    "powerpoint presentation",
    "powerpoint-präsentation",
    "presentation",
    "untitled",
    "word document",
];

/// The core properties of a document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Properties {
    pub(super) title: Option<String>,
    /// Who made it, and who changed it last.
    pub(super) creators: [Option<String>; 2],
    pub(super) language: Option<String>,
    pub(super) about: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
}

impl Properties {
    /// Returns them as metadata, all declared. When a document was made or changed last is no date
    /// of publication: it is kept with what citation styles do not use.
    pub(super) fn metadata(self) -> Metadata {
        let mut table = Map::new();
        let mut declare = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                table.insert(key.to_owned(), Value::from(value));
            }
        };
        let is_one_of = |value: &str, list: &[&str]| list.contains(&value.to_lowercase().trim());
        // Printers write the name of the program and of the file.
        let is_title = |title: &String| {
            !is_one_of(title, &UNTITLED) && !title.starts_with("Microsoft ") && !title.is_empty()
        };
        declare("title", self.title.filter(is_title));
        declare("language", self.language);
        declare("abstract", self.about);
        declare("subject", self.subject);
        declare("created", self.created);
        declare("modified", self.modified);
        let keywords = self.keywords.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
        let keywords = keywords.collect::<Vec<_>>().join(", ");
        declare("keyword", (!keywords.is_empty()).then_some(keywords));
        let author = self.creators.into_iter().flatten().next();
        if let Some(author) = author.filter(|author| !is_one_of(author, &NOBODY)) {
            let names = author.split(';').map(str::trim).filter(|it| !it.is_empty());
            table.insert("author".to_owned(), names.map(name::name).collect());
        }
        declared::of_table(table)
    }
}

/// Folds white space.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
