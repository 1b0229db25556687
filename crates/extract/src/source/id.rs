//! Ids of sources, passages and sentences: `border-notes`, `border-notes#p5`, `border-notes#p5.3`,
//! `border-notes#p5.3-4`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Sentences;

/// The id of a source: lower-case letters, digits and `-`, `_`, `.`, declared in its metadata or a
/// slug of its path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SourceId(String);

impl SourceId {
    /// Makes an id of `name`, a declared id or a relative path without its extension.
    ///
    /// The name is lower-cased, and every run of characters other than letters, digits, `_` and `.`
    /// is replaced by one `-`. If nothing is left, the id is `source`.
    ///
    /// ```
    /// use pincite_extract::source::SourceId;
    /// assert_eq!(SourceId::slug("2025/Border – Notes").as_str(), "2025-border-notes");
    /// ```
    pub fn slug(name: &str) -> Self {
        let mut slug = String::with_capacity(name.len());
        for c in name.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() || c == '_' || c == '.' {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        Self(if slug.is_empty() { "source".to_owned() } else { slug.to_owned() })
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a passage, or of sentences in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId {
    /// The id of the source.
    pub source: SourceId,
    /// The number of the paragraph, from 1, among the body paragraphs of the source.
    pub paragraph: u32,
    /// The sentences, or `None` for the whole paragraph.
    pub sentences: Option<Sentences>,
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#p{}", self.source, self.paragraph)?;
        match self.sentences {
            None => Ok(()),
            Some(Sentences { first, last }) if first == last => write!(f, ".{first}"),
            Some(Sentences { first, last }) => write!(f, ".{first}-{last}"),
        }
    }
}

/// The error for a text that is not a passage id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a passage id: one reads SOURCE#pN, SOURCE#pN.S or SOURCE#pN.S-T, counted from 1"
)]
pub struct ParseIdError(String);

impl FromStr for PassageId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        parse(text).ok_or_else(|| ParseIdError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<PassageId> {
    let (source, place) = text.rsplit_once("#p")?;
    if source.is_empty() {
        return None;
    }
    let (paragraph, sentences) = match place.split_once('.') {
        Some((paragraph, range)) => (paragraph, Some(parse_range(range)?)),
        None => (place, None),
    };
    let source = SourceId(source.to_owned());
    Some(PassageId { source, paragraph: parse_count(paragraph)?, sentences })
}

/// Parses `3` or `3-4`.
fn parse_range(range: &str) -> Option<Sentences> {
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (first, last) = (parse_count(first)?, parse_count(last)?);
    (first <= last).then_some(Sentences { first, last })
}

fn parse_count(text: &str) -> Option<u32> {
    text.parse().ok().filter(|&count| count > 0)
}

impl Serialize for PassageId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for PassageId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PassageId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "The id of a body paragraph, `SOURCE#p5`, or of sentences in it, \
                            `SOURCE#p5.3` or `SOURCE#p5.3-4`, counted from 1.",
            "type": "string",
            "pattern": r"^.+#p[1-9][0-9]*(\.[1-9][0-9]*(-[1-9][0-9]*)?)?$",
        })
    }
}

impl<'de> Deserialize<'de> for PassageId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
