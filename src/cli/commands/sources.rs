//! `pincite sources`.

use std::path::Path;

use crate::Result;
use crate::cli::Outcome;
use crate::cli::args::{ListArgs, ListFormat};
use crate::cli::printer::Printer;
use crate::index::Index;
use crate::output::{self, json};

pub(in crate::cli) fn run(dir: &Path, args: &ListArgs, printer: &Printer) -> Result<Outcome> {
    let sources = Index::open(dir)?.reader()?.sources()?;
    match args.format {
        ListFormat::Human => printer.styled(&output::sources(&sources, printer.width()))?,
        ListFormat::Json => printer.document(&json::sources(&sources))?,
    }
    Ok(Outcome::Yes)
}
