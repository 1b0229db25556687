//! [`Mailbox`]: the messages of an mbox file.
//!
//! A message begins with a line `From …` at the start of the file or after a blank line.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use super::super::keys::Keys;
use super::standing;
use crate::extract::{Content, Document, Records, Slot, Unreadable};
use crate::files::MAX_TEXT;
use crate::source::FileRecord;
use crate::text::{Position, Span};

/// The messages of a mailbox.
pub(super) struct Mailbox {
    content: Content,
    is_utf8: bool,
    slots: Vec<Slot>,
    spans: Vec<Span>,
    warnings: Vec<String>,
}

/// The start of the line above a message.
const FROM: &[u8] = b"From ";

impl Mailbox {
    /// Finds the messages.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if there is none, or the file cannot be read.
    pub(super) fn read(content: Content) -> Result<Self, Unreadable> {
        let cannot = |error: io::Error| Unreadable(format!("cannot be read: {error}"));
        let Scan { spans, utf8, .. } = Scan::of(&content).map_err(cannot)?;
        if spans.is_empty() {
            return Err(Unreadable("is no mailbox: it does not begin with “From ”".to_owned()));
        }
        let is_utf8 = utf8.is_valid();
        let mut mailbox =
            Self { content, is_utf8, slots: Vec::new(), spans: Vec::new(), warnings: Vec::new() };
        let mut keys = Keys::default();
        let mut at = Position::START;
        for (number, span) in (1..).zip(spans) {
            let start = mailbox.passed(at, span.start).map_err(cannot)?;
            if span.len() as u64 > MAX_TEXT {
                let most = MAX_TEXT >> 20;
                let message = format!("message {number} is not read: it has more than {most} MiB");
                mailbox.warnings.push(message);
                at = mailbox.passed(start, span.end).map_err(cannot)?;
                continue;
            }
            let record = mailbox.content.slice(span).map_err(cannot)?;
            at = after(start, is_utf8, &record);
            let raw = message_of(&record);
            let message = super::parse(raw).ok().flatten();
            let id = message.as_ref().and_then(|message| message.message_id());
            let stands =
                is_utf8 && message.as_ref().is_some_and(|message| standing(message, raw).is_some());
            let start = if stands { start } else { Position::START };
            let place = FileRecord { number, bytes: Some(span), start };
            mailbox.slots.push(Slot { key: keys.of(id, number), place, member: None });
            mailbox.spans.push(span);
        }
        Ok(mailbox)
    }

    /// Returns the position of byte `to`, behind `at`.
    fn passed(&self, mut at: Position, to: usize) -> io::Result<Position> {
        const STEP: usize = 1 << 20;
        while at.byte < to {
            let mut piece = self.content.slice(Span::new(at.byte, to.min(at.byte + STEP)))?;
            if at.byte + piece.len() < to {
                piece.truncate(cut(&piece));
            }
            at = after(at, self.is_utf8, &piece);
        }
        Ok(at)
    }
}

/// Returns the position behind `bytes`, which start at `at`. In what is no UTF-8 only bytes count.
fn after(at: Position, is_utf8: bool, bytes: &[u8]) -> Position {
    match str::from_utf8(bytes) {
        Ok(text) if is_utf8 => at.after(text),
        _ => Position { byte: at.byte + bytes.len(), ..at },
    }
}

/// Returns the place before the last character of a long piece, which may be cut off, and not
/// within a line break.
fn cut(piece: &[u8]) -> usize {
    let mut places = (1..piece.len()).rev();
    places
        .find(|&at| !(0x80..0xC0).contains(&piece[at]) && piece[at - 1] != b'\r')
        .unwrap_or(piece.len())
}

impl Records for Mailbox {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn bytes(&self, i: usize) -> Cow<'_, [u8]> {
        self.content.slice(self.spans[i]).unwrap_or_default().into()
    }

    fn document(&self, i: usize) -> Result<Document, Unreadable> {
        let record = self.content.slice(self.spans[i]);
        let record = record.map_err(|error| Unreadable(format!("cannot be read: {error}")))?;
        let from = record.len() - message_of(&record).len();
        super::document(&record, from, self.is_utf8)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

/// Looks for messages line by line.
#[derive(Default)]
struct Scan {
    /// The places of messages, each with the line above it, without white space behind it.
    spans: Vec<Span>,
    utf8: Utf8,
}

impl Scan {
    /// The most bytes of a line that are looked at together.
    const PIECE: u64 = 64 << 10;

    fn of(content: &Content) -> io::Result<Self> {
        let mut scan = Self::default();
        let mut reader = content.reader(0);
        let mut is_after_blank = true;
        let mut is_blank = true;
        let mut is_start = true;
        let mut at = 0;
        let mut line = Vec::new();
        while reader.by_ref().take(Self::PIECE).read_until(b'\n', &mut line)? > 0 {
            scan.utf8.add(&line);
            if is_start && is_after_blank && line.starts_with(FROM) {
                scan.spans.push(Span::new(at, at));
            }
            let trimmed = line.trim_ascii_end().len();
            is_blank = (is_start || is_blank) && trimmed == 0;
            match scan.spans.last_mut() {
                Some(last) if trimmed > 0 => last.end = at + trimmed,
                None if !is_blank => break,
                _ => {}
            }
            at += line.len();
            is_start = line.ends_with(b"\n");
            if is_start {
                is_after_blank = is_blank;
            }
            line.clear();
        }
        Ok(scan)
    }
}

/// Tells whether pieces are UTF-8 together.
#[derive(Default)]
struct Utf8 {
    is_not: bool,
    /// The start of a character that the last piece ended in.
    cut: Vec<u8>,
}

impl Utf8 {
    fn add(&mut self, piece: &[u8]) {
        let joined;
        let mut bytes = piece;
        if !self.cut.is_empty() {
            self.cut.extend_from_slice(piece);
            joined = std::mem::take(&mut self.cut);
            bytes = &joined;
        }
        if let Err(error) = str::from_utf8(bytes) {
            match error.error_len() {
                None => self.cut = bytes[error.valid_up_to()..].to_vec(),
                Some(_) => self.is_not = true,
            }
        }
    }

    fn is_valid(&self) -> bool {
        !self.is_not && self.cut.is_empty()
    }
}

/// Returns a record without the line above the message.
fn message_of(record: &[u8]) -> &[u8] {
    let line = record.iter().position(|&byte| byte == b'\n').map_or(record.len(), |at| at + 1);
    &record[line..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_are_utf8_if_the_whole_is(
            bytes in prop_oneof![
                "[a\u{e9}\u{20ac}\u{1f600}]{0,12}".prop_map(String::into_bytes),
                prop::collection::vec(any::<u8>(), 0..12),
            ],
            step in 1_usize..4,
        ) {
            let mut utf8 = Utf8::default();
            bytes.chunks(step).for_each(|piece| utf8.add(piece));
            prop_assert_eq!(utf8.is_valid(), str::from_utf8(&bytes).is_ok());
        }

        #[test]
        fn positions_are_the_same_in_pieces(text in "[a\u{e9}\u{1f600}\r\n]{2,40}") {
            let at = cut(text.as_bytes());
            prop_assume!(at < text.len());
            let (start, end) = text.as_bytes().split_at(at);
            let pieces = after(after(Position::START, true, start), true, end);
            prop_assert_eq!(pieces, Position::START.after(&text));
        }
    }
}
