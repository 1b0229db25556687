//! Renders the results of verification for a terminal.

use anstyle::Style;

use super::screen::{BAD, DIM, GOOD, WARN, linked, paint, paint_words, wrap, wrap_at_spaces};
use crate::escape::visible;
use pincite_core::verify::{Context, ContextKind, Outcome, Status, VerifyRequest};

/// The maximum number of characters of a quotation that are displayed.
const MAX_SHOWN: usize = 160;

/// Renders each quotation with its status, details and place, in lines of at most `width` columns.
pub fn outcomes(requests: &[VerifyRequest], outcomes: &[Outcome], width: usize) -> String {
    let mut out = String::new();
    for (request, outcome) in requests.iter().zip(outcomes) {
        let status = name(outcome.status);
        let first = format!("{}  ", paint(style(outcome), &format!("{status:<14}")));
        let rest = " ".repeat(16);
        wrap(&mut out, &format!("“{}”", shortened(&request.quote)), width, &first, &rest);
        if !outcome.detail.is_empty() {
            wrap(&mut out, &visible(&outcome.detail), width, &rest, &rest);
        }
        for context in &outcome.context {
            wrap(&mut out, &visible(&around(context)), width, &rest, &rest);
        }
        wrap_at_spaces(&mut out, &paint_words(DIM, &place(outcome)), width, &rest, &rest);
    }
    out
}

fn name(status: Status) -> &'static str {
    match status {
        Status::Exact => "exact",
        Status::MetadataDiffers => "metadata",
        Status::Normalized => "normalized",
        Status::Moved => "moved",
        Status::Altered => "altered",
        Status::Stitched => "stitched",
        Status::Misattributed => "misattributed",
        Status::Ambiguous => "ambiguous",
        Status::NotFound => "not found",
        Status::SourceChanged => "source changed",
        Status::SourceMissing => "source missing",
        Status::NotRead => "not read",
    }
}

/// Says what stands around a quotation, or was left out of it.
fn around(context: &Context) -> String {
    let what = match context.kind {
        ContextKind::CutOff => "out of context: the sentence goes on",
        ContextKind::CutIn => "out of context: right before it stands",
        ContextKind::Elided => "the ellipsis leaves out",
        ContextKind::ElidedInverting => "out of context: the ellipsis leaves out",
    };
    format!("{what} “{}”", shortened(&context.words))
}

fn style(outcome: &Outcome) -> Style {
    match outcome.status {
        _ if outcome.is_out_of_context() => WARN,
        _ if outcome.is_intact() => GOOD,
        Status::MetadataDiffers | Status::Normalized | Status::Moved | Status::Ambiguous => WARN,
        _ => BAD,
    }
}

/// Returns the places where a quotation was requested and found: `input line 3 ·
/// recognition-1997.txt:9`.
fn place(outcome: &Outcome) -> String {
    let asked = match (&outcome.id, outcome.line) {
        (Some(id), _) => Some(format!("record {id}")),
        (None, line) => line.map(|line| match outcome.column {
            // What is not read can only be found by its place.
            Some(column) if outcome.status == Status::NotRead => {
                format!("input line {line}, column {column}")
            }
            _ => format!("input line {line}"),
        }),
    };
    let asked = asked.map(|asked| visible(&asked).into_owned());
    let found =
        outcome.found.as_ref().map(|found| linked(&visible(&found.file_and_line()), &found.file));
    asked.into_iter().chain(found).collect::<Vec<_>>().join(" · ")
}

fn shortened(quote: &str) -> String {
    let quote = visible(quote);
    match quote.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", quote[..end].trim_end()),
        None => quote.into_owned(),
    }
}
