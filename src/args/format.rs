//! The names that options take: output formats, verdicts, when to use colours.

use clap::ValueEnum;
use pincite_core::check::Verdict;
use pincite_render::citation::Format;

/// Output formats of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CitationFormat {
    /// Text for the terminal
    Human,
    /// One JSON document
    Json,
    /// JSON Lines
    Jsonl,
    /// A table for spreadsheets
    Csv,
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
    /// search_result blocks, for a language model that cites
    Anthropic,
}

impl CitationFormat {
    /// Returns whether it is JSON of ours.
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }

    /// Returns the format of the document; `None` for the terminal.
    pub(crate) fn document(self) -> Option<Format> {
        match self {
            Self::Human => None,
            Self::Json => Some(Format::Json),
            Self::Jsonl => Some(Format::JsonLines),
            Self::Csv => Some(Format::Csv),
            Self::Markdown => Some(Format::Markdown),
            Self::Html => Some(Format::Html),
            Self::CslJson => Some(Format::CslJson),
            Self::Bibtex => Some(Format::Bibtex),
            Self::Ris => Some(Format::Ris),
            Self::Annotation => Some(Format::Annotation),
            Self::Wikipedia => Some(Format::Wikipedia),
            Self::Anthropic => Some(Format::Anthropic),
        }
    }
}

/// Output formats of checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Text for the terminal
    Human,
    /// One JSON document
    Json,
    /// JSON Lines
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

/// Output formats of lists and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Human,
    Json,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
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

/// A verdict, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum VerdictName {
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
