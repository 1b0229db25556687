//! The arguments as they are typed, and the requests that they make together.

use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;
use clap::{Parser, Subcommand, ValueEnum};

use pincite_core::check::Verdict;
use pincite_core::cite::Style;
use pincite_core::extract;
use pincite_core::index::Update;
use pincite_core::query::Filters;
use pincite_core::text::PartialDate;
use pincite_render::citation::Format;

/// Heads the options that all commands have.
const GLOBAL: &str = "Global options";

/// Answers a claim with exact, checkable quotations from your own articles.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  pincite query --corpus corpus \"Pakistan recognized the Taliban in 1997\"
  pincite cite recognition-1997#p1.1 --format wikipedia
  pincite query \"durand line\" --format json | jq -r '.hits[].citation.id'

Exit status: 0 found, intact or done; 1 nothing found, or not all intact; 2 an error."
)]
pub(super) struct Args {
    /// Folder of the index
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "DIR", env = "PINCITE_INDEX", default_value = "index")]
    pub(super) index: PathBuf,
    /// When to use colours; NO_COLOR is respected
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,
    /// Print only what was asked for, and errors
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub(super) quiet: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Bring the index up to date with folders of articles
    Index(IndexArgs),
    /// Find passages that answer a claim or a question, and quote them
    Query(QueryArgs),
    /// Show a sentence, a passage or a whole source in its place
    Show(ShowArgs),
    /// Cite sentences or passages by their ids
    Cite(CiteArgs),
    /// Check quotations against their sources
    Verify(VerifyArgs),
    /// Check claims against what the sources say
    Check(CheckArgs),
    /// List the sources, with what is known of each and from where
    Sources(ListArgs),
    /// Count what is in the index
    Stats(ListArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = index_help())]
pub(super) struct IndexArgs {
    /// Files and folders to index [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only read files that match this glob (may be given more than once)
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Pass over files and folders that match this glob (may be given more than once)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Read hidden files too
    #[arg(long)]
    hidden: bool,
    /// Follow symbolic links
    #[arg(long)]
    follow_links: bool,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Read everything anew, even what has not changed
    #[arg(long)]
    rebuild: bool,
    /// Threads to use [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    threads: Option<usize>,
    /// Memory for the index writer, such as 512M or 2G
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    memory: Option<usize>,
    /// Form of the report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ListFormat,
}

/// The end of `pincite index --help`.
fn index_help() -> String {
    format!(
        "\
Reads {} files, and passes over what .gitignore and
.ignore files name. Unchanged files are skipped, changed ones replaced, deleted
ones removed, all in one commit: when it is interrupted, the index stays as it
was. Sources under other paths than those given stay, too. Where a file is named
that cannot be read, the exit status is 1.

Metadata comes from front matter, from NAME.meta.toml, .yaml or .json beside a
file, from SOURCES.toml, and from what a text says of itself.

Examples:
  pincite index articles notes/2025 --exclude 'drafts/**'
  pincite index --dry-run",
        extract::extensions()
    )
}

impl IndexArgs {
    pub(super) fn into_update(self) -> Update {
        let Self {
            paths,
            include,
            exclude,
            hidden,
            follow_links,
            dry_run,
            rebuild,
            threads,
            memory,
            format: _,
        } = self;
        Update { paths, include, exclude, hidden, follow_links, dry_run, rebuild, threads, memory }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A query is text as you would write it. Within it:
  \"exact words\"  \"near words\"~3  +must  -not  prefix*  fuzzy~  AND OR NOT ( )
  title: author: publisher: section: source: lang:   as in publisher:\"Dawn\"
  date:2025-10..2025-12                              published in that time
A query that begins with - goes behind --.

Plain words also find other ways to write the same: recognise for recognize,
Tehreek for Tehrik, TTP for its name where an article explains it, Afghan and
Kabul for Afghanistan. --explain names them, --exact leaves them out.

Examples:
  pincite query --corpus corpus \"Pakistan recognized the Taliban in 1997\"
  pincite query 'families +returned date:2025..' --format markdown
  pincite query 'Did Saudi Arabia recognise the Taliban?' -n 3 --context 1
  pincite query --like durand-line#p2")]
pub(super) struct QueryArgs {
    /// What to look for; several words are put together with spaces
    #[arg(value_name = "QUERY", required_unless_present = "like")]
    words: Vec<String>,
    /// Look for passages like this one instead, by the words in it that tell most
    #[arg(long, value_name = "ID", conflicts_with = "words")]
    pub(super) like: Option<String>,
    /// Look for the words as typed, and their inflections, alone: for no other spelling or name of
    /// the same
    #[arg(long)]
    pub(super) exact: bool,
    /// Bring the index up to date with this folder first, and look only there (may be given more
    /// than once)
    #[arg(long, value_name = "DIR")]
    pub(super) corpus: Vec<PathBuf>,
    /// How many passages to print
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 10, value_parser = at_least_one)]
    pub(super) limit: usize,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: CitationFormat,
    /// Citation style: apa, mla, chicago, harvard, … or a .csl file
    #[arg(long, value_name = "STYLE", default_value = Style::DEFAULT)]
    pub(super) style: String,
    /// Also print the whole paragraph and N paragraphs on either side of it (human format)
    #[arg(long, value_name = "N")]
    pub(super) context: Option<u32>,
    /// Say what else was looked for, and where each score comes from (human and JSON formats)
    #[arg(long)]
    pub(super) explain: bool,
    #[command(flatten)]
    filters: FilterArgs,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters")]
struct FilterArgs {
    /// Only this source; * matches any characters (may be given more than once)
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    source: Vec<String>,
    /// Only sources of this publisher (may be given more than once)
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    publisher: Vec<String>,
    /// Only sources published on this date or later: 2025, 2025-10 or 2025-10-16
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// Only sources published on this date or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<PartialDate>,
    /// Only passages in this language, as an ISO 639-1 code such as en or ar
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<String>,
}

impl QueryArgs {
    pub(super) fn query(&self) -> String {
        self.words.join(" ")
    }

