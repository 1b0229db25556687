//! [`Filters`]: limits that come beside a query, and what is refused among them.

use crate::source::SourceId;
use crate::text::{PartialDate, language_named};
use crate::{Error, Result};

/// Limits that come beside the query, such as flags on a command line. Lists are alternatives; the
/// filters that are given all have to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Ids of sources, in which `*` matches any characters.
    pub source: Vec<String>,
    /// The only sources to look in, or `None` for all.
    pub among: Option<Vec<SourceId>>,
    /// Words of the publisher's name.
    pub publisher: Vec<String>,
    /// The earliest date of publication.
    pub since: Option<PartialDate>,
    /// The latest date of publication.
    pub until: Option<PartialDate>,
    /// The language, as an ISO 639-1 code.
    pub lang: Option<String>,
    /// The name of the format of the sources' files, such as `markdown`. An engine looks up which
    /// sources these are; a search without one does not see it.
    pub filetype: Option<String>,
}

impl Filters {
    /// Reads a language code as typed, in any case.
    ///
    /// ```
    /// use pincite_core::query::Filters;
    ///
    /// assert_eq!(Filters::language("AR")?, "ar");
    /// let error = Filters::language("arabic").unwrap_err();
    /// assert_eq!(error.suggestion().as_deref(), Some("did you mean ar?"));
    /// # Ok::<(), pincite_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// It does not have two letters. The code of the language of that name is offered.
    pub fn language(typed: &str) -> Result<String> {
        let code = typed.trim().to_ascii_lowercase();
        if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Ok(code);
        }
        let hint = match language_named(&code) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "write a two-letter code such as en or ar".to_owned(),
        };
        Err(Error::usage(format!("“{typed}” is no language code"), hint))
    }

    /// Refuses dates that nothing can be between.
    pub(crate) fn check(&self) -> Result<()> {
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since.first_day() > until.last_day()
        {
            let message = format!("the first date, {since}, comes after the last, {until}");
            return Err(Error::usage(message, "exchange the two"));
        }
        Ok(())
    }
}
