//! Compares what a citation record says, leaf by leaf, with the record that would be made of its
//! quotation now.

use serde_json::Value;

use super::detail::shown;
use super::opened::Opened;
use super::request::Record;
use super::styles::Styles;
use crate::cite::Citation;
use crate::text::Span;

/// A field of a record that is not what it is in the source.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mismatch {
    /// The way to it through the record: `source.author[0].family`.
    pub(super) field: String,
    says: Option<Value>,
    has: Option<Value>,
}

impl Mismatch {
    /// Returns true if it is part of what says where the quotation is; the rest is about its
    /// source.
    pub(super) fn is_of_place(&self) -> bool {
        let field = self.field.as_str();
        field == "id"
            || field == "quote_hash"
            || field.starts_with("locator.")
            || (field.starts_with("selectors")
                && !field.ends_with(".prefix")
                && !field.ends_with(".suffix"))
    }

    /// Says what differs, in words for people.
    pub(super) fn told(&self) -> String {
        let told = |value: &Option<Value>| match value {
            None => "absent".to_owned(),
            Some(Value::String(text)) => shown(text),
            Some(value) => {
                let json = value.to_string().replace(',', ", ");
                if json.len() <= 40 { json } else { shown(&json) }
            }
        };
        let (says, has) = (told(&self.says), told(&self.has));
        format!("{} is {says} in the record and {has} in the source", self.field)
    }
}

/// Lists the fields of a record that are wrong for its quotation at `span`, byte for byte; `None`
/// where no record can be made of that place, as it is in no body paragraph.
pub(super) fn mismatches(
    record: &Record,
    opened: &Opened,
    span: Span,
    styles: &Styles,
) -> Option<Vec<Mismatch>> {
    let mut is = opened.record(span, record.id.sentences.is_none())?;
    if record.deep_link.is_some() {
        is = opened.with_deep_link(is);
    }
    if let Some(formatted) = &record.formatted {
        is.formatted = Some(styles.format_like(formatted, &is));
    }
    Some(differences(record, &is))
}

fn differences(record: &Record, is: &Citation) -> Vec<Mismatch> {
    let mut found = Vec::new();
    // Both are made of strings and numbers: they can be written as JSON.
    if let (Ok(says), Ok(has)) = (serde_json::to_value(record), serde_json::to_value(is)) {
        compare(String::new(), &says, &has, &mut found);
    }
    found
}

/// The objects of which a record may have a part: what is absent there is not said.
const PARTIAL: [&str; 5] = ["", "locator", "source", "source.custom", "source.custom.provenance"];

fn compare(path: String, says: &Value, has: &Value, found: &mut Vec<Mismatch>) {
    let mut differ = |field, says: Option<&Value>, has: Option<&Value>| {
        found.push(Mismatch { field, says: says.cloned(), has: has.cloned() });
    };
    match (says, has) {
        (Value::Object(a), Value::Object(b)) => {
            let at = |key: &str| {
                if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
            };
            if !PARTIAL.contains(&path.as_str()) {
                for (key, has) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
                    differ(at(key), None, Some(has));
                }
            }
            for (key, says) in a {
                match b.get(key) {
                    Some(has) => compare(at(key), says, has, found),
                    None => {
                        found.push(Mismatch { field: at(key), says: Some(says.clone()), has: None })
                    }
                }
            }
        }
        (Value::Array(a), Value::Array(b))
            if a.len() == b.len() && !a.iter().all(Value::is_number) =>
        {
            for (i, (says, has)) in a.iter().zip(b).enumerate() {
                compare(format!("{path}[{i}]"), says, has, found);
            }
        }
        _ if says != has => differ(path, Some(says), Some(has)),
        _ => {}
    }
}
