//! Citing passages and sentences by their ids.

use std::sync::Arc;

use super::ids;
use super::snapshot::Snapshot;
use crate::Result;
use crate::cite::{Quotation, Style};
use crate::source::PassageId;

/// Quotes the passage or the sentences of this id.
pub(super) fn quotation(snapshot: &Snapshot, id: &PassageId, style: &Style) -> Result<Quotation> {
    let (entry, passage) = ids::passage(snapshot.reader(), id)?;
    let citation = snapshot.cite(&entry.source, &passage, id.sentences, style)?;
    let citation = citation.ok_or_else(|| ids::unknown("sentence", id, &[]))?;
    Ok(Quotation { citation, passage, source: Arc::new(entry.source), matches: Vec::new() })
}
