//! `pincite stats`.

use crate::Exit;
use crate::args::{ListArgs, ListFormat};
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &ListArgs, printer: &Printer) -> Result<Exit> {
    let stats = engine.stats()?;
    match args.format {
        ListFormat::Human => printer.styled(&render::stats(&stats))?,
        ListFormat::Json => printer.document(&json::stats(&stats))?,
    }
    Ok(Exit::Yes)
}
