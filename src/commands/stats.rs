//! `pincite stats`.

use std::path::Path;

use crate::Outcome;
use crate::args::{ListArgs, ListFormat};
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::index::Index;
use pincite_render::{self as render, json};

pub(crate) fn run(dir: &Path, args: &ListArgs, printer: &Printer) -> Result<Outcome> {
    let stats = Index::open(dir)?.reader()?.stats()?;
    match args.format {
        ListFormat::Human => printer.styled(&render::stats(&stats))?,
        ListFormat::Json => printer.document(&json::stats(&stats))?,
    }
    Ok(Outcome::Yes)
}
