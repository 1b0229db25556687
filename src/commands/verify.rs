//! `pincite verify`.

use crate::Exit;
use crate::args::{ListFormat, VerifyArgs};
use crate::commands::given::Given;
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_core::verify::VerifyRequest;
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &VerifyArgs, printer: &Printer) -> Result<Exit> {
    let given = Given::read(&args.file)?;
    let name = given.name;
    let requests = VerifyRequest::parse(&given.into_text()?, name)?;
    let outcomes = engine.verify(&requests)?;
    match args.format {
        ListFormat::Human => {
            printer.styled(&render::outcomes(&requests, &outcomes, printer.width()))?;
        }
        ListFormat::Json => printer.document(&json::outcomes(&outcomes))?,
    }
    let intact = outcomes.iter().filter(|outcome| outcome.is_intact()).count();
    match outcomes.len() {
        0 => printer.note(&format!("no quotation in {}", name.display())),
        all => printer.note(&format!("{intact} of {all} intact")),
    }
    // Where there was no quotation, none was shown to be intact.
    Ok(if intact == outcomes.len() && intact > 0 { Exit::Yes } else { Exit::No })
}
