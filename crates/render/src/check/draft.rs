//! The text of a draft, cut at its claims, for reports that mark them in place.

use pincite_core::check::Verdict;
use pincite_core::engine::Checks;

/// Cuts the text of the draft where claims begin or end. Each claim comes with its number among them,
/// from 1, and its verdict. Empty where the claims are not from a draft.
pub fn draft_pieces(checks: &Checks) -> Vec<(&str, Option<(usize, Verdict)>)> {
    let Some(draft) = &checks.input.draft else { return Vec::new() };
    let mut pieces = Vec::new();
    let mut at = 0;
    for ((request, check), number) in checks.iter().zip(1..) {
        let extent = request.place.and_then(|place| place.extent);
        // Two claims may have one place: the first is marked.
        let Some(bytes) = extent.map(|extent| extent.bytes).filter(|bytes| bytes.start >= at)
        else {
            continue;
        };
        pieces.push((&draft.text[at..bytes.start], None));
        pieces.push((bytes.of(&draft.text), Some((number, check.verdict))));
        at = bytes.end;
    }
    pieces.push((&draft.text[at..], None));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}
