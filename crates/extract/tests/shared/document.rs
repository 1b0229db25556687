//! Reads documents of which the text is extracted, for tests of their formats.

use std::path::Path;

use pincite_extract::extract::{Block, BlockKind, Document, extractor_for};
use pincite_extract::source::{SourceId, TextKind};

/// Reads a file of this name, and checks what was read.
pub(crate) fn try_read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let extractor = extractor_for(Path::new(name)).expect("the format is read");
    let document = extractor.extract(bytes.to_vec()).map_err(|error| error.to_string())?;
    check(&document);
    Ok(document)
}

/// Checks that blocks are in order, disjoint and trimmed, and their readable forms lead back.
fn check(document: &Document) {
    assert_eq!(document.kind, TextKind::Extracted);
    let mut end = 0;
    for block in &document.blocks {
        let slice = block.span.of(&document.text);
        assert!(block.span.start >= end && !slice.is_empty() && slice == slice.trim());
        end = block.span.end;
    }
    for passage in document.passages(&SourceId::slug("a")) {
        assert_eq!(passage.span().of(&document.text), passage.text);
    }
}

/// Returns the blocks as lines of their kind and what is read.
pub(crate) fn blocks(document: &Document) -> Vec<String> {
    let shown = |block: &Block| {
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            kind => kind.name().to_owned(),
        };
        format!("{kind}: {}", block.readable(&document.text))
    };
    document.blocks.iter().map(shown).collect()
}
