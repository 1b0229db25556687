//! `pincite index`.

use std::path::Path;

use crate::Outcome;
use crate::args::{IndexArgs, ListFormat};
use crate::printer::Printer;
use crate::progress::Bar;
use pincite_core::Result;
use pincite_core::index::{Index, Report, Update};
use pincite_render::{self as output, json};

pub(crate) fn run(dir: &Path, args: IndexArgs, printer: &Printer) -> Result<Outcome> {
    let format = args.format;
    let update = args.into_update();
    let report = bring_up_to_date(dir, &update, printer)?;
    match format {
        ListFormat::Human => printer.styled(&output::report(&report))?,
        ListFormat::Json => printer.document(&json::report(&report))?,
    }
    if update.dry_run {
        printer.note("nothing was written: this was a dry run");
    }
    Ok(Outcome::Yes)
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
