//! [`Mailbox`]: the messages of an mbox file.
//!
//! A message begins with a line `From …` at the start of the file or after a blank line.

use std::borrow::Cow;

use super::super::keys::Keys;
use super::standing;
use crate::extract::{Document, Records, Slot, Unreadable};
use crate::source::FileRecord;
use crate::text::{Position, Span};

/// The messages of a mailbox.
pub(super) struct Mailbox {
    bytes: Vec<u8>,
    is_utf8: bool,
    slots: Vec<Slot>,
    spans: Vec<Span>,
}

/// The start of the line above a message.
const FROM: &[u8] = b"From ";

impl Mailbox {
    /// Finds the messages.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if there is none.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let spans = spans(&bytes);
        if spans.is_empty() {
            return Err(Unreadable("is no mailbox: it does not begin with “From ”".to_owned()));
        }
        let text = str::from_utf8(&bytes).ok();
        let mut keys = Keys::default();
        let mut slots = Vec::with_capacity(spans.len());
        let mut at = Position::START;
        for (number, span) in (1..).zip(&spans) {
            let raw = message_of(&bytes[span.start..span.end]);
            let message = super::parse(raw).ok().flatten();
            let id = message.as_ref().and_then(|message| message.message_id());
            let mut start = Position::START;
            if let (Some(text), Some(message)) = (text, &message) {
                at = at.after(&text[at.byte..span.start]);
                if standing(message, raw).is_some() {
                    start = at;
                }
            }
            let place = FileRecord { number, bytes: Some(*span), start };
            slots.push(Slot { key: keys.of(id, number), place, member: None });
        }
        let is_utf8 = text.is_some();
        Ok(Self { bytes, is_utf8, slots, spans })
    }
}

impl Mailbox {
    fn record(&self, i: usize) -> &[u8] {
        let span = self.spans[i];
        &self.bytes[span.start..span.end]
    }
}

impl Records for Mailbox {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn bytes(&self, i: usize) -> Cow<'_, [u8]> {
        self.record(i).into()
    }

    fn document(&self, i: usize) -> Result<Document, Unreadable> {
        let record = self.record(i);
        let from = record.len() - message_of(record).len();
        super::document(record, from, self.is_utf8)
    }

    fn warnings(&self) -> &[String] {
        &[]
    }
}

/// Returns the places of messages, each with the line above it.
fn spans(bytes: &[u8]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut is_after_blank = true;
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if is_after_blank && line.starts_with(FROM) {
            if let Some(last) = spans.last_mut() {
                last.end = at;
            }
            spans.push(Span::new(at, bytes.len()));
        }
        is_after_blank = line.trim_ascii().is_empty();
        at += line.len();
        if spans.is_empty() && !is_after_blank {
            break;
        }
    }
    for span in &mut spans {
        span.end = span.start + bytes[span.start..span.end].trim_ascii_end().len();
    }
    spans
}

/// Returns a record without the line above the message.
fn message_of(record: &[u8]) -> &[u8] {
    let line = record.iter().position(|&byte| byte == b'\n').map_or(record.len(), |at| at + 1);
    &record[line..]
}
