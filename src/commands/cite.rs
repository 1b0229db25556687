//! `pincite cite`.

use crate::Exit;
use crate::args::CiteArgs;
use crate::commands::paths::name_from_here;
use crate::commands::{fields, ids, stale};
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::cite::Style;
use pincite_core::engine::Engine;
use pincite_core::source::PassageId;
use pincite_render::citation::document;
use pincite_render::fields::{Fields, Record};
use pincite_render::{self as render};

pub(crate) fn run(engine: &Engine, args: &CiteArgs, printer: &Printer) -> Result<Exit> {
    fields::check_format(&args.fields, args.format)?;
    let style = Style::find(&args.style)?;
    let ids: Vec<PassageId> =
        args.ids.iter().map(|id| ids::passage(engine, id)).collect::<Result<_>>()?;
    let mut quotations = engine.cite(&ids, &style)?;
    stale::warn(quotations.iter().map(|quotation| &quotation.citation), printer);
    match args.format.document() {
        None => {
            name_from_here(engine, quotations.iter_mut().map(|it| &mut it.citation))?;
            printer.styled(&render::citations(&quotations, printer.width()))?;
        }
        Some(_) if !args.fields.is_empty() => {
            let records: Vec<Record> =
                quotations.iter().map(|quotation| Record::of(&quotation.citation)).collect();
            let fields = fields::chosen(&args.fields, Fields::table(false, false))?;
            fields::print(&fields, &records, args.format, printer)?;
        }
        Some(format) => printer.document(&document(format, &args.ids.join(", "), &quotations))?,
    }
    Ok(Exit::Yes)
}
