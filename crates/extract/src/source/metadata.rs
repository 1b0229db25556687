//! [`Metadata`]: bibliographic data in CSL-JSON, each value declared or inferred.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::text::PartialDate;

/// The origin of a value of the metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Someone wrote it down as metadata: front matter, a sidecar file, `SOURCES.toml`.
    Declared,
    /// It was taken from the text: a title line, a byline, a dateline.
    Inferred,
}

/// The metadata of a source: CSL-JSON variables, each declared or inferred.
///
/// The variables are those of appendix IV of the CSL specification,
/// <https://docs.citationstyles.org/en/stable/specification.html>. Metadata comes in and goes out
/// as CSL-JSON and is stored as such, so that unknown variables and unparsable dates are not lost.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    variables: Map<String, Value>,
    inferred: BTreeSet<String>,
}

/// A name in the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name<'a> {
    /// The name of a person.
    Person {
        /// The family name, including particles.
        family: &'a str,
        /// The given names, if there are any.
        given: Option<&'a str>,
        /// A suffix such as `Jr.`
        suffix: Option<&'a str>,
    },
    /// The name of an organisation, or one that cannot be split.
    Literal(&'a str),
}

impl Name<'_> {
    /// Returns the name for display, given names first and a suffix last.
    pub fn display(&self) -> String {
        match self {
            Name::Person { family, given, suffix } => {
                let parts = [*given, Some(*family), *suffix];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            Name::Literal(literal) => (*literal).to_owned(),
        }
    }
}

impl Metadata {
    /// The maximum length of a value, in bytes of JSON.
    pub const MAX_VALUE: usize = 8 << 10;

    /// The maximum number of variables, and of values in `custom`.
    pub const MAX_VARIABLES: usize = 100;

    /// Sets a CSL variable (`title`, `author`, `issued`, …), replacing its old value.
    pub fn set(&mut self, variable: &str, value: Value, provenance: Provenance) {
        self.variables.insert(variable.to_owned(), value);
        match provenance {
            Provenance::Inferred => self.inferred.insert(variable.to_owned()),
            Provenance::Declared => self.inferred.remove(variable),
        };
    }

    /// Adds the variables of `other` that are missing here, and replaces inferred ones that `other`
    /// declares.
    pub fn fill(&mut self, other: &Metadata) {
        for (variable, value, provenance) in other.iter() {
            let is_better = self.inferred.contains(variable) && provenance == Provenance::Declared;
            if is_better || !self.variables.contains_key(variable) {
                self.set(variable, value.clone(), provenance);
            }
        }
    }

    /// Leaves out values that are longer than [`Metadata::MAX_VALUE`], and variables beyond
    /// [`Metadata::MAX_VARIABLES`]; the same for the values in `custom`. Returns a message for
    /// users if there are any, in words that follow the name of the file.
    pub fn bound(&mut self) -> Option<String> {
        /// The number of names that the message has.
        const NAMED: usize = 3;
        /// The number of letters that it has of each.
        const LETTERS: usize = 40;
        let mut left_out = Vec::new();
        if let Some(Value::Object(custom)) = self.variables.get_mut("custom") {
            bound(custom, &mut left_out);
        }
        // It is bounded value by value.
        let custom = self.variables.shift_remove("custom");
        bound(&mut self.variables, &mut left_out);
        self.variables.extend(custom.map(|custom| ("custom".to_owned(), custom)));
        self.inferred.retain(|variable| self.variables.contains_key(variable));
        if left_out.is_empty() {
            return None;
        }
        let named = left_out.iter().take(NAMED).map(|name| name.chars().take(LETTERS).collect());
        let named: Vec<String> = named.collect();
        let more = if left_out.len() > NAMED { ", …" } else { "" };
        Some(format!(
            "has more metadata than is kept ({} values of {} KiB): left out {}{more}",
            Self::MAX_VARIABLES,
            Self::MAX_VALUE >> 10,
            named.join(", "),
        ))
    }

    /// Takes a value out of `custom`.
    pub fn take_custom(&mut self, key: &str) -> Option<Value> {
        let custom = self.variables.get_mut("custom")?.as_object_mut()?;
        let taken = custom.shift_remove(key);
        if custom.is_empty() {
            self.variables.shift_remove("custom");
        }
        taken
    }

