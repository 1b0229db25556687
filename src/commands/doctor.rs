//! `pincite doctor`.

use crate::Exit;
use crate::args::{DoctorArgs, ListFormat};
use crate::printer::Printer;
use crate::progress::UpdateBar;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &DoctorArgs, printer: &Printer) -> Result<Exit> {
    let mut diagnosis = engine.doctor(&UpdateBar::new(printer.is_quiet()))?;
    let mut repaired = None;
    if args.repair {
        let report = engine.repair(&diagnosis, &UpdateBar::new(printer.is_quiet()))?;
        repaired = Some(report.as_ref().map_or(0, |report| report.updated));
        if report.is_some() {
            diagnosis = engine.doctor(&UpdateBar::new(printer.is_quiet()))?;
        }
    }
    match args.format {
        ListFormat::Human => printer.styled(&render::diagnosis(&diagnosis, printer.width()))?,
        ListFormat::Json => printer.document(&json::diagnosis(&diagnosis, repaired))?,
    }
    if let Some(repaired) = repaired {
        printer.note(&format!("{} read anew", render::count(repaired, "source")));
    }
    if diagnosis.is_damaged() {
        printer.note(if diagnosis.can_be_repaired() && !args.repair {
            "the index is damaged: run “pincite doctor --repair”"
        } else {
            "the index is damaged: run “pincite index FOLDER --rebuild” with its folders"
        });
    } else if !diagnosis.is_healthy() {
        printer.note("sources are not what was indexed: run “pincite index FOLDER”");
    }
    Ok(if diagnosis.is_healthy() { Exit::Yes } else { Exit::No })
}
