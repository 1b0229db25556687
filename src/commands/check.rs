//! `pincite check`.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::args::{CheckArgs, CheckFormat};
use crate::commands::forms::completed;
use crate::commands::given::Given;
use crate::commands::query::searcher;
use crate::printer::Printer;
use crate::{Outcome, progress};
use pincite_core::check::{Check, Checker, Input, TableFormat, Verdict};
use pincite_core::cite::Style;
use pincite_core::engine::Checks;
use pincite_core::index::Reader;
use pincite_core::source::SourceId;
use pincite_core::{Error, Result};
use pincite_render::{self as render, json};

pub(crate) fn run(dir: &Path, args: &CheckArgs, printer: &Printer) -> Result<Outcome> {
    fits(args)?;
    let style = Style::find(&args.style)?;
    let (file, input) = input(args)?;
    for warning in &input.warnings {
        printer.warning(warning);
    }
    let (searcher, filters) = searcher(dir, &args.corpus, args.filters(), printer)?;
    let checker = Checker::new(&searcher).filtered(filters);
    let bar = progress::claims(printer.is_quiet(), input.requests.len());
    let check = |claim: &str| {
        let mut check = checker.check(claim)?;
        dress(&mut check, searcher.reader(), &style)?;
        bar.inc(1);
        Ok(check)
    };
    let claims: Vec<&str> = input.requests.iter().map(|request| &*request.claim).collect();
    let checks = in_parallel(&claims, args.threads, check)?;
    bar.finish_and_clear();
    let checks = Checks { file, input, checks };
    print(&checks, args, searcher.reader(), printer)?;
    if checks.file.is_some() || checks.checks.len() != 1 {
        printer.note(&render::tally(&checks));
    }
    let fails = |check: &Check| match &*args.fail_on {
        [] => check.verdict != Verdict::Supported,
        named => named.iter().any(|&name| Verdict::from(name) == check.verdict),
    };
    Ok(if checks.checks.iter().any(fails) { Outcome::No } else { Outcome::Yes })
}

/// Refuses what a format has no place for, rather than leave it out without a word.
fn fits(args: &CheckArgs) -> Result<()> {
    use CheckFormat::{Human, Json, Jsonl, Sarif};
    let fail = |message: &str, hint: &str| Err(Error::usage(message, hint));
    if args.explain && !matches!(args.format, Human | Json | Jsonl) {
        return fail("--explain needs --format human, json or jsonl", "leave out one of the two");
    }
    if args.column.is_some() && args.draft().is_some() {
        return fail("--column needs a table", "the claims of a draft are its sentences");
    }
    if args.format == Sarif && args.draft().is_none_or(|draft| draft == Path::new("-")) {
        return fail("--format sarif needs --draft FILE", "it says where in a file claims stand");
    }
    Ok(())
}

/// The claims, and what the file is called that they are from.
fn input(args: &CheckArgs) -> Result<(Option<String>, Input)> {
    let Some(path) = args.draft().or(args.file.as_deref()) else {
        return Ok((None, Input::given(args.claims.iter().cloned())));
    };
    let given = Given::read(path)?;
    let name = given.name;
    let input = if args.draft().is_some() {
        Input::draft(given.into_bytes(), name)?
    } else {
        let text = given.into_text()?;
        match table_format(name, args.column.is_some(), &text) {
            Some(format) => Input::table(&text, format, args.column.as_deref(), name)?,
            None => Input::lines(&text),
        }
    };
    Ok((Some(name.display().to_string()), input))
}

/// How a file's table is written, by its name; where that does not tell and a column is asked for, by how it begins.
fn table_format(name: &Path, is_table: bool, text: &str) -> Option<TableFormat> {
    let extension = name.extension().map(|extension| extension.to_ascii_lowercase());
    match extension.as_deref().and_then(|extension| extension.to_str()) {
        Some("csv") => Some(TableFormat::Csv),
        Some("tsv") => Some(TableFormat::Tsv),
        Some("jsonl" | "ndjson") => Some(TableFormat::JsonLines),
        _ if is_table && text.trim_start().starts_with('{') => Some(TableFormat::JsonLines),
        _ => is_table.then_some(TableFormat::Csv),
    }
}

/// What `check` makes of each claim, in their order, whatever the number of threads.
fn in_parallel(
    claims: &[&str],
    threads: Option<usize>,
    check: impl Fn(&str) -> Result<Check> + Sync,
) -> Result<Vec<Check>> {
    let threads = threads.or_else(|| thread::available_parallelism().ok().map(NonZero::get)).unwrap_or(1);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(claim) = claims.get(at) else { return Ok(done) };
            done.push((at, check(claim)?));
        }
    };
    let done: Vec<Result<Vec<(usize, Check)>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.min(claims.len())).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|it| it.join().unwrap_or_else(|cause| panic::resume_unwind(cause))).collect()
    });
    let mut checks: Vec<_> = done.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    checks.sort_unstable_by_key(|(at, _)| *at);
    Ok(checks.into_iter().map(|(_, check)| check).collect())
}

fn dress(check: &mut Check, reader: &Reader, style: &Style) -> Result<()> {
    let evidence = check.evidence.iter_mut().map(|evidence| &mut evidence.quoted);
    for quoted in evidence.chain(&mut check.related) {
        quoted.citation = completed(quoted.citation.clone(), reader, &quoted.source, style)?;
    }
    Ok(())
}

fn print(checks: &Checks, args: &CheckArgs, reader: &Reader, printer: &Printer) -> Result<()> {
    let document = match args.format {
        CheckFormat::Human => return printer.styled(&render::checks(checks, printer.width(), args.explain)),
        CheckFormat::Json => json::checks(checks, args.explain),
        CheckFormat::Jsonl => json::checks_as_lines(checks, args.explain),
        CheckFormat::Csv => render::checks_as_csv(checks),
        CheckFormat::Markdown => render::checks_as_markdown(checks),
        CheckFormat::Html => render::checks_as_html(checks),
        CheckFormat::ClaimReview => {
            let left_out = checks.checks.iter().filter(|check| check.verdict == Verdict::NotFound).count();
            if left_out > 0 {
                printer.warning(&format!("left out, since no source says anything of it: {left_out}"));
            }
            render::claim_review(checks)
        }
        CheckFormat::Sarif => {
            let draft = args.draft().unwrap_or(Path::new("-"));
            render::sarif(checks, &from_here(draft), &files(reader)?)
        }
    };
    printer.document(&document)
}

/// Where the sources lie, from here as far as they lie below.
fn files(reader: &Reader) -> Result<BTreeMap<SourceId, PathBuf>> {
    let sources = reader.sources()?.into_iter();
    Ok(sources.map(|entry| (entry.source.id, from_here(&entry.path))).collect())
}

/// A path without the current folder at its head: what SARIF takes for the root of the repository.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_owned()
}
