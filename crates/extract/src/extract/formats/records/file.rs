//! [`RecordFile`]: a text of which stretches are records.

use std::borrow::Cow;

use super::super::keys::Keys;
use crate::extract::{Document, Records, Slot, Split, Unreadable};
use crate::source::{FileRecord, TextKind};
use crate::text::{Position, Span};

/// The maximum number of records that are read of a file.
const MAX_RECORDS: usize = 1 << 20;

/// A text of which stretches are records, each read by `R`.
pub(in crate::extract::formats) struct RecordFile<R> {
    text: String,
    slots: Vec<Slot>,
    /// The place of each record in the text.
    spans: Vec<Span>,
    warnings: Vec<String>,
    is_file: bool,
    read: R,
}

/// The records of a text, and what is odd about it.
#[derive(Default)]
pub(in crate::extract::formats) struct Found {
    /// The records that have a text, in order.
    pub(in crate::extract::formats) records: Vec<FoundRecord>,
    /// The number of records without a text.
    pub(in crate::extract::formats) without_text: usize,
    /// The faults of others.
    pub(in crate::extract::formats) faults: Faults,
}

/// A record that has a text.
pub(in crate::extract::formats) struct FoundRecord {
    pub(in crate::extract::formats) number: usize,
    pub(in crate::extract::formats) span: Span,
    /// Its own key.
    pub(in crate::extract::formats) key: Option<String>,
}

/// Messages about places in a file, of which the first few are kept.
#[derive(Default)]
pub(in crate::extract::formats) struct Faults {
    messages: Vec<String>,
    more: usize,
}

impl Faults {
    /// The number of messages that are kept.
    const KEPT: usize = 20;

    /// Adds a message about a line and a column, both from 1.
    pub(in crate::extract::formats) fn add(&mut self, line: usize, column: usize, what: &str) {
        if self.messages.len() < Self::KEPT {
            self.messages.push(format!("line {line}, column {column}: {what}"));
        } else {
            self.more += 1;
        }
    }

    fn into_messages(self) -> impl Iterator<Item = String> {
        let more = (self.more > 0).then(|| format!("has {} more such places", self.more));
        self.messages.into_iter().chain(more)
    }
}

impl Found {
    /// Returns whether there may be no more records.
    pub(in crate::extract::formats) fn is_full(&self) -> bool {
        self.records.len() == MAX_RECORDS
    }
}

impl<R: Fn(&str) -> Result<Document, Unreadable> + Send + Sync + 'static> RecordFile<R> {
    /// Makes the file of what was found in `text`. `read` reads the slice of a record.
    pub(in crate::extract::formats) fn new(
        text: String,
        kind: TextKind,
        mut warnings: Vec<String>,
        found: Found,
        read: R,
    ) -> Self {
        let is_file = kind == TextKind::File;
        if found.is_full() {
            warnings.push(format!("has more than {MAX_RECORDS} records: the others are not read"));
        }
        if found.without_text > 0 {
            warnings.push(format!("has {} without a text", counted(found.without_text)));
        }
        warnings.extend(found.faults.into_messages());
        let mut keys = Keys::default();
        let (mut slots, mut spans) = (Vec::new(), Vec::new());
        let mut at = Position::START;
        for FoundRecord { number, span, key } in found.records {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            at = at.after(&text[at.byte..span.start]);
            let (bytes, start) = if is_file { (Some(span), at) } else { (None, Position::START) };
            let place = FileRecord { number, bytes, start };
            slots.push(Slot { key: keys.of(key.as_deref(), number), place, member: None });
            spans.push(span);
        }
        if keys.refused > 0 {
            let known = match keys.refused {
                1 => "it is known by its number",
                _ => "they are known by their numbers",
            };
            warnings.push(format!(
                "has {} whose id is too long, or another record's too: {known}",
                counted(keys.refused)
            ));
        }
        Self { text, slots, spans, warnings, is_file, read }
    }
}

impl<R: Fn(&str) -> Result<Document, Unreadable> + Send + Sync> Records for RecordFile<R> {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn bytes(&self, i: usize) -> Cow<'_, [u8]> {
        self.spans[i].of(&self.text).as_bytes().into()
    }

    fn document(&self, i: usize) -> Result<Document, Unreadable> {
        let document = (self.read)(self.spans[i].of(&self.text))?;
        Ok(if self.is_file { document } else { document.extracted() })
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn counted(records: usize) -> String {
    if records == 1 { "1 record".to_owned() } else { format!("{records} records") }
}

/// Returns what a file is in which no field is known to be a text.
pub(in crate::extract::formats) fn no_text(names: &[String]) -> Split {
    /// The number of names in the message.
    const NAMED: usize = 12;
    /// The number of characters of each.
    const CHARS: usize = 30;
    let named = names.iter().take(NAMED).map(|name| name.trim().chars().take(CHARS).collect());
    let named: Vec<String> = named.collect();
    let more = if names.len() > NAMED { ", …" } else { "" };
    if names.is_empty() {
        return Split::Data("has no fields".to_owned());
    }
    Split::Data(format!(
        "has no field that is known to be a text ({}), but {}{more}: name it with --map text=FIELD",
        super::names::EXPECTED,
        named.join(", ")
    ))
}

/// Returns the document of a file that is to be one.
///
/// # Errors
///
/// [`Unreadable`] if it has several.
pub(in crate::extract::formats) fn only(split: Split) -> Result<Document, Unreadable> {
    match split {
        Split::One(document) => Ok(*document),
        Split::Several(records) if records.slots().len() == 1 => records.document(0),
        Split::Data(reason) => Err(Unreadable(reason)),
        Split::Several(records) => {
            Err(Unreadable(format!("has {} sources, and is no text", records.slots().len())))
        }
    }
}
