//! `pincite query`.

use std::path::Path;

use crate::Exit;
use crate::args::{CitationFormat, QueryArgs};
use crate::commands::given::Given;
use crate::commands::index::freshen;
use crate::commands::paths::name_from_here;
use crate::commands::style::references;
use crate::commands::{batch, fields, ids, stale};
use crate::printer::Printer;
use pincite_core::cite::Quotation;
use pincite_core::engine::{Answer, Engine, QueryRequest, Question};
use pincite_core::query::Query;
use pincite_core::{Error, Result};
use pincite_render::citation::{Format, document};
use pincite_render::fields::{Fields, Record};
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &QueryArgs, printer: &Printer) -> Result<Exit> {
    check_format(args)?;
    if let Some(file) = &args.batch {
        return batch::run(engine, file, args, printer);
    }
    let mut request = request(args)?;
    request.corpus = freshen(engine, &args.corpus, printer)?.map(|(corpus, _)| corpus);
    let mut answer = engine.query(&request)?;
    stale::warn(answer.found.iter().map(|found| &found.quotation.citation), printer);
    print(&mut answer, engine, args, printer)?;
    if answer.found.is_empty() {
        printer.note("nothing found");
        return Ok(Exit::No);
    }
    Ok(Exit::Yes)
}

/// Reads what is asked for out of the arguments.
fn request(args: &QueryArgs) -> Result<QueryRequest> {
    let question = match &args.like {
        Some(id) => Question::Like(ids::parse(id)?),
        None => Question::Text(Query::parse(&text(args)?)?),
    };
    request_for(question, args)
}

/// Returns the request for a question, under all that the arguments say beside it.
pub(super) fn request_for(question: Question, args: &QueryArgs) -> Result<QueryRequest> {
    Ok(QueryRequest {
        question,
        filters: args.filters(),
        corpus: None,
        exact: args.exact,
        offset: args.offset,
        limit: args.limit,
        context: args.context,
        style: references(&args.style, args.format != CitationFormat::Human)?,
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
    use CitationFormat::{Csv, Human, Json, Jsonl};
    let (message, hint) = if args.context.is_some() && args.format != Human {
        ("--context needs --format human", "leave out one of the two")
    } else if args.explain && !matches!(args.format, Human | Json | Jsonl) {
        ("--explain needs --format human, json or jsonl", "leave out one of the two")
    } else if args.batch.is_some() && !matches!(args.format, Csv | Json | Jsonl) {
        ("--batch needs --format csv, json or jsonl", "for the eye, open the csv in a spreadsheet")
    } else if args.batch.is_some() && args.explain {
        ("--explain needs a single query", "leave out one of the two")
    } else {
        return fields::check_format(&args.fields, args.format);
    };
    Err(Error::usage(message, hint))
}

fn print(answer: &mut Answer, engine: &Engine, args: &QueryArgs, printer: &Printer) -> Result<()> {
    let Some(format) = args.format.document() else {
        let found = answer.found.iter_mut().map(|found| &mut found.quotation.citation);
        name_from_here(engine, found)?;
        printer.styled(&render::results(answer, printer.width(), args.explain))?;
        note_the_rest(answer, printer);
        return Ok(());
    };
    if !args.fields.is_empty() || format == Format::Csv {
        let records: Vec<Record> = answer.found.iter().map(Record::found).collect();
        let fields = fields::chosen(&args.fields, Fields::table(true, false))?;
        return fields::print(&fields, &records, args.format, printer);
    }
    let document = match format {
        Format::Json => json::results(answer, args.explain),
        Format::JsonLines => json::results_as_lines(answer, args.explain),
        format => {
            let title = match &answer.like {
                Some(id) => format!("Passages like {id}"),
                None => answer.query.clone(),
            };
            let quotations: Vec<Quotation> =
                answer.found.iter().map(|found| found.quotation.clone()).collect();
            document(format, &title, &quotations)
        }
    };
    printer.document(&document)
}

/// Says how many passages there are beyond those shown.
fn note_the_rest(answer: &Answer, printer: &Printer) {
    let shown = answer.found.len();
    let listed: usize = answer.found.iter().map(|found| 1 + found.copies.len()).sum();
    if shown > 0 && (listed as u64) < answer.total {
        let (total, twice) = (answer.total, shown * 2);
        printer.note(&format!("{shown} of {total} passages; more with -n {twice}"));
    }
}
