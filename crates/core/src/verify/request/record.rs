//! [`Record`]: a citation record as it was given, in whole or in part.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::cite::{Citation, RecordPlace, Selector, Time};
use crate::source::{PassageId, Stale, TextKind};
use crate::text::Span;

/// A citation record to verify. Only its id and its quotation have to be there: what it does not
/// say is not held against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) schema: Option<String>,
    pub(in crate::verify) id: PassageId,
    pub(in crate::verify) quote: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) markup: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) text: Option<TextKind>,
    #[serde(default, skip_serializing_if = "Place::is_empty")]
    pub(in crate::verify) locator: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) selectors: Option<Vec<Selector>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) source: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) content_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) quote_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) deep_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) formatted: Option<String>,
    /// The state of the file when the record was made. It is read, and not compared: what has
    /// become of it since is looked at.
    #[serde(default, skip_serializing)]
    pub(in crate::verify) stale: Option<Stale>,
}

/// The place of its quotation, as a record tells it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::verify) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) section: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) paragraph: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) piece: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) sentences: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) page_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) chapter: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) slide: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) member: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) record: Option<RecordPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) cell: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) time: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) lines: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) bytes: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) chars: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::verify) utf16: Option<Span>,
}

impl Record {
    /// The quotation.
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// The text just before the quotation and just after it, where the record has them.
    pub(in crate::verify) fn context(&self) -> (&str, &str) {
        let mut selectors = self.selectors.iter().flatten();
        let context = selectors.find_map(|selector| match selector {
            Selector::TextQuote { prefix, suffix, .. } => Some((prefix.as_str(), suffix.as_str())),
            _ => None,
        });
        context.unwrap_or_default()
    }
}

impl Place {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<Citation> for Record {
    fn from(citation: Citation) -> Self {
        let locator = citation.locator;
        Self {
            schema: Some(citation.schema),
            id: citation.id,
            quote: citation.quote,
            markup: citation.markup,
            file: Some(citation.file),
            text: Some(citation.text),
            locator: Place {
                section: Some(locator.section).filter(|section| !section.is_empty()),
                paragraph: Some(locator.paragraph),
                sentences: Some(locator.sentences),
                piece: locator.piece,
                page: locator.page,
                page_label: locator.page_label,
                chapter: locator.chapter,
                slide: locator.slide,
                member: locator.member,
                record: locator.record,
                field: locator.field,
                cell: locator.cell,
                time: locator.time,
                lines: Some(locator.lines),
                bytes: Some(locator.bytes),
                chars: Some(locator.chars),
                utf16: Some(locator.utf16),
            },
            selectors: Some(citation.selectors),
            source: Some(citation.source),
            content_hash: Some(citation.content_hash),
            quote_hash: Some(citation.quote_hash),
            deep_link: citation.deep_link,
            formatted: citation.formatted,
            stale: citation.stale,
        }
    }
}
