//! The arguments of `pincite-eval`.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

/// Measures the ranking and the verdicts of pincite on test collections.
#[derive(Debug, Parser)]
#[command(
    name = "pincite-eval",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
A collection is a folder in BEIR's layout (corpus.jsonl, queries.jsonl, and qrels.trec, qrels.tsv
or qrels/test.tsv), or a file of claims with evidence. Its documents are indexed like a folder of
articles, in a temporary folder, and ranked by their best passage. Measures follow trec_eval; p is
the p-value of a paired randomization test.

Examples:
  pincite-eval scifact cranfield --baseline
  pincite-eval scifact --run new.run
  pincite-eval compare new.run old.run --qrels scifact/qrels.trec
  pincite-eval sentences wice/claims.jsonl
  pincite-eval extract html"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Folders of test collections, or files of claims with evidence
    #[arg(value_name = "COLLECTION", required = true)]
    pub(crate) collections: Vec<PathBuf>,
    /// Also rank with plain BM25, and compare
    #[arg(long)]
    pub(crate) baseline: bool,
    /// Write the ranking to this file, in TREC's format (one collection)
    #[arg(long, value_name = "FILE")]
    pub(crate) run: Option<PathBuf>,
    /// Read the queries from this file: JSON Lines as in BEIR, or lines of an id, a tab and the
    /// text (one collection)
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
    /// Read the judgements from this file, in TREC's or BEIR's format (one collection)
    #[arg(long, value_name = "FILE")]
    pub(crate) qrels: Option<PathBuf>,
    /// Number of documents to rank for each query
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = at_least_one)]
    pub(crate) depth: usize,
    /// Keep the documents and their index in this new folder (one collection)
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) form: ReportForm,
}

