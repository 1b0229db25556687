//! JSON Schemas (draft 2020-12) of the documents, generated from their types; the copies in
//! `docs/schema` are these.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::{batch, check, citation, doctor, hit, index, results, show, sources, stats, verify};

/// The schema of every document, by its name and version: `pincite/check/1`.
pub fn schemas() -> BTreeMap<&'static str, Schema> {
    let mut hit = schema::<hit::Hit>(hit::Hit::SCHEMA);
    // As a document of its own, a hit names its schema.
    if let Some(Value::Array(required)) = hit.get_mut("required") {
        required.insert(0, "schema".into());
    }
    BTreeMap::from([
        (batch::Batch::SCHEMA, schema::<batch::Batch>(batch::Batch::SCHEMA)),
        (check::Checks::SCHEMA, schema::<check::Checks>(check::Checks::SCHEMA)),
        (citation::Citation::SCHEMA, schema::<citation::Citation>(citation::Citation::SCHEMA)),
        (doctor::Diagnosis::SCHEMA, schema::<doctor::Diagnosis>(doctor::Diagnosis::SCHEMA)),
        (hit::Hit::SCHEMA, hit),
        (index::Report::SCHEMA, schema::<index::Report>(index::Report::SCHEMA)),
        (results::Results::SCHEMA, schema::<results::Results>(results::Results::SCHEMA)),
        (show::Show::SCHEMA, schema::<show::Show>(show::Show::SCHEMA)),
        (sources::Sources::SCHEMA, schema::<sources::Sources>(sources::Sources::SCHEMA)),
        (stats::Stats::SCHEMA, schema::<stats::Stats>(stats::Stats::SCHEMA)),
        (
            verify::Verification::SCHEMA,
            schema::<verify::Verification>(verify::Verification::SCHEMA),
        ),
    ])
}

/// The schema of what is written of `T`, under the name of the document.
fn schema<T: JsonSchema>(name: &str) -> Schema {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), name.into());
    RecursiveTransform(tidy).transform(&mut schema);
    schema
}

/// Forbids `null` in fields that may be absent, and keeps of a description the first paragraph: the
/// others are for those who program in Rust.
fn tidy(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    }
    let required: Vec<Value> =
        schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in properties {
            if !required.iter().any(|it| it.as_str() == Some(name)) {
                forbid_null(property);
            }
        }
    }
}

/// Takes `null` out of the types that a schema allows.
fn forbid_null(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|it| it != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
        any.retain(|it| it.get("type").is_none_or(|it| it != "null"));
        if let [Value::Object(only)] = any.as_slice() {
            let only = only.clone();
            schema.shift_remove("anyOf");
            schema.extend(only);
        }
    }
}
