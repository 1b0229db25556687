//! [`Xml`]: walks over a document in XML, of which only elements and text are looked at.
//!
//! Names are compared without their prefix. Entities are not expanded, but for the five of XML and
//! characters by number; a document type is passed over. Nesting is bounded.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::package::Package;
use crate::extract::Unreadable;

/// The depth to which elements may be nested.
const MAX_DEPTH: usize = 512;

/// The next thing in a document.
pub(super) enum Token<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// An element of this name, without prefix, ends.
    Close(String),
    /// Text, without markup.
    Text(String),
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Returns its name without prefix.
    pub(super) fn name(&self) -> String {
        String::from_utf8_lossy(self.0.local_name().as_ref()).into_owned()
    }

    /// Returns the value of the attribute with this name, without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.find(|key| key.local_name().as_ref() == name.as_bytes())
    }

    /// Returns whether this is its name, with the prefix that it is written with.
    pub(super) fn is(&self, name: &str) -> bool {
        self.0.name().as_ref() == name.as_bytes()
    }

    /// Returns the id of the relation that it refers to: an attribute `id` with a prefix.
    pub(super) fn relation(&self) -> Option<String> {
        self.find(|key| key.local_name().as_ref() == b"id" && key.prefix().is_some())
    }

    fn find(&self, is_it: impl Fn(QName<'_>) -> bool) -> Option<String> {
        for attribute in self.0.attributes().with_checks(false).flatten() {
            if is_it(attribute.key) {
                let raw = String::from_utf8_lossy(&attribute.value);
                return Some(unescape(&raw).map_or_else(|_| raw.to_string(), Into::into));
            }
        }
        None
    }
}

/// A walk over a document.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// The name of the entry, for messages.
    entry: &'a str,
    depth: usize,
    /// The name of an element without content, which is to be closed.
    closing: Option<String>,
}

impl<'a> Xml<'a> {
    /// Starts at the beginning of `text`, which is that of the entry of this name.
    pub(super) fn new(text: &'a str, entry: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        Self { reader, entry, depth: 0, closing: None }
    }

    /// Returns what stands next; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if the document is not well-formed, or nested too deeply.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, Unreadable> {
        if let Some(name) = self.closing.take() {
            return Ok(Some(Token::Close(name)));
        }
        loop {
            let at = self.reader.buffer_position();
            let event = self.reader.read_event().map_err(|error| {
                let at = self.reader.error_position();
                self.fault(at, &error.to_string())
            })?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(self.fault(at, "its elements are nested too deeply"));
                    }
                    Token::Open(Element(start))
                }
                Event::Empty(start) => {
                    let element = Element(start);
                    self.closing = Some(element.name());
                    Token::Open(element)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    let name = end.local_name();
                    Token::Close(String::from_utf8_lossy(name.as_ref()).into_owned())
                }
                Event::Text(text) => Token::Text(String::from_utf8_lossy(&text).into_owned()),
                Event::CData(text) => Token::Text(String::from_utf8_lossy(&text).into_owned()),
                Event::GeneralRef(reference) => {
                    let name = String::from_utf8_lossy(&reference).into_owned();
                    let character = reference.resolve_char_ref().ok().flatten();
                    Token::Text(match resolve_predefined_entity(&name) {
                        Some(text) => text.to_owned(),
                        None => character.map_or_else(|| format!("&{name};"), String::from),
                    })
                }
                Event::Eof if self.depth > 0 => return Err(self.fault(at, "it is cut off")),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// Passes over the rest of the element that was opened last.
    ///
    /// # Errors
    ///
    /// Those of [`Xml::next`].
    pub(super) fn skip(&mut self) -> Result<(), Unreadable> {
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Some(Token::Open(_)) => open += 1,
                Some(Token::Close(_)) => open -= 1,
                Some(Token::Text(_)) => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }

    fn fault(&self, at: u64, message: &str) -> Unreadable {
        Unreadable(format!("is damaged at entry {}, byte {at}: {message}", self.entry))
    }
}

/// Decodes an entry of a package that need not be there, and returns its text and name.
///
/// # Errors
///
/// [`Unreadable`] if it is damaged.
pub(super) fn optional(
    package: &Package<'_>,
    name: Option<&str>,
) -> Result<Option<(String, String)>, Unreadable> {
    let Some(name) = name else { return Ok(None) };
    let Some(bytes) = package.read(name)? else { return Ok(None) };
    Ok(Some((decode(bytes, name)?, name.to_owned())))
}

/// Decodes an entry in XML.
///
/// # Errors
///
/// [`Unreadable`] if it is neither UTF-8 nor UTF-16.
pub(super) fn decode(bytes: Vec<u8>, entry: &str) -> Result<String, Unreadable> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(&bytes)
        && encoding != encoding_rs::UTF_8
    {
        return Ok(encoding.decode(&bytes).0.into_owned());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Unreadable(format!("is damaged at entry {entry}, byte {at}: it is not UTF-8"))
    })?;
    Ok(text.trim_start_matches(super::decode::BOM).to_owned())
}
