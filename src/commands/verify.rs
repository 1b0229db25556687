//! `pincite verify`.

use crate::Exit;
use crate::args::{ListFormat, VerifyArgs};
use crate::commands::given::Given;
use crate::commands::paths::name_from_here;
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::cite::Style;
use pincite_core::engine::Engine;
use pincite_core::verify::{Outcome, Status, VerifyRequest};
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &VerifyArgs, printer: &Printer) -> Result<Exit> {
    let given = Given::read(&args.file)?;
    let name = given.name;
    let text = given.into_text()?;
    let requests =
        if args.find { VerifyRequest::lines(&text) } else { VerifyRequest::parse(&text, name)? };
    let mut outcomes = engine.verify(&requests, Some(&Style::find(&args.style)?))?;
    match args.format {
        ListFormat::Human => {
            name_from_here(engine, outcomes.iter_mut().filter_map(|it| it.found.as_mut()))?;
            printer.styled(&render::outcomes(&requests, &outcomes, printer.width()))?;
        }
        ListFormat::Json => printer.document(&json::outcomes(&outcomes))?,
    }
    let count =
        |kind: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| kind(outcome)).count();
    let intact = count(Outcome::is_intact);
    let unread = count(|outcome| outcome.status == Status::NotRead);
    let mut said = match outcomes.len() - unread {
        0 => format!("no quotation in {}", name.display()),
        all => format!("{intact} of {all} intact"),
    };
    for (few, what) in [(count(Outcome::is_out_of_context), "out of context"), (unread, "not read")]
    {
        if few > 0 {
            said += &format!(", {few} {what}");
        }
    }
    printer.note(&said);
    // Where there was no quotation, none was shown to be intact.
    Ok(if intact == outcomes.len() && intact > 0 { Exit::Yes } else { Exit::No })
}
