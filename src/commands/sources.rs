//! `pincite sources`.

use crate::Exit;
use crate::args::{ListArgs, ListFormat};
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &ListArgs, printer: &Printer) -> Result<Exit> {
    let sources = engine.sources()?;
    match args.format {
        ListFormat::Human => printer.styled(&render::sources(&sources, printer.width()))?,
        ListFormat::Json => printer.document(&json::sources(&sources))?,
    }
    Ok(Exit::Yes)
}
