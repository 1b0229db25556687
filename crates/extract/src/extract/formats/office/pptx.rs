//! The extractor for slides of PowerPoint, `.pptx`.

use super::super::composed::Composer;
use super::super::package::Package;
use super::super::xml::{Element, Token, Xml, decode, optional};
use super::properties;
use super::relations::Relations;
use super::table::Tables;
use crate::extract::{BlockKind, Document, Extractor, Unreadable};
use crate::source::Part;

/// The heading of what is not on a slide but said with it. The file has no words for it.
const NOTES: &str = "Speaker notes";

/// The extractor for slides.
pub(in crate::extract::formats) struct Pptx;

impl Extractor for Pptx {
    fn name(&self) -> &'static str {
        "pptx"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pptx", "ppsx"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        super::is_package(head, "ppt/")
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let package = Package::open(&bytes)?;
        let top = Relations::of(&package, "")?;
        let main = top.of_kind("officeDocument").next().unwrap_or("ppt/presentation.xml");
        let relations = Relations::of(&package, main)?;
        let mut out = Composer::default();
        let mut hidden = Vec::new();
        for (number, id) in (1u32..).zip(slides(&package, main)?) {
            let Some(name) = relations.by_id(&id) else { continue };
            out.part = Some(Part::Slide(number));
            if slide(&package, name, number, &mut out)? {
                hidden.push(number.to_string());
            }
        }
        if !hidden.is_empty() {
            let list = hidden.join(", ");
            out.warnings.push(format!("hides slide(s) {list} when it is shown: they are read too"));
        }
        out.finish(properties::of_office(&package, &top)?)
    }
}

/// Returns the ids of the relations to the slides, in order.
fn slides(package: &Package<'_>, main: &str) -> Result<Vec<String>, Unreadable> {
    let text = decode(package.need(main)?, main)?;
    let mut xml = Xml::new(&text, main);
    let mut slides = Vec::new();
    while let Some(token) = xml.next()? {
        if let Token::Open(element) = token
            && element.name() == "sldId"
        {
            slides.extend(element.relation());
        }
    }
    Ok(slides)
}

/// Reads a slide, and what is said with it. Returns whether it is hidden.
fn slide(
    package: &Package<'_>,
    name: &str,
    number: u32,
    out: &mut Composer,
) -> Result<bool, Unreadable> {
    let text = decode(package.need(name)?, name)?;
    let relations = Relations::of(package, name)?;
    let mut shapes = Shapes::default();
    shapes.read(&text, name)?;
    let kind =
        if number == 1 && shapes.is_cover { BlockKind::Title } else { BlockKind::Heading(1) };
    match shapes.title.join("\n") {
        // It is not under the title of the slide before.
        title if title.is_empty() => out.block(kind, &format!("Slide {number}")),
        title => out.block(kind, &title),
    }
    out.append(shapes.body);
    for diagram in relations.of_kind("diagramData") {
        if let Some((text, name)) = optional(package, Some(diagram))? {
            let mut shapes = Shapes::default();
            shapes.read(&text, &name)?;
            out.append(shapes.body);
        }
    }
    if let Some((text, name)) = optional(package, relations.of_kind("notesSlide").next())? {
        let mut notes = Shapes { is_notes: true, ..Shapes::default() };
        notes.read(&text, &name)?;
        if !notes.body.is_empty() {
            out.block(BlockKind::Heading(2), NOTES);
            out.append(notes.body);
        }
    }
    Ok(shapes.is_hidden)
}

/// The text of the shapes on a slide.
#[derive(Default)]
struct Shapes {
    title: Vec<String>,
    body: Composer,
    tables: Tables,
    /// The text of the open paragraph.
    open: Option<String>,
    /// The use of the place that the open shape is: `title`, `body`, `ftr`.
    place: String,
    is_text: bool,
    is_hidden: bool,
    /// Set if the slide has the title of the whole.
    is_cover: bool,
    /// Set if only the body is read, as beside a slide there is a copy of it.
    is_notes: bool,
}

impl Shapes {
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
        Ok(())
    }

    fn start(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        match element.name().as_str() {
            "sld" => self.is_hidden = element.attribute("show").as_deref() == Some("0"),
            "sp" | "graphicFrame" | "pic" => self.place.clear(),
            // A place without a type is for the body.
            "ph" => self.place = element.attribute("type").unwrap_or_else(|| "body".to_owned()),
            "p" => self.open = Some(String::new()),
            "t" => self.is_text = true,
            "br" => self.write("\n"),
            "tbl" => self.tables.open(),
            "tc" => self.tables.cell(),
            // The number of the slide or today's date, and the other of two ways to show the same.
            "fld" | "Fallback" => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close(),
            "t" => self.is_text = false,
            "tr" => self.tables.close_row(&mut self.body),
            "tbl" => self.tables.close(&mut self.body),
            "sp" => self.place.clear(),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.push_str(text);
        }
    }

    fn close(&mut self) {
        let Some(text) = self.open.take() else { return };
        if text.trim().is_empty() || (self.is_notes && self.place != "body") {
            return;
        }
        match self.place.as_str() {
            "title" | "ctrTitle" => {
                self.is_cover |= self.place == "ctrTitle";
                self.title.push(text);
            }
            "sldNum" | "dt" | "ftr" | "hdr" => self.body.block(BlockKind::Boilerplate, &text),
            _ => {
                if let Some(text) = self.tables.paragraph(text) {
                    self.body.block(BlockKind::Paragraph, &text);
                }
            }
        }
    }
}
