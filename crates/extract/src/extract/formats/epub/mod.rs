//! The extractor for books, `.epub`.
//!
//! A book is a ZIP file with a list of chapters, each a page in HTML: [`opf`] reads the list and
//! what the book declares of itself, [`contents`] its table of contents and the pages of its
//! printed edition, and the reader of saved pages what is in a chapter. All of a chapter is text:
//! there is nothing around it.

mod contents;
mod opf;

use std::collections::{HashMap, HashSet};

use html5gum::{DefaultEmitter, Token, Tokenizer};

use self::contents::Contents;
use self::opf::Book;
use super::composed::Composer;
use super::decode;
use super::html::{Page, Role};
use super::package::Package;
use super::xml;
use crate::extract::{BlockKind, Document, Extractor, Unreadable};
use crate::source::Part;

/// The extractor for books.
pub(super) struct Epub;

impl Extractor for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        const MARK: &[u8] = b"mimetypeapplication/epub+zip";
        head.starts_with(b"PK\x03\x04") && head.windows(MARK.len()).any(|window| window == MARK)
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let package = Package::open(&bytes)?;
        let book = Book::read(&package)?;
        let contents = Contents::read(&package, &book)?;
        let locked = locked(&package)?;
        if book.chapters.iter().any(|chapter| locked.contains(chapter)) {
            let message = "is protected against copying: its text is encrypted";
            return Err(Unreadable(message.to_owned()));
        }
        let mut out = Composer::default();
        let mut missing = 0;
        let mut page = None;
        for (number, name) in (1u32..).zip(&book.chapters) {
            match package.read(name)? {
                Some(bytes) => chapter(bytes, number, name, &contents, &mut page, &mut out),
                None => missing += 1,
            }
        }
        if missing > 0 {
            out.warnings.push(format!("lacks {missing} of the chapters that it lists"));
        }
        out.finish(book.metadata)
    }
}

/// Reads a chapter. `page` is the page of the printed edition on which it begins, if it is known,
/// and then that on which it ends.
fn chapter(
    bytes: Vec<u8>,
    number: u32,
    name: &str,
    contents: &Contents,
    page: &mut Option<String>,
    out: &mut Composer,
) {
    // Take what has no text for a picture.
    let Ok(decoded) = decode::decode(bytes) else { return };
    let text = decoded.text;
    let mut turns = turns(&text, contents.pages.get(name)).into_iter().peekable();
    let read = Page::read(&text);
    let leaves = read.leaves.iter().filter_map(|leaf| Some((leaf.role, leaf.read(&text)?)));
    let mut is_first = true;
    for (role, (span, plain)) in leaves {
        while let Some((_, label)) = turns.next_if(|(at, _)| *at <= span.start) {
            *page = Some(label);
        }
        out.part = Some(match &page {
            Some(page) => Part::Printed { chapter: number, page: page.as_str().into() },
            None => Part::Chapter(number),
        });
        let read = plain.as_ref().map_or(span.of(&text), |plain| plain.text());
        let kind = match role {
            Role::Furniture => BlockKind::Boilerplate,
            Role::Code => BlockKind::Code,
            Role::Heading(level) => BlockKind::Heading(level),
            Role::Text | Role::Byline => BlockKind::Paragraph,
        };
        // A chapter without a heading has the one that the table of contents gives it, so that it
        // is not under that of the chapter before.
        if is_first
            && kind == BlockKind::Paragraph
            && let Some(title) = contents.titles.get(name)
        {
            out.block(BlockKind::Heading(1), title);
        }
        is_first &= kind == BlockKind::Boilerplate;
        out.block(kind, read);
    }
    // A page may be turned after the last words.
    *page = turns.last().map(|(_, label)| label).or(page.take());
}

/// Returns where pages of the printed edition begin in a chapter, in bytes, and their numbers: at
/// elements with these ids, or that say that they are the start of a page.
fn turns(text: &str, ids: Option<&HashMap<String, String>>) -> Vec<(usize, String)> {
    /// The most bytes of the number of a page.
    const MAX_LABEL: usize = 32;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut turns = Vec::new();
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let value = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(String::from_utf8_lossy(&value.value).trim().to_owned())
        };
        let listed = value("id").and_then(|id| ids?.get(&id).cloned());
        let says_so = || {
            let is = |name: &str, mark: &str| {
                value(name).is_some_and(|value| value.split(' ').any(|word| word == mark))
            };
            let marked = is("epub:type", "pagebreak") || is("role", "doc-pagebreak");
            marked.then(|| value("title").or_else(|| value("aria-label"))).flatten()
        };
        if let Some(label) = listed.or_else(says_so)
            && !label.is_empty()
            && label.len() <= MAX_LABEL
        {
            turns.push((tag.span.start, label));
        }
    }
    turns
}

/// Returns the entries that are encrypted, by the list that a book has of them. Fonts often are.
fn locked(package: &Package<'_>) -> Result<HashSet<String>, Unreadable> {
    const LIST: &str = "META-INF/encryption.xml";
    let mut locked = HashSet::new();
    let Some(bytes) = package.read(LIST)? else { return Ok(locked) };
    let text = xml::decode(bytes, LIST)?;
    let mut xml = xml::Xml::new(&text, LIST);
    while let Some(token) = xml.next()? {
        if let xml::Token::Open(element) = token
            && element.name() == "CipherReference"
        {
            locked.extend(element.attribute("URI").map(|uri| opf::entry("", &uri)));
        }
    }
    Ok(locked)
}
