//! [`Contents`]: the table of contents of a book, and the pages of its printed edition.

use std::collections::HashMap;

use super::super::package::Package;
use super::super::xml::{Element, Token, Xml, decode};
use super::opf::{Book, entry};
use crate::extract::Unreadable;

/// Where the table of contents and the list of pages lead.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The titles of chapters, by entry.
    pub(super) titles: HashMap<String, String>,
    /// The pages that begin in a chapter, by entry and id of the element.
    pub(super) pages: HashMap<String, HashMap<String, String>>,
}

/// A list in the navigation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    None,
    Titles,
    Pages,
}

impl Contents {
    /// Reads the navigation of a book; that of EPUB 2 where there is no other.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is there and cannot be unpacked. What is not well-formed is read as far
    /// as it is.
    pub(super) fn read(package: &Package<'_>, book: &Book) -> Result<Self, Unreadable> {
        let mut contents = Self::default();
        for name in book.navigation.iter().flatten() {
            let Some(bytes) = package.read(name)? else { continue };
            let text = decode(bytes, name)?;
            // A reader finds the chapters without it.
            let _ = contents.add(&text, name);
        }
        Ok(contents)
    }

    fn add(&mut self, text: &str, from: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(text, from);
        let mut list = List::None;
        let (mut label, mut target) = (String::new(), None);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(element) => match element.name().as_str() {
                    "nav" => list = kind(&element),
                    "navMap" => list = List::Titles,
                    "pageList" => list = List::Pages,
                    "a" => (label, target) = (String::new(), element.attribute("href")),
                    "navPoint" | "pageTarget" => label.clear(),
                    "content" => self.entry(list, from, &label, element.attribute("src")),
                    _ => {}
                },
                Token::Text(part) => label.push_str(&part),
                Token::Close(name) => match name.as_str() {
                    "a" => self.entry(list, from, &label, target.take()),
                    "nav" | "navMap" | "pageList" => list = List::None,
                    _ => {}
                },
            }
        }
        Ok(())
    }

    fn entry(&mut self, list: List, from: &str, label: &str, target: Option<String>) {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(target) = target.filter(|_| !label.is_empty()) else { return };
        let name = entry(from, &target);
        match (list, target.split_once('#')) {
            (List::Titles, _) => {
                self.titles.entry(name).or_insert(label);
            }
            (List::Pages, Some((_, id))) => {
                self.pages.entry(name).or_default().entry(id.to_owned()).or_insert(label);
            }
            _ => {}
        }
    }
}

fn kind(nav: &Element<'_>) -> List {
    let kind = nav.attribute("type").unwrap_or_default();
    match kind.as_str() {
        "toc" => List::Titles,
        "page-list" => List::Pages,
        _ => List::None,
    }
}
