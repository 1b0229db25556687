//! The OpenAPI 3.1 document of the API, made of the types that the handlers parse and render. A
//! schema of it is a JSON Schema as in `docs/schema`.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::params::{
    CheckParams, CiteParams, NoParams, QueryParams, ShowParams, SourcesParams, VerifyParams,
};
use pincite_core::wire::problem::Problem;
use pincite_core::wire::schema::schemas;

/// An operation of the API.
struct Operation {
    path: &'static str,
    /// `get` or `post`.
    method: &'static str,
    summary: &'static str,
    parameters: Schema,
    /// The media type of the body and what it is, if there is one.
    body: Option<&'static str>,
    /// The name of the document that it answers with, and whether there is an array of them.
    answer: (&'static str, bool),
}

/// Returns the OpenAPI document.
pub fn openapi() -> Value {
    let mut paths = Map::new();
    for operation in operations() {
        let path = paths.entry(format!("/v1{}", operation.path)).or_insert_with(|| json!({}));
        path[operation.method] = described(&operation);
    }
    let mut components = Map::new();
    for (name, schema) in schemas() {
        hoist(&mut components, component(name), schema);
    }
    hoist(&mut components, "Problem".to_owned(), schema::<Problem>());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "pincite",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Exact, checkable quotations from your own articles. The documents are \
                those of the command line.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": components},
    })
}

fn operations() -> [Operation; 8] {
    let get = |path, summary, parameters, answer| Operation {
        path,
        method: "get",
        summary,
        parameters,
        body: None,
        answer,
    };
    [
        get(
            "/query",
            "Find and quote passages that answer a claim or a question",
            schema::<QueryParams>(),
            ("pincite/results/1", false),
        ),
        get(
            "/check",
            "Check claims against the sources",
            schema::<CheckParams>(),
            ("pincite/check/1", false),
        ),
        Operation {
            path: "/check",
            method: "post",
            summary: "Check the claims of a draft, or of lines",
            parameters: schema::<CheckParams>(),
            body: Some("A draft in Markdown or plain text, or a claim a line."),
            answer: ("pincite/check/1", false),
        },
        Operation {
            path: "/verify",
            method: "post",
            summary: "Check quotations against their sources",
            parameters: schema::<VerifyParams>(),
            body: Some(
                "Citation records as JSON or JSON Lines, or a text in which each quotation names \
                 its source.",
            ),
            answer: ("pincite/verify/1", false),
        },
        get(
            "/cite",
            "Cite passages or sentences by their ids",
            schema::<CiteParams>(),
            ("pincite/citation/1", true),
        ),
        get(
            "/show",
            "Show a source, or a passage in context",
            schema::<ShowParams>(),
            ("pincite/show/1", false),
        ),
        get(
            "/sources",
            "List the sources, in the order of their ids",
            schema::<SourcesParams>(),
            ("pincite/sources/1", false),
        ),
        get(
            "/stats",
            "Count what is in the index",
            schema::<NoParams>(),
            ("pincite/stats/1", false),
        ),
    ]
}

fn described(operation: &Operation) -> Value {
    let (name, is_list) = operation.answer;
    let answer = json!({"$ref": format!("#/components/schemas/{}", component(name))});
    let answer = if is_list { json!({"type": "array", "items": answer}) } else { answer };
    let mut described = json!({
        "operationId": format!("{}{}", operation.method, operation.path.replace('/', "_")),
        "summary": operation.summary,
        "parameters": parameters(&operation.parameters),
        "responses": {
            "200": {
                "description": format!("`{name}`, where no other format is asked for."),
                "content": {"application/json": {"schema": answer}},
            },
            "default": {
                "description": "What was wrong.",
                "content": {"application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                }},
            },
        },
    });
    if let Some(body) = operation.body {
        described["requestBody"] = json!({
            "description": body,
            "required": true,
            "content": {"text/plain": {"schema": {"type": "string"}}},
        });
    }
    described
}

/// Returns the parameters that the properties of a schema are.
fn parameters(schema: &Schema) -> Vec<Value> {
    let Some(Value::Object(properties)) = schema.get("properties") else { return Vec::new() };
    let described = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        let mut parameter = json!({"name": name, "in": "query"});
        if let Some(fields) = schema.as_object_mut() {
            if let Some(description) = fields.shift_remove("description") {
                parameter["description"] = description;
            }
            // Leaves out what is not there; there is no `null` in an address.
            if let Some(Value::Array(types)) = fields.get("type") {
                let only = types.iter().find(|it| *it != "null").cloned();
                fields.insert("type".to_owned(), only.unwrap_or(Value::Null));
            }
            if fields.get("default") == Some(&Value::Null) {
                fields.shift_remove("default");
            }
        }
        parameter["schema"] = schema;
        parameter
    };
    properties.iter().map(described).collect()
}

/// Returns the name of a document among the components: `ResultsV1`.
fn component(name: &str) -> String {
    let mut parts = name.split('/').skip(1);
    let (kind, version) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (first, rest) = kind.split_at(1);
    format!("{}{rest}V{version}", first.to_uppercase())
}

/// Adds a schema to `components`, and the definitions in it beside it, under names of their own.
fn hoist(components: &mut Map<String, Value>, name: String, schema: Schema) {
    let mut schema = schema.to_value();
    let definitions = match schema.as_object_mut() {
        Some(fields) => {
            fields.shift_remove("$schema");
            fields.shift_remove("$defs")
        }
        None => None,
    };
    redirect(&mut schema, &name);
    if let Some(Value::Object(definitions)) = definitions {
        for (inner, mut definition) in definitions {
            redirect(&mut definition, &name);
            components.insert(format!("{name}.{inner}"), definition);
        }
    }
    components.insert(name, schema);
}

/// Points references to the definitions of a schema to the components named after it.
fn redirect(value: &mut Value, name: &str) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(target)) = fields.get_mut("$ref")
                && let Some(inner) = target.strip_prefix("#/$defs/")
            {
                *target = format!("#/components/schemas/{name}.{inner}");
            }
            fields.values_mut().for_each(|value| redirect(value, name));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| redirect(value, name)),
        _ => {}
    }
}

fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>()
}
