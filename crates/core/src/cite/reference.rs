//! [`Reference`]: a cited source as the bibliographic formats need it, typed and clean.
//!
//! Metadata is CSL-JSON that anyone may have written, so a variable can hold anything. Every format
//! reads it through this view: text with white space folded and control characters gone, names and
//! dates only where they are such.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value};

use super::record::Citation;
use crate::source::PassageId;
use crate::text::PartialDate;

/// A source with what is cited from it.
#[derive(Debug, Clone)]
pub struct Reference<'a> {
    /// Its variables, as CSL-JSON.
    pub variables: &'a Map<String, Value>,
    /// The citations of it, in the order given.
    citations: Vec<&'a Citation>,
}

/// A name, clean: see [`clean`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CleanName {
    /// The name of a person, particles in their places.
    Person {
        /// The family name, with a particle that belongs to it.
        family: String,
        /// Given names, with a particle that is dropped where only the family name is given.
        given: Option<String>,
        /// A suffix such as `Jr.`
        suffix: Option<String>,
    },
    /// A name that is not taken apart.
    Literal(String),
}

/// The sources that `citations` are of, each once, in the order of their first citation.
pub fn references(citations: &[Citation]) -> Vec<Reference<'_>> {
    let mut references: Vec<Reference<'_>> = Vec::new();
    let mut places = HashMap::new();
    for citation in citations {
        match places.entry(&citation.id.source) {
            Entry::Occupied(place) => {
                let reference: &mut Reference<'_> = &mut references[*place.get()];
                reference.citations.push(citation);
            }
            Entry::Vacant(place) => {
                place.insert(references.len());
                references.push(Reference::of(citation));
            }
        }
    }
    references
}

impl<'a> Reference<'a> {
    /// The source of one citation.
    pub fn of(citation: &'a Citation) -> Self {
        Self { variables: &citation.source, citations: vec![citation] }
    }

    /// Its id in the index.
    pub fn id(&self) -> &str {
        self.citations.first().map_or("", |citation| citation.id.source.as_str())
    }

    /// Its CSL type.
    pub fn kind(&self) -> &str {
        self.variables.get("type").and_then(Value::as_str).unwrap_or("document")
    }

