//! [`Styles`]: tells headings by the styles of a document.

use std::collections::HashMap;

use super::super::super::xml::{Token, Xml};
use crate::extract::Unreadable;

/// The most styles that one may be based on, one on the other.
const MAX_CHAIN: usize = 16;

/// The kind of a paragraph by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Title,
    /// A heading of this level, from 1.
    Heading(u8),
    /// A line of a table of contents.
    Contents,
}

/// The styles of a document, by their id.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    /// Its name in English, in lower case.
    name: String,
    based_on: Option<String>,
    /// Its level in the outline, from 0; 9 is body text.
    level: Option<u8>,
}

impl Styles {
    /// Reads the entry with the styles.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged.
    pub(super) fn read(text: &str, entry: &str) -> Result<Self, Unreadable> {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        let mut xml = Xml::new(text, entry);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(element) => {
                    let name = element.name();
                    if name == "style" {
                        open = element.attribute("styleId").map(|id| (id, Style::default()));
                        continue;
                    }
                    let Some((_, style)) = &mut open else { continue };
                    let value = || element.attribute("val");
                    match name.as_str() {
                        "name" => style.name = value().unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = value(),
                        "outlineLvl" => style.level = value().and_then(|it| it.parse().ok()),
                        _ => {}
                    }
                }
                Token::Close(name) if name == "style" => styles.extend(open.take()),
                Token::Close(_) | Token::Text(_) => {}
            }
        }
        Ok(Self(styles))
    }

    /// Returns what a paragraph of this style is, if it has a level of its own with that.
    pub(super) fn role(&self, style: Option<&str>, level: Option<u8>) -> Role {
        let mut role = Role::Text;
        let mut found = level;
        let mut next = style;
        for _ in 0..MAX_CHAIN {
            let Some(style) = next.and_then(|id| self.0.get(id)) else { break };
            if style.name == "title" {
                role = Role::Title;
            } else if style.name.starts_with("toc ") {
                role = Role::Contents;
            }
            if role != Role::Text {
                return role;
            }
            let named = style.name.strip_prefix("heading ").and_then(|it| it.parse::<u8>().ok());
            found = found.or(style.level).or(named.and_then(|level| level.checked_sub(1)));
            next = style.based_on.as_deref();
        }
        match found {
            Some(level @ 0..=8) => Role::Heading(level + 1),
            _ => role,
        }
    }
}
