//! Finds the quotations in a text that people wrote, each with the source that it names.

use super::attribution::{Attribution, VerifyRequest};
use crate::text;

/// Opening quotation marks, each with the marks that close it.
const MARKS: [(char, &[char]); 5] =
    [('“', &['”']), ('„', &['“', '”', '‟']), ('«', &['»']), ('»', &['«']), ('"', &['"'])];

/// The quotations in `text`: those between quotation marks, and Markdown's block quotes.
pub(super) fn parse(text: &str) -> Vec<VerifyRequest> {
    let blocks = blocks(text);
    let mut requests = Vec::new();
    let mut rest = blocks.iter().peekable();
    while let Some(block) = rest.next() {
        if !block.quoted {
            marked(block, &mut requests);
            continue;
        }
        let (quote, mut source) = take_source(without_asides(block.text.trim()));
        if source.is_none()
            && let Some(next) = rest.peek().filter(|next| !next.quoted)
            && let Some(below) = source_line(&next.text)
        {
            source = Some(below);
            rest.next();
        }
        let quote = unquoted(without_asides(quote));
        if !quote.is_empty() {
            requests.push(VerifyRequest {
                line: Some(block.line),
                column: None,
                quote: quote.to_owned(),
                attribution: attributed_to(source),
            });
        }
    }
    requests
}

/// A paragraph, or a block quote without its `>` signs.
struct Paragraph {
    line: usize,
    text: String,
    quoted: bool,
}

/// Cuts the text at blank lines and at both ends of block quotes.
fn blocks(text: &str) -> Vec<Paragraph> {
    let mut blocks: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for (i, line) in text.lines().enumerate() {
        let stripped = line.trim_start().strip_prefix('>').map(str::trim_start);
        let content = stripped.unwrap_or(line);
        match blocks.last_mut() {
            _ if content.trim().is_empty() && stripped.is_none() => open = false,
            Some(block) if open && block.quoted == stripped.is_some() => {
                block.text.push('\n');
                block.text.push_str(content);
            }
            _ => {
                blocks.push(Paragraph {
                    line: i + 1,
                    text: content.to_owned(),
                    quoted: stripped.is_some(),
                });
                open = true;
            }
        }
    }
    blocks
}

/// Finds the quotations between quotation marks in a paragraph.
fn marked(block: &Paragraph, requests: &mut Vec<VerifyRequest>) {
    let text = &block.text;
    let (mut at, mut line) = (0, block.line);
    let mut unclosed: Vec<char> = Vec::new();
    while let Some((open, mark)) =
        text[at..].char_indices().find(|&(_, c)| opens(c) && !unclosed.contains(&c))
    {
        let start = at + open + mark.len_utf8();
        let Some(len) = text[start..].find(|c| closes(mark, c)) else {
            // No later mark of this kind finds its end either: it need not be looked for again.
            unclosed.push(mark);
            continue;
        };
        line += breaks(&text[at..start]);
        let end = start + len;
        let quote = text[start..end].trim();
        let after = end + text[end..].chars().next().map_or(0, char::len_utf8);
        let begins_line = is_bare(&text[..start - mark.len_utf8()]);
        let (source, used) = following(&text[after..], begins_line);
        if quote.contains(char::is_alphanumeric) {
            requests.push(VerifyRequest {
                line: Some(line),
                column: None,
                quote: quote.to_owned(),
                attribution: attributed_to(source),
            });
        }
        line += breaks(&text[start..after + used]);
        at = after + used;
    }
}

fn opens(c: char) -> bool {
    MARKS.iter().any(|(open, _)| *open == c)
}

fn closes(open: char, c: char) -> bool {
    MARKS.iter().any(|(mark, close)| *mark == open && close.contains(&c))
}

/// The most characters that are read in search of a source's name.
const REACH: usize = 500;

/// Returns whether the last line before a quotation has nothing in it but the sign of a list.
fn is_bare(before: &str) -> bool {
    let mut line = before.chars().rev().take_while(|&c| c != '\n').take(REACH);
    line.all(|c| {
        c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')')
    })
}

/// The source named behind a quotation, past footnote marks and remarks on the quotation, and the
/// number of bytes that all of this takes.
fn following(text: &str, begins_line: bool) -> (Option<&str>, usize) {
    // Emphasis around the quotation closes right behind it; further on, an asterisk may be the sign
    // of a list.
    let mut at = text.len() - text.trim_start_matches(['*', '_']).len();
    for _ in 0..=MAX_ASIDES {
        match named_at(&text[at..], begins_line) {
            (Some(name), used) if is_aside(name) => at += used,
            (Some(name), used) => return (Some(name), at + used),
            (None, _) => break,
        }
    }
    (None, at)
}

