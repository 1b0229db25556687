//! `pincite verify`.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::cli::Outcome;
use crate::cli::args::{ListFormat, VerifyArgs};
use crate::cli::printer::Printer;
use crate::index::Index;
use crate::output::{self, json};
use crate::search::Searcher;
use crate::verify::{Request, Verdict, Verifier};
use crate::{Error, Result};

pub(in crate::cli) fn run(dir: &Path, args: &VerifyArgs, printer: &Printer) -> Result<Outcome> {
    let from_stdin = args.file == Path::new("-");
    let name = if from_stdin { Path::new("standard input") } else { args.file.as_path() };
    let bytes = if from_stdin { read_stdin() } else { fs::read(name) };
    let requests = Request::parse(&text(bytes.map_err(Error::io("read", name))?, name)?, name)?;
    let searcher = Searcher::new(&Index::open(dir)?)?;
    let mut verifier = Verifier::new(&searcher);
    let verdicts = requests.iter().map(|request| verifier.verify(request)).collect::<Result<Vec<Verdict>>>()?;
    match args.format {
        ListFormat::Human => printer.styled(&output::verdicts(&requests, &verdicts, printer.width()))?,
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

fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
}

/// What was read as text, or the first line that is none.
fn text(bytes: Vec<u8>, name: &Path) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
        let message = "this is not UTF-8 text".to_owned();
        Error::Malformed { path: name.to_owned(), line: Some(line), column: None, message }
    })
}
