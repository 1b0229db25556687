//! Styles of references, as arguments name them.

use std::sync::Arc;

use pincite_core::Result;
use pincite_core::cite::Style;

/// Loads the style of the references. A form that shows none needs none, and is printed in half the
/// time; but a style that somebody named is looked up, so that a wrong name is told.
pub(super) fn references(name: &str, are_shown: bool) -> Result<Option<Arc<Style>>> {
    if !are_shown && name == Style::DEFAULT {
        return Ok(None);
    }
    Ok(Some(Arc::new(Style::find(name)?)))
}
