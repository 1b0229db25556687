//! Warnings of files that are no longer what was indexed.

use std::collections::BTreeSet;

use crate::printer::Printer;
use pincite_core::cite::Citation;
use pincite_core::source::Stale;
use pincite_render as render;

/// Warns once of each source among `citations` whose file is no longer what was indexed.
pub(super) fn warn<'a>(citations: impl IntoIterator<Item = &'a Citation>, printer: &Printer) {
    let mut seen = BTreeSet::new();
    for citation in citations {
        if let Some(stale) = citation.stale
            && seen.insert(&citation.id.source)
        {
            warn_of(&citation.file, stale, printer);
        }
    }
}

/// Warns of a file.
pub(super) fn warn_of(file: &str, stale: Stale, printer: &Printer) {
    printer.warning(&format!("{file} {}; run “pincite index”", render::stale(stale)));
}
