//! Reads the properties of documents of Office and OpenDocument.

use super::super::package::Package;
use super::super::properties::{Properties, folded};
use super::super::xml::{Token, Xml, optional};
use super::relations::Relations;
use crate::extract::Unreadable;
use crate::source::Metadata;

/// Reads what a package of Office declares; `top` are the relations of the package itself.
///
/// # Errors
///
/// [`Unreadable`] if it is damaged.
pub(super) fn of_office(package: &Package<'_>, top: &Relations) -> Result<Metadata, Unreadable> {
    let entry = optional(package, top.of_kind("core-properties").next())?;
    let Some((text, entry)) = entry else { return Ok(Metadata::default()) };
    let found = read(&text, &entry, |found, name, value| match name {
        "creator" => found.creators[0] = Some(value),
        "created" => found.created = Some(value),
        "modified" => found.modified = Some(value),
        "keywords" => found.keywords = value.split([',', ';']).map(str::to_owned).collect(),
        _ => {}
    })?;
    Ok(found.metadata())
}

/// Reads the properties in an entry of an OpenDocument file, in which `creator` and `date` are
/// those of the last change.
///
/// # Errors
///
/// [`Unreadable`] if it is damaged.
pub(super) fn of_open_document(text: &str, entry: &str) -> Result<Properties, Unreadable> {
    read(text, entry, |found, name, value| match name {
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
) -> Result<Properties, Unreadable> {
    let mut found = Properties::default();
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
