//! The arguments of the commands that search: `query` and `check`.

use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;

use super::format::{CheckFormat, CitationFormat, VerdictName};
use super::value::{at_least_one, language};
use pincite_core::cite::Style;
use pincite_core::engine::QueryRequest;
use pincite_core::query::Filters;
use pincite_core::text::PartialDate;

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

Claims of --batch are read as prose, without operators. A table's column id is kept
as claim_id. The fields of --fields are those of a citation and its hit; docs/json.md
lists them.

Examples:
  pincite query --corpus corpus \"Pakistan recognized the Taliban in 1997\"
  pincite query 'families +returned date:2025..' --format markdown
  pincite query 'Did Saudi Arabia recognise the Taliban?' -n 3 --context 1
  pincite query --like durand-line#p2
  pincite query --batch claims.csv -n 3 --format csv > evidence.csv
  pincite query 'durand line' --format json --fields quote,locator.lines,source.title")]
pub(crate) struct QueryArgs {
    /// The query; several arguments are joined with spaces; - for standard input
    #[arg(value_name = "QUERY", required_unless_present_any = ["like", "batch"])]
    words: Vec<String>,
    /// Find passages similar to this one, by its most distinctive words
    #[arg(long, value_name = "ID", conflicts_with = "words")]
    pub(crate) like: Option<String>,
    /// Look for each claim of a table (.csv, .tsv, .jsonl, .ndjson), a draft (.md, .markdown), or
    /// another file with one on each line; - for standard input. Formats csv, json and jsonl
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "like"])]
    pub(crate) batch: Option<PathBuf>,
    /// The column of the table with the claims [default: claim, or the only one]
    #[arg(long, value_name = "NAME", requires = "batch")]
    pub(crate) column: Option<String>,
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
    /// Print only these fields, such as quote,locator,source.title (formats json, jsonl and csv)
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with = "explain")]
    pub(crate) fields: Vec<String>,
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
    /// Only sources in files of this format: plain, markdown, html, pdf, …, as `pincite sources` says
    #[arg(long, value_name = "FORMAT", value_parser = NonEmptyStringValueParser::new())]
    filetype: Option<String>,
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
        let FilterArgs { source, publisher, since, until, lang, filetype } = self;
        Filters {
            source: source.clone(),
            among: None,
            publisher: publisher.clone(),
            since: *since,
            until: *until,
            lang: lang.clone(),
            filetype: filetype.clone(),
        }
    }
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
        self.file.as_deref().filter(|file| is_draft(file))
    }

    pub(crate) fn filters(&self) -> Filters {
        self.filters.to_filters()
    }
}

/// Returns whether the name of a file says that it is a draft.
pub(crate) fn is_draft(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    matches!(extension.to_ascii_lowercase().as_str(), "md" | "markdown")
}
