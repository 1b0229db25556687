//! `--fields`: a few fields of each result.

use crate::args::CitationFormat;
use crate::printer::Printer;
use pincite_core::{Error, Result};
use pincite_render::fields::{Fields, Record};

/// Refuses fields of a format that has none.
pub(super) fn check_format(names: &[String], format: CitationFormat) -> Result<()> {
    if names.is_empty() || format.is_json() || format == CitationFormat::Csv {
        return Ok(());
    }
    let message = "--fields needs --format json, jsonl or csv";
    Err(Error::usage(message, "add one of these, or leave out the fields"))
}

/// Returns the fields of these names, or others where there are none.
pub(super) fn chosen(names: &[String], otherwise: Fields) -> Result<Fields> {
    if names.is_empty() {
        return Ok(otherwise);
    }
    Fields::named(names).map_err(|unknown| {
        let all: Vec<&str> = Fields::all().collect();
        let hint = format!("the fields are {}, and fields of these", all.join(", "));
        Error::usage(format!("there is no field “{unknown}”"), hint)
    })
}

/// Prints the fields of records.
pub(super) fn print(
    fields: &Fields,
    records: &[Record],
    format: CitationFormat,
    printer: &Printer,
) -> Result<()> {
    match format {
        CitationFormat::Json => printer.document(&fields.json(records)),
        CitationFormat::Jsonl => printer.document(&fields.json_lines(records)),
        _ => printer.document(&(fields.header() + &fields.rows(records))),
    }
}
