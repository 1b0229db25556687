//! Parses numbers in digits, with the thousands separators of several countries.

use super::{Decimal, Number, Scale};
use crate::scan::{char_before, skip_digits};

/// Parses the number whose first digit is at `at`. The error is the offset at which to resume the
/// scan.
///
/// `floor` is the end of the previous number; `is_amount` says that a currency precedes this one.
pub(super) fn read(text: &str, at: usize, floor: usize, is_amount: bool) -> Result<Number, usize> {
    let first = skip_digits(text, at);
    let (whole, separator) = grouped(text, at, first).unwrap_or((first, None));
    let end = fraction_end(text, at, whole, separator);
    let places = if end > whole { end - whole - 1 } else { 0 };
    let is_version = text[end..].starts_with('.')
        && text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_digit);
    let is_code = first - at > 1 && text[at..].starts_with('0');
    if is_version || is_code || !(is_amount || begins_token(text, at, floor)) {
        return Err(token_end(text, end));
    }
    let sign = sign_len_before(text, at, floor);
    let digits = text[at..end].bytes().filter(u8::is_ascii_digit);
    let value = Decimal::from_digits(digits, places, sign > 0).ok_or(end)?;
    Ok(Number { start: at - sign, end, value, scale: Scale::ONE, is_bare_one: false })
}

/// Returns the end of the integer part if its digits are grouped, and the separator.
///
/// `first` is the end of the first group. Groups have three digits, or two before the last one as
/// in India: `12,34,567`.
fn grouped(text: &str, at: usize, first: usize) -> Option<(usize, Option<char>)> {
    let separator = text[first..].chars().next().filter(|&c| is_separator(c))?;
    let mut end = first;
    let mut groups = 0;
    let mut pairs = 0;
    while text[end..].starts_with(separator) {
        let start = end + separator.len_utf8();
        let next = skip_digits(text, start);
        match next - start {
            3 if first - at <= 3 && pairs == groups => (),
            3 if pairs == 0 => (),
            2 if separator == ',' && first - at <= 2 && pairs == groups => pairs += 1,
            _ => break,
        }
        groups += 1;
        end = next;
        if pairs > 0 && pairs < groups {
            break;
        }
    }
    let goes_on = text[end..]
        .strip_prefix(separator)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_plain = pairs == 0 && first - at <= 3 && (separator != '.' || groups > 1);
    let is_indian = pairs > 0 && groups == pairs + 1;
    (groups > 0 && !goes_on && (is_plain || is_indian)).then_some((end, Some(separator)))
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '\'' | '’' | ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// Returns the end of the fraction after the integer part that ends at `whole`, or `whole` if there
/// is none.
///
/// A comma is a decimal point after digits that another mark groups, and before one or two digits
/// that are not part of a list.
fn fraction_end(text: &str, at: usize, whole: usize, separator: Option<char>) -> usize {
    let Some(mark) = text[whole..].chars().next().filter(|c| matches!(c, '.' | ',')) else {
        return whole;
    };
    let end = skip_digits(text, whole + 1);
    let len = end - whole - 1;
    let is_listed = text[..at].ends_with(',');
    let goes_on = text[end..].starts_with(',') && skip_digits(text, end + 1) > end + 1;
    let is_fraction = match (mark, separator) {
        ('.', Some('.')) | (',', Some(',')) => false,
        ('.', _) => len > 0,
        (_, None) => (1..=2).contains(&len) && !goes_on && !is_listed,
        (_, Some(_)) => len > 0 && !goes_on,
    };
    if is_fraction { end } else { whole }
}

/// Returns whether the number at `at` begins a token, and is not part of a code, a version, a URL
/// or a fraction.
fn begins_token(text: &str, at: usize, floor: usize) -> bool {
    match char_before(text, at) {
        None => true,
        Some('-') => {
            at == floor + 1 && floor > 0
                || !text[..at - 1].ends_with(|c: char| c.is_alphabetic() || c == '-')
        }
        Some('.') => !text[..at - 1].ends_with(|c: char| c.is_ascii_alphanumeric()),
        Some(':' | '/') => {
            !text[..at - 1].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        }
        Some('#' | '@' | '_' | '=' | '&' | '\\') => false,
        Some(c) => !c.is_alphabetic(),
    }
}

/// Returns the length in bytes of the minus sign before `at`, or 0.
fn sign_len_before(text: &str, at: usize, floor: usize) -> usize {
    let sign = char_before(text, at).filter(|c| matches!(c, '-' | '−')).map_or(0, char::len_utf8);
    let before = text[..at - sign].chars().next_back();
    let is_sign = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"'));
    if is_sign && at - sign >= floor { sign } else { 0 }
}

/// Returns the end of the run of digits, with points and colons between them, that starts at `at`.
fn token_end(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[at..];
    let mut len = 0;
    while let Some(byte) = bytes.get(len) {
        let is_inner =
            matches!(byte, b'.' | b':') && bytes.get(len + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !is_inner {
            break;
        }
        len += 1;
    }
    at + len
}
