//! [`Fields`]: which fields of a record are its text, its title, its date.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::formats::declared;
use crate::source::Metadata;

/// The fields of records that were named by a person, by what they hold: `text`, `title`, `date` or
/// another variable. Where none is named, fields are known by usual names.
///
/// ```
/// use pincite_extract::extract::Fields;
/// let fields: Fields = "text=lede,text=body,title=headline".parse()?;
/// assert_eq!(fields.of("text"), ["lede", "body"]);
/// assert_eq!(fields.to_string(), "text=lede,text=body,title=headline");
/// # Ok::<(), pincite_extract::extract::ParseFieldsError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, Vec<String>>);

/// The error for a text that maps no fields.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseFieldsError(String);

impl Fields {
    /// The name for what is read of a record.
    pub const TEXT: &'static str = "text";

    /// Returns whether none is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the fields that hold a variable, in the order in which they were named.
    pub fn of(&self, variable: &str) -> &[String] {
        self.0.get(variable).map_or(&[], Vec::as_slice)
    }

    /// Returns each variable with the fields that hold it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(variable, fields)| (variable.as_str(), fields.as_slice()))
    }

    /// Takes the table `fields` out of declared metadata, as a sidecar has it; what in it means
    /// nothing is left out.
    pub fn take_from(metadata: &mut Metadata) -> Self {
        let mut fields = Self::default();
        let Some(serde_json::Value::Object(table)) = metadata.take_custom("fields") else {
            return fields;
        };
        for (variable, value) in table {
            let names = match value {
                serde_json::Value::Array(names) => names,
                name => vec![name],
            };
            for name in names.iter().filter_map(serde_json::Value::as_str) {
                // A sidecar that was written for another program is no error.
                let _ = fields.add(&variable, name);
            }
        }
        fields
    }

    fn add(&mut self, variable: &str, field: &str) -> Result<(), ParseFieldsError> {
        let (variable, field) = (variable.trim(), field.trim());
        if variable != Self::TEXT && declared::variable(variable).is_none() {
            return Err(ParseFieldsError(format!(
                "a field cannot be “{variable}”, but text, title, date, author, publisher, url, \
                 language, id or another CSL variable"
            )));
        }
        if field.is_empty() {
            return Err(ParseFieldsError(format!("no field is named for {variable}")));
        }
        self.0.entry(variable.to_owned()).or_default().push(field.to_owned());
        Ok(())
    }
}

impl FromStr for Fields {
    type Err = ParseFieldsError;

    /// Parses `text=body,title=headline`.
    fn from_str(text: &str) -> Result<Self, ParseFieldsError> {
        let mut fields = Self::default();
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let Some((variable, field)) = pair.split_once('=') else {
                return Err(ParseFieldsError(format!(
                    "“{pair}” is no mapping: one reads text=body,title=headline"
                )));
            };
            fields.add(variable, field)?;
        }
        Ok(fields)
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs =
            self.iter().flat_map(|(variable, fields)| fields.iter().map(move |it| (variable, it)));
        for (i, (variable, field)) in pairs.enumerate() {
            let separator = if i == 0 { "" } else { "," };
            write!(f, "{separator}{variable}={field}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings_that_mean_nothing_are_errors() {
        for (text, part) in [
            ("body", "“body” is no mapping"),
            ("colour=body", "a field cannot be “colour”"),
            ("text=", "no field is named for text"),
        ] {
            let error = text.parse::<Fields>().expect_err(text);
            assert!(error.to_string().starts_with(part), "{error}");
        }
        assert_eq!("".parse(), Ok(Fields::default()));
    }
}
