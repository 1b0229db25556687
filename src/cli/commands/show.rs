//! `pincite show`.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::cli::Outcome;
use crate::cli::args::{ListFormat, ShowArgs};
use crate::cli::commands::ids::{passage, passage_id, source};
use crate::cli::printer::Printer;
use crate::index::Index;
use crate::output::{self, Reading, json};
use crate::source::SourceId;

pub(in crate::cli) fn run(dir: &Path, args: &ShowArgs, printer: &Printer) -> Result<Outcome> {
    let reader = Index::open(dir)?.reader()?;
    let id = args.id.contains('#').then(|| passage_id(&args.id)).transpose()?;
    if let Some(id) = &id {
        passage(&reader, id)?;
    }
    let entry = source(&reader, &id.as_ref().map_or_else(|| SourceId::slug(&args.id), |id| id.source.clone()))?;
    let passages = reader.passages(&entry.source.id)?;
    let mut reading = Reading::whole(entry, passages);
    if let Some(id) = &id {
        reading = reading.around(id, args.context);
    }
    match args.format {
        ListFormat::Human => {
            reading.entry.path = from_here(reading.entry.path);
            printer.styled(&output::reading(&reading, printer.width()))?;
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
