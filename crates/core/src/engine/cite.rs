//! Citing passages and sentences by their ids.

use std::sync::Arc;

use super::citer::Citer;
use super::ids;
use super::snapshot::Snapshot;
use crate::Result;
use crate::cite::{Quotation, Style};
use crate::source::PassageId;

/// Quotes the passages or sentences of these ids.
pub(super) fn quotations(
    snapshot: &Snapshot,
    ids: &[PassageId],
    style: &Style,
) -> Result<Vec<Quotation>> {
    let citer = Citer::new(snapshot, Some(style));
    let quotations = ids.iter().map(|id| quotation(snapshot, id, &citer));
    let mut quotations: Vec<Quotation> = quotations.collect::<Result<_>>()?;
    citer.number(quotations.iter_mut().map(|quotation| &mut quotation.citation));
    Ok(quotations)
}

fn quotation(snapshot: &Snapshot, id: &PassageId, citer: &Citer<'_>) -> Result<Quotation> {
    let (entry, passage) = ids::passage(snapshot.reader(), id)?;
    let citation = citer.cite(&entry.source, &passage, id.sentences)?;
    let citation = citation.ok_or_else(|| ids::unknown("sentence", id, &[]))?;
    Ok(Quotation { citation, passage, source: Arc::new(entry.source), matches: Vec::new() })
}