/// The options of reports.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct ReportForm {
    /// Also report the figures of every query
    #[arg(long)]
    pub(crate) per_query: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare two runs in TREC's format, query by query
    Compare {
        /// A run
        #[arg(value_name = "RUN")]
        a: PathBuf,
        /// The run to compare it with
        #[arg(value_name = "OTHER")]
        b: PathBuf,
        /// The judgements, in TREC's or BEIR's format
        #[arg(long, value_name = "FILE")]
        qrels: PathBuf,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Judge claims by the evidence given for each, and compare with their labels
    #[command(
        args_conflicts_with_subcommands = true,
        subcommand_negates_reqs = true,
        after_help = "\
Reports a forced choice among the labels of a file, what the program would show at
rising confidence, and its verdicts on claims with evidence for other claims.

Examples:
  pincite-eval claims stance/fever.jsonl --folds 5
  pincite-eval claims stance/*.jsonl --leave-one-out --given-evidence
  pincite-eval claims stance/fm2.jsonl --train stance/fever.jsonl
  pincite-eval claims --train stance/fever.jsonl --train stance/fm2.jsonl --save model.toml
  pincite-eval claims mutate articles --list cases.jsonl
  pincite-eval claims labelled news/claims.jsonl --corpus news/articles"
    )]
    Claims {
        #[command(subcommand)]
        command: Option<ClaimsCommand>,
        /// Claims with evidence and labels, as in FEVER: JSON Lines
        #[arg(value_name = "FILE", required_unless_present = "save")]
        files: Vec<PathBuf>,
        /// Measure a model trained on this file instead of the built-in one (repeatable)
        #[arg(long, value_name = "FILE")]
        train: Vec<PathBuf>,
        /// Measure by cross-validation in this number of folds; the files to train on are in every
        /// training set
        #[arg(long, value_name = "N", value_parser = at_least_one)]
        folds: Option<usize>,
        /// Measure each file by a model trained on the other ones
        #[arg(long, conflicts_with_all = ["train", "folds"])]
        leave_one_out: bool,
        /// Write the trained model to this file
        #[arg(long, value_name = "FILE", requires = "train")]
        save: Option<PathBuf>,
        /// Only judge the evidence given for each claim; without this option, claims in files with
        /// articles are also checked end to end, through an index of the articles
        #[arg(long)]
        given_evidence: bool,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Rank the sentences of the articles that claims cite, and compare with plain BM25
    Sentences {
        /// Claims with articles and supporting sentences, as in WiCE: JSON Lines
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        form: ReportForm,
    },
    /// Read saved pages, and compare with the text of their articles
    ///
    /// Measures as scrapinghub's article-extraction-benchmark does, by runs of four words. What is
    /// known of title, author and date is in the truth, or else in the JSON-LD of the page.
    Extract {
        /// A folder of pages (.html or .html.gz) and ground-truth.json
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        /// Also report the figures of every page
        #[arg(long)]
        per_page: bool,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Fit the weights of the ranking, and compare with plain BM25
    ///
    /// Prints the weights in the format of search/weights.toml, and the figures on each collection;
    /// with --leave-one-out, also with weights fitted to all other collections.
    Fit {
        /// Folders of test collections, files of claims for `pincite-eval sentences`, or files of
        /// claims with evidence
        #[arg(value_name = "COLLECTION", required = true)]
        collections: Vec<PathBuf>,
        /// A file of claims with expected passages, and the folder of the articles (repeatable)
        #[arg(long, value_names = ["FILE", "FOLDER"], num_args = 2, action = ArgAction::Append)]
        claims: Vec<PathBuf>,
        /// Also fit weights to all but each collection, and measure them on that one
        #[arg(long)]
        leave_one_out: bool,
        /// Also fit weights without each feature, and report the gains
        #[arg(long)]
        ablate: bool,
        /// Write the features of each collection's candidates to this folder, in LETOR's format
        #[arg(long, value_name = "DIR")]
        features: Option<PathBuf>,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
}

/// Measurements of `check` through an index of articles.
#[derive(Debug, Subcommand)]
pub(crate) enum ClaimsCommand {
    /// Check sentences of articles against the articles: as they are, and edited so that the right
    /// verdict is known
    #[command(after_help = "\
Each edit skips sentences whose meaning it would not change, and those it would turn into bad
English: see docs/evaluation.md. Bounds are one-sided exact confidence bounds at 95%.

Examples:
  pincite-eval claims mutate articles
  pincite-eval claims mutate articles --seed 7 --per-edit 50 --list cases.jsonl")]
    Mutate {
        /// Folders of articles
        #[arg(value_name = "FOLDER", required = true)]
        folders: Vec<PathBuf>,
        /// Seed of the random choices
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// Maximum number of claims for each edit
        #[arg(long, value_name = "N", default_value_t = 400, value_parser = at_least_one)]
        per_edit: usize,
        /// Write every claim with its verdict to this file, as JSON Lines
        #[arg(long, value_name = "FILE")]
        list: Option<PathBuf>,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Check claims against a folder of articles, and compare with labels
    #[command(after_help = "\
Examples:
  pincite-eval claims labelled news/claims.jsonl --corpus news/articles
  pincite-eval claims labelled news/claims.jsonl --corpus news/articles --half even --list cases.jsonl")]
    Labelled {
        /// Claims with acceptable verdicts (id, claim, verdict, kind): JSON Lines
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The folder of the articles
        #[arg(long, value_name = "FOLDER")]
        corpus: PathBuf,
        /// Check only claims with an even or odd number in their id
        #[arg(long, value_name = "HALF")]
        half: Option<HalfName>,
        /// Write every claim with its verdict and evidence to this file, as JSON Lines
        #[arg(long, value_name = "FILE")]
        list: Option<PathBuf>,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
}

/// A half of a file of claims, by the number in their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HalfName {
    Even,
    Odd,
}

/// Output formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Human,
    Json,
    Markdown,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n > 0 => Ok(n),
        _ => Err("write a whole number, at least 1".to_owned()),
    }
}