/// The name that comes next, in brackets or, where the quotation `begins_line`, behind a dash; and
/// the end of it.
fn named_at(text: &str, begins_line: bool) -> (Option<&str>, usize) {
    let rest = text.trim_start_matches(|c| {
        is_note_sign(c) || c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':')
    });
    let skipped = text.len() - rest.len();
    let (open, close) = match rest.chars().next() {
        Some('(') => ('(', ')'),
        Some('[') => ('[', ']'),
        Some('—' | '–' | '―' | '-') if begins_line => {
            let end = rest
                .char_indices()
                .take(REACH)
                .find(|&(_, c)| c == '\n')
                .map_or(rest.len(), |(at, _)| at);
            let name = rest[..end].trim_end();
            return match behind_dash(name).filter(|name| !name.contains(opens)) {
                Some(source) if name.len() <= REACH => (Some(source), skipped + end),
                _ => (None, 0),
            };
        }
        _ => return (None, 0),
    };
    let Some(end) = matching(rest, open, close) else { return (None, 0) };
    let name = rest[1..end].trim();
    // A Markdown link: both its text and its target may be the name.
    if open == '['
        && rest[end + 1..].starts_with('(')
        && let Some(target) = matching(&rest[end + 1..], '(', ')')
    {
        let link = &rest[..end + 1 + target + 1];
        return (Some(if is_aside(name) { name } else { link }), skipped + link.len());
    }
    (Some(name), skipped + end + 1)
}

/// The most footnote marks and remarks between a quotation and its source.
const MAX_ASIDES: usize = 4;

/// Returns whether a character is the mark of a footnote by itself: `¹`, `†`.
fn is_note_sign(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '†' | '‡')
}

/// Returns whether the text in brackets names no source, but a footnote, a page, or a change to the
/// quotation: `12`, `p. 3`, `sic`, `emphasis added`, `our translation`.
fn is_aside(name: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ' ');
    name.starts_with('^')
        || name.split([',', ';']).all(|part| part.chars().all(is_number) || is_remark(part))
}

