//! Reads what a document declares of itself: its core properties.

use serde_json::{Map, Value};

use super::super::xml::{Token, Xml};
use super::super::{declared, name};
use crate::extract::Unreadable;
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
const UNTITLED: [&str; 6] = [
    "document",
    "powerpoint presentation",
    "powerpoint-präsentation",
    "presentation",
    "untitled",
    "word document",
];

/// The core properties of a document.
#[derive(Debug, Default)]
pub(super) struct Properties {
    title: Option<String>,
    /// Who made it, and who changed it last.
    creators: [Option<String>; 2],
    language: Option<String>,
    about: Option<String>,
    subject: Option<String>,
    keywords: Vec<String>,
    created: Option<String>,
    modified: Option<String>,
}

impl Properties {
    /// Reads the properties in an entry of a package of Office.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged.
    pub(super) fn of_office(text: &str, entry: &str) -> Result<Self, Unreadable> {
        Self::read(text, entry, |found, name, value| match name {
            "creator" => found.creators[0] = Some(value),
            "created" => found.created = Some(value),
            "modified" => found.modified = Some(value),
            "keywords" => found.keywords = value.split([',', ';']).map(str::to_owned).collect(),
            _ => {}
        })
    }

    /// Reads the properties in an entry of an OpenDocument file, in which `creator` and `date` are
    /// those of the last change.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged.
    pub(super) fn of_open_document(text: &str, entry: &str) -> Result<Self, Unreadable> {
        Self::read(text, entry, |found, name, value| match name {
            "initial-creator" => found.creators[0] = Some(value),
            "creator" => found.creators[1] = Some(value),
            "creation-date" => found.created = Some(value),
            "date" => found.modified = Some(value),
            "keyword" => found.keywords.push(value),
            _ => {}
        })
    }

    fn read(
        text: &str,
        entry: &str,
        keep: impl Fn(&mut Properties, &str, String),
    ) -> Result<Self, Unreadable> {
        let mut found = Self::default();
        let mut xml = Xml::new(text, entry);
        let mut value = String::new();
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(_) => value.clear(),
                Token::Text(part) => value.push_str(&part),
                Token::Close(name) => {
                    let value = folded(&std::mem::take(&mut value));
                    if value.is_empty() {
                        continue;
                    }
                    match name.as_str() {
                        "title" => found.title = Some(value),
                        "description" => found.about = Some(value),
                        "subject" => found.subject = Some(value),
                        "language" => found.language = Some(value),
                        name => keep(&mut found, name, value),
                    }
                }
            }
        }
        Ok(found)
    }

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
        declare("title", self.title.filter(|title| !is_one_of(title, &UNTITLED)));
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
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
