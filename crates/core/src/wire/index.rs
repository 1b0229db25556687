//! `pincite/index/1`: what an update of an index did.

use serde::{Deserialize, Serialize};

use crate::index;

/// The changes that an update made to an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The name and version of this shape, `pincite/index/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Report::SCHEMA)))]
    pub schema: String,
    /// The number of sources that are new.
    pub added: u64,
    /// The number of sources that were replaced.
    pub updated: u64,
    /// The number of sources that are gone.
    pub removed: u64,
    /// The number of sources that are as they were.
    pub unchanged: u64,
    /// The files that were not read, or have no text, in the order of their names.
    pub skipped: Vec<Remark>,
    /// The number of files and folders among these that should have been read and could not be
    /// opened or read to their end. Their sources stay as they were.
    pub unread: u64,
    /// The files that were passed over, since they are in a format that is not read, or are data of
    /// which no field is known to be a text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_read: Vec<Remark>,
    /// Oddities of files that were read, in the order of their names.
    pub warnings: Vec<Remark>,
    /// The number of passages in the index now.
    pub passages: u64,
    /// The number of bytes read for this update.
    pub bytes: u64,
}

/// A remark about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The file.
    pub file: String,
    /// The remark, in words for people.
    pub reason: String,
}

impl Report {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/index/1";
}

impl From<&index::Report> for Report {
    fn from(report: &index::Report) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            added: report.added,
            updated: report.updated,
            removed: report.removed,
            unchanged: report.unchanged,
            skipped: report.skipped.iter().map(Remark::from).collect(),
            unread: report.unread,
            not_read: report.not_read.files().iter().map(Remark::from).collect(),
            warnings: report.warnings.iter().map(Remark::from).collect(),
            passages: report.passages,
            bytes: report.bytes,
        }
    }
}

impl From<&index::Remark> for Remark {
    fn from(remark: &index::Remark) -> Self {
        Self { file: remark.file.clone(), reason: remark.message.clone() }
    }
}