    pub(super) fn filters(&self) -> Filters {
        self.filters.to_filters()
    }
}

impl FilterArgs {
    fn to_filters(&self) -> Filters {
        let FilterArgs { source, publisher, since, until, lang } = self;
        Filters {
            source: source.clone(),
            among: None,
            publisher: publisher.clone(),
            since: *since,
            until: *until,
            lang: lang.clone(),
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pincite show recognition-1997
  pincite show recognition-1997#p1.2 --context 2")]
pub(super) struct ShowArgs {
    /// A source, a passage or sentences: SOURCE, SOURCE#p5, SOURCE#p5.3 or SOURCE#p5.3-4
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// Also show N paragraphs on either side of it
    #[arg(long, value_name = "N")]
    pub(super) context: Option<u32>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ListFormat,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pincite cite recognition-1997#p1.1 --style chicago
  pincite cite kabul-1996#p3 recognition-1997#p1.1 --format bibtex")]
pub(super) struct CiteArgs {
    /// Passages or sentences: SOURCE#p5, SOURCE#p5.3 or SOURCE#p5.3-4
    #[arg(value_name = "ID", required = true)]
    pub(super) ids: Vec<String>,
    /// Form of the citation
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: CitationFormat,
    /// Citation style: apa, mla, chicago, harvard, … or a .csl file
    #[arg(long, value_name = "STYLE", default_value = Style::DEFAULT)]
    pub(super) style: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads citation records as pincite writes them (JSON or JSON Lines), or plain or
Markdown text in which quotations name their sources:
  \"No fourth government followed.\" (recognition-1997)
A source goes by its id, a passage of it, its file, title, publisher or author.

Examples:
  pincite verify draft.md
  pincite query 'durand line' --format jsonl | pincite verify -")]
pub(super) struct VerifyArgs {
    /// The file that holds the quotations; - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ListFormat,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Verdicts: supported, contradicted, disputed (sources disagree), partial (a part of
it is said), not_found. They speak of what the sources say, not of what is true.

Of a draft, sentences that assert something are claims. Skipped and counted are
headings, code, tables, quotations, questions, sentences of fewer than four words or
of hardly any but function words; and in English those without a verb, instructions,
the first person, and those whose subject is a pronoun for something named elsewhere.

Examples:
  pincite check --corpus corpus \"Pakistan recognized the Taliban in 1997\"
  pincite check --draft article.md --format html > article.html
  pincite check --file claims.csv --column statement --fail-on contradicted")]
pub(super) struct CheckArgs {
    /// What is claimed; each argument is a claim
    #[arg(value_name = "CLAIM", required_unless_present_any = ["file", "draft"], value_parser = NonEmptyStringValueParser::new())]
    pub(super) claims: Vec<String>,
    /// Take the claims from this file: a column of a table (.csv, .tsv, .jsonl, .ndjson), a draft
    /// (.md, .markdown), else one a line; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "claims")]
    pub(super) file: Option<PathBuf>,
    /// The column of the table that has the claims [default: claim, or the only one]
    #[arg(long, value_name = "NAME", requires = "file")]
    pub(super) column: Option<String>,
    /// Take the claims from this draft, Markdown or text: its sentences that assert something; -
    /// for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["claims", "file"])]
    draft: Option<PathBuf>,
    /// Bring the index up to date with this folder first, and look only there (may be given more
    /// than once)
    #[arg(long, value_name = "DIR")]
    pub(super) corpus: Vec<PathBuf>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: CheckFormat,
    /// Citation style: apa, mla, chicago, harvard, … or a .csl file
    #[arg(long, value_name = "STYLE", default_value = Style::DEFAULT)]
    pub(super) style: String,
    /// Print what was measured of each piece of evidence (human and JSON formats)
    #[arg(long)]
    pub(super) explain: bool,
    /// Threads to use [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(super) threads: Option<usize>,
    /// End with status 1 where a claim has one of these verdicts, and only then [default: all but
    /// supported]
    #[arg(long, value_name = "VERDICT", value_delimiter = ',')]
    pub(super) fail_on: Vec<VerdictName>,
    #[command(flatten)]
    filters: FilterArgs,
}

impl CheckArgs {
    /// The draft that has the claims, if they are in one.
    pub(super) fn draft(&self) -> Option<&Path> {
        if self.draft.is_some() {
            return self.draft.as_deref();
        }
        let file = self.file.as_deref()?;
        let extension = file.extension()?.to_str()?.to_ascii_lowercase();
        if matches!(extension.as_str(), "md" | "markdown") { Some(file) } else { None }
    }

    pub(super) fn filters(&self) -> Filters {
        self.filters.to_filters()
    }
}

/// A verdict, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum VerdictName {
    Supported,
    Contradicted,
    Disputed,
    Partial,
    NotFound,
}

impl From<VerdictName> for Verdict {
    fn from(name: VerdictName) -> Self {
        match name {
            VerdictName::Supported => Self::Supported,
            VerdictName::Contradicted => Self::Contradicted,
            VerdictName::Disputed => Self::Disputed,
            VerdictName::Partial => Self::Partial,
            VerdictName::NotFound => Self::NotFound,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ListFormat,
}

/// The forms that citations come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CitationFormat {
    /// For reading
    Human,
    /// One JSON document
    Json,
    /// A line of JSON each
    Jsonl,
    /// Block quotes with their citations
    Markdown,
    /// A web page
    Html,
    /// CSL-JSON, for citation processors
    CslJson,
    /// BibTeX, for LaTeX
    Bibtex,
    /// RIS, for reference managers
    Ris,
    /// W3C Web Annotations
    Annotation,
    /// {{cite news}} templates
    Wikipedia,
}

impl CitationFormat {
    /// The document that it is; none for what is read at a terminal.
    pub(super) fn document(self) -> Option<Format> {
        match self {
            Self::Human => None,
            Self::Json => Some(Format::Json),
            Self::Jsonl => Some(Format::JsonLines),
            Self::Markdown => Some(Format::Markdown),
            Self::Html => Some(Format::Html),
            Self::CslJson => Some(Format::CslJson),
            Self::Bibtex => Some(Format::Bibtex),
            Self::Ris => Some(Format::Ris),
            Self::Annotation => Some(Format::Annotation),
            Self::Wikipedia => Some(Format::Wikipedia),
        }
    }
}

/// The forms that checks come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For reading
    Human,
    /// One JSON document
    Json,
    /// A line of JSON each
    Jsonl,
    /// A table for spreadsheets
    Csv,
    /// Headings, block quotes and lists
    Markdown,
    /// A web page
    Html,
    /// schema.org ClaimReview as JSON-LD
    #[value(name = "claimreview")]
    ClaimReview,
    /// SARIF 2.1.0, for code scanning (drafts)
    Sarif,
}

/// The forms that lists and reports come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Human,
    Json,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

impl From<When> for anstream::ColorChoice {
    fn from(when: When) -> Self {
        match when {
            When::Auto => Self::Auto,
            When::Always => Self::AlwaysAnsi,
            When::Never => Self::Never,
        }
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|&n| n > 0)
        .ok_or_else(|| "write a whole number, at least 1".to_owned())
}

fn language(text: &str) -> Result<String, String> {
    let code = text.to_ascii_lowercase();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Ok(code)
    } else {
        Err("write a code of two letters, such as en or ar".to_owned())
    }
}

/// Reads `512M`, `2G`, `2GB` or `2GiB`: powers of 1024, and megabytes where no unit is given.
fn memory(text: &str) -> Result<usize, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim().to_ascii_uppercase();
    let bytes = match unit.trim_end_matches("IB").trim_end_matches('B') {
        "K" => scaled(number, 1 << 10),
        "M" | "" => scaled(number, 1 << 20),
        "G" => scaled(number, 1 << 30),
        _ => None,
    };
    match bytes {
        Some(bytes) if bytes > 0 => Ok(bytes),
        _ => Err("write a size such as 512M or 2G".to_owned()),
    }
}

/// The product of a number as typed and `unit`; `None` where it is no number, or too large.
fn scaled(number: &str, unit: usize) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_agree_with_themselves() {
        Args::command().debug_assert();
    }

    #[test]
    fn memory_is_read_with_its_unit() {
        assert_eq!(memory("512M"), Ok(512 << 20));
        assert_eq!(memory("2g"), Ok(2 << 30));
        assert_eq!(memory("2GiB"), Ok(2 << 30));
        assert_eq!(memory("300"), Ok(300 << 20));
        for wrong in ["", "M", "0", "2X", "-1G", "1.5G", "99999999999999999999G", "99999999999G"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }
}
