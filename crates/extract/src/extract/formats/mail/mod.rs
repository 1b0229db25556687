//! The extractors for mail: a message, or a mailbox of which each message is a source.
//!
//! `mail-parser` reads headers and parts. A message whose one text stands as it is in the file is
//! cited to the byte; of all others (base64, quoted-printable, HTML, other encodings) the text is
//! extracted. What a message quotes of another is furniture: a citation of it would name the wrong
//! author.

mod body;
mod mailbox;
#[cfg(feature = "html")]
mod mhtml;

use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use serde_json::{Map, Value, json};

use self::mailbox::Mailbox;
#[cfg(feature = "html")]
pub(super) use self::mhtml::Mhtml;
use super::declared;
use crate::extract::document::language;
use crate::extract::{BETWEEN, Content, Document, Extractor, Fields, Room, Split, Unreadable};
use crate::panics::without_panic;
use crate::source::{Metadata, TextKind};
use crate::text::Span;

/// The extractor for a message.
pub(super) struct Mail;

/// The extractor for a mailbox.
pub(super) struct Mbox;

impl Extractor for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn sniffs(&self, _head: &[u8]) -> bool {
        false
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let is_utf8 = str::from_utf8(&bytes).is_ok();
        document(&bytes, 0, is_utf8)
    }
}

impl Extractor for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mbox"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        head.starts_with(b"From ")
    }

    fn has_records(&self) -> bool {
        true
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        match self.split(bytes, &Fields::default())? {
            Split::One(document) => Ok(*document),
            _ => Err(Unreadable("is a mailbox, and no text".to_owned())),
        }
    }

    fn split(&self, bytes: Vec<u8>, fields: &Fields) -> Result<Split, Unreadable> {
        self.split_content(bytes.into(), fields, &Room::default())
    }

    fn streams(&self) -> bool {
        true
    }

    fn weight(&self, size: u64) -> u64 {
        size.min(MAX_WEIGHT)
    }

    fn split_content(
        &self,
        content: Content,
        _fields: &Fields,
        _room: &Room,
    ) -> Result<Split, Unreadable> {
        Ok(Split::Several(Box::new(Mailbox::read(content)?)))
    }
}

/// The memory that reading a mailbox takes at most, where its messages are not large, in bytes.
const MAX_WEIGHT: u64 = 64 << 20;

/// Parses a message. The parser panics where parts are nested in ways that cannot be, which must
/// not take the other messages of a mailbox with it.
fn parse(raw: &[u8]) -> Result<Option<Message<'_>>, Unreadable> {
    without_panic(|| MessageParser::default().parse(raw))
        .map_err(|_| Unreadable("is damaged: its parts do not fit together".to_owned()))
}

/// Returns the document of the message that starts at byte `from` of `bytes`. `in_utf8` says that
/// all of the file is in UTF-8.
fn document(bytes: &[u8], from: usize, in_utf8: bool) -> Result<Document, Unreadable> {
    let raw = &bytes[from..];
    let Some(message) = parse(raw)?.filter(|message| !message.headers().is_empty()) else {
        return Err(Unreadable("has no headers of a message".to_owned()));
    };
    let metadata = metadata(&message);
    let warnings = attachments(&message).into_iter().collect();
    let stands = standing(&message, raw).filter(|_| in_utf8);
    let (kind, blocks, text) = match stands {
        Some(span) => {
            // It is a part of a file in UTF-8, cut between characters.
            let text = String::from_utf8_lossy(bytes).into_owned();
            (TextKind::File, body::blocks(&text, span.shifted(from)), text)
        }
        None => {
            let (text, blocks) = extracted(&message);
            (TextKind::Extracted, blocks, text)
        }
    };
    if blocks.is_empty() {
        return Err(Unreadable("has no text".to_owned()));
    }
    let language = language::of_document(&text, &blocks, &metadata);
    Ok(Document { text, kind, blocks, metadata, language, warnings })
}

/// Returns the place in `raw` of the text of its message, if there is only one and it stands as it
/// is.
fn standing(message: &Message<'_>, raw: &[u8]) -> Option<Span> {
    let mut bodies = message.text_bodies();
    let (part, None) = (bodies.next()?, bodies.next()) else { return None };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    let is_known = charset.is_none_or(|charset| {
        ["utf-8", "us-ascii", "ascii"].iter().any(|it| charset.eq_ignore_ascii_case(it))
    });
    let PartType::Text(read) = &part.body else { return None };
    let span = Span::new(part.offset_body as usize, part.offset_end as usize);
    let slice = str::from_utf8(raw.get(span.start..span.end)?).ok()?;
    // Take what is read of it for the proof that it stands so.
    (is_known && part.encoding == Encoding::None && !read.trim().is_empty() && slice == read)
        .then_some(span)
}

/// Returns what is read of the texts of a message.
fn extracted(message: &Message<'_>) -> (String, Vec<crate::extract::Block>) {
    let is_blank = |part: &MessagePart<'_>| match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.trim().is_empty(),
        _ => true,
    };
    let mut parts: Vec<&MessagePart<'_>> = message.text_bodies().collect();
    if parts.iter().all(|part| is_blank(part)) {
        parts = message.html_bodies().collect();
    }
    let mut text = String::new();
    let mut blocks = Vec::new();
    for part in parts {
        if !text.is_empty() {
            text.push_str(BETWEEN);
        }
        let start = text.len();
        match &part.body {
            PartType::Text(body) => {
                text.push_str(body);
                blocks.extend(body::blocks(&text, Span::new(start, text.len())));
            }
            PartType::Html(page) => {
                let (read, read_blocks) = body::of_page(page);
                text.push_str(&read);
                blocks.extend(read_blocks.into_iter().map(|mut block| {
                    block.span = block.span.shifted(start);
                    block
                }));
            }
            _ => {}
        }
    }
    (text, blocks)
}

/// Returns what the headers declare.
fn metadata(message: &Message<'_>) -> Metadata {
    let mut table = Map::new();
    let names = |list: Option<&mail_parser::Address<'_>>| -> Vec<Value> {
        /// The number of recipients that are kept.
        const MAX: usize = 20;
        let names = list.into_iter().flat_map(|list| list.iter()).take(MAX).filter_map(|address| {
            let name = address.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
            let name = name.or(address.address.as_deref())?;
            Some(json!({ "name": name }))
        });
        names.collect()
    };
    table.insert("type".to_owned(), "personal_communication".into());
    table.insert("author".to_owned(), names(message.from()).into());
    table.insert("recipient".to_owned(), names(message.to()).into());
    if let Some(subject) = message.subject() {
        table.insert("title".to_owned(), subject.into());
    }
    if let Some(date) = message.date().filter(|date| date.is_valid()) {
        let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        table.insert("date".to_owned(), day.into());
    }
    if let Some(id) = message.message_id() {
        table.insert("message-id".to_owned(), id.into());
    }
    declared::of_table(table)
}

/// Returns a message for users that names the attachments, of which there is no text.
fn attachments(message: &Message<'_>) -> Option<String> {
    /// The number of attachments that are named.
    const NAMED: usize = 5;
    let names: Vec<String> = message
        .attachments()
        .map(|part| {
            part.attachment_name().unwrap_or("one without a name").chars().take(60).collect()
        })
        .collect();
    if names.is_empty() {
        return None;
    }
    let more = if names.len() > NAMED { ", …" } else { "" };
    let named: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    Some(format!("has attachments that are not read: {}{more}", named.join(", ")))
}
