//! The extractor for web pages that a browser saved in one file, with their pictures: messages
//! whose parts belong together. The page is the first part in HTML; it is encoded as in mail, so
//! that its text is extracted.

use mail_parser::{HeaderName, Message, PartType};
use serde_json::Map;

use super::super::{declared, html};
use crate::extract::{Document, Extractor, Unreadable};

/// The extractor for saved pages in one file.
pub(in crate::extract::formats) struct Mhtml;

impl Extractor for Mhtml {
    fn name(&self) -> &'static str {
        "mhtml"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mhtml", "mht"]
    }

    fn sniffs(&self, _head: &[u8]) -> bool {
        false
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        if bytes.trim_ascii().is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        let Some(message) = super::parse(&bytes)?.filter(|message| !message.headers().is_empty())
        else {
            return Err(Unreadable("is no saved page: it has no headers".to_owned()));
        };
        let page = message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(page) => Some((page.to_string(), part)),
            _ => None,
        });
        let Some((page, part)) = page else {
            return Err(Unreadable("has no page in HTML".to_owned()));
        };
        let mut document = html::read(page, Vec::new()).extracted();
        if document.text.trim().is_empty() {
            return Err(Unreadable("has no text".to_owned()));
        }
        let address = header(&message.parts[0].headers, "Snapshot-Content-Location")
            .or_else(|| header(&part.headers, "Content-Location"))
            .filter(|address| address.starts_with("http"));
        let mut table = Map::new();
        if let Some(address) = address {
            table.insert("url".to_owned(), address.into());
        }
        if let Some(day) = day(&message) {
            table.insert("accessed".to_owned(), day.into());
        }
        document.metadata.fill(&declared::of_table(table));
        Ok(document)
    }
}

/// Returns the value of a header.
fn header(headers: &[mail_parser::Header<'_>], name: &str) -> Option<String> {
    let found = headers.iter().find(|header| match &header.name {
        HeaderName::Other(other) => other.eq_ignore_ascii_case(name),
        known => known.as_str().eq_ignore_ascii_case(name),
    })?;
    Some(found.value.as_text()?.trim().to_owned())
}

/// Returns the day on which a page was saved.
fn day(message: &Message<'_>) -> Option<String> {
    let date = message.date().filter(|date| date.is_valid())?;
    Some(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}
