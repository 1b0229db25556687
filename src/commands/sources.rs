//! `pincite sources`.

use crate::Exit;
use crate::args::{ListFormat, SourcesArgs};
use crate::commands::paths::Here;
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &SourcesArgs, printer: &Printer) -> Result<Exit> {
    let mut sources = engine.sources()?;
    if let Some(pattern) = &args.pattern {
        sources.retain(|entry| entry.matches(pattern));
    }
    match args.format {
        ListFormat::Human => {
            let here = Here::new();
            for entry in &mut sources {
                entry.source.file = here.name(&entry.path);
            }
            printer.styled(&render::sources(&sources, printer.width()))?;
        }
        ListFormat::Json => printer.document(&json::sources(&sources))?,
    }
    if sources.is_empty() {
        printer.note("nothing found");
        return Ok(Exit::No);
    }
    Ok(Exit::Yes)
}
