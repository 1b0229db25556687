//! The command-line arguments, and their conversion to requests to the engine.

mod ask;
mod format;
mod value;

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Parser, Subcommand};

use pincite_core::cite::Style;
use pincite_core::extract::{self, Fields};
use pincite_core::index::Update;

pub(crate) use ask::{CheckArgs, QueryArgs, is_draft};
pub(crate) use format::{CheckFormat, CitationFormat, ListFormat, When};
use value::{at_least_one, fields, memory};

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

Exit status: 0 found, intact or done; 1 nothing found, or not all intact; 2 an error.
With --format json or jsonl an error is a JSON document on standard error."
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
    /// Do not show long output for people in a pager (PAGER, or less)
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) no_pager: bool,
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

impl Command {
    /// Returns whether the answer is JSON, and an error has to be.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Command::Index(args) => args.format == ListFormat::Json,
            Command::Query(args) => args.format.is_json(),
            Command::Show(args) => args.format == ListFormat::Json,
            Command::Cite(args) => args.format.is_json(),
            Command::Verify(args) => args.format == ListFormat::Json,
            Command::Check(args) => matches!(args.format, CheckFormat::Json | CheckFormat::Jsonl),
            Command::Sources(args) => args.format == ListFormat::Json,
            Command::Stats(args) => args.format == ListFormat::Json,
            Command::Doctor(args) => args.format == ListFormat::Json,
            _ => false,
        }
    }
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
    /// Which fields of CSV and JSON records are the text, the title, the date:
    /// text=body,title=headline,date=published_at; “default” for their usual names
    #[arg(long, value_name = "WHAT=FIELD,…", value_parser = fields)]
    map: Option<Fields>,
    /// Take metadata of files from a library of references, BibTeX, CSL-JSON or RIS (repeatable);
    /// “none” for none
    #[arg(long, value_name = "FILE")]
    library: Vec<PathBuf>,
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
file, from SOURCES.toml, from a library of references, and from the text itself.
A library, which is remembered, knows a file by its file field, the name of that, or
its key, and by DOI or address.

Each row of a table and each object of a list is a source of its own, FILE!ID, or
FILE!N by its number. Its text is the field named text, body, content, …, or that
of --map, which is remembered; NAME.meta.toml may have a table “fields” instead.
Each member of an archive is a source, FILE!MEMBER, or has some, FILE!MEMBER!ID.

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
            map,
            library,
            dry_run,
            rebuild,
            threads,
            memory,
            format: _,
        } = self;
        // What was named stays until others are, or none.
        let libraries = match library.as_slice() {
            [] => None,
            [none] if none.as_os_str() == "none" => Some(Vec::new()),
            _ => Some(library),
        };
        Update {
            paths,
            include,
            exclude,
            hidden,
            follow_links,
            fields: map,
            libraries,
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
    /// Also show furniture: menus, notices and the like (other formats always have it)
    #[arg(long)]
    pub(crate) all: bool,
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
    /// Print only these fields, such as quote,source.title (formats json, jsonl and csv)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
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
