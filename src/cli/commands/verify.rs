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
    let requests = Request::parse(&read(&args.file)?, &args.file)?;
    let searcher = Searcher::new(&Index::open(dir)?)?;
    let mut verifier = Verifier::new(&searcher);
    let verdicts = requests.iter().map(|request| verifier.verify(request)).collect::<Result<Vec<Verdict>>>()?;
    match args.format {
        ListFormat::Human => printer.styled(&output::verdicts(&requests, &verdicts, printer.width()))?,
        ListFormat::Json => printer.document(&json::verdicts(&verdicts))?,
    }
    let intact = verdicts.iter().filter(|verdict| verdict.is_intact()).count();
    match verdicts.len() {
        0 => printer.note(&format!("no quotation in {}", args.file.display())),
        all => printer.note(&format!("{intact} of {all} intact")),
    }
    // A check that found nothing to check has not shown anything to be intact.
    Ok(if intact == verdicts.len() && intact > 0 { Outcome::Yes } else { Outcome::No })
}

/// The text of a file, or of standard input for `-`.
fn read(path: &Path) -> Result<String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes).map_err(Error::io("read", "standard input"))?
    } else {
        fs::read(path).map_err(Error::io("read", path))?
    };
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
        let message = "this is not UTF-8 text".to_owned();
        Error::Malformed { path: path.to_owned(), line: Some(line), column: None, message }
    })
}
