//! Showing a source, or a part of it.

use std::str::FromStr;

use super::ids;
use super::reading::Reading;
use super::snapshot::Snapshot;
use crate::Result;
use crate::source::{ParseIdError, PassageId};

/// A source or a part of it, as it is named by who wants to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// The whole of a source, by its id as typed.
    Source(String),
    /// A passage or sentences.
    Passage(PassageId),
}

impl FromStr for Target {
    type Err = ParseIdError;

    /// Parses `SOURCE`, `SOURCE#p5`, `SOURCE#p5.3` or `SOURCE#p5.3-4`.
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        if text.contains('#') {
            Ok(Self::Passage(text.parse()?))
        } else {
            Ok(Self::Source(text.to_owned()))
        }
    }
}

/// Reads a source, or a passage with up to `context` paragraphs on either side.
pub(super) fn reading(snapshot: &Snapshot, target: &Target, context: u32) -> Result<Reading> {
    let reader = snapshot.reader();
    match target {
        Target::Source(id) => {
            let entry = ids::source(reader, id)?;
            let passages = reader.passages(&entry.source.id)?;
            Ok(Reading::whole(entry, passages))
        }
        Target::Passage(id) => {
            let (entry, _) = ids::passage(reader, id)?;
            let passages = reader.passages(&entry.source.id)?;
            Ok(Reading::whole(entry, passages).around(id, context))
        }
    }
}
