//! The page of a draft: each claim of it marked with its verdict, each quotation verified.

use std::convert::Infallible;
use std::path::Path;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tokio_stream::{Stream, StreamExt};

use super::{address, layout, verdicts};
use crate::api::{self, params};
use crate::desk::{Asker, Desk};
use crate::refusal::Refusal;
use pincite_core::cite::Style;
use pincite_core::engine::Checks;
use pincite_core::verify::{Outcome, VerifyRequest};
use pincite_core::wire;
use pincite_render::{draft_pieces, tally, visible, visible_lines};

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    text: String,
    format: String,
}

/// The formats that a checked draft can be taken away in: format, file and name.
const EXPORTS: [(&str, &str, &str); 3] = [
    ("html", "claims.html", "Web page"),
    ("csv", "claims.csv", "Table (CSV)"),
    ("sarif", "claims.sarif", "SARIF"),
];

/// The result of checking a draft.
struct Read {
    checks: Checks,
    outcomes: Vec<Outcome>,
}

/// Answers with the empty form.
pub(super) async fn page() -> Response {
    layout::page("Draft", "/draft", &whole("", &html! {}))
}

/// Answers with a checked draft: for browsers without script.
pub(super) async fn checked(State(desk): State<Desk>, body: Bytes) -> Response {
    let form = match form(body) {
        Ok(form) => form,
        Err(refusal) => return layout::refused(&refusal, "/draft"),
    };
    let text = form.text.clone();
    let asker = Asker::default();
    let gone = asker.gone();
    let read = desk.ask(move |desk| read(desk, text, &|_, _| api::flow(&gone))).await;
    let found = match read {
        Ok(read) => results(&read),
        Err(refusal) => layout::problem(&refusal),
    };
    layout::page("Draft", "/draft", &whole(&form.text, &found))
}

/// Checks a draft, and tells how far that is: `progress` events with `done` and `all`, then `done`
/// with the results as HTML, or `problem`. It stops when nobody listens any more.
pub(super) async fn with_progress(
    State(desk): State<Desk>,
    body: Bytes,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let text = params::text(body.into())?;
    let (tell, told) = tokio::sync::mpsc::unbounded_channel();
    let asker = Asker::default();
    let gone = asker.gone();
    tokio::spawn(async move {
        let progress = tell.clone();
        let checked = desk.ask(move |desk| {
            let tell = |done: usize, all: usize| {
                let _ = progress.send(("progress", json!({"done": done, "all": all})));
                api::flow(&gone)
            };
            Ok(results(&read(desk, text, &tell)?))
        });
        let last = match checked.await {
            Ok(found) => ("done", json!({"html": found.into_string()})),
            Err(refusal) => ("problem", json!({"html": layout::problem(&refusal).into_string()})),
        };
        let _ = tell.send(last);
    });
    Ok(Sse::new(UnboundedReceiverStream::new(told).map(move |(name, data)| {
        // Dropped with the stream, when the browser has gone.
        let _ = &asker;
        Ok(Event::default().event(name).data(data.to_string()))
    })))
}

/// Answers with a report on the draft, to be kept.
pub(super) async fn export(State(desk): State<Desk>, body: Bytes) -> Response {
    let asked = form(body).and_then(|form| {
        let known = EXPORTS.into_iter().find(|(format, ..)| *format == form.format);
        Ok((form.text, known.ok_or_else(|| Refusal::bad_request("there is no such format"))?))
    });
    let (text, (format, file, _)) = match asked {
        Ok(asked) => asked,
        Err(refusal) => return layout::refused(&refusal, "/draft"),
    };
    match api::checked_draft(&desk, text.into_bytes(), format).await {
        Ok(document) => {
            let disposition = format!("attachment; filename=\"{file}\"");
            ([(header::CONTENT_DISPOSITION, disposition)], document.plain()).into_response()
        }
        Err(refusal) => layout::refused(&refusal, "/draft"),
    }
}