    /// Returns whether there are no variables.
    pub fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    /// Returns all variables with their values and provenance.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value, Provenance)> {
        self.variables.iter().map(|(variable, value)| {
            let provenance = if self.inferred.contains(variable) {
                Provenance::Inferred
            } else {
                Provenance::Declared
            };
            (variable.as_str(), value, provenance)
        })
    }

    /// Returns the CSL-JSON value of a variable.
    pub fn get(&self, variable: &str) -> Option<&Value> {
        self.variables.get(variable)
    }

    /// Returns the value of a variable, if it is a string.
    pub fn text(&self, variable: &str) -> Option<&str> {
        self.get(variable)?.as_str()
    }

    /// Returns the title.
    pub fn title(&self) -> Option<&str> {
        self.text("title")
    }

    /// Returns the publisher, or else the title of the publication.
    pub fn publisher(&self) -> Option<&str> {
        self.text("publisher").or_else(|| self.text("container-title"))
    }

    /// Returns the URL.
    pub fn url(&self) -> Option<&str> {
        self.text("URL")
    }

    /// Returns the names in a name variable (`author`, `editor`).
    pub fn names(&self, variable: &str) -> Vec<Name<'_>> {
        let Some(names) = self.get(variable).and_then(Value::as_array) else { return Vec::new() };
        let mut found = Vec::new();
        for name in names {
            let part = |key: &str| name.get(key).and_then(Value::as_str);
            if let Some(family) = part("family") {
                found.push(Name::Person { family, given: part("given"), suffix: part("suffix") });
            } else if let Some(literal) = part("literal") {
                found.push(Name::Literal(literal));
            }
        }
        found
    }

    /// Returns the date of publication, from the first of the `date-parts` of `issued`.
    pub fn issued(&self) -> Option<PartialDate> {
        let parts = self.get("issued")?.get("date-parts")?.get(0)?.as_array()?;
        let part = |i: usize| parts.get(i).and_then(Value::as_i64);
        let small = |i: usize| part(i).map(i8::try_from).transpose().ok();
        PartialDate::new(i16::try_from(part(0)?).ok()?, small(1)?, small(2)?)
    }

    /// Returns a date in CSL-JSON.
    pub fn csl_date(date: PartialDate) -> Value {
        let mut parts = vec![i64::from(date.year())];
        parts.extend(date.month().map(i64::from));
        parts.extend(date.day().map(i64::from));
        json!({ "date-parts": [parts] })
    }
}

/// Leaves out values beyond the limits, and adds their names to `left_out`.
fn bound(values: &mut Map<String, Value>, left_out: &mut Vec<String>) {
    let mut kept = 0;
    values.retain(|name, value| {
        let fits = kept < Metadata::MAX_VARIABLES
            && name.len() <= Metadata::MAX_VALUE
            && value.to_string().len() <= Metadata::MAX_VALUE;
        kept += usize::from(fits);
        if !fits {
            left_out.push(name.clone());
        }
        fits
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_or_too_much_is_left_out() {
        let mut metadata = Metadata::default();
        metadata.set("title", "A Road".into(), Provenance::Declared);
        metadata.set("abstract", "x".repeat(Metadata::MAX_VALUE).into(), Provenance::Inferred);
        let custom: Map<String, Value> = (0..200).map(|n| (format!("k{n}"), n.into())).collect();
        metadata.set("custom", custom.into(), Provenance::Declared);
        let message = metadata.bound().expect("something is left out");
        assert!(message.ends_with("left out k100, k101, k102, …"), "{message}");
        assert!(metadata.get("abstract").is_none() && metadata.title().is_some());
        assert_eq!(metadata.get("custom").and_then(Value::as_object).map(Map::len), Some(100));
        assert_eq!(metadata.iter().count(), 2);
        assert_eq!(metadata.bound(), None);
    }

    #[test]
    fn declared_values_replace_inferred_ones() {
        let mut inferred = Metadata::default();
        inferred.set("title", "Inferred".into(), Provenance::Inferred);
        inferred.set("publisher", "Inferred".into(), Provenance::Inferred);
        let mut declared = Metadata::default();
        declared.set("title", "Declared".into(), Provenance::Declared);
        for (mut metadata, other) in [(inferred.clone(), &declared), (declared.clone(), &inferred)]
        {
            metadata.fill(other);
            let variables: Vec<_> = metadata
                .iter()
                .map(|(variable, value, provenance)| (variable, value.as_str(), provenance))
                .collect();
            assert!(variables.contains(&("title", Some("Declared"), Provenance::Declared)));
            assert!(variables.contains(&("publisher", Some("Inferred"), Provenance::Inferred)));
        }
    }
}
