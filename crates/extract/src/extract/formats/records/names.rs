//! [`Roles`]: what each field of a record holds, as a person named it or by its usual name.

use std::collections::BTreeMap;

use super::super::declared;
use crate::extract::Fields;

/// The usual names of the field that is read, in lower case and with `-` for `_` and space; the
/// first that there is counts.
const TEXT: [&str; 18] = [
    "text",
    "body",
    "content",
    "article",
    "full-text",
    "fulltext",
    "article-text",
    "articletext",
    "article-body",
    "articlebody",
    "body-text",
    "bodytext",
    "story",
    "transcript",
    "message",
    "comment",
    "content.rendered",
    "text.value",
];

/// Names of other fields, beside those that front matter may have.
const OTHERS: [(&str, &str); 22] = [
    ("subject", "title"),
    ("title.rendered", "title"),
    ("published-at", "issued"),
    ("publishedat", "issued"),
    ("datepublished", "issued"),
    ("created-at", "issued"),
    ("createdat", "issued"),
    ("created", "issued"),
    ("timestamp", "issued"),
    ("author-name", "author"),
    ("authorname", "author"),
    ("author.name", "author"),
    ("permalink", "URL"),
    ("web-url", "URL"),
    ("weburl", "URL"),
    ("source-url", "URL"),
    ("source.name", "publisher"),
    ("-id", "id"),
    ("guid", "id"),
    ("uuid", "id"),
    ("article-id", "id"),
    ("message-id", "id"),
];

/// The meaning of the fields of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract::formats) struct Roles {
    text: Vec<String>,
    /// The variables of the fields that a person named.
    named: BTreeMap<String, String>,
}

impl Roles {
    /// Returns the roles of fields with these names; `None` if there is no text among them.
    pub(in crate::extract::formats) fn of(names: &[&str], fields: &Fields) -> Option<Self> {
        let there = |name: &String| names.iter().any(|other| other.trim() == name);
        let mut text: Vec<String> = fields.of(Fields::TEXT).to_vec();
        if text.is_empty() {
            let usual = |usual: &&str| names.iter().find(|name| key(name) == *usual);
            text.extend(TEXT.iter().find_map(usual).map(|name| name.trim().to_owned()));
        }
        let others = fields.iter().filter(|(variable, _)| *variable != Fields::TEXT);
        let named = others.flat_map(|(variable, fields)| {
            fields.iter().map(|field| (field.clone(), variable.to_owned()))
        });
        let named = named.collect();
        text.iter().any(there).then_some(Self { text, named })
    }

    /// Returns whether a field is read.
    pub(in crate::extract::formats) fn is_text(&self, name: &str) -> bool {
        self.text.iter().any(|text| text == name.trim())
    }

    /// Returns the variable that a field holds, if it is not read.
    pub(in crate::extract::formats) fn variable(&self, name: &str) -> Option<&str> {
        let name = name.trim();
        if self.is_text(name) {
            return None;
        }
        if let Some(variable) = self.named.get(name) {
            return Some(declared::variable(variable).unwrap_or(variable));
        }
        let variable = usual(name)?;
        // Leave out what a person named: it is not known by its name as well.
        let is_named = |other: &String| declared::variable(other) == Some(variable);
        (!self.named.values().any(is_named)).then_some(variable)
    }
}

/// Returns the variable that a field of this name usually holds.
fn usual(name: &str) -> Option<&'static str> {
    let key = key(name);
    let other = OTHERS.iter().find(|(other, _)| *other == key).map(|(_, variable)| *variable);
    other.or_else(|| declared::variable(&key))
}

fn key(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

/// Names the usual fields in messages.
pub(in crate::extract::formats) const EXPECTED: &str = "text, body, content, article, transcript";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_name_or_named() {
        let names = ["ID", "Headline", "Body", "Published_At", "weight"];
        let roles = Roles::of(&names, &Fields::default()).expect("there is a text");
        let held: Vec<_> = names.iter().map(|name| roles.variable(name)).collect();
        assert_eq!(held, [Some("id"), Some("title"), None, Some("issued"), None]);
        assert!(roles.is_text("Body"));

        let fields: Fields = "text=weight,title=ID".parse().unwrap();
        let roles = Roles::of(&names, &fields).expect("there is a text");
        let held: Vec<_> = names.iter().map(|name| roles.variable(name)).collect();
        assert_eq!(held, [Some("title"), None, None, Some("issued"), None]);
        assert_eq!(Roles::of(&["a", "b"], &Fields::default()), None);
        assert_eq!(Roles::of(&["a", "text"], &"text=c".parse().unwrap()), None);
    }
}
