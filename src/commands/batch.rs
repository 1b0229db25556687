//! `pincite query --batch`: the answers to many claims, each as it is found.

use std::path::Path;

use crate::Exit;
use crate::args::{CitationFormat, QueryArgs, is_draft};
use crate::commands::index::freshen;
use crate::commands::{claims, fields, query, stale};
use crate::printer::Printer;
use crate::progress;
use pincite_core::Result;
use pincite_core::check::Request;
use pincite_core::engine::{Answer, Engine, QueryRequest, Question};
use pincite_core::query::Query;
use pincite_render::fields::{Fields, Record};
use pincite_render::{count, json};

pub(super) fn run(
    engine: &Engine,
    file: &Path,
    args: &QueryArgs,
    printer: &Printer,
) -> Result<Exit> {
    let fields = fields::chosen(&args.fields, Fields::table(true, true))?;
    let input = claims::from_file(file, is_draft(file), args.column.as_deref())?.input;
    for warning in &input.warnings {
        printer.warning(warning);
    }
    let mut request = query::request_for(Question::Text(Query::prose("")), args)?;
    request.corpus = freshen(engine, &args.corpus, printer)?.map(|(corpus, _)| corpus);
    let mut writer = Writer { args, fields, all: Vec::new(), printer };
    writer.begin()?;
    let bar = progress::claims(printer.is_quiet(), input.requests.len());
    let (claims, mut found) = (input.requests.len(), 0);
    for claim in input.requests {
        let question = Question::Text(Query::prose(&claim.claim));
        let answer = engine.query(&QueryRequest { question, ..request.clone() })?;
        found += u64::from(!answer.found.is_empty());
        writer.write(claim, answer)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    writer.end()?;
    let skipped = match input.skipped.len() {
        0 => String::new(),
        skipped => format!("; {} skipped", count(skipped as u64, "row or sentence")),
    };
    printer.note(&format!("something found for {found} of {claims} claims{skipped}"));
    Ok(if found > 0 { Exit::Yes } else { Exit::No })
}

/// Prints answers as they come; a single document of all only at the end.
struct Writer<'a> {
    args: &'a QueryArgs,
    fields: Fields,
    /// The answers, for one document.
    all: Vec<(Request, Answer)>,
    printer: &'a Printer,
}

impl Writer<'_> {
    fn begin(&self) -> Result<()> {
        match self.args.format {
            CitationFormat::Csv => self.printer.document(&self.fields.header()),
            _ => Ok(()),
        }
    }

    fn write(&mut self, claim: Request, answer: Answer) -> Result<()> {
        let found = answer.found.iter();
        stale::warn(found.map(|found| &found.quotation.citation), self.printer);
        match self.args.format {
            CitationFormat::Csv => {
                self.printer.document(&self.fields.rows(&records(&claim, &answer)))
            }
            CitationFormat::Jsonl if self.args.fields.is_empty() => {
                self.printer.document(&json::answer_as_line(&claim, &answer))
            }
            CitationFormat::Jsonl => {
                self.printer.document(&self.fields.json_lines(&records(&claim, &answer)))
            }
            _ => {
                self.all.push((claim, answer));
                Ok(())
            }
        }
    }

    fn end(&self) -> Result<()> {
        if self.args.format != CitationFormat::Json {
            return Ok(());
        }
        if self.args.fields.is_empty() {
            return self.printer.document(&json::answers(&self.all));
        }
        let all = self.all.iter();
        let records: Vec<Record> = all.flat_map(|(claim, answer)| records(claim, answer)).collect();
        self.printer.document(&self.fields.json(&records))
    }
}

/// Returns a record for each result of a claim; one with the claim alone where there is none.
fn records(claim: &Request, answer: &Answer) -> Vec<Record> {
    if answer.found.is_empty() {
        return vec![Record::default().claimed(claim)];
    }
    answer.found.iter().map(|found| Record::found(found).claimed(claim)).collect()
}
