//! `pincite check`.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::cite::{Citation, Style};
use crate::claim::{Check, Checker, Verdict};
use crate::cli::Outcome;
use crate::cli::args::{CheckArgs, ListFormat};
use crate::cli::commands::query::searcher;
use crate::cli::printer::Printer;
use crate::index::Reader;
use crate::output::{self, json};
use crate::{Error, Result};

pub(in crate::cli) fn run(dir: &Path, args: &CheckArgs, printer: &Printer) -> Result<Outcome> {
    let style = Style::find(&args.style)?;
    let claims = claims(args)?;
    let (searcher, filters) = searcher(dir, &args.corpus, args.filters(), printer)?;
    let checker = Checker::new(&searcher).filtered(filters);
    let mut checks = claims.iter().map(|claim| checker.check(claim)).collect::<Result<Vec<Check>>>()?;
    for citation in checks.iter_mut().flat_map(Check::citations_mut) {
        dress(citation, searcher.reader(), &style)?;
    }
    match args.format {
        ListFormat::Human => printer.styled(&output::checks(&checks, args.explain, printer.width()))?,
        ListFormat::Json => printer.document(&json::checks(&checks, args.explain))?,
    }
    let fails = |check: &Check| match &*args.fail_on {
        [] => check.verdict != Verdict::Supported,
        named => named.iter().any(|&name| Verdict::from(name) == check.verdict),
    };
    Ok(if checks.iter().any(fails) { Outcome::No } else { Outcome::Yes })
}

/// The claims as given, or those of the file, a line each.
fn claims(args: &CheckArgs) -> Result<Vec<String>> {
    let Some(path) = &args.file else { return Ok(args.claims.clone()) };
    let read = || {
        if path == Path::new("-") {
            let mut text = String::new();
            return io::stdin().lock().read_to_string(&mut text).map(|_| text);
        }
        fs::read_to_string(path)
    };
    let text = read().map_err(Error::io("read", path))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// Adds to a citation what depends on the reader of it: the link and the reference.
fn dress(citation: &mut Citation, reader: &Reader, style: &Style) -> Result<()> {
    if citation.source.contains_key("URL") {
        *citation = citation.clone().with_deep_link(&reader.passages(&citation.id.source)?);
    }
    citation.formatted = Some(style.format(citation));
    Ok(())
}
