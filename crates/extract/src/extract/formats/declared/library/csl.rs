//! Parses CSL-JSON: a list of items, or an object with one.

use serde_json::Value;

use super::{Draft, Fault};

pub(super) fn parse(text: &str) -> Result<Vec<Draft>, Fault> {
    let value = serde_json::from_str(text)
        .map_err(|error: serde_json::Error| Fault::new(Some(error.line()), error.to_string()))?;
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut object) => match object.remove("items") {
            Some(Value::Array(items)) => items,
            _ => vec![Value::Object(object)],
        },
        _ => return Err(Fault::new(None, "is no list of items in CSL-JSON")),
    };
    (1..).zip(items).map(|(number, item)| draft(number, item)).collect()
}

fn draft(number: usize, item: Value) -> Result<Draft, Fault> {
    let Value::Object(mut table) = item else {
        return Err(Fault::new(None, format!("entry {number} is no object")));
    };
    let key = ["citation-key", "citekey", "id"].iter().find_map(|key| match table.get(*key) {
        Some(Value::String(key)) => Some(key.clone()),
        Some(Value::Number(key)) => Some(key.to_string()),
        _ => None,
    });
    let mut files = Vec::new();
    if let Some(Value::String(file)) = table.remove("file") {
        files.push(file);
    }
    if let Some(Value::Array(attachments)) = table.remove("attachments") {
        let paths = attachments.iter().filter_map(|it| it.get("path")?.as_str());
        files.extend(paths.map(str::to_owned));
    }
    let key = key.unwrap_or_else(|| number.to_string());
    Ok(Draft { key, line: None, files, table })
}
