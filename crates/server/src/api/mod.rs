//! The HTTP API under `/v1`: the requests of the engine, and the documents of the command line.

mod answer;
mod openapi;
pub(crate) mod params;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use crate::desk::{Asker, Desk};
use crate::refusal::Refusal;
pub(crate) use answer::Document;
use answer::{has, unchanged, weak};
pub use openapi::openapi;
use params::{
    CheckParams, CiteParams, NoParams, QueryParams, ShowParams, SourcesParams, VerifyParams,
};
use pincite_core::check::Input;
use pincite_core::cite::Quotation;
use pincite_core::engine::{Checks, Target};
use pincite_core::index::Entry;
use pincite_core::verify::VerifyRequest;
use pincite_render::citation::{Format, document};
use pincite_render::{self as render, json};

/// The most sources of one list.
const MAX_SOURCES: usize = 1_000;

/// The most paragraphs that are shown on either side of a passage.
const MAX_CONTEXT: u32 = 1_000;

type Answer = Result<Response, Refusal>;

/// Returns the routes below `/v1`.
pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/query", get(query))
        .route("/check", get(check_claims).post(check_body))
        .route("/verify", axum::routing::post(verify))
        .route("/cite", get(cite))
        .route("/show", get(show))
        .route("/sources", get(sources))
        .route("/stats", get(stats))
        .route(
            "/openapi.json",
            get(|headers: HeaderMap| async move {
                Document::json(json::document(&openapi())).answer(&headers)
            }),
        )
        .fallback(|| async { Refusal::not_found("see /v1/openapi.json for what there is") })
}

async fn query(State(desk): State<Desk>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let params: QueryParams = params::parse(raw.as_deref().unwrap_or_default())?;
    let format = params::citation_format(params.format.as_deref())?;
    let document = desk.ask(move |desk| {
        let answer = desk.engine().query(&params.request(desk)?)?;
        let body = match format {
            Format::Json => json::results(&answer, params.explain),
            Format::JsonLines => json::results_as_lines(&answer, params.explain),
            format => {
                let found: Vec<Quotation> =
                    answer.found.iter().map(|found| found.quotation.clone()).collect();
                document(format, &answer.query, &found)
            }
        };
        Ok(Document::new(format.media_type(), &body))
    });
    Ok(document.await?.answer(&headers))
}

async fn check_claims(
    State(desk): State<Desk>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let params: CheckParams = params::parse(raw.as_deref().unwrap_or_default())?;
    if params.claim.is_empty() {
        return Err(Refusal::bad_request("give a claim as claim=…, or post a draft"));
    }
    let input = Input::given(params.claim.iter().cloned());
    Ok(check(&desk, params, input, None).await?.answer(&headers))
}

async fn check_body(
    State(desk): State<Desk>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let params: CheckParams = params::parse(raw.as_deref().unwrap_or_default())?;
    let input = params::body_input(params.kind.as_deref(), body.into())?;
    Ok(check(&desk, params, input, Some("draft")).await?.answer(&headers))
}

/// Checks the claims of a draft, for the format of this name.
pub(crate) async fn checked_draft(
    desk: &Desk,
    draft: Vec<u8>,
    format: &str,
) -> Result<Document, Refusal> {
    let input = params::body_input(None, draft)?;
    let params = CheckParams { format: Some(format.to_owned()), ..CheckParams::default() };
    check(desk, params, input, Some("draft")).await
}

/// Checks claims, and stops where nobody waits for them any more.
async fn check(
    desk: &Desk,
    params: CheckParams,
    input: Input,
    file: Option<&str>,
) -> Result<Document, Refusal> {
    let asker = Asker::default();
    let gone = asker.gone();
    let mut request = params.request(input, desk)?;
    request.file = file.map(str::to_owned);
    let is_draft = request.input.draft.is_some();
    desk.ask(move |desk| {
        let checks = desk.engine().check(request, &|_| flow(&gone))?;
        let format = params.format.as_deref().unwrap_or("json");
        export(desk, &checks, format, params.explain, is_draft)
    })
    .await
}

