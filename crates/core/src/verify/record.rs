//! Compares what a citation record says with itself and with its source.

use crate::cite::{Citation, Selector};
use crate::source::content_hash;
use crate::text::{Position, Span};

/// Lists the fields of a record that contradict others of its fields, with what is wrong.
pub(super) fn contradictions(record: &Citation) -> Vec<String> {
    let locator = &record.locator;
    let end = Position::START.after(&record.quote);
    let length = |span: Span| span.end.checked_sub(span.start);
    let sentences = record.id.sentences.is_none_or(|s| [s.first, s.last] == locator.sentences);
    let source = record.source.get("id").and_then(|id| id.as_str());
    let checks = [
        (
            record.quote_hash == content_hash(record.quote.as_bytes()),
            "quote_hash is not the hash of quote",
        ),
        (length(locator.bytes) == Some(end.byte), "locator.bytes is not as long as quote"),
        (length(locator.chars) == Some(end.char), "locator.chars is not as long as quote"),
        (length(locator.utf16) == Some(end.utf16), "locator.utf16 is not as long as quote"),
        (
            locator.lines[1].checked_sub(locator.lines[0]) == Some(end.line - 1),
            "locator.lines are not as many as quote has",
        ),
        (record.id.paragraph == locator.paragraph, "locator.paragraph is not that of id"),
        (sentences, "locator.sentences are not those of id"),
        (source.is_none_or(|id| id == record.id.source.as_str()), "source.id is not that of id"),
    ];
    let selectors = record.selectors.iter().map(|selector| match selector {
        Selector::TextQuote { exact, .. } => {
            (*exact == record.quote, "TextQuoteSelector.exact is not quote")
        }
        Selector::TextPosition { start, end } => (
            locator.chars == Span { start: *start, end: *end },
            "TextPositionSelector is not locator.chars",
        ),
        Selector::DataPosition { start, end } => (
            locator.bytes == Span { start: *start, end: *end },
            "DataPositionSelector is not locator.bytes",
        ),
    });
    checks
        .into_iter()
        .chain(selectors)
        .filter(|(holds, _)| !holds)
        .map(|(_, wrong)| wrong.to_owned())
        .collect()
}

/// Lists the fields of a record that are wrong for `text`, which has its quotation at `span`;
/// `cited` is a citation of that place as it is now.
pub(super) fn misplaced(
    record: &Citation,
    text: &str,
    span: Span,
    cited: Option<&Citation>,
) -> Vec<String> {
    let start = Position::START.after(&text[..span.start]);
    let end = start.after(span.of(text));
    let is = &record.locator;
    let mut wrong = Vec::new();
    let mut check = |field: &str, says: String, has: String| {
        if says != has {
            wrong.push(format!("{field} is {says} in the record and {has} in the source"));
        }
    };
    let pair = |a: usize, b: usize| format!("[{a}, {b}]");
    check("locator.lines", pair(is.lines[0], is.lines[1]), pair(start.line, end.line));
    check("locator.bytes", pair(is.bytes.start, is.bytes.end), pair(start.byte, end.byte));
    check("locator.chars", pair(is.chars.start, is.chars.end), pair(start.char, end.char));
    check("locator.utf16", pair(is.utf16.start, is.utf16.end), pair(start.utf16, end.utf16));
    if let Some(cited) = cited {
        check("file", record.file.clone(), cited.file.clone());
        check("text", format!("{:?}", record.text), format!("{:?}", cited.text));
        let has = &cited.locator;
        check("locator.paragraph", is.paragraph.to_string(), has.paragraph.to_string());
        check("locator.sentences", format!("{:?}", is.sentences), format!("{:?}", has.sentences));
        check("locator.section", format!("{:?}", is.section), format!("{:?}", has.section));
        check("locator.page", format!("{:?}", is.page), format!("{:?}", has.page));
    }
    wrong
}
