//! Ids of sources, passages and sentences: `border-notes`, `letters!42`, `border-notes#p5`,
//! `border-notes#p5.3`, `border-notes#p5.3-4`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Sentences;

/// The id of a source: lower-case letters, digits and `-`, `_`, `.`, declared in its metadata or a
/// slug of its path. That of a record of a file is the file's, `!`, and the record's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SourceId(String);

impl SourceId {
    /// Makes an id of `name`, a declared id or a relative path without its extension.
    ///
    /// The name is lower-cased and composed (NFC), and every run of characters other than letters
    /// with their marks, digits, `_` and `.` is replaced by one `-`. If nothing is left, the id is
    /// `source`.
    ///
    /// ```
    /// use pincite_extract::source::SourceId;
    /// assert_eq!(SourceId::slug("2025/Border – Notes").as_str(), "2025-border-notes");
    /// assert_eq!(SourceId::slug("Me\u{301}moire"), SourceId::slug("M\u{e9}moire"));
    /// ```
    pub fn slug(name: &str) -> Self {
        let mut slug = String::with_capacity(name.len());
        for c in name.chars().flat_map(char::to_lowercase).nfc() {
            // A mark is part of the letter before it: a vowel sign, a dot.
            let is_mark = is_combining_mark(c) && !slug.is_empty() && !slug.ends_with('-');
            if c.is_alphanumeric() || c == '_' || c == '.' || is_mark {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        Self(if slug.is_empty() { "source".to_owned() } else { slug.to_owned() })
    }

    /// Makes the id of the record with this key in the file whose own id this is. The key of a
    /// record in a member of an archive has those of both, with `!` between them.
    ///
    /// ```
    /// use pincite_extract::source::SourceId;
    /// assert_eq!(SourceId::slug("Letters").record("No. 42").as_str(), "letters!no.-42");
    /// assert_eq!(SourceId::slug("all").record("a/posts!7").as_str(), "all!a-posts!7");
    /// ```
    #[must_use]
    pub fn record(&self, key: &str) -> Self {
        let parts = key.split(Self::RECORD).filter(|part| !part.is_empty());
        parts.fold(self.clone(), |id, part| {
            Self(format!("{}{}{}", id.0, Self::RECORD, Self::slug(part)))
        })
    }

    /// Returns the key of the record, if this is the id of one.
    pub fn key(&self) -> Option<&str> {
        self.0.split_once(Self::RECORD).map(|(_, key)| key)
    }

    /// Makes an id of what a person typed: a name, or that of a record with `!` in it.
    pub fn typed(text: &str) -> Self {
        match text.trim().split_once(Self::RECORD) {
            Some((file, key)) if !file.is_empty() && !key.is_empty() => {
                Self::slug(file).record(key)
            }
            _ => Self::slug(text),
        }
    }

    /// Returns the id of the file, if this is that of a record, or else the same.
    #[must_use]
    pub fn of_file(&self) -> Self {
        Self(self.0.split(Self::RECORD).next().unwrap_or_default().to_owned())
    }

    /// The sign between the id of a file and the key of a record. No slug has it.
    const RECORD: char = '!';

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
    let source = SourceId(source.nfc().collect());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_in_ids_and_ids_are_composed() {
        for (name, expected) in [
            ("हिन्दी समाचार", "हिन्दी-समाचार"),
            ("தமிழ் செய்தி", "தமிழ்-செய்தி"),
            ("العَرَبِيَّة", "العَرَبِيَّة"),
            ("วันนี้", "วันนี้"),
            ("Stra\u{df}e – U\u{308}ber", "straße-\u{fc}ber"),
            ("🎉", "source"),
            ("\u{301}", "source"),
        ] {
            assert_eq!(SourceId::slug(name).as_str(), expected.nfc().collect::<String>());
        }
        let id: PassageId = "u\u{308}ber#p1".parse().expect("an id");
        assert_eq!(id.source, SourceId::slug("\u{fc}ber"));
    }
}
