//! `pincite show`.

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::args::{ListFormat, ShowArgs};
use crate::commands::ids::{passage, passage_id, source};
use crate::printer::Printer;
use pincite_core::engine::Reading;
use pincite_core::index::Index;
use pincite_core::{Error, Result};
use pincite_render::{self as render, json};

pub(crate) fn run(dir: &Path, args: &ShowArgs, printer: &Printer) -> Result<Outcome> {
    let reader = Index::open(dir)?.reader()?;
    let id = args.id.contains('#').then(|| passage_id(&args.id)).transpose()?;
    let entry = match &id {
        Some(id) => passage(&reader, id)?.0,
        None => source(&reader, &args.id)?,
    };
    if id.is_none() && args.context.is_some() {
        let message = "--context needs the id of a passage".to_owned();
        return Err(Error::usage(message, "without it, the whole of a source is shown"));
    }
    let passages = reader.passages(&entry.source.id)?;
    let mut reading = Reading::whole(entry, passages);
    if let Some(id) = &id {
        reading = reading.around(id, args.context.unwrap_or(0));
    }
    match args.format {
        ListFormat::Human => {
            reading.entry.path = from_here(reading.entry.path);
            printer.styled(&render::reading(&reading, printer.width()))?;
        }
        ListFormat::Json => printer.document(&json::reading(&reading))?,
    }
    Ok(Outcome::Yes)
}

/// A path as short as it can be written from the current folder.
fn from_here(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok());
    here.and_then(|here| Some(path.strip_prefix(here).ok()?.to_owned())).unwrap_or(path)
}
