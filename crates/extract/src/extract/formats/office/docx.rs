//! The extractor for documents of Word, `.docx`.

mod styles;

use std::collections::HashMap;

use super::super::composed::Composer;
use super::super::package::Package;
use super::super::xml::{Element, Token, Xml, decode, optional};
use super::properties;
use super::relations::Relations;
use super::table::Tables;
use crate::extract::{BlockKind, Document, Extractor, Unreadable};
use styles::{Role, Styles};

/// The extractor for documents of Word.
pub(in crate::extract::formats) struct Docx;

impl Extractor for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        super::is_package(head, "word/")
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let package = Package::open(&bytes)?;
        let top = Relations::of(&package, "")?;
        let main = top.of_kind("officeDocument").next().unwrap_or("word/document.xml").to_owned();
        let relations = Relations::of(&package, &main)?;
        let styles = match optional(&package, relations.of_kind("styles").next())? {
            Some((text, name)) => Styles::read(&text, &name)?,
            None => Styles::default(),
        };
        let mut walk = Walk { styles, ..Walk::default() };
        for kind in ["footnotes", "endnotes"] {
            if let Some((text, name)) = optional(&package, relations.of_kind(kind).next())? {
                walk.read(&text, &name)?;
            }
        }
        let text = decode(package.need(&main)?, &main)?;
        walk.read(&text, &main)?;
        walk.out.finish(properties::of_office(&package, &top)?)
    }
}

/// A walk over the document, or over its notes.
#[derive(Default)]
struct Walk {
    styles: Styles,
    out: Composer,
    tables: Tables,
    /// The open paragraphs: one may have a box with others in it.
    open: Vec<Paragraph>,
    /// The text of paragraphs whose end was deleted, which go on in the next.
    carried: String,
    /// The key of the note that is read.
    note: Option<String>,
    /// The paragraphs of notes, by their key.
    notes: HashMap<String, Vec<String>>,
    /// The keys of notes that were referred to since the last block.
    referred: Vec<String>,
    /// Set if this is within the text of a run.
    is_text: bool,
    /// Set if this is within the properties of a paragraph.
    is_properties: bool,
    /// Set if the run is hidden.
    is_hidden: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    level: Option<u8>,
    /// Set if its end was deleted.
    is_joined: bool,
}

impl Walk {
    fn read(&mut self, text: &str, name: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(text, name);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(element) => self.start(&element, &mut xml)?,
                Token::Close(name) => self.end(&name),
                Token::Text(text) if self.is_text => self.write(&text),
                Token::Text(_) => {}
            }
        }
        self.carry();
        Ok(())
    }

    fn start(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let value = || element.attribute("val");
        let name = element.name();
        match name.as_str() {
            "p" => self.open.push(Paragraph::default()),
            "pPr" => self.is_properties = true,
            "pStyle" => self.paragraph(|it| it.style = value()),
            "outlineLvl" => {
                let level = value().and_then(|value| value.parse::<u8>().ok());
                self.paragraph(|it| it.level = level);
            }
            "r" => self.is_hidden = false,
            "vanish" if !self.is_properties => {
                self.is_hidden = !matches!(value().as_deref(), Some("0" | "false" | "off"));
            }
            "t" => self.is_text = true,
            "tab" | "ptab" if !self.is_properties => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("\u{2011}"),
            "softHyphen" => self.write("\u{ad}"),
            "sym" => self.symbol(element),
            "footnoteReference" | "endnoteReference" => {
                let key = key(name.trim_end_matches("Reference"), element);
                self.referred.extend(key);
            }
            "footnote" | "endnote" => self.note = key(&name, element),
            "tbl" => self.tables.open(),
            "tc" => self.tables.cell(),
            "trPr" => self.row_properties(xml)?,
            // Pass over what was deleted or moved away, and the other of two ways to show the same.
            "del" | "moveFrom" if self.is_properties => self.paragraph(|it| it.is_joined = true),
            "del" | "moveFrom" | "Fallback" | "rt" => xml.skip()?,
            // Properties as they were before.
            name if name.ends_with("Change") => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close(),
            "pPr" => self.is_properties = false,
            "t" => self.is_text = false,
            "r" => self.is_hidden = false,
            "footnote" | "endnote" => self.note = None,
            "tr" => {
                self.tables.close_row(&mut self.out);
                self.write_notes();
            }
            "tbl" => {
                self.tables.close(&mut self.out);
                self.write_notes();
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(open) = self.open.last_mut() {
            change(open);
        }
    }

    fn write(&mut self, text: &str) {
        if !self.is_hidden {
            self.paragraph(|it| it.text.push_str(text));
        }
    }

    /// Writes a character of a font of symbols, if it has a meaning outside of that font.
    fn symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char").and_then(|it| u32::from_str_radix(&it, 16).ok());
        let private = |c: &char| ('\u{e000}'..='\u{f8ff}').contains(c);
        if let Some(c) = code.and_then(char::from_u32).filter(|c| !private(c) && !c.is_control()) {
            self.write(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let mut depth = 1;
        while depth > 0 {
            match xml.next()? {
                Some(Token::Open(element)) => {
                    depth += 1;
                    if element.name() == "del" {
                        self.tables.delete_row();
                    }
                }
                Some(Token::Close(_)) => depth -= 1,
                Some(Token::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Ends a paragraph.
    fn close(&mut self) {
        self.is_properties = false;
        let Some(paragraph) = self.open.pop() else { return };
        if paragraph.is_joined && self.open.is_empty() {
            self.carried.push_str(&paragraph.text);
            return;
        }
        let role = self.styles.role(paragraph.style.as_deref(), paragraph.level);
        let mut text = std::mem::take(&mut self.carried);
        text.push_str(&paragraph.text);
        self.emit(role, text);
    }

    fn emit(&mut self, role: Role, text: String) {
        if let Some(note) = &self.note {
            return self.notes.entry(note.clone()).or_default().push(text);
        }
        let Some(text) = self.tables.paragraph(text) else { return };
        let kind = match role {
            Role::Title => BlockKind::Title,
            Role::Heading(level) => BlockKind::Heading(level),
            Role::Contents => BlockKind::Boilerplate,
            Role::Text => BlockKind::Paragraph,
        };
        self.out.block(kind, &text);
        self.write_notes();
    }

    /// Writes the text of paragraphs whose end was deleted, where no other follows.
    fn carry(&mut self) {
        let text = std::mem::take(&mut self.carried);
        if !text.is_empty() {
            self.emit(Role::Text, text);
        }
    }

    /// Writes the notes that were referred to, where no table or paragraph is open. A note that is
    /// referred to again is written once.
    fn write_notes(&mut self) {
        if !self.tables.is_empty() || !self.open.is_empty() || self.note.is_some() {
            return;
        }
        for key in std::mem::take(&mut self.referred) {
            for paragraph in self.notes.remove(&key).unwrap_or_default() {
                self.out.block(BlockKind::Paragraph, &paragraph);
            }
        }
    }
}

/// Returns the key of a note of this kind.
fn key(kind: &str, element: &Element<'_>) -> Option<String> {
    Some(format!("{kind} {}", element.attribute("id")?))
}
