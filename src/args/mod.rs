//! The command-line arguments, and their conversion to requests to the engine.

mod format;
mod value;

use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;
use clap::{Parser, Subcommand};

use pincite_core::cite::Style;
use pincite_core::engine::QueryRequest;
use pincite_core::extract;
use pincite_core::index::Update;
use pincite_core::query::Filters;
use pincite_core::text::PartialDate;

pub(crate) use format::{CheckFormat, CitationFormat, ListFormat, VerdictName, When};
use value::{at_least_one, language, memory};

/// The heading of the options that all commands have.
const GLOBAL: &str = "Global options";

/// Answers claims with exact, checkable quotations from your own articles.
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
pub(crate) struct Args {
    /// Index folder
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "DIR", env = "PINCITE_INDEX", default_value = "index")]
    pub(crate) index: PathBuf,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
    /// Print nothing but the answer and errors
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Index folders of articles, or update their index
    Index(IndexArgs),
    /// Find and quote passages that answer a claim or a question
    Query(QueryArgs),
    /// Show a sentence, passage or source in context
    Show(ShowArgs),
    /// Cite sentences or passages by id
    Cite(CiteArgs),
    /// Check quotations against their sources
    Verify(VerifyArgs),
    /// Check claims against the sources
    Check(CheckArgs),
    /// List the sources with their metadata and its provenance
    Sources(SourcesArgs),
    /// Print the size of the index
    Stats(ListArgs),
    /// Check the index against its checksums and its sources
    Doctor(DoctorArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Write the manual pages into a folder
    Man(ManArgs),
    /// Serve pages to read in, and an HTTP API, to this machine
    #[cfg(feature = "server")]
    Serve(ServeArgs),
    /// Serve tools to a language model on standard input and output (MCP)
    #[cfg(feature = "server")]
    Mcp(McpArgs),
}

