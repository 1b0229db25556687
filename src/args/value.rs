//! Parses the values of options.

use pincite_core::extract::{Fields, ParseFieldsError};
use pincite_core::query::Filters;

/// Parses which fields hold what; `default` is none.
pub(super) fn fields(text: &str) -> Result<Fields, String> {
    if text == "default" {
        return Ok(Fields::default());
    }
    text.parse().map_err(|error: ParseFieldsError| error.to_string())
}

pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n > 0 => Ok(n),
        _ => Err("write a whole number, at least 1".to_owned()),
    }
}

pub(super) fn language(text: &str) -> Result<String, String> {
    Filters::language(text).map_err(|error| error.suggestion().unwrap_or_default())
}

/// Parses `512M`, `2G`, `2GB` or `2GiB` as powers of 1024; a number without a unit is in MiB.
pub(super) fn memory(text: &str) -> Result<usize, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim().to_ascii_uppercase();
    let bytes = match unit.trim_end_matches("IB").trim_end_matches('B') {
        "K" => scaled(number, 1 << 10),
        "M" | "" => scaled(number, 1 << 20),
        "G" => scaled(number, 1 << 30),
        _ => None,
    };
    match bytes {
        Some(bytes) if bytes > 0 => Ok(bytes),
        _ => Err("write a size such as 512M or 2G".to_owned()),
    }
}

/// Returns a number times `unit`; `None` if it is not a number or the product is too large.
fn scaled(number: &str, unit: usize) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_sizes_are_parsed_with_their_units() {
        assert_eq!(memory("512M"), Ok(512 << 20));
        assert_eq!(memory("2g"), Ok(2 << 30));
        assert_eq!(memory("2GiB"), Ok(2 << 30));
        assert_eq!(memory("300"), Ok(300 << 20));
        for wrong in ["", "M", "0", "2X", "-1G", "1.5G", "99999999999999999999G", "99999999999G"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }
}
