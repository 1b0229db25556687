//! `pincite verify`.

use std::path::Path;

use crate::Outcome;
use crate::args::{ListFormat, VerifyArgs};
use crate::commands::given::Given;
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::index::Index;
use pincite_core::search::Searcher;
use pincite_core::verify::{Request, Verdict, Verifier};
use pincite_render::{self as render, json};

pub(crate) fn run(dir: &Path, args: &VerifyArgs, printer: &Printer) -> Result<Outcome> {
    let given = Given::read(&args.file)?;
    let name = given.name;
    let requests = Request::parse(&given.into_text()?, name)?;
    let searcher = Searcher::new(&Index::open(dir)?)?;
    let mut verifier = Verifier::new(&searcher);
    let verdicts = requests.iter().map(|request| verifier.verify(request)).collect::<Result<Vec<Verdict>>>()?;
    match args.format {
        ListFormat::Human => printer.styled(&render::verdicts(&requests, &verdicts, printer.width()))?,
        ListFormat::Json => printer.document(&json::verdicts(&verdicts))?,
    }
    let intact = verdicts.iter().filter(|verdict| verdict.is_intact()).count();
    match verdicts.len() {
        0 => printer.note(&format!("no quotation in {}", name.display())),
        all => printer.note(&format!("{intact} of {all} intact")),
    }
    // A check that found nothing to check has not shown anything to be intact.
    Ok(if intact == verdicts.len() && intact > 0 { Outcome::Yes } else { Outcome::No })
}
