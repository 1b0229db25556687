//! [`Book`]: the list of chapters of a book, and what it declares of itself.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::package::{Package, resolve};
use super::super::xml::{Element, Token, Xml, decode};
use super::super::{declared, html, name};
use crate::extract::Unreadable;
use crate::source::Metadata;

/// The content of the package document of a book.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// The names of the entries with its chapters, in reading order.
    pub(super) chapters: Vec<String>,
    /// The entries with its navigation: that of EPUB 3, and that of EPUB 2.
    pub(super) navigation: [Option<String>; 2],
    pub(super) metadata: Metadata,
}

/// A value in the metadata of a book.
struct Declared {
    name: String,
    value: String,
    /// Its refinement: the role of a person, the event of a date, the scheme of a number.
    attributes: Vec<String>,
}

/// Returns the name of the entry that `href`, a part of a URL in the entry `from`, leads to.
pub(super) fn entry(from: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    resolve(from, &percent_encoding::percent_decode_str(href).decode_utf8_lossy())
}

impl Book {
    /// Reads the package document that the container names.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if there is none, it is damaged, or it lists no chapters.
    pub(super) fn read(package: &Package<'_>) -> Result<Self, Unreadable> {
        const CONTAINER: &str = "META-INF/container.xml";
        let text = decode(package.need(CONTAINER)?, CONTAINER)?;
        let mut xml = Xml::new(&text, CONTAINER);
        let mut main = None;
        while let Some(token) = xml.next()? {
            if let Token::Open(element) = token
                && element.name() == "rootfile"
                && main.is_none()
            {
                main = element.attribute("full-path");
            }
        }
        let main = main.unwrap_or_else(|| "content.opf".to_owned());
        let text = decode(package.need(&main)?, &main)?;
        let book = Self::of(&text, &main)?;
        if book.chapters.is_empty() {
            return Err(Unreadable(format!("is damaged at entry {main}: it lists no chapters")));
        }
        Ok(book)
    }

    fn of(text: &str, main: &str) -> Result<Self, Unreadable> {
        let mut items: HashMap<String, String> = HashMap::new();
        let mut book = Self::default();
        let mut found: Vec<Declared> = Vec::new();
        let mut open: Option<Declared> = None;
        let mut xml = Xml::new(text, main);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(element) => match element.name().as_str() {
                    "item" => {
                        let attributes = ["id", "href"].map(|name| element.attribute(name));
                        let [Some(id), Some(href)] = attributes else { continue };
                        let target = entry(main, &href);
                        book.navigate(&element, &target);
                        items.insert(id, target);
                    }
                    "itemref" => {
                        let id = element.attribute("idref");
                        book.chapters.extend(id.and_then(|id| items.get(&id).cloned()));
                    }
                    name => {
                        let says = ["role", "event", "scheme"].map(|name| element.attribute(name));
                        let attributes = says.into_iter().flatten().collect();
                        let name = name.to_owned();
                        open = Some(Declared { name, value: String::new(), attributes });
                    }
                },
                Token::Text(part) => {
                    if let Some(open) = &mut open {
                        open.value.push_str(&part);
                    }
                }
                Token::Close(_) => found.extend(open.take()),
            }
        }
        book.metadata = metadata(&found);
        Ok(book)
    }

    fn navigate(&mut self, item: &Element<'_>, target: &str) {
        let properties = item.attribute("properties").unwrap_or_default();
        if properties.split(' ').any(|property| property == "nav") {
            self.navigation[0] = Some(target.to_owned());
        }
        if item.attribute("media-type").as_deref() == Some("application/x-dtbncx+xml") {
            self.navigation[1] = Some(target.to_owned());
        }
    }
}

/// Returns the metadata of a book, all declared.
fn metadata(found: &[Declared]) -> Metadata {
    let of = |name: &str| {
        let found: Vec<&Declared> =
            found.iter().filter(|it| it.name == name && !it.value.trim().is_empty()).collect();
        found
    };
    let mut table = Map::new();
    table.insert("type".to_owned(), "book".into());
    for (name, variable) in [
        ("title", "title"),
        ("publisher", "publisher"),
        ("language", "language"),
        ("description", "abstract"),
    ] {
        if let Some(first) = of(name).first() {
            // A description may be written in HTML.
            let value = html::unescaped(&first.value);
            table.insert(variable.to_owned(), folded(&value).into());
        }
    }
    let creators = of("creator");
    let authors: Vec<Value> = creators
        .iter()
        .filter(|it| it.attributes.is_empty() || it.attributes.iter().any(|role| role == "aut"))
        .map(|it| name::name(it.value.trim()))
        .collect();
    if !authors.is_empty() {
        table.insert("author".to_owned(), authors.into());
    }
    let dates = of("date");
    let is_published = |it: &&&Declared| it.attributes.iter().any(|event| event == "publication");
    let unmarked = |it: &&&Declared| it.attributes.is_empty();
    if let Some(date) = dates.iter().find(is_published).or(dates.iter().find(unmarked)) {
        table.insert("issued".to_owned(), date.value.trim().into());
    }
    if let Some(isbn) = of("identifier").into_iter().find_map(isbn) {
        table.insert("ISBN".to_owned(), isbn.into());
    }
    declared::of_table(table)
}

/// Returns the ISBN in an identifier, if it is one.
fn isbn(identifier: &Declared) -> Option<String> {
    let value = identifier.value.trim().to_lowercase();
    let marked = value.strip_prefix("urn:isbn:").or(value.strip_prefix("isbn:"));
    let is_isbn = identifier.attributes.iter().any(|scheme| scheme.eq_ignore_ascii_case("isbn"));
    let digits = marked.or(is_isbn.then_some(value.as_str()))?.to_uppercase();
    let count = digits.chars().filter(|c| c.is_ascii_digit() || *c == 'X').count();
    matches!(count, 10 | 13).then_some(digits)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
