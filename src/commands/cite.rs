//! `pincite cite`.

use std::path::Path;
use std::sync::Arc;

use crate::Outcome;
use crate::args::CiteArgs;
use crate::commands::forms::cited;
use crate::commands::ids;
use crate::printer::Printer;
use pincite_core::cite::Quotation;
use pincite_core::cite::Style;
use pincite_core::index::{Index, Reader};
use pincite_core::{Error, Result};
use pincite_render::{self as render, citation::document};

pub(crate) fn run(dir: &Path, args: &CiteArgs, printer: &Printer) -> Result<Outcome> {
    let reader = Index::open(dir)?.reader()?;
    let style = Style::find(&args.style)?;
    let quotations = args.ids.iter().map(|id| quotation(&reader, id, &style)).collect::<Result<Vec<_>>>()?;
    match args.format.document() {
        None => printer.styled(&render::citations(&quotations, printer.width()))?,
        Some(format) => printer.document(&document(format, &args.ids.join(", "), &quotations))?,
    }
    Ok(Outcome::Yes)
}

fn quotation(reader: &Reader, id: &str, style: &Style) -> Result<Quotation> {
    let id = ids::passage_id(id)?;
    let (entry, passage) = ids::passage(reader, &id)?;
    let unknown = || Error::UnknownId { what: "sentence", id: id.to_string(), similar: Vec::new() };
    let citation = cited(reader, &entry.source, &passage, id.sentences, style)?.ok_or_else(unknown)?;
    Ok(Quotation { citation, passage, source: Arc::new(entry.source), matches: Vec::new() })
}
