//! `pincite sources`.

use std::path::Path;

use crate::Outcome;
use crate::args::{ListArgs, ListFormat};
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::index::Index;
use pincite_render::{self as render, json};

pub(crate) fn run(dir: &Path, args: &ListArgs, printer: &Printer) -> Result<Outcome> {
    let sources = Index::open(dir)?.reader()?.sources()?;
    match args.format {
        ListFormat::Human => printer.styled(&render::sources(&sources, printer.width()))?,
        ListFormat::Json => printer.document(&json::sources(&sources))?,
    }
    Ok(Outcome::Yes)
}
