//! Shared by tables and lists of objects: fields, of which one is the text, and others say what is
//! known of it.

pub(super) mod file;
pub(super) mod names;

use serde_json::{Map, Value};

use self::names::Roles;
use super::declared;
use super::run::Run;
use super::value;
use crate::extract::document::language;
use crate::extract::{Block, BlockKind, Document, Unreadable};
use crate::source::{Metadata, Part, TextKind};

/// A record: its fields in the order of the file.
pub(super) struct Record {
    /// The slice of the file.
    pub(super) text: String,
    /// Its fields.
    pub(super) fields: Vec<Field>,
}

/// A field of a record.
pub(super) struct Field {
    /// Its name; for one within another, the names of both with a dot between them.
    pub(super) name: String,
    /// The strings in it, each a list of runs: more than one for a list.
    pub(super) strings: Vec<Vec<Run>>,
    /// Its value, for what is not text.
    pub(super) value: Value,
}

impl Record {
    /// Returns the document that it is.
    pub(super) fn document(self, roles: &Roles) -> Result<Document, Unreadable> {
        let Self { text, fields } = self;
        let mut blocks = Vec::new();
        for field in fields.iter().filter(|field| roles.is_text(&field.name)) {
            for runs in &field.strings {
                blocks.extend(value::paragraphs(runs, &text, &field.name));
            }
        }
        if blocks.is_empty() {
            return Err(Unreadable("has no text".to_owned()));
        }
        let has_pages = fields
            .iter()
            .filter(|field| roles.is_text(&field.name))
            .any(|field| field.strings.iter().any(|runs| value::is_page(runs, &text)));
        blocks.extend(title(&fields, roles, &text, has_pages));
        blocks.sort_by_key(|block| block.span.start);
        let metadata = metadata(&fields, roles, has_pages);
        let language = language::of_document(&text, &blocks, &metadata);
        let warnings = Vec::new();
        Ok(Document { text, kind: TextKind::Markup, blocks, metadata, language, warnings })
    }
}

/// Returns the block of the title, if that stands in a field of its own.
fn title(fields: &[Field], roles: &Roles, text: &str, is_marked_up: bool) -> Option<Block> {
    /// The maximum length of a title in bytes.
    const MAX_TITLE: usize = 512;
    let field = fields.iter().find(|field| roles.variable(&field.name) == Some("title"))?;
    let runs = field.strings.first()?;
    let line = is_marked_up.then(|| value::line(runs, text)).flatten();
    let (span, plain) = super::run::read(line.as_ref().unwrap_or(runs), text)?;
    let part = Some(Box::new(Part::Field(field.name.as_str().into())));
    let plain = plain.map(Box::new);
    (span.len() <= MAX_TITLE).then_some(Block {
        kind: BlockKind::Title,
        span,
        plain,
        part,
        piece: None,
    })
}

/// Returns what a field declares, without pairs of tags and character references where the text has
/// them.
fn declared_in(value: &Value) -> Value {
    match value {
        #[cfg(feature = "html")]
        Value::String(text) if text.contains('&') || text.contains("</") => {
            super::html::unescaped(text).into()
        }
        value => value.clone(),
    }
}

/// Returns what the fields declare.
fn metadata(fields: &[Field], roles: &Roles, are_marked_up: bool) -> Metadata {
    let mut table = Map::new();
    for field in fields {
        if let Some(variable) = roles.variable(&field.name)
            && !table.contains_key(variable)
            && !is_blank(&field.value)
        {
            let value = if are_marked_up && variable != "URL" {
                declared_in(&field.value)
            } else {
                field.value.clone()
            };
            table.insert(variable.to_owned(), value);
        }
    }
    declared::of_table(table)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.iter().all(is_blank),
        _ => false,
    }
}
