//! Splits the items of a list on one line: `1. First 2. Second`, `a) first b) second`, `• one •
//! two`.

/// The number or letter at the start of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Enumerator<'a> {
    /// Its place in the list, from 1.
    number: u32,
    /// The marks before and after the number: `(`, `.`, `)`, `.)`.
    marks: [&'a str; 2],
    is_letter: bool,
    /// Its length in bytes.
    len: usize,
}

/// Parses the enumerator, and white space after it, at the start of `text`.
fn enumerator(text: &str) -> Option<Enumerator<'_>> {
    const MAX_DIGITS: usize = 3;
    let rest = text.trim_start_matches(['•', '⁃', '◦', '▪', '-']).trim_start();
    let open = if rest.starts_with('(') { "(" } else { "" };
    let inner = &rest[open.len()..];
    let digits = inner.bytes().take(MAX_DIGITS + 1).take_while(u8::is_ascii_digit).count();
    let first = inner.bytes().next()?;
    let (number, len) = match digits {
        0 if first.is_ascii_lowercase() => (u32::from(first - b'a' + 1), 1),
        1..=MAX_DIGITS => (inner[..digits].parse().ok()?, digits),
        _ => return None,
    };
    let behind = &inner[len..];
    let close = [".)", ")", "."].into_iter().find(|mark| behind.starts_with(mark))?;
    let after = &behind[close.len()..];
    let is_item = after.starts_with(char::is_whitespace) && (open.is_empty() || close == ")");
    is_item.then_some(Enumerator {
        number,
        marks: [open, close],
        is_letter: digits == 0,
        len: text.len() - after.len(),
    })
}

/// Returns the start of the next item of the list whose item `sentence` begins with, in bytes from
/// the start of `sentence`.
pub(super) fn next_item(sentence: &str) -> Option<usize> {
    let first = enumerator(sentence)?;
    let mut at = first.len;
    while let Some(space) = sentence[at..].find(char::is_whitespace) {
        at += space;
        at += sentence[at..].len() - sentence[at..].trim_start().len();
        let item = enumerator(&sentence[at..]).filter(|item| {
            item.number == first.number + 1
                && item.marks == first.marks
                && item.is_letter == first.is_letter
        });
        if let Some(item) = item
            && starts_item(&sentence[at + item.len..], first.is_letter || first.marks[1] == ")")
        {
            return Some(at);
        }
    }
    None
}

/// Returns whether the text after an enumerator is that of an item, which after a bare number has
/// to begin with a capital: “1. It has 2. parts” is no list.
fn starts_item(text: &str, may_be_small: bool) -> bool {
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| c.is_alphabetic() && (may_be_small || !c.is_lowercase()))
}
