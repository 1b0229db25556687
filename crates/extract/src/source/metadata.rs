//! [`Metadata`]: what is said of a source, as CSL-JSON, and whether it was said or guessed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::text::PartialDate;

/// Where a value of the metadata comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Someone wrote it down as metadata: front matter, a sidecar file, `SOURCES.toml`.
    Declared,
    /// It was read off the text: a title line, a by-line, a dateline.
    Inferred,
}

/// What is known of a source: CSL-JSON variables (<https://docs.citationstyles.org/en/stable/specification.html>,
/// appendix IV), each declared or inferred.
///
/// CSL-JSON is both how metadata comes in and how it goes out, so it is kept as that: a variable this program has no use
/// for, or a date that cannot be typed, is carried through rather than lost.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    variables: Map<String, Value>,
    inferred: BTreeSet<String>,
}

/// A name in the metadata: of a person in two parts, or of a body in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name<'a> {
    /// A person's name, particles included in `family`.
    Person {
        /// Family name.
        family: &'a str,
        /// Given names, where there are any.
        given: Option<&'a str>,
    },
    /// A name that is not taken apart.
    Literal(&'a str),
}

impl Name<'_> {
    /// The name as it is read out: given names first.
    pub fn display(&self) -> String {
        match self {
            Name::Person { family, given: Some(given) } => format!("{given} {family}"),
            Name::Person { family, given: None } => (*family).to_owned(),
            Name::Literal(literal) => (*literal).to_owned(),
        }
    }
}

impl Metadata {
    /// Sets a CSL variable (`title`, `author`, `issued`, …), in place of what it was.
    pub fn set(&mut self, variable: &str, value: Value, provenance: Provenance) {
        self.variables.insert(variable.to_owned(), value);
        match provenance {
            Provenance::Inferred => self.inferred.insert(variable.to_owned()),
            Provenance::Declared => self.inferred.remove(variable),
        };
    }

    /// Takes from `other` every variable that it does not have itself, or has only inferred where `other` declares it: what
    /// someone wrote down goes before what was guessed, whichever comes first.
    pub fn fill(&mut self, other: &Metadata) {
        for (variable, value, provenance) in other.iter() {
            let guessed = self.inferred.contains(variable) && provenance == Provenance::Declared;
            if guessed || !self.variables.contains_key(variable) {
                self.set(variable, value.clone(), provenance);
            }
        }
    }

    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    /// Every variable with its value and where it comes from.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value, Provenance)> {
        self.variables.iter().map(|(variable, value)| {
            let inferred = self.inferred.contains(variable);
            (
                variable.as_str(),
                value,
                if inferred { Provenance::Inferred } else { Provenance::Declared },
            )
        })
    }

    /// A variable's value, as CSL-JSON has it.
    pub fn get(&self, variable: &str) -> Option<&Value> {
        self.variables.get(variable)
    }

    /// A variable that is text.
    pub fn text(&self, variable: &str) -> Option<&str> {
        self.get(variable)?.as_str()
    }

    /// The title.
    pub fn title(&self) -> Option<&str> {
        self.text("title")
    }

    /// Who stands behind the publication: its publisher, or else the publication itself.
    pub fn publisher(&self) -> Option<&str> {
        self.text("publisher").or_else(|| self.text("container-title"))
    }

    /// Where it can be read.
    pub fn url(&self) -> Option<&str> {
        self.text("URL")
    }

    /// The names in a variable that holds names (`author`, `editor`).
    pub fn names(&self, variable: &str) -> Vec<Name<'_>> {
        let names =
            self.get(variable).and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
        names
            .iter()
            .filter_map(|name| match name.get("family").and_then(Value::as_str) {
                Some(family) => {
                    Some(Name::Person { family, given: name.get("given").and_then(Value::as_str) })
                }
                None => name.get("literal").and_then(Value::as_str).map(Name::Literal),
            })
            .collect()
    }

    /// When it was published, from the first of the `date-parts` of `issued`.
    pub fn issued(&self) -> Option<PartialDate> {
        let parts = self.get("issued")?.get("date-parts")?.get(0)?.as_array()?;
        let part = |i: usize| parts.get(i).and_then(Value::as_i64);
        let small = |i: usize| part(i).map(i8::try_from).transpose().ok();
        PartialDate::new(i16::try_from(part(0)?).ok()?, small(1)?, small(2)?)
    }

    /// A date as CSL-JSON has it.
    pub fn csl_date(date: PartialDate) -> Value {
        let mut parts = vec![i64::from(date.year())];
        parts.extend(date.month().map(i64::from));
        parts.extend(date.day().map(i64::from));
        json!({ "date-parts": [parts] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_goes_before_what_is_guessed() {
        let mut guessed = Metadata::default();
        guessed.set("title", "Guessed".into(), Provenance::Inferred);
        guessed.set("publisher", "Guessed".into(), Provenance::Inferred);
        let mut declared = Metadata::default();
        declared.set("title", "Declared".into(), Provenance::Declared);
        for (mut metadata, other) in [(guessed.clone(), &declared), (declared.clone(), &guessed)] {
            metadata.fill(other);
            let known: Vec<_> = metadata
                .iter()
                .map(|(variable, value, from)| (variable, value.as_str(), from))
                .collect();
            assert!(known.contains(&("title", Some("Declared"), Provenance::Declared)));
            assert!(known.contains(&("publisher", Some("Guessed"), Provenance::Inferred)));
        }
    }
}
