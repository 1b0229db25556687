//! `pincite stats`.

use std::path::Path;

use crate::Result;
use crate::cli::Outcome;
use crate::cli::args::{ListArgs, ListFormat};
use crate::cli::printer::Printer;
use crate::index::Index;
use crate::output::{self, json};

pub(in crate::cli) fn run(dir: &Path, args: &ListArgs, printer: &Printer) -> Result<Outcome> {
    let stats = Index::open(dir)?.reader()?.stats()?;
    match args.format {
        ListFormat::Human => printer.styled(&output::stats(&stats))?,
        ListFormat::Json => printer.document(&json::stats(&stats))?,
    }
    Ok(Outcome::Yes)
}
