//! Renders quotations as Markdown, for a note or a draft.

use std::fmt::Write as _;

use crate::attribution::link;
use crate::escape::visible;
use crate::wording::stale;
use pincite_core::cite::Quotation;

/// Renders each quotation as a block quote, with the citation and the place on a line below it.
/// `pincite verify` can parse the result.
pub fn markdown(quotations: &[Quotation]) -> String {
    let mut out = String::new();
    for (i, it) in quotations.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        quotation(&mut out, it);
    }
    out
}

/// Renders a quotation as a block quote, and the line below it.
pub(super) fn quotation(out: &mut String, quotation: &Quotation) {
    let citation = &quotation.citation;
    let quote: String = quotation.quoted().map(|piece| piece.text).collect();
    let _ = write!(out, "> {}\n\n— ", escaped(quote.trim()));
    for line in citation.formatted.as_deref().unwrap_or_default().lines() {
        let _ = write!(out, "{} ", escaped(line));
    }
    let _ = write!(out, "{}, ", escaped(&citation.file_and_line()));
    let id = escaped(&citation.id.to_string());
    if let Some(url) = link(quotation) {
        let url = url.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C");
        let _ = writeln!(out, "[{id}](<{url}>)");
    } else {
        let _ = writeln!(out, "{id}");
    }
    if let Some(what) = citation.stale {
        let _ = writeln!(out, "\n(The file {}.)", stale(what));
    }
}

/// Escapes text with as few backslashes as possible.
pub(super) fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    // `1.` at the start of a line would begin a list.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let begins_block = match at {
            0 => matches!(c, '-' | '+' | '=' | '#' | '>' | '~'),
            _ => at == digits && matches!(c, '.' | ')'),
        };
        let begins_entity =
            c == '&' && text[at + 1..].starts_with(|c: char| c == '#' || c.is_ascii_alphabetic());
        let strikes = c == '~' && text[at + 1..].starts_with('~');
        if begins_block
            || begins_entity
            || strikes
            || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser};

    use super::*;

    #[test]
    fn escaped_text_is_displayed_unchanged() {
        for text in [
            "1. *bold* <b>x</b> &amp; [a](b)",
            "# head",
            "- item",
            "+ item",
            "1997) x",
            "a & b AT&T &#65;",
            "a # b > c",
            "~~~ x",
            "a_b_c `code` ~~no~~ \\*",
            "=== x",
        ] {
            let shown: String = Parser::new(&escaped(text))
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    Event::Start(_) | Event::End(_) => None,
                    other => Some(format!("{other:?}")),
                })
                .collect();
            assert_eq!(shown, text);
        }
    }
}