#[cfg(feature = "server")]
#[derive(Debug, clap::Args)]
#[command(after_help = "\
For the configuration of an assistant that speaks the Model Context Protocol:
  {\"mcpServers\": {\"pincite\": {\"command\": \"pincite\",
    \"args\": [\"mcp\", \"--index\", \"/path/to/index\"]}}}
Its tools are search, fetch, verify_quote, check_claim and cite. “pincite serve” has the
same at /mcp.")]
pub(crate) struct McpArgs {
    /// Update the index from this folder first (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) corpus: Vec<PathBuf>,
}

#[cfg(feature = "server")]
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Serves pages to search, read and check drafts in, and the API described at
/v1/openapi.json, until it is interrupted. It only reads: an index that another
pincite updates is read anew within a second or two.

It has no users and no passwords, listens to this machine alone unless --host says
otherwise, and answers only to its own names: localhost, its address, and those of
--allow-host.

Examples:
  pincite serve --corpus articles
  curl 'localhost:7465/v1/query?q=durand+line&limit=3'")]
pub(crate) struct ServeArgs {
    /// Update the index from this folder first (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) corpus: Vec<PathBuf>,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: std::net::IpAddr,
    /// The port; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = pincite_server::Options::PORT)]
    pub(crate) port: u16,
    /// Also answer to this name, as of a proxy in front (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// Open the first page in the browser
    #[arg(long)]
    pub(crate) open: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Compares the files of the index with their checksums, stored passages with their
hashes, and passages with their sources, if these are unchanged. It reads all of
them, so it also finds a source that was changed but has its old size and time.

--repair indexes sources again whose passages are damaged. To repair other damage,
run “pincite index FOLDER --rebuild”; for changed or missing sources, run “pincite
index FOLDER”.

Exit status: 0 nothing is wrong; 1 the index is damaged, or a source is changed or
missing; 2 an error.")]
pub(crate) struct DoctorArgs {
    /// Index damaged sources again, then check again
    #[arg(long)]
    pub(crate) repair: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, clap::Args)]
#[command(after_help = index_help())]
pub(crate) struct IndexArgs {
    /// Files and folders to index [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Index only files that match this glob (repeatable)
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Skip files and folders that match this glob (repeatable)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Index hidden files too
    #[arg(long)]
    hidden: bool,
    /// Follow symbolic links, also out of the given folders
    #[arg(long)]
    follow_links: bool,
    /// Report what would be done, without doing it
    #[arg(long)]
    dry_run: bool,
    /// Index all files again, even unchanged ones
    #[arg(long)]
    rebuild: bool,
    /// Number of threads [default: the number of cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    threads: Option<usize>,
    /// Memory for the index writer, such as 512M or 2G
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    memory: Option<usize>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

/// Returns the text after the options of `pincite index --help`.
fn index_help() -> String {
    format!(
        "\
Indexes {} files, except those that .gitignore and .ignore
files exclude. Unchanged files are skipped, changed files are replaced, and
deleted files are removed, all in one commit: an interrupted update leaves the
index as it was. Sources outside the given paths are kept. The exit status is 1
if a file named on the command line is no article, or any file or folder cannot
be read; what the index has from there is kept.

With --rebuild a new index replaces the old one when it is complete, whatever
the state of the old one.

Metadata comes from front matter, from NAME.meta.toml, .yaml or .json beside the
file, from SOURCES.toml, and from the text itself.

Examples:
  pincite index articles notes/2025 --exclude 'drafts/**'
  pincite index --dry-run",
        extract::extensions()
    )
}

impl IndexArgs {
    pub(crate) fn into_update(self) -> Update {
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
        Update {
            paths,
            include,
            exclude,
            hidden,
            follow_links,
            dry_run,
            rebuild,
            threads,
            memory,
            ..Update::default()
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A query is plain text, in which you can use:
  \"exact words\"  \"near words\"~3  +must  -not  prefix*  fuzzy~  AND OR NOT ( )
  title: author: publisher: section: source: lang:   as in publisher:\"Dawn\"
  date:2025-10..2025-12                              published between these dates
Put -- before a query that begins with -. A query has at most 1,000 words, and 20
with * or ~.

Plain words also match other spellings and names: recognise for recognize,
Tehreek for Tehrik, TTP for the name it abbreviates in an article, Afghan and
Kabul for Afghanistan. --explain lists them, --exact turns them off.

Examples:
  pincite query --corpus corpus \"Pakistan recognized the Taliban in 1997\"
  pincite query 'families +returned date:2025..' --format markdown
  pincite query 'Did Saudi Arabia recognise the Taliban?' -n 3 --context 1
  pincite query --like durand-line#p2")]
pub(crate) struct QueryArgs {
    /// The query; several arguments are joined with spaces; - for standard input
    #[arg(value_name = "QUERY", required_unless_present = "like")]
    words: Vec<String>,
    /// Find passages similar to this one, by its most distinctive words
    #[arg(long, value_name = "ID", conflicts_with = "words")]
    pub(crate) like: Option<String>,
    /// Match only the words as typed and their inflections, without other spellings and names
    #[arg(long)]
    pub(crate) exact: bool,
    /// Update the index from this folder first, and search only there (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Number of passages to print
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 10, value_parser = at_least_one)]
    pub(crate) limit: usize,
    /// Number of passages to leave out first: those of the pages before
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: CitationFormat,
    /// Citation style: apa, mla, chicago, harvard, … or a .csl file
    #[arg(long, value_name = "STYLE", default_value = Style::DEFAULT)]
    pub(crate) style: String,
    /// Also print the whole paragraph, and N paragraphs, at most 100, before and after it (human
    /// format)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(QueryRequest::MAX_CONTEXT)))]
    pub(crate) context: Option<u32>,
    /// Explain how the query was expanded and how each hit was scored (human and JSON formats)
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    filters: FilterArgs,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters")]
struct FilterArgs {
    /// Only this source; * matches any characters (repeatable)
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    source: Vec<String>,
    /// Only sources by this publisher (repeatable)
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    publisher: Vec<String>,
    /// Only sources published on or after this date: 2025, 2025-10 or 2025-10-16
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// Only sources published on or before this date
    #[arg(long, value_name = "DATE")]
    until: Option<PartialDate>,
    /// Only passages in this language, an ISO 639-1 code such as en or ar
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<String>,
}

impl QueryArgs {
    pub(crate) fn query(&self) -> String {
        self.words.join(" ")
    }

    pub(crate) fn filters(&self) -> Filters {
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
pub(crate) struct ShowArgs {
    /// A source, a passage or sentences: SOURCE, SOURCE#p5, SOURCE#p5.3 or SOURCE#p5.3-4; or a
    /// line of a file: FILE:LINE
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Also show N paragraphs before and after it
    #[arg(long, value_name = "N")]
    pub(crate) context: Option<u32>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pincite cite recognition-1997#p1.1 --style chicago
  pincite cite kabul-1996#p3 recognition-1997#p1.1 --format bibtex")]
pub(crate) struct CiteArgs {
    /// Passages or sentences: SOURCE#p5, SOURCE#p5.3 or SOURCE#p5.3-4; or lines of files: FILE:LINE
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: CitationFormat,
    /// Citation style: apa, mla, chicago, harvard, … or a .csl file
    #[arg(long, value_name = "STYLE", default_value = Style::DEFAULT)]
    pub(crate) style: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads citation records written by pincite (JSON or JSON Lines), or plain or
Markdown text in which each quotation names its source:
  \"No fourth government followed.\" (recognition-1997)
A source can be named by its id, a passage id, file, title, publisher or author.
A quotation mark without a partner is listed as not read.

Examples:
  pincite verify draft.md
  pincite verify --find quotations.txt
  pincite query 'durand line' --format jsonl | pincite verify -")]
pub(crate) struct VerifyArgs {
    /// File with the quotations; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
    /// Take each line as a bare, perhaps garbled quotation and find its source
    #[arg(long)]
    pub(crate) find: bool,
    /// A .csl file in which records may have their references, beside the bundled styles
    #[arg(long, value_name = "STYLE", default_value = Style::DEFAULT)]
    pub(crate) style: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Verdicts: supported, contradicted, disputed (sources disagree), partial (only a part
is supported), not_found. A verdict reports what the sources say, not what is true.

In a draft, every sentence that asserts something is a claim. Headings, code, tables,
quotations, questions, and sentences with fewer than four words or almost only
function words are skipped and counted; in English also sentences without a verb,
instructions, the first person, and sentences whose subject is a pronoun.

Examples:
  pincite check --corpus corpus \"Pakistan recognized the Taliban in 1997\"
  pincite check --draft article.md --format html > article.html
  pincite check --file claims.csv --column statement --fail-on contradicted")]
pub(crate) struct CheckArgs {
    /// Claims to check, one in each argument
    #[arg(value_name = "CLAIM", required_unless_present_any = ["file", "draft"], value_parser = NonEmptyStringValueParser::new())]
    pub(crate) claims: Vec<String>,
    /// Read claims from a table (.csv, .tsv, .jsonl, .ndjson), a draft (.md, .markdown), or another
    /// file with one claim on each line; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "claims")]
    pub(crate) file: Option<PathBuf>,
    /// The column of the table with the claims [default: claim, or the only one]
    #[arg(long, value_name = "NAME", requires = "file")]
    pub(crate) column: Option<String>,
    /// Check the sentences of this draft, in Markdown or plain text, that assert something; - for
    /// standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["claims", "file"])]
    draft: Option<PathBuf>,
    /// Update the index from this folder first, and search only there (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: CheckFormat,
    /// Citation style: apa, mla, chicago, harvard, … or a .csl file
    #[arg(long, value_name = "STYLE", default_value = Style::DEFAULT)]
    pub(crate) style: String,
    /// Explain how each piece of evidence was judged (human and JSON formats)
    #[arg(long)]
    pub(crate) explain: bool,
    /// Number of threads [default: the number of cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) threads: Option<usize>,
    /// Exit with status 1 only if a claim has one of these verdicts [default: all but supported]
    #[arg(long, value_name = "VERDICT", value_delimiter = ',')]
    pub(crate) fail_on: Vec<VerdictName>,
    #[command(flatten)]
    filters: FilterArgs,
}

impl CheckArgs {
    /// Returns the draft that has the claims, if they are in one.
    pub(crate) fn draft(&self) -> Option<&Path> {
        if self.draft.is_some() {
            return self.draft.as_deref();
        }
        let file = self.file.as_deref()?;
        let extension = file.extension()?.to_str()?.to_ascii_lowercase();
        if matches!(extension.as_str(), "md" | "markdown") { Some(file) } else { None }
    }

    pub(crate) fn filters(&self) -> Filters {
        self.filters.to_filters()
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pincite completions bash > ~/.local/share/bash-completion/completions/pincite
  pincite completions fish > ~/.config/fish/completions/pincite.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  pincite man ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// The folder, which is made if it is not there
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SourcesArgs {
    /// Only sources like this: a part of an id, file, title or publisher, or an id with * for any
    /// characters
    #[arg(value_name = "PATTERN", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) pattern: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_of_the_arguments_is_valid() {
        Args::command().debug_assert();
    }
}