/// Breaks off where whoever asked has gone.
pub(crate) fn flow(gone: &AtomicBool) -> ControlFlow<()> {
    if gone.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// Renders checks in the format of this name.
fn export(
    desk: &Desk,
    checks: &Checks,
    format: &str,
    explain: bool,
    is_draft: bool,
) -> Result<Document, Refusal> {
    let (media, body) = match format {
        "json" => ("application/json", json::checks(checks, explain)),
        "jsonl" => ("application/x-ndjson", json::checks_as_lines(checks, explain)),
        "csv" => ("text/csv; charset=utf-8", render::checks_as_csv(checks)),
        "markdown" => ("text/markdown; charset=utf-8", render::checks_as_markdown(checks)),
        "html" => ("text/html; charset=utf-8", render::checks_as_html(checks)),
        "claimreview" => ("application/ld+json", render::claim_review(checks)),
        "sarif" if is_draft => {
            let sources: Vec<Entry> = desk.engine().sources()?;
            let files = sources.into_iter().map(|entry| (entry.source.id, entry.path)).collect();
            ("application/sarif+json", render::sarif(checks, Path::new("draft.md"), &files))
        }
        "sarif" => return Err(Refusal::bad_request("sarif needs a draft")),
        other => {
            let detail = format!("there is no format “{other}”");
            let hint = "json, jsonl, csv, markdown, html, claimreview, sarif";
            return Err(Refusal::bad_request(detail).with_hint(hint));
        }
    };
    Ok(Document::new(media, &body))
}

async fn verify(
    State(desk): State<Desk>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let params: VerifyParams = params::parse(raw.as_deref().unwrap_or_default())?;
    let text = params::text(body.into())?;
    let document = desk.ask(move |desk| {
        let style = desk.style(params.style.as_deref())?;
        let requests = if params.find {
            VerifyRequest::lines(&text)
        } else {
            VerifyRequest::parse(&text, Path::new("body"))?
        };
        let outcomes = desk.engine().verify(&requests, Some(&style))?;
        Ok(Document::json(json::outcomes(&outcomes)))
    });
    Ok(document.await?.answer(&headers))
}

async fn cite(State(desk): State<Desk>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let params: CiteParams = params::parse(raw.as_deref().unwrap_or_default())?;
    let format = params::citation_format(params.format.as_deref())?;
    let ids = params::passage_ids(&params.id)?;
    let document = desk.ask(move |desk| {
        let style = desk.style(params.style.as_deref())?;
        let quotations = desk.engine().cite(&ids, &style)?;
        let body = document(format, &params.id.join(", "), &quotations);
        Ok(Document::new(format.media_type(), &body))
    });
    Ok(document.await?.answer(&headers))
}

async fn show(State(desk): State<Desk>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let params: ShowParams = params::parse(raw.as_deref().unwrap_or_default())?;
    let target: Target =
        params.id.parse().map_err(|error: pincite_core::source::ParseIdError| {
            Refusal::bad_request(error.to_string())
        })?;
    let document = desk.ask(move |desk| {
        let reading = desk.engine().show(&target, params.context.min(MAX_CONTEXT))?;
        Ok(Document::json(json::reading(&reading)))
    });
    Ok(document.await?.answer(&headers))
}

async fn sources(State(desk): State<Desk>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let params: SourcesParams = params::parse(raw.as_deref().unwrap_or_default())?;
    of_commit(&desk, &headers, move |desk| {
        let mut sources = desk.engine().sources()?;
        if let Some(pattern) = &params.id {
            sources.retain(|entry| entry.matches(pattern));
        }
        let [first, end] = params::page(params.offset, params.limit, MAX_SOURCES, sources.len());
        Ok(json::sources(&sources[first..end]))
    })
    .await
}

async fn stats(State(desk): State<Desk>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let NoParams {} = params::parse(raw.as_deref().unwrap_or_default())?;
    of_commit(&desk, &headers, |desk| Ok(json::stats(&desk.engine().stats()?))).await
}

/// Answers with a JSON document that depends on nothing but the index.
async fn of_commit(
    desk: &Desk,
    headers: &HeaderMap,
    work: impl FnOnce(&Desk) -> Result<String, Refusal> + Send + 'static,
) -> Answer {
    // Read before the document: a commit between the two only makes for one answer too many.
    let mark = desk.ask(|desk| Ok(desk.engine().mark()?)).await?;
    let tag = weak(&mark);
    if has(headers, &tag) {
        return Ok(unchanged(&tag));
    }
    let body = desk.ask(work).await?;
    Ok(Document::json(body).tagged(&tag))
}
