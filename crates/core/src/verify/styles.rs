//! [`Styles`]: finds the style that a record's reference was written in, as the record does not say.

use std::cell::{Cell, RefCell};

use crate::cite::{Citation, Style};

/// The styles that a reference may have been written in.
pub(super) struct Styles {
    /// Those that were read, the one last found first.
    read: RefCell<Vec<Style>>,
    /// True if these are all.
    are_all: Cell<bool>,
}

impl Styles {
    /// The styles of the archive, and before them `given`.
    pub(super) fn new(given: Option<&Style>) -> Self {
        let first = given.cloned().or_else(|| Style::find(Style::DEFAULT).ok());
        Self { read: RefCell::new(first.into_iter().collect()), are_all: Cell::new(false) }
    }

    /// Returns what is said of `citation` in the style in which it says `text`; where it does in
    /// none, in the style that was found last.
    pub(super) fn format_like(&self, text: &str, citation: &Citation) -> String {
        let mut read = self.read.borrow_mut();
        let fits = |style: &Style| style.format(citation) == text;
        let mut found = read.iter().position(fits);
        if found.is_none() && !self.are_all.replace(true) {
            let known = read.len();
            read.extend(Style::names().into_iter().filter_map(|name| Style::find(name).ok()));
            found = read[known..].iter().position(fits).map(|at| known + at);
        }
        match found {
            Some(at) => {
                read[..=at].rotate_right(1);
                text.to_owned()
            }
            None => read.first().map(|style| style.format(citation)).unwrap_or_default(),
        }
    }
}
