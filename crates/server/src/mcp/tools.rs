//! The tools, their shapes, and what they do.

use std::ops::ControlFlow;
use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::params::{CheckParams, QueryParams, citation_format, passage_ids};
use crate::desk::Desk;
use crate::pages;
use crate::refusal::Refusal;
use pincite_core::check::Input;
use pincite_core::cite::Style;
use pincite_core::engine::{Reading, Target};
use pincite_core::index::Entry;
use pincite_core::source::PassageId;
use pincite_core::verify::{Attribution, VerifyRequest};
use pincite_core::wire;
use pincite_render::citation::document;
use pincite_render::reference;

/// The names of the tools.
pub(super) const NAMES: [&str; 5] = ["search", "fetch", "verify_quote", "check_claim", "cite"];

/// The most of a source that `fetch` returns, in bytes: what is beyond is fetched by paragraphs.
const MOST: usize = 200 << 10;

/// A search to make.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    /// A claim, a question or words.
    query: String,
    /// The number of results, at most 100; 10 where it is not given.
    #[serde(default)]
    limit: Option<usize>,
}

/// Passages that answer, best first.
#[derive(Debug, Serialize, JsonSchema)]
struct Results {
    results: Vec<Found>,
}

/// A passage that answers.
#[derive(Debug, Serialize, JsonSchema)]
struct Found {
    /// The id of the sentences that answer best: SOURCE#p5.3.
    id: String,
    /// The title of the source.
    title: String,
    /// The address at which they can be read.
    url: String,
    /// These sentences, letter for letter.
    text: String,
}

/// A text to fetch.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fetch {
    /// A source, a passage or sentences: SOURCE, SOURCE#p5, SOURCE#p5.3 or SOURCE#p5.3-4.
    id: String,
}

/// A source, or a part of it.
#[derive(Debug, Serialize, JsonSchema)]
struct Fetched {
    /// The id.
    id: String,
    /// The title of the source.
    title: String,
    /// The text, letter for letter.
    text: String,
    /// The address at which it can be read.
    url: String,
    /// The facts known of it.
    metadata: Known,
}

/// The facts known of what was fetched.
#[derive(Debug, Serialize, JsonSchema)]
struct Known {
    /// Author, title, publisher and date, and which of them are inferred.
    reference: String,
    /// The file.
    file: String,
    /// The number of body paragraphs of the source.
    paragraphs: u32,
    /// True if this is only the beginning: fetch paragraphs by id for the rest.
    cut: bool,
}

/// A quotation to verify.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct VerifyQuote {
    /// The words that are said to be quoted.
    quote: String,
    /// The id, title, file, publisher or author of the source that they are said to be from; all
    /// sources are searched where it is not given.
    #[serde(default)]
    source: Option<String>,
}

/// A claim to check.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CheckClaim {
    /// One sentence that asserts something.
    claim: String,
}

/// A citation to make.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Cite {
    /// A passage or sentences: SOURCE#p5, SOURCE#p5.3 or SOURCE#p5.3-4.
    id: String,
    /// A citation style, such as apa, mla, chicago or harvard; apa where it is not given.
    #[serde(default)]
    style: Option<String>,
    /// markdown, html, csl-json, bibtex, ris, annotation or wikipedia; markdown where it is not given.
    #[serde(default)]
    format: Option<String>,
}

/// A citation.
#[derive(Debug, Serialize, JsonSchema)]
struct Cited {
    /// The citation in the format that was asked for.
    document: String,
    /// The record by which it can be checked.
    citation: wire::citation::Citation,
}

/// Returns the descriptions of all tools.
pub(super) fn all() -> Vec<Tool> {
    vec![
        tool::<Search, Results>(
            "search",
            "Find and quote passages of the user's articles that answer a claim or a question. The \
             text of a result is an exact quotation.",
        ),
        tool::<Fetch, Fetched>(
            "fetch",
            "Get the exact text of a source, a paragraph or sentences, by an id that search gave.",
        ),
        tool::<VerifyQuote, wire::verify::Verification>(
            "verify_quote",
            "Check that a quotation is in the source it names, letter for letter. Use it for each \
             quotation before you answer: only the status exact is safe.",
        ),
        tool::<CheckClaim, wire::check::Checks>(
            "check_claim",
            "Tell what the user's articles say for and against a claim, with exact sentences and \
             where they differ from it.",
        ),
        tool::<Cite, Cited>(
            "cite",
            "Cite sentences or a passage by an id, in any style or format.",
        ),
    ]
}

fn tool<I: JsonSchema, O: JsonSchema>(name: &'static str, description: &'static str) -> Tool {
    let reads = ToolAnnotations::new().read_only(true).idempotent(true).open_world(false);
    Tool::new(name, description, object::<I>(false))
        .with_raw_output_schema(object::<O>(true))
        .with_annotations(reads)
}

fn object<T: JsonSchema>(is_written: bool) -> Arc<JsonObject> {
    let mut settings = SchemaSettings::draft2020_12();
    if is_written {
        settings = settings.for_serialize();
    }
    let schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    match schema {
        Value::Object(schema) => Arc::new(schema),
        _ => Arc::default(),
    }
}

