//! The extractor for documents of LibreOffice and others, `.odt`.

use std::collections::HashMap;

use super::super::composed::Composer;
use super::super::package::Package;
use super::super::xml::{Element, Token, Xml, decode, optional};
use super::properties;
use super::table::Tables;
use crate::extract::{BlockKind, Document, Extractor, Unreadable};
use crate::source::Metadata;

/// The media type of a text document.
const MEDIA_TYPE: &str = "mimetypeapplication/vnd.oasis.opendocument.text";

/// The entry with the text.
const CONTENT: &str = "content.xml";

/// The extractor for text documents in OpenDocument.
pub(in crate::extract::formats) struct Odt;

impl Extractor for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        super::is_package(head, MEDIA_TYPE)
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let package = Package::open(&bytes)?;
        if let Some((manifest, _)) = optional(&package, Some("META-INF/manifest.xml"))?
            && manifest.contains("encryption-data")
        {
            return Err(Unreadable("is encrypted: save it without a password".to_owned()));
        }
        let text = decode(package.need(CONTENT)?, CONTENT)?;
        let mut walk = Walk::default();
        walk.read(&text)?;
        let metadata = match optional(&package, Some("meta.xml"))? {
            Some((text, name)) => properties::of_open_document(&text, &name)?.metadata(),
            None => Metadata::default(),
        };
        walk.out.finish(metadata)
    }
}

/// A walk over the document.
#[derive(Default)]
struct Walk {
    out: Composer,
    tables: Tables,
    /// The open paragraphs: one may have a box or a note with others in it.
    open: Vec<Paragraph>,
    /// The styles that automatic ones are made from.
    parents: HashMap<String, String>,
    /// The number of notes that are open.
    notes: usize,
    /// The paragraphs of notes since the last block.
    noted: Vec<String>,
    /// The number of indexes that are open: tables of contents and the like.
    indexes: usize,
}

struct Paragraph {
    text: String,
    kind: BlockKind,
}

impl Walk {
    fn read(&mut self, text: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(text, CONTENT);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(element) => self.start(&element, &mut xml)?,
                Token::Close(name) => self.end(&name),
                Token::Text(text) => self.write(&text),
            }
        }
        Ok(())
    }

    fn start(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let name = element.name();
        match name.as_str() {
            "style" => {
                let names = ["name", "parent-style-name"].map(|name| element.attribute(name));
                if let [Some(name), Some(parent)] = names {
                    self.parents.insert(name, parent);
                }
            }
            "p" => {
                let is_title = self.is_title(element);
                let kind = if is_title { BlockKind::Title } else { BlockKind::Paragraph };
                self.open.push(Paragraph { text: String::new(), kind });
            }
            "h" => {
                let level = element.attribute("outline-level").and_then(|it| it.parse().ok());
                let kind = BlockKind::Heading(level.unwrap_or(1).clamp(1, 10));
                self.open.push(Paragraph { text: String::new(), kind });
            }
            "s" => {
                // White space is folded in the readable form, so a few are as good as many.
                const MAX_SPACES: usize = 64;
                let count = element.attribute("c").and_then(|it| it.parse().ok());
                self.push(&" ".repeat(count.unwrap_or(1).min(MAX_SPACES)));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "note" => self.notes += 1,
            "table" => self.tables.open(),
            "table-cell" | "covered-table-cell" => self.tables.cell(),
            "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index"
            | "object-index" | "user-index" => self.indexes += 1,
            // Pass over what was deleted, comments, marks of notes, and what is not shown.
            "tracked-changes" | "annotation" | "note-citation" | "ruby-text" | "script"
            | "hidden-text" | "forms" | "number" => xml.skip()?,
            name if name.ends_with("-source") => xml.skip()?,
            _ if element.is("svg:title") || element.is("svg:desc") => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.close(),
            "note" => self.notes = self.notes.saturating_sub(1),
            "table-row" => {
                self.tables.close_row(&mut self.out);
                self.write_notes();
            }
            "table" => {
                self.tables.close(&mut self.out);
                self.write_notes();
            }
            "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index"
            | "object-index" | "user-index" => self.indexes = self.indexes.saturating_sub(1),
            _ => {}
        }
    }

    /// Returns whether the style of a paragraph is that of titles, or made from it.
    fn is_title(&self, element: &Element<'_>) -> bool {
        const TITLE: &str = "Title";
        let style = element.attribute("style-name").unwrap_or_default();
        style == TITLE || self.parents.get(&style).is_some_and(|parent| parent == TITLE)
    }

    /// Writes text as it stands in the file, in which white space is folded.
    fn write(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        for c in text.chars() {
            match c {
                ' ' | '\n' | '\r' | '\t' if open.text.ends_with([' ', '\n', '\t']) => {}
                '\n' | '\r' | '\t' => open.text.push(' '),
                c => open.text.push(c),
            }
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn close(&mut self) {
        let Some(Paragraph { text, kind }) = self.open.pop() else { return };
        if self.notes > 0 {
            return self.noted.push(text);
        }
        let Some(text) = self.tables.paragraph(text) else { return };
        let kind = if self.indexes > 0 { BlockKind::Boilerplate } else { kind };
        self.out.block(kind, &text);
        self.write_notes();
    }

    /// Writes the notes since the last block, where no table or paragraph is open.
    fn write_notes(&mut self) {
        if !self.tables.is_empty() || !self.open.is_empty() || self.notes > 0 {
            return;
        }
        for paragraph in std::mem::take(&mut self.noted) {
            self.out.block(BlockKind::Paragraph, &paragraph);
        }
    }
}
