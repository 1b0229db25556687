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
A collection is a folder as BEIR has them: corpus.jsonl, queries.jsonl, and qrels.trec, qrels.tsv
or qrels/test.tsv; or a file of claims with evidence, all of which is searched. It is indexed as a folder of articles is, in a temporary folder; documents rank
by their best passage. Figures follow trec_eval; p is that of a paired randomization test.

Examples:
  pincite-eval scifact cranfield --baseline
  pincite-eval scifact --run new.run
  pincite-eval compare new.run old.run --qrels scifact/qrels.trec
  pincite-eval sentences wice/claims.jsonl"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Folders of test collections, or files of claims with evidence
    #[arg(value_name = "COLLECTION", required = true)]
    pub(crate) collections: Vec<PathBuf>,
    /// Rank with plain BM25, too, and compare
    #[arg(long)]
    pub(crate) baseline: bool,
    /// Write the ranking to this file, in TREC's format (one collection)
    #[arg(long, value_name = "FILE")]
    pub(crate) run: Option<PathBuf>,
    /// Take the queries from this file: JSON lines as in BEIR, or lines with an id, a tab and the text (one collection)
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
    /// Take the judgements from this file, in TREC's or BEIR's format (one collection)
    #[arg(long, value_name = "FILE")]
    pub(crate) qrels: Option<PathBuf>,
    /// How many documents to rank for a query
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = at_least_one)]
    pub(crate) depth: usize,
    /// Keep the documents and their index in this new folder (one collection)
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) form: ReportForm,
}

/// How figures are reported.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct ReportForm {
    /// Give the figures of every query, too
    #[arg(long)]
    pub(crate) per_query: bool,
    /// Form of the report
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
        /// Form of the report
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Judge claims by the evidence given for each, and compare with what people judged
    #[command(
        args_conflicts_with_subcommands = true,
        subcommand_negates_reqs = true,
        after_help = "\
Says how a forced choice among a file's labels goes, what the program itself would
show at rising confidence, and what it says of claims beside evidence for others.

Examples:
  pincite-eval claims stance/fever.jsonl --folds 5
  pincite-eval claims stance/fm2.jsonl --train stance/fever.jsonl
  pincite-eval claims --train stance/fever.jsonl --train stance/fm2.jsonl --save model.toml
  pincite-eval claims mutate articles --list cases.jsonl
  pincite-eval claims labelled news/claims.jsonl --corpus news/articles"
    )]
    Claims {
        #[command(subcommand)]
        command: Option<ClaimsCommand>,
        /// Claims with evidence and labels, as FEVER has them: a JSON object a line
        #[arg(value_name = "FILE", required_unless_present = "save")]
        files: Vec<PathBuf>,
        /// Measure a model of these files, not the one that pincite comes with (may be given more than once)
        #[arg(long, value_name = "FILE")]
        train: Vec<PathBuf>,
        /// Measure by cross-validation in so many folds, with the files to train on in every one
        #[arg(long, value_name = "N", value_parser = at_least_one)]
        folds: Option<usize>,
        /// Write the model of the files to train on to this file
        #[arg(long, value_name = "FILE", requires = "train")]
        save: Option<PathBuf>,
        /// Only judge the evidence given for each claim: otherwise claims whose file has articles are also checked end to
        /// end, through an index of these
        #[arg(long)]
        given_evidence: bool,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Rank the sentences of the articles that claims cite, and compare with plain BM25
    Sentences {
        /// Claims with articles and supporting sentences, as WiCE has them: a JSON object a line
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        form: ReportForm,
    },
    /// Fit the weights of the ranking, and compare with plain BM25
    ///
    /// Weights are printed as search/weights.toml has them; what they come to is said for each
    /// collection, and with --leave-one-out for weights fitted to all others.
    Fit {
        /// Folders of test collections, files of claims as `pincite-eval sentences` takes them, or
        /// files of claims with evidence
        #[arg(value_name = "COLLECTION", required = true)]
        collections: Vec<PathBuf>,
        /// A file of claims, each with the passages expected for it, and the folder of articles that it is about
        #[arg(long, value_names = ["FILE", "FOLDER"], num_args = 2, action = ArgAction::Append)]
        claims: Vec<PathBuf>,
        /// Fit for each collection weights to all others, too, and measure them on it
        #[arg(long)]
        leave_one_out: bool,
        /// Say what each feature is worth, too: what the weights come to without it
        #[arg(long)]
        ablate: bool,
        /// Write what is measured of each collection's candidates into this folder, in LETOR's format
        #[arg(long, value_name = "DIR")]
        features: Option<PathBuf>,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
}

/// What is measured of claims over an index.
#[derive(Debug, Subcommand)]
pub(crate) enum ClaimsCommand {
    /// Check sentences of articles over these articles: as they are, and edited so that the right verdict is known
    #[command(after_help = "\
Each edit passes over sentences that it would not truly change, or not into English: see
docs/evaluation.md. The bounds are those of one-sided exact intervals at 95% confidence.

Examples:
  pincite-eval claims mutate articles
  pincite-eval claims mutate articles --seed 7 --per-edit 50 --list cases.jsonl")]
    Mutate {
        /// Folders of articles
        #[arg(value_name = "FOLDER", required = true)]
        folders: Vec<PathBuf>,
        /// Draw places and words by another chance
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// How many claims to make by each edit, at most
        #[arg(long, value_name = "N", default_value_t = 400, value_parser = at_least_one)]
        per_edit: usize,
        /// Write every claim with its verdict to this file: a JSON object a line
        #[arg(long, value_name = "FILE")]
        list: Option<PathBuf>,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Check claims over a folder of articles, and compare with the verdicts that people could defend
    #[command(after_help = "\
Examples:
  pincite-eval claims labelled news/claims.jsonl --corpus news/articles
  pincite-eval claims labelled news/claims.jsonl --corpus news/articles --half even --list cases.jsonl")]
    Labelled {
        /// Claims with the verdicts that are right (id, claim, verdict, kind): a JSON object a line
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The folder of articles that they are about
        #[arg(long, value_name = "FOLDER")]
        corpus: PathBuf,
        /// Check only claims with an even, or an odd, number in their id
        #[arg(long, value_name = "HALF")]
        half: Option<HalfName>,
        /// Write every claim with its verdict and evidence to this file: a JSON object a line
        #[arg(long, value_name = "FILE")]
        list: Option<PathBuf>,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
}

/// Halves of a file of claims, by the number in their id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HalfName {
    Even,
    Odd,
}

/// The forms that figures come in.
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
