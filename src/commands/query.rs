//! `pincite query`.

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::args::{CitationFormat, QueryArgs};
use crate::commands::forms::cited;
use crate::commands::ids;
use crate::commands::index::bring_up_to_date;
use crate::printer::Printer;
use pincite_core::cite::Quotation;
use pincite_core::cite::Style;
use pincite_core::engine::{Answer, Context, Found};
use pincite_core::index::{Index, Reader, Update, nothing_to_index};
use pincite_core::query::{Filters, Query};
use pincite_core::search::Searcher;
use pincite_core::source::{Passage, PassageId, SourceId};
use pincite_core::{Error, Result};
use pincite_render::citation::{Format, document};
use pincite_render::{self as render, json};

pub(crate) fn run(dir: &Path, args: QueryArgs, printer: &Printer) -> Result<Outcome> {
    fits(&args)?;
    let asked = match &args.like {
        Some(id) => Asked::Like(ids::passage_id(id)?),
        None => Asked::Text(Query::parse(&args.query())?),
    };
    let style = Style::find(&args.style)?;
    let (searcher, filters) = searcher(dir, &args.corpus, args.filters(), printer)?;
    let query = match asked {
        Asked::Text(query) => query,
        Asked::Like(id) => searcher.query_like(&ids::passage(searcher.reader(), &id)?.1)?,
    };
    let query = if args.exact { query.exact() } else { query }.filtered(filters);
    let results = searcher.search(&query, args.limit)?;
    let total = match results.total {
        Some(total) => total,
        None => searcher.count(&query)?,
    };
    let mut found = Vec::with_capacity(results.hits.len());
    for hit in results.hits {
        let reader = searcher.reader();
        let context = args.context.map(|n| context(reader, &hit.passage, n)).transpose()?;
        // Should it have no such sentences, the whole passage is what to quote.
        let citation = match cited(reader, &hit.source, &hit.passage, Some(hit.best), &style)? {
            Some(citation) => Some(citation),
            None => cited(reader, &hit.source, &hit.passage, None, &style)?,
        };
        found.extend(citation.map(|citation| Found::new(hit, citation, context)));
    }
    let answer = Answer {
        query: query.text().to_owned(),
        like: query.left_out().cloned(),
        total,
        found,
        variants: results.variants,
    };
    print(&answer, &args, printer)?;
    if answer.found.is_empty() {
        printer.note("nothing found");
        return Ok(Outcome::No);
    }
    Ok(Outcome::Yes)
}

/// A searcher over the index in `dir`, brought up to date with the folders of `corpus` where there are any, and `filters`
/// held to these.
pub(super) fn searcher(
    dir: &Path,
    corpus: &[PathBuf],
    filters: Filters,
    printer: &Printer,
) -> Result<(Searcher, Filters)> {
    let (searcher, among) =
        if corpus.is_empty() { (Searcher::new(&Index::open(dir)?)?, None) } else { up_to_date(dir, corpus, printer)? };
    for source in filters.source.iter().filter(|source| !source.contains('*')) {
        // A slip in an id would otherwise pass for a source that says nothing of the matter.
        ids::source(searcher.reader(), source)?;
    }
    Ok((searcher, Filters { among, ..filters }))
}

/// A searcher over the index in `dir`, brought up to date with the folders of `corpus`, and the sources under these where
/// the index has others beside: who names a folder wants to know what is in it. A folder with nothing in it that can be
/// read is an error.
fn up_to_date(dir: &Path, corpus: &[PathBuf], printer: &Printer) -> Result<(Searcher, Option<Vec<SourceId>>)> {
    let update = Update { paths: corpus.to_owned(), ..Update::default() };
    let report = bring_up_to_date(dir, &update, printer)?;
    printer.note(render::report(&report).trim_end());
    let index = match Index::open(dir) {
        Err(Error::NoIndex { .. }) => return Err(nothing_to_index(corpus, &report.not_read)),
        index => index?,
    };
    let searcher = Searcher::new(&index)?;
    let folders = corpus.iter().map(|folder| folder.canonicalize().map_err(Error::io("read", folder)));
    let folders: Vec<PathBuf> = folders.collect::<Result<_>>()?;
    let mut sources = searcher.reader().sources()?;
    let all = sources.len();
    sources.retain(|entry| folders.iter().any(|folder| entry.path.starts_with(folder)));
    if sources.is_empty() {
        return Err(nothing_to_index(corpus, &report.not_read));
    }
    let among = (sources.len() < all).then(|| sources.into_iter().map(|entry| entry.source.id).collect());
    Ok((searcher, among))
}

/// What is asked for: text, or what is like a passage.
enum Asked {
    Text(Query),
    Like(PassageId),
}

/// Refuses what a format has no place for, rather than leave it out without a word.
fn fits(args: &QueryArgs) -> Result<()> {
    use CitationFormat::{Human, Json, Jsonl};
    let fail =
        |flag: &str, formats: &str| Err(Error::usage(format!("{flag} needs {formats}"), "leave out one of the two"));
    if args.context.is_some() && args.format != Human {
        return fail("--context", "--format human");
    }
    if args.explain && !matches!(args.format, Human | Json | Jsonl) {
        return fail("--explain", "--format human, json or jsonl");
    }
    let Filters { since, until, .. } = args.filters();
    if let Some((since, until)) = since.zip(until).filter(|(since, until)| since.first_day() > until.last_day()) {
        let message = format!("--since {since} comes after --until {until}");
        return Err(Error::usage(message, "exchange the two"));
    }
    Ok(())
}

/// Up to `n` paragraphs on either side.
fn context(reader: &Reader, passage: &Passage, n: u32) -> Result<Context> {
    let here = passage.paragraph;
    let read = |paragraph| reader.passage(&passage.source, paragraph);
    let mut before = Vec::new();
    for paragraph in here.saturating_sub(n).max(1)..here {
        before.extend(read(paragraph)?);
    }
    let mut after = Vec::new();
    for paragraph in here.saturating_add(1)..=here.saturating_add(n) {
        match read(paragraph)? {
            Some(passage) => after.push(passage),
            None => break,
        }
    }
    Ok(Context { before, after })
}

fn print(answer: &Answer, args: &QueryArgs, printer: &Printer) -> Result<()> {
    match args.format.document() {
        None => {
            printer.styled(&render::results(answer, printer.width(), args.explain))?;
            let shown = answer.found.len();
            let listed = answer.found.iter().map(|found| 1 + found.copies.len() as u64).sum::<u64>();
            if shown > 0 && listed < answer.total {
                printer.note(&format!("{shown} of {} passages; more with -n {}", answer.total, shown * 2));
            }
            Ok(())
        }
        Some(Format::Json) => printer.document(&json::results(answer, args.explain)),
        Some(Format::JsonLines) => printer.document(&json::results_as_lines(answer, args.explain)),
        Some(format) => {
            let quotations: Vec<Quotation> = answer.found.iter().map(|found| found.quotation.clone()).collect();
            let title = answer.like.as_ref().map_or_else(|| answer.query.clone(), |id| format!("Passages like {id}"));
            printer.document(&document(format, &title, &quotations))
        }
    }
}
