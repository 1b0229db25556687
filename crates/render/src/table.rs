//! Writes CSV (RFC 4180) that a spreadsheet can open safely.

/// The first characters of cells that a spreadsheet evaluates as formulas.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Returns a cell that no spreadsheet evaluates as a formula: one that begins as a formula does,
/// also after apostrophes, gets a leading apostrophe, which marks text. Removing one apostrophe
/// restores such a cell.
pub(crate) fn cell(text: &str) -> String {
    let is_formula = text.trim_start_matches('\'').starts_with(FORMULA);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// Writes rows of cells.
pub(crate) fn rows<R, C>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and all rows have the same length.
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_can_be_restored() {
        for text in [
            "=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "'=1", "''-1", "'twas", "a=1", "", "'",
        ] {
            let safe = cell(text);
            assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{safe}");
            let restored = match safe.strip_prefix('\'') {
                Some(rest) if cell(rest) == safe => rest,
                _ => &safe,
            };
            assert_eq!(restored, text);
        }
        assert_eq!(cell("'twas so"), "'twas so");
    }
}