    /// A variable that is text or a number, unless it is empty.
    pub fn text(&self, variable: &str) -> Option<String> {
        match self.variables.get(variable)? {
            Value::String(text) => filled(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A variable that is a date which the calendar has.
    pub fn date(&self, variable: &str) -> Option<PartialDate> {
        date(self.variables.get(variable)?)
    }

    /// A variable that is a date in words (“circa 1990”).
    pub fn date_in_words(&self, variable: &str) -> Option<String> {
        filled(self.variables.get(variable)?.get("literal")?.as_str()?)
    }

    /// The names in a variable that holds names.
    pub fn names(&self, variable: &str) -> Vec<CleanName> {
        self.variables.get(variable).map(names).unwrap_or_default()
    }

    /// Its URL, if a browser follows it, with everything escaped that RFC 3986 wants escaped.
    pub fn url(&self) -> Option<String> {
        web_url(self.variables)
    }

    /// The quotations cited from it, each with its place.
    pub fn pinpoints(&self) -> impl Iterator<Item = String> {
        self.citations.iter().map(|citation| {
            let PassageId { paragraph, .. } = citation.id;
            let locator = &citation.locator;
            let page = locator.printed_page().map(|page| format!("p. {page}, "));
            let slide = locator.slide.map(|slide| format!("slide {slide}, "));
            let page = page.or(slide).unwrap_or_default();
            format!(
                "{page}para. {paragraph}: “{}” [{}]",
                clean(&citation.quote),
                clean(&citation.id.to_string())
            )
        })
    }
}

/// The characters that the URL standard allows in a URL but the formats that carry one do not.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The `URL` of a CSL-JSON item, if a browser follows it.
pub(super) fn web_url(variables: &Map<String, Value>) -> Option<String> {
    let url = url::Url::parse(variables.get("URL")?.as_str()?.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    Some(utf8_percent_encode(url.as_str(), UNSAFE).to_string())
}

/// Puts `text` on one line: every run of white space folded to one space, control characters
/// dropped.
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = clean.len();
        if before > 0 {
            clean.push(' ');
        }
        let start = clean.len();
        clean.extend(word.chars().filter(|c| !c.is_control()));
        if clean.len() == start {
            clean.truncate(before);
        }
    }
    clean
}

/// Cleans `text`; `None` where nothing is left of it.
fn filled(text: &str) -> Option<String> {
    Some(clean(text)).filter(|text| !text.is_empty())
}

/// The names in a CSL-JSON value; text in a place for names is a name that is not taken apart.
pub(super) fn names(value: &Value) -> Vec<CleanName> {
    match value {
        Value::String(text) => filled(text).map(CleanName::Literal).into_iter().collect(),
        Value::Array(names) => names.iter().filter_map(name).collect(),
        _ => Vec::new(),
    }
}

fn name(value: &Value) -> Option<CleanName> {
    let part = |key: &str| value.get(key).and_then(Value::as_str).and_then(filled);
    let join = |first: Option<String>, last: Option<String>| match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (first, last) => first.or(last),
    };
    let given = join(part("given"), part("dropping-particle"));
    match (join(part("non-dropping-particle"), part("family")), given) {
        (Some(family), given) => Some(CleanName::Person { family, given, suffix: part("suffix") }),
        (None, given) => part("literal").or(given).map(CleanName::Literal),
    }
}

/// The date, or the first of a range of dates, in a CSL-JSON value.
pub(super) fn date(value: &Value) -> Option<PartialDate> {
    let raw = value.as_str().or_else(|| value.get("raw")?.as_str());
    let Some(parts) = value.get("date-parts").and_then(|dates| dates.get(0)?.as_array()) else {
        return raw?.trim().parse().ok();
    };
    let number = |part: &Value| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok());
    let small = |i: usize| match parts.get(i) {
        None => Some(None),
        Some(part) => Some(Some(i8::try_from(number(part)?).ok()?)),
    };
    PartialDate::new(i16::try_from(number(parts.first()?)?).ok()?, small(1)?, small(2)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn clean_text_is_one_line_without_control_characters() {
        assert_eq!(clean(" a\r\n\tb\u{1b}[31m \u{7}\u{85} c\u{2028}d\0 "), "a b[31m c d");
        assert_eq!(clean("\u{7}\u{1b}"), "");
    }

    #[test]
    fn names_keep_their_parts_whatever_the_shape() {
        let person = |family: &str, given: Option<&str>| CleanName::Person {
            family: family.into(),
            given: given.map(str::to_owned),
            suffix: None,
        };
        let value = json!([
            {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
            {"family": "Gogh", "non-dropping-particle": "van", "given": "Vincent"},
            {"family": "Plato"},
            {"literal": "The Desk"},
            {"given": "Only"},
            {"family": " \u{7} "},
            17,
        ]);
        assert_eq!(
            names(&value),
            [
                person("Beethoven", Some("Ludwig van")),
                person("van Gogh", Some("Vincent")),
                person("Plato", None),
                CleanName::Literal("The Desk".into()),
                CleanName::Literal("Only".into()),
            ]
        );
        assert_eq!(names(&json!("A. Writer")), [CleanName::Literal("A. Writer".into())]);
        assert_eq!(names(&json!({"family": "X"})), []);
    }

    #[test]
    fn dates_are_read_only_where_the_calendar_has_them() {
        let read = |value: Value| date(&value).map(|date| date.to_string());
        assert_eq!(read(json!({"date-parts": [[2025, 10, 16]]})).as_deref(), Some("2025-10-16"));
        assert_eq!(read(json!({"date-parts": [["2025", "10"]]})).as_deref(), Some("2025-10"));
        assert_eq!(read(json!({"date-parts": [[2024], [2025]]})).as_deref(), Some("2024"));
        assert_eq!(read(json!({"raw": "2025-10-16T10:00"})).as_deref(), Some("2025-10-16"));
        assert_eq!(read(json!("2025")).as_deref(), Some("2025"));
        for nonsense in [
            json!({"date-parts": []}),
            json!({"date-parts": [[]]}),
            json!({"date-parts": [[2025, 0]]}),
            json!({"date-parts": [[2025, 2, 30]]}),
            json!({"date-parts": [[-99999999999i64]]}),
            json!({"date-parts": [[null]]}),
            json!({"raw": "soon"}),
            json!(2025),
            json!(null),
        ] {
            assert_eq!(read(nonsense.clone()), None, "{nonsense}");
        }
    }

    #[test]
    fn only_web_urls_are_links() {
        let url = |url: &str| web_url(json!({ "URL": url }).as_object()?);
        assert_eq!(
            url("https://example.org/a b?q={x}|y").as_deref(),
            Some("https://example.org/a%20b?q=%7Bx%7D%7Cy")
        );
        assert_eq!(url("javascript:alert(1)"), None);
        assert_eq!(url("file:///etc/passwd"), None);
        assert_eq!(url("example.org"), None);
    }
}
