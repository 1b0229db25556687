//! `pincite index`.

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::args::{IndexArgs, ListFormat};
use crate::printer::Printer;
use crate::progress::Bar;
use pincite_core::index::{Index, Report, Update};
use pincite_core::{Error, Result};
use pincite_render::{self as render, json};

pub(crate) fn run(dir: &Path, args: IndexArgs, printer: &Printer) -> Result<Outcome> {
    let format = args.format;
    let mut update = args.into_update();
    if update.paths.is_empty() {
        update.paths.push(current_folder(dir)?);
    }
    let report = bring_up_to_date(dir, &update, printer)?;
    match format {
        ListFormat::Human => printer.styled(&render::report(&report))?,
        ListFormat::Json => printer.document(&json::report(&report))?,
    }
    if update.dry_run {
        printer.note("nothing was written: this was a dry run");
    }
    Ok(if report.refused == 0 { Outcome::Yes } else { Outcome::No })
}

/// Returns the current folder, unless it is the folder of the index, in which there are no articles.
fn current_folder(index: &Path) -> Result<PathBuf> {
    let here = PathBuf::from(".");
    let folder = here.canonicalize().map_err(Error::io("read", &here))?;
    if index.canonicalize().is_ok_and(|index| index == folder) {
        return Err(Error::usage(
            "the current folder is that of the index, which is not read",
            "name a folder of articles, or another folder for the index with --index DIR",
        ));
    }
    Ok(here)
}

/// Updates the index under a progress bar, and says which files were skipped or odd.
pub(super) fn bring_up_to_date(dir: &Path, update: &Update, printer: &Printer) -> Result<Report> {
    let bar = Bar::new(printer.is_quiet());
    let report = Index::update(dir, update, &bar)?;
    drop(bar);
    for remark in &report.skipped {
        printer.warning(&format!("skipped {}: {}", remark.file, remark.message));
    }
    for remark in &report.warnings {
        printer.warning(&format!("{}: {}", remark.file, remark.message));
    }
    Ok(report)
}
