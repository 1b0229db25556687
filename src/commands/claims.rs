//! Reads the claims of `pincite check`: arguments, a table, a draft, or lines of a file.

use std::path::Path;

use crate::args::CheckArgs;
use crate::commands::given::Given;
use pincite_core::check::{Input, TableFormat};
use pincite_core::query::Query;
use pincite_core::{Error, Result};

/// The claims, and the file that they are from.
pub(super) struct Claims {
    /// The claims.
    pub(super) input: Input,
    /// The name of the file; `None` for arguments.
    pub(super) file: Option<String>,
}

/// Reads the claims from the arguments or the file that they name.
pub(super) fn read(args: &CheckArgs) -> Result<Claims> {
    let Some(path) = args.draft().or(args.file.as_deref()) else {
        if let Some(long) = args.claims.iter().find(|claim| !Query::has_room_for(claim)) {
            let begin: String = long.chars().take(40).collect();
            let message = format!("the claim “{begin}…” is too long");
            let (bytes, words) = (Query::MAX_BYTES >> 10, Query::MAX_WORDS);
            let hint = format!("a claim has at most {words} words and {bytes} KiB");
            return Err(Error::usage(message, hint));
        }
        return Ok(Claims { input: Input::given(args.claims.iter().cloned()), file: None });
    };
    from_file(path, args.draft().is_some(), args.column.as_deref())
}

/// Reads the claims in a file: a draft, a table of which `column` has them, or lines.
pub(super) fn from_file(path: &Path, is_draft: bool, column: Option<&str>) -> Result<Claims> {
    let given = Given::read(path)?;
    let name = given.name;
    let input = if is_draft {
        Input::draft(given.into_bytes(), name)?
    } else {
        let text = given.into_text()?;
        match table_format(name, column.is_some(), &text) {
            Some(format) => Input::table(&text, format, column, name)?,
            None => Input::lines(&text),
        }
    };
    Ok(Claims { input, file: Some(name.display().to_string()) })
}

/// Returns the format of a table by the name of its file or, if that does not tell and a column was
/// named, by its first character; `None` if it is not a table.
fn table_format(name: &Path, has_column: bool, text: &str) -> Option<TableFormat> {
    let extension = name.extension().map(|extension| extension.to_ascii_lowercase());
    match extension.as_deref().and_then(|extension| extension.to_str()) {
        Some("csv") => Some(TableFormat::Csv),
        Some("tsv") => Some(TableFormat::Tsv),
        Some("jsonl" | "ndjson") => Some(TableFormat::JsonLines),
        _ if !has_column => None,
        _ if text.trim_start().starts_with('{') => Some(TableFormat::JsonLines),
        _ => Some(TableFormat::Csv),
    }
}