fn is_remark(part: &str) -> bool {
    let words: Vec<String> =
        text::words(part).take(4).map(|word| text::fold(word.text).into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let numbered = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match words[..] {
        ["sic" | "emphasis" | "italics" | "translated" | "translation"] => true,
        ["emphasis" | "italics", how, ..] => {
            matches!(how, "added" | "supplied" | "mine" | "ours" | "in" | "removed")
        }
        ["translated" | "translation", how, ..] => matches!(how, "by" | "from" | "mine" | "ours"),
        [whose, "emphasis" | "italics" | "translation"] => {
            matches!(whose, "my" | "our" | "own" | "author" | "authors'")
        }
        ["note" | "n" | "p" | "pp" | "page" | "pages" | "para" | "line" | "lines", number] => {
            numbered(number)
        }
        ["p" | "pp" | "pages" | "lines", from, to] => numbered(from) && numbered(to),
        _ => false,
    }
}

/// The place at which the bracket that `text` begins with is closed.
fn matching(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(REACH) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The text behind a dash that `line` begins with.
fn behind_dash(line: &str) -> Option<&str> {
    let name =
        ["—", "–", "―", "--", "- "].iter().find_map(|dash| line.trim().strip_prefix(dash))?;
    let name = name.trim_start_matches('-').trim();
    let name = name.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(name);
    Some(name.trim_end_matches('.').trim()).filter(|name| !name.is_empty())
}

/// A block quote and the source that its last line, or its end, names.
fn take_source(text: &str) -> (&str, Option<&str>) {
    let (above, last) = text.rsplit_once('\n').unwrap_or(("", text));
    if !above.trim().is_empty()
        && let Some(source) = source_line(last)
    {
        return (above.trim(), Some(source));
    }
    let Some(open) = text.rfind('(').filter(|_| text.ends_with(')')) else { return (text, None) };
    let inner = text[open + 1..text.len() - 1].trim();
    match text[..open].trim() {
        quote if !quote.is_empty() && !inner.is_empty() => (quote, Some(inner)),
        _ => (text, None),
    }
}

/// A block quote without the footnote marks and remarks at its end.
fn without_asides(text: &str) -> &str {
    let mut text = text;
    for _ in 0..MAX_ASIDES {
        text = text.trim_end_matches(is_note_sign);
        let open = if text.ends_with(']') {
            text.rfind('[')
        } else {
            text.rfind('(').filter(|_| text.ends_with(')'))
        };
        match open.filter(|&open| open > 0 && is_aside(&text[open + 1..text.len() - 1])) {
            Some(open) => text = text[..open].trim_end(),
            None => break,
        }
    }
    text
}

/// The source that a line names, if that is all it does: `— source` or `(source)`.
fn source_line(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.contains('\n') {
        return None;
    }
    if let Some(name) = behind_dash(line) {
        return Some(name);
    }
    let name = line.strip_prefix('(')?.strip_suffix(')')?.trim();
    if name.is_empty() { None } else { Some(name) }
}

/// A quotation without the quotation marks around all of it.
fn unquoted(quote: &str) -> &str {
    let quote = quote.trim();
    let inner = MARKS.iter().find_map(|(open, close)| {
        let inner = quote.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains(|c| c == *open || close.contains(&c))).then_some(inner)
    });
    inner.unwrap_or(quote).trim()
}

fn attributed_to(source: Option<&str>) -> Attribution {
    source.map_or(Attribution::Nothing, |name| Attribution::Source(name.to_owned()))
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, quotation and source of each request in `text`.
    fn read(text: &str) -> Vec<(usize, String, Option<String>)> {
        let source = |attribution| match attribution {
            Attribution::Source(name) => Some(name),
            Attribution::Nothing => None,
            _ => panic!("a text has no records"),
        };
        parse(text)
            .into_iter()
            .map(|r| (r.line.unwrap_or(0), r.quote, source(r.attribution)))
            .collect()
    }

    fn one(text: &str) -> (String, Option<String>) {
        let mut all = read(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        let (_, quote, source) = all.remove(0);
        (quote, source)
    }

    #[test]
    fn every_kind_of_quotation_mark() {
        for text in [
            "“a b c” (x)",
            "\"a b c\" (x)",
            "«a b c» (x)",
            "« a b c » (x)",
            "„a b c“ (x)",
            "„a b c” (x)",
            "»a b c« (x)",
            "He said “a b c”, (x).",
            "“a b c” [x]",
            "\"a b c\" — x",
            "- \"a b c\" – x.",
            "\"a b c\"\n(x)",
            "1. \"a b c\" -- x",
            "> a b c\n> — x",
            "> a b c (x)",
            "> a b c\n\n— x",
            "> a b c\n\n(x)",
            "> “a b c”\n— x",
            ">a b c\n>\n> (x)",
        ] {
            assert_eq!(one(text), ("a b c".to_owned(), Some("x".to_owned())), "{text:?}");
        }
    }

    #[test]
    fn what_names_no_source_is_attributed_to_nobody() {
        for text in [
            "“a b” is said.",
            "“a b”[1] is",
            "They said “a b” — nobody knows why.",
            "> a b\n\nText.",
            "“a b” (unclosed",
        ] {
            assert_eq!(one(text), ("a b".to_owned(), None), "{text:?}");
        }
    }

    #[test]
    fn remarks_and_footnotes_are_no_sources() {
        for aside in [
            "(emphasis added)",
            "(Emphasis in the original)",
            "(our translation)",
            "(author’s translation)",
            "(translated from Dari)",
            "[sic]",
            "(p. 12)",
            "(pp. 12–14)",
            "[1]",
            "[2, 3]",
            "[^note]",
            "[1](#fn1)",
            "¹",
            "†",
        ] {
            assert_eq!(one(&format!("“a b”{aside} is said.")), ("a b".to_owned(), None), "{aside}");
            let sourced = format!("“a b” {aside} (x)");
            assert_eq!(one(&sourced), ("a b".to_owned(), Some("x".to_owned())), "{aside}");
        }
        assert_eq!(one("**“a b”** (x)").1.as_deref(), Some("x"));
        for block in [
            "> a b (emphasis added)\n> — x",
            "> a b¹\n\n(x)",
            "> a b (x) [2]",
            "> “a b” [1] (our translation)\n\n— x",
        ] {
            assert_eq!(one(block), ("a b".to_owned(), Some("x".to_owned())), "{block}");
        }
        assert_eq!(one("“a b” (Lost in Translation)").1.as_deref(), Some("Lost in Translation"));
    }

    #[test]
    fn links_and_nested_brackets() {
        assert_eq!(one("“a b” [the report](r.md) x").1.as_deref(), Some("[the report](r.md)"));
        assert_eq!(one("“a b” (GSDN (2025), p. 3)").1.as_deref(), Some("GSDN (2025), p. 3"));
    }

    #[test]
    fn lines_are_kept() {
        let text = "One.\r\n\r\n“a\r\nb” (x) and\n\"c d\" (y)\n\n> e\n> f\n> — z\n";
        let expected = [(3, "a\nb", "x"), (5, "c d", "y"), (7, "e\nf", "z")];
        assert_eq!(
            read(text),
            expected.map(|(line, quote, source)| (line, quote.to_owned(), Some(source.to_owned())))
        );
    }

    #[test]
    fn unpaired_marks_are_left_alone() {
        assert_eq!(read("a 5\" pipe"), []);
        assert_eq!(read("“ “ “ "), []);
        assert_eq!(one("« “a b” (x)"), ("a b".to_owned(), Some("x".to_owned())));
        assert_eq!(read("“…” (x) \"\" > \n>"), []);
    }

    #[test]
    fn large_hostile_texts_take_no_time() {
        for piece in ["“", "\"", "“a” — ", "“a” (", "\"a\" [", "> (", ">\n", "„“", "\"a b\"-"]
        {
            let _ = parse(&piece.repeat(200_000));
        }
    }
}
