//! `pincite/doctor/1`: whether an index is as it was written, and says what its sources say.

use serde::{Deserialize, Serialize};

use crate::engine::{self, Ailment};
use crate::source::SourceId;

/// The findings of an examination of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    /// The name and version of this shape, `pincite/doctor/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Diagnosis::SCHEMA)))]
    pub schema: String,
    /// True if nothing is wrong.
    pub healthy: bool,
    /// The reason why the index cannot be opened, in words for people; then nothing else was
    /// examined. Absent where it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
    /// The number of files of the index that were compared with their checksums.
    pub files: u64,
    /// The number of sources that were examined.
    pub sources: u64,
    /// The number of passages that were examined.
    pub passages: u64,
    /// The number of sources that were read anew. Absent unless a repair was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired: Option<u64>,
    /// The files of the index that are not as they were written.
    pub damaged_files: Vec<String>,
    /// The faults of sources, in the order of their ids.
    pub findings: Vec<Finding>,
}

/// A fault of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Its id.
    pub source: SourceId,
    /// Its file as an absolute path; `null` where what the index knows of it is damaged.
    pub path: Option<String>,
    /// The fault.
    pub ailment: Ailment,
    /// The same, in words for people: not for programs to parse.
    pub detail: String,
}

impl Diagnosis {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/doctor/1";

    /// The document of a diagnosis, after this many sources were repaired, if that was asked for.
    pub fn new(diagnosis: &engine::Diagnosis, repaired: Option<u64>) -> Self {
        let files = diagnosis.damaged_files.iter().map(|file| file.display().to_string());
        Self {
            schema: Self::SCHEMA.to_owned(),
            healthy: diagnosis.is_healthy(),
            unreadable: diagnosis.unreadable.clone(),
            files: diagnosis.files,
            sources: diagnosis.sources,
            passages: diagnosis.passages,
            repaired,
            damaged_files: files.collect(),
            findings: diagnosis.findings.iter().map(Finding::from).collect(),
        }
    }
}

impl From<&engine::Finding> for Finding {
    fn from(finding: &engine::Finding) -> Self {
        Self {
            source: finding.source.clone(),
            path: finding.path.as_ref().map(|path| path.display().to_string()),
            ailment: finding.ailment,
            detail: finding.detail.clone(),
        }
    }
}
