//! `pincite index`, and updates of the index for other commands.

use std::path::{Path, PathBuf};

use crate::Exit;
use crate::args::{IndexArgs, ListFormat};
use crate::printer::Printer;
use crate::progress::UpdateBar;
use pincite_core::engine::{Corpus, Engine};
use pincite_core::index::{Report, Update};
use pincite_core::{Error, Result};
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: IndexArgs, printer: &Printer) -> Result<Exit> {
    let format = args.format;
    let mut update = args.into_update();
    if update.paths.is_empty() {
        update.paths.push(current_folder(engine.dir())?);
    }
    let report = bring_up_to_date(engine, &update, printer)?;
    match format {
        ListFormat::Human => printer.styled(&render::report(&report))?,
        ListFormat::Json => printer.document(&json::report(&report))?,
    }
    if update.dry_run {
        printer.note("nothing was written: this was a dry run");
    }
    Ok(if report.refused + report.unread == 0 { Exit::Yes } else { Exit::No })
}

/// Returns the current folder, unless it is the folder of the index, in which there are no
/// articles.
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

/// Updates the index from the folders of `--corpus`, if any, and returns the corpus to which the
/// answer is restricted, and the report of the update.
pub(super) fn freshen(
    engine: &Engine,
    folders: &[PathBuf],
    printer: &Printer,
) -> Result<Option<(Corpus, Report)>> {
    if folders.is_empty() {
        return Ok(None);
    }
    let update = Update { paths: folders.to_owned(), ..Update::default() };
    let report = bring_up_to_date(engine, &update, printer)?;
    printer.note(render::report(&report).trim_end());
    let not_read = report.not_read.clone();
    Ok(Some((Corpus { folders: update.paths, not_read }, report)))
}

/// Updates the index with a progress bar, and prints the files that were skipped and warnings.
fn bring_up_to_date(engine: &Engine, update: &Update, printer: &Printer) -> Result<Report> {
    let bar = UpdateBar::new(printer.is_quiet());
    let report = engine.update(update, &bar)?;
    drop(bar);
    for remark in &report.skipped {
        printer.warning(&format!("skipped {}: {}", remark.file, remark.message));
    }
    for remark in &report.warnings {
        printer.warning(&format!("{}: {}", remark.file, remark.message));
    }
    if report.unread > 0 {
        printer.failure(&render::unread(report.unread));
    }
    Ok(report)
}
