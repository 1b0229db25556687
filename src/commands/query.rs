//! `pincite query`.

use std::path::Path;
use std::sync::Arc;

use crate::Exit;
use crate::args::{CitationFormat, QueryArgs};
use crate::commands::given::Given;
use crate::commands::index::freshen;
use crate::commands::{ids, stale};
use crate::printer::Printer;
use pincite_core::cite::{Quotation, Style};
use pincite_core::engine::{Answer, Engine, QueryRequest, Question};
use pincite_core::query::Query;
use pincite_core::{Error, Result};
use pincite_render::citation::{Format, document};
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &QueryArgs, printer: &Printer) -> Result<Exit> {
    let mut request = request(args)?;
    request.corpus = freshen(engine, &args.corpus, printer)?.map(|(corpus, _)| corpus);
    let answer = engine.query(&request)?;
    stale::warn(answer.found.iter().map(|found| &found.quotation.citation), printer);
    print(&answer, args, printer)?;
    if answer.found.is_empty() {
        printer.note("nothing found");
        return Ok(Exit::No);
    }
    Ok(Exit::Yes)
}

/// Reads what is asked for out of the arguments.
fn request(args: &QueryArgs) -> Result<QueryRequest> {
    let filters = args.filters();
    check_format(args)?;
    if let (Some(since), Some(until)) = (filters.since, filters.until)
        && since.first_day() > until.last_day()
    {
        let message = format!("--since {since} comes after --until {until}");
        return Err(Error::usage(message, "exchange the two"));
    }
    let question = match &args.like {
        Some(id) => Question::Like(ids::parse(id)?),
        None => Question::Text(Query::parse(&text(args)?)?),
    };
    Ok(QueryRequest {
        question,
        filters,
        corpus: None,
        exact: args.exact,
        offset: args.offset,
        limit: args.limit,
        context: args.context,
        style: Arc::new(Style::find(&args.style)?),
    })
}

/// Returns the query as typed; `-` is what standard input has.
fn text(args: &QueryArgs) -> Result<String> {
    let typed = args.query();
    if typed != "-" {
        return Ok(typed);
    }
    Ok(Given::read(Path::new("-"))?.into_text()?.trim().to_owned())
}

/// Refuses what a format cannot show, rather than leave it out silently.
fn check_format(args: &QueryArgs) -> Result<()> {
    use CitationFormat::{Human, Json, Jsonl};
    let message = if args.context.is_some() && args.format != Human {
        "--context needs --format human"
    } else if args.explain && !matches!(args.format, Human | Json | Jsonl) {
        "--explain needs --format human, json or jsonl"
    } else {
        return Ok(());
    };
    Err(Error::usage(message, "leave out one of the two"))
}

fn print(answer: &Answer, args: &QueryArgs, printer: &Printer) -> Result<()> {
    match args.format.document() {
        None => {
            printer.styled(&render::results(answer, printer.width(), args.explain))?;
            let shown = answer.found.len();
            let listed: usize = answer.found.iter().map(|found| 1 + found.copies.len()).sum();
            if shown > 0 && (listed as u64) < answer.total {
                let (total, twice) = (answer.total, shown * 2);
                printer.note(&format!("{shown} of {total} passages; more with -n {twice}"));
            }
            Ok(())
        }
        Some(Format::Json) => printer.document(&json::results(answer, args.explain)),
        Some(Format::JsonLines) => printer.document(&json::results_as_lines(answer, args.explain)),
        Some(format) => {
            let title = match &answer.like {
                Some(id) => format!("Passages like {id}"),
                None => answer.query.clone(),
            };
            let quotations: Vec<Quotation> =
                answer.found.iter().map(|found| found.quotation.clone()).collect();
            printer.document(&document(format, &title, &quotations))
        }
    }
}
