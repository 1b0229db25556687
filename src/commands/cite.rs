//! `pincite cite`.

use crate::Exit;
use crate::args::CiteArgs;
use crate::commands::{ids, stale};
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::cite::Style;
use pincite_core::engine::Engine;
use pincite_core::source::PassageId;
use pincite_render::{self as render, citation::document};

pub(crate) fn run(engine: &Engine, args: &CiteArgs, printer: &Printer) -> Result<Exit> {
    let style = Style::find(&args.style)?;
    let ids: Vec<PassageId> =
        args.ids.iter().map(|id| ids::passage(engine, id)).collect::<Result<_>>()?;
    let quotations = engine.cite(&ids, &style)?;
    stale::warn(quotations.iter().map(|quotation| &quotation.citation), printer);
    match args.format.document() {
        None => printer.styled(&render::citations(&quotations, printer.width()))?,
        Some(format) => printer.document(&document(format, &args.ids.join(", "), &quotations))?,
    }
    Ok(Exit::Yes)
}