fn form(body: Bytes) -> Result<Form, Refusal> {
    let mut form: Form = params::parse(&params::text(body.into())?)?;
    // Forms send line breaks as CR LF, whatever was pasted.
    form.text = form.text.replace("\r\n", "\n");
    Ok(form)
}

/// Checks the claims of a draft and verifies its quotations.
fn read(
    desk: &Desk,
    text: String,
    tell: &(dyn Fn(usize, usize) -> std::ops::ControlFlow<()> + Sync),
) -> Result<Read, Refusal> {
    let input = params::body_input(None, text.clone().into_bytes())?;
    let all = input.requests.len();
    let request = params::CheckParams::default().request(input, desk)?;
    let checks = desk.engine().check(request, &|done| tell(done, all))?;
    let requests = VerifyRequest::parse(&text, Path::new("draft"))?;
    let style = desk.style(None)?;
    let outcomes = desk.engine().verify(&requests, Some(&style))?;
    Ok(Read { checks, outcomes })
}

fn whole(text: &str, found: &Markup) -> Markup {
    html! {
        h1 { "Draft" }
        form.draft #draft action="/draft" method="post" {
            label for="text" {
                "Paste a draft, in Markdown or plain text: each sentence that asserts something is \
                 checked, and each quotation that names its source is verified. Nothing is kept."
            }
            textarea #text name="text" rows="12" required spellcheck="true" { "\n" (text) }
            div.box {
                button type="submit" { "Check" }
                input #file type="file" accept=".md,.markdown,.txt,text/*" hidden
                    aria-label="A file with a draft";
                button #cancel type="button" hidden { "Stop" }
                progress #progress hidden aria-label="Claims checked" {}
                span.export {
                    "Take away: "
                    @for (format, _, name) in EXPORTS {
                        button type="submit" name="format" value=(format) formaction="/draft/export" {
                            (name)
                        }
                    }
                }
            }
        }
        div #results { (found) }
    }
}

fn results(read: &Read) -> Markup {
    let checks = &read.checks;
    html! {
        section aria-labelledby="claims" {
            h2 #claims { "Claims" }
            p.sum { (tally(checks)) }
            div.marked dir="auto" { (marked(checks)) }
            @for ((_, check), number) in checks.iter().zip(1..) {
                article.claimed id={ "claim-" (number) } tabindex="-1" {
                    (verdicts::claim(check, Style::DEFAULT))
                }
            }
        }
        section aria-labelledby="quotations" {
            h2 #quotations { "Quotations" }
            @if read.outcomes.is_empty() { p { "There are none." } }
            ul.outcomes { @for outcome in &read.outcomes { (quotation(outcome)) } }
        }
    }
}

/// The text of the draft, with each claim marked and leading to its evidence.
fn marked(checks: &Checks) -> Markup {
    html! {
        @for (piece, claim) in draft_pieces(checks) {
            @match claim {
                None => { (visible_lines(piece)) }
                Some((number, verdict)) => {
                    a.claim-mark.(verdict.name()) href={ "#claim-" (number) } {
                        (visible_lines(piece)) sup { (verdicts::badge(verdict)) }
                    }
                }
            }
        }
    }
}

fn quotation(outcome: &Outcome) -> Markup {
    let it = wire::verify::Outcome::from(outcome);
    let status = serde_json::to_value(it.status).unwrap_or_default();
    let status = status.as_str().unwrap_or_default().to_owned();
    html! {
        li {
            strong.verdict.(if outcome.is_intact() { "supported" } else { "contradicted" }) {
                span aria-hidden="true" { (if outcome.is_intact() { "✓" } else { "✗" }) } " "
                (status.replace('_', " "))
            }
            @if let Some(line) = it.line { " line " (line) }
            ": " q dir="auto" { (visible(&it.quote)) }
            @if !it.detail.is_empty() { p dir="auto" { (visible(&it.detail)) } }
            @if let Some(found) = &it.found {
                p.place { a href=(address(&found.id)) { (visible(&found.id.to_string())) } }
            }
        }
    }
}
