//! Input to verify: citation records, or quotations out of a text with their attributions.

mod attribution;
mod json;
mod name;
mod prose;
mod record;

use std::path::Path;

pub use attribution::{Attribution, VerifyRequest};
pub(super) use name::{Names, paragraph};
pub use record::Record;

use crate::Result;

impl VerifyRequest {
    /// Reads what is to be verified out of `input`; `path` is where it is from, for errors.
    ///
    /// JSON is citation records: one, several in a row or in an array, or a whole answer of `query`
    /// or `check`. Anything else is a text, plain or Markdown, that has quotations in it:
    /// `“quotation” (source)`, `"quotation" — source`, or a block quote with its source in
    /// parentheses or behind a dash below it.
    ///
    /// ```
    /// use std::path::Path;
    /// use pincite_core::verify::{Attribution, VerifyRequest};
    /// let requests = VerifyRequest::parse("As “a witness” (report.md) said.\n", Path::new("draft.md"))?;
    /// assert_eq!(requests[0].quote, "a witness");
    /// assert_eq!(requests[0].attribution, Attribution::Source("report.md".into()));
    /// # Ok::<(), pincite_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FileError::Malformed`](crate::FileError::Malformed), with line and column, for JSON that
    /// is broken, has another schema, or has fields that a citation record does not have.
    pub fn parse(input: &str, path: &Path) -> Result<Vec<VerifyRequest>> {
        let input = input.strip_prefix('\u{feff}').unwrap_or(input);
        if json::is_json(input) { json::parse(input, path) } else { Ok(prose::parse(input)) }
    }

    /// Reads bare quotations, one a line, whose source is looked for; marks around a line are no
    /// part of it.
    pub fn lines(input: &str) -> Vec<VerifyRequest> {
        let input = input.strip_prefix('\u{feff}').unwrap_or(input);
        let sought = |(i, line): (usize, &str)| VerifyRequest {
            line: Some(i + 1),
            column: None,
            quote: prose::unquoted(line).to_owned(),
            attribution: Attribution::Sought,
        };
        let mut requests: Vec<VerifyRequest> = input.lines().enumerate().map(sought).collect();
        requests.retain(|request| request.quote.contains(char::is_alphanumeric));
        requests
    }
}