/// Does what a tool is for. `base` is the address of this server, where there is one.
pub(super) fn call(
    desk: &Desk,
    name: &str,
    arguments: Value,
    base: Option<&str>,
) -> Result<Value, Refusal> {
    match name {
        "search" => written(&search(desk, given(arguments)?, base)?),
        "fetch" => written(&fetch(desk, &given(arguments)?, base)?),
        "verify_quote" => written(&verify(desk, given(arguments)?)?),
        "check_claim" => written(&check(desk, given(arguments)?)?),
        _ => written(&cite(desk, given(arguments)?)?),
    }
}

fn given<T: DeserializeOwned>(arguments: Value) -> Result<T, Refusal> {
    serde_json::from_value(arguments).map_err(|error| Refusal::bad_request(error.to_string()))
}

fn written<T: Serialize>(value: &T) -> Result<Value, Refusal> {
    serde_json::to_value(value).map_err(|error| Refusal::internal(error.to_string()))
}

fn search(desk: &Desk, asked: Search, base: Option<&str>) -> Result<Results, Refusal> {
    let Search { query, limit } = asked;
    let request = QueryParams { q: Some(query), limit, ..QueryParams::default() }.request(desk)?;
    let answer = desk.engine().query(&request)?;
    let mut results = Vec::with_capacity(answer.found.len());
    for found in answer.found {
        let (citation, source) = (found.quotation.citation, found.quotation.source);
        let url = match base {
            Some(base) => format!("{base}{}", pages::address(&citation.id)),
            None => {
                // The path of the file is with the source.
                let whole = Target::Passage(citation.id.clone());
                file_url(&desk.engine().show(&whole, 0)?.entry)
            }
        };
        results.push(Found {
            id: citation.id.to_string(),
            title: source.metadata.title().unwrap_or(&source.file).to_owned(),
            url,
            text: citation.quote,
        });
    }
    Ok(Results { results })
}

fn fetch(desk: &Desk, asked: &Fetch, base: Option<&str>) -> Result<Fetched, Refusal> {
    let target: Target =
        asked.id.parse().map_err(|error: pincite_core::source::ParseIdError| {
            Refusal::bad_request(error.to_string())
        })?;
    let reading = desk.engine().show(&target, 0)?;
    let (mut text, path) = match &target {
        Target::Passage(id) => {
            let quotations = desk.engine().cite(std::slice::from_ref(id), &*desk.style(None)?)?;
            let quote = quotations.into_iter().map(|it| it.citation.quote).collect::<String>();
            (quote, pages::address(id))
        }
        _ => (text_of(&reading), pages::source_address(reading.entry.source.id.as_str())),
    };
    let cut = text.len() > MOST;
    if cut {
        let end = (0..=MOST).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        text.truncate(end);
    }
    let source = &reading.entry.source;
    Ok(Fetched {
        id: asked.id.clone(),
        title: source.metadata.title().unwrap_or(&source.file).to_owned(),
        text,
        url: base.map_or_else(|| file_url(&reading.entry), |base| format!("{base}{path}")),
        metadata: Known {
            reference: reference(source),
            file: source.file.clone(),
            paragraphs: reading.entry.paragraphs,
            cut,
        },
    })
}

fn verify(desk: &Desk, asked: VerifyQuote) -> Result<wire::verify::Verification, Refusal> {
    let attribution = match asked.source {
        Some(source) => Attribution::Source(source),
        None => Attribution::Sought,
    };
    let request = VerifyRequest { line: None, column: None, quote: asked.quote, attribution };
    let outcomes = desk.engine().verify(&[request], Some(&*desk.style(None)?))?;
    Ok(wire::verify::Verification::from(outcomes.as_slice()))
}

fn check(desk: &Desk, asked: CheckClaim) -> Result<wire::check::Checks, Refusal> {
    let request = CheckParams::default().request(Input::given([asked.claim]), desk)?;
    let checks = desk.engine().check(request, &|_| ControlFlow::Continue(()))?;
    Ok(wire::check::Checks::new(&checks, false))
}

fn cite(desk: &Desk, asked: Cite) -> Result<Cited, Refusal> {
    let style = desk.style(Some(asked.style.as_deref().unwrap_or(Style::DEFAULT)))?;
    let format = citation_format(Some(asked.format.as_deref().unwrap_or("markdown")))?;
    let ids: Vec<PassageId> = passage_ids(&[asked.id])?;
    let quotations = desk.engine().cite(&ids, &style)?;
    let document = document(format, &ids[0].to_string(), &quotations);
    let citation = quotations.into_iter().next().map(|quotation| quotation.citation);
    let citation = citation.ok_or_else(|| Refusal::internal("nothing was cited"))?;
    Ok(Cited { document, citation })
}

/// Returns the text of what is shown of a source: its blocks, with a blank line between.
pub(super) fn text_of(reading: &Reading) -> String {
    let blocks: Vec<&str> = reading.blocks.iter().map(|block| block.text()).collect();
    blocks.join("\n\n")
}

/// Returns the address of a source's file.
fn file_url(entry: &Entry) -> String {
    let path = entry.path.to_string_lossy();
    let parts: Vec<String> = path.split('/').map(pages::encoded).collect();
    format!("file://{}", parts.join("/"))
}
