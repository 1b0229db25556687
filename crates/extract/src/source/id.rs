//! Ids of sources, passages and sentences: `gsdn-ahlawat`, `gsdn-ahlawat#p5`, `gsdn-ahlawat#p5.3`, `gsdn-ahlawat#p5.3-4`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Sentences;

/// The id of a source: lower-case letters, digits and `-`, `_`, `.`, declared in its metadata or a slug of its path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SourceId(String);

impl SourceId {
    /// An id made of `name`, a declared id or a relative path without its extension: lower-cased, every run of other
    /// characters than letters, digits, `_` and `.` folded into one `-`. Text with nothing to keep gives `source`.
    ///
    /// ```
    /// use pincite_extract::source::SourceId;
    /// assert_eq!(SourceId::slug("2025/GSDN – Ahlawat").as_str(), "2025-gsdn-ahlawat");
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

    /// The id as text.
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
    /// The source it is of.
    pub source: SourceId,
    /// The paragraph, counted from 1 over the body paragraphs of the source.
    pub paragraph: u32,
    /// The sentences meant, or `None` for the whole paragraph.
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

/// Why a text is no passage id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a passage id: one reads SOURCE#pN, SOURCE#pN.S or SOURCE#pN.S-T, counted from 1"
)]
pub struct ParseIdError(String);

impl FromStr for PassageId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let parse = || {
            let (source, place) = text.rsplit_once("#p")?;
            let (paragraph, sentences) = match place.split_once('.') {
                None => (place, None),
                Some((paragraph, range)) => {
                    (paragraph, Some(range.split_once('-').unwrap_or((range, range))))
                }
            };
            let counted = |n: &str| n.parse::<u32>().ok().filter(|&n| n > 0);
            let sentences = match sentences {
                None => None,
                Some((first, last)) => {
                    Some(Sentences { first: counted(first)?, last: counted(last)? })
                        .filter(|s| s.first <= s.last)?
                        .into()
                }
            };
            let source = Some(source).filter(|s| !s.is_empty())?;
            Some(PassageId {
                source: SourceId(source.to_owned()),
                paragraph: counted(paragraph)?,
                sentences,
            })
        };
        parse().ok_or_else(|| ParseIdError(text.to_owned()))
    }
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
            "description": "The id of a body paragraph, `SOURCE#p5`, or of sentences in it, `SOURCE#p5.3` or \
                            `SOURCE#p5.3-4`, counted from 1.",
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
