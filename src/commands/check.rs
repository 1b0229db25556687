//! `pincite check`.

use std::ops::ControlFlow;
use std::path::Path;

use crate::args::{CheckArgs, CheckFormat};
use crate::commands::claims::{self, Claims};
use crate::commands::index::freshen;
use crate::commands::paths::{Here, name_from_here};
use crate::commands::stale;
use crate::commands::style::references;
use crate::printer::Printer;
use crate::{Exit, progress};
use pincite_core::check::{Check, Verdict};
use pincite_core::engine::{CheckRequest, Checks, Engine};
use pincite_core::{Error, Result};
use pincite_render::{self as render, json};

pub(crate) fn run(engine: &Engine, args: &CheckArgs, printer: &Printer) -> Result<Exit> {
    check_format(args)?;
    let style = references(&args.style, args.format != CheckFormat::Human)?;
    let Claims { input, file } = claims::read(args)?;
    for warning in &input.warnings {
        printer.warning(warning);
    }
    let corpus = freshen(engine, &args.corpus, printer)?.map(|(corpus, _)| corpus);
    let bar = progress::claims(printer.is_quiet(), input.requests.len());
    let filters = args.filters();
    let request = CheckRequest { input, file, filters, corpus, threads: args.threads, style };
    let mut checks = engine.check(request, &|_| {
        bar.inc(1);
        ControlFlow::Continue(())
    })?;
    bar.finish_and_clear();
    let quoted = checks.checks.iter().flat_map(Check::quoted);
    stale::warn(quoted.map(|quotation| &quotation.citation), printer);
    print(&mut checks, args, engine, printer)?;
    if checks.file.is_some() || checks.checks.len() != 1 {
        printer.note(&render::tally(&checks));
    }
    let any_fails = checks.checks.iter().any(|check| fails(check, args));
    Ok(if any_fails { Exit::No } else { Exit::Yes })
}

/// Refuses what a format cannot show, rather than leave it out silently.
fn check_format(args: &CheckArgs) -> Result<()> {
    use CheckFormat::{Human, Json, Jsonl, Sarif};
    let (message, hint) = if args.explain && !matches!(args.format, Human | Json | Jsonl) {
        ("--explain needs --format human, json or jsonl", "leave out one of the two")
    } else if args.column.is_some() && args.draft().is_some() {
        ("--column needs a table", "the claims of a draft are its sentences")
    } else if args.format == Sarif && args.draft().is_none_or(|draft| draft == Path::new("-")) {
        ("--format sarif needs --draft FILE", "it reports the positions of claims in a file")
    } else {
        return Ok(());
    };
    Err(Error::usage(message, hint))
}

/// Whether a check is one that the program ends with status 1 for.
fn fails(check: &Check, args: &CheckArgs) -> bool {
    if args.fail_on.is_empty() {
        check.verdict != Verdict::Supported
    } else {
        args.fail_on.iter().any(|&name| Verdict::from(name) == check.verdict)
    }
}

fn print(checks: &mut Checks, args: &CheckArgs, engine: &Engine, printer: &Printer) -> Result<()> {
    let document = match args.format {
        CheckFormat::Human => {
            let quoted = checks.checks.iter_mut().flat_map(Check::quoted_mut);
            name_from_here(engine, quoted.map(|quotation| &mut quotation.citation))?;
            return printer.styled(&render::checks(checks, printer.width(), args.explain));
        }
        CheckFormat::Json => json::checks(checks, args.explain),
        CheckFormat::Jsonl => json::checks_as_lines(checks, args.explain),
        CheckFormat::Csv => render::checks_as_csv(checks),
        CheckFormat::Markdown => render::checks_as_markdown(checks),
        CheckFormat::Html => render::checks_as_html(checks),
        CheckFormat::ClaimReview => {
            let verdicts = checks.checks.iter().map(|check| check.verdict);
            let left_out = verdicts.filter(|&verdict| verdict == Verdict::NotFound).count();
            if left_out > 0 {
                let message = "left out, since no source says anything of it";
                printer.warning(&format!("{message}: {left_out}"));
            }
            render::claim_review(checks)
        }
        CheckFormat::Sarif => {
            let draft = args.draft().unwrap_or(Path::new("-"));
            let here = Here::new();
            let sources = engine.sources()?.into_iter();
            let files = sources.map(|entry| (entry.source.id, here.relative(&entry.path)));
            render::sarif(checks, &here.relative(draft), &files.collect())
        }
    };
    printer.document(&document)
}
