//! `pincite show`.

use crate::Exit;
use crate::args::{ListFormat, ShowArgs};
use crate::commands::ids;
use crate::commands::paths::Here;
use crate::commands::stale;
use crate::printer::Printer;
use pincite_core::engine::{Engine, Target};
use pincite_core::{Error, Result};
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &ShowArgs, printer: &Printer) -> Result<Exit> {
    let target = target(engine, &args.id)?;
    let mut reading = engine.show(&target, args.context.unwrap_or(0))?;
    if args.context.is_some() && matches!(target, Target::Source(_)) {
        let message = "--context needs the id of a passage";
        return Err(Error::usage(message, "without it, the whole of a source is shown"));
    }
    if let Some(what) = reading.stale {
        stale::warn_of(&reading.entry.source.file, what, printer);
    }
    match args.format {
        ListFormat::Human => {
            reading.entry.path = Here::new().relative(&reading.entry.path);
            let left_out = if args.all { 0 } else { reading.leave_out_furniture() };
            printer.styled(&render::reading(&reading, printer.width()))?;
            match left_out {
                0 => {}
                1 => printer.note("1 block of furniture left out; --all shows it"),
                n => printer.note(&format!("{n} blocks of furniture left out; --all shows them")),
            }
        }
        ListFormat::Json => printer.document(&json::reading(&reading))?,
    }
    Ok(Exit::Yes)
}

/// Finds what is to be shown: an id, or `FILE:LINE`, unless a source has that for its id.
fn target(engine: &Engine, typed: &str) -> Result<Target> {
    let target = ids::parse(typed)?;
    let is_id = !matches!(target, Target::Source(_)) || engine.show(&target, 0).is_ok();
    if is_id {
        return Ok(target);
    }
    Ok(engine.locate(typed)?.map_or(target, Target::Passage))
}
