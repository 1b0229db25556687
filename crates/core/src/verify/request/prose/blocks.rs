//! Cuts a text into paragraphs and block quotes, Markdown's and HTML's.

use super::marks::decoded;

/// A paragraph, or a block quote without its `>` signs or tags.
pub(super) struct Paragraph {
    /// The line that it begins on, from 1.
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Quoted,
    /// A block quote of HTML, with its tags.
    Html,
    /// The same without an end.
    Unclosed,
}

const OPEN: &str = "<blockquote";
const CLOSE: &str = "</blockquote>";

/// Cuts the text at blank lines and at both ends of block quotes.
pub(super) fn blocks(text: &str) -> Vec<Paragraph> {
    let mut blocks: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for (i, line) in text.lines().enumerate() {
        let mut line = line;
        loop {
            let html = blocks.last().is_some_and(|block| open && block.kind == Kind::Unclosed);
            let tag = if html { CLOSE } else { OPEN };
            let Some(at) = line.find(tag) else {
                add(&mut blocks, &mut open, i + 1, line, html);
                break;
            };
            let (before, rest) = line.split_at(at);
            if html {
                add(&mut blocks, &mut open, i + 1, before, true);
                if let Some(block) = blocks.last_mut() {
                    block.kind = Kind::Html;
                }
                open = false;
                line = &rest[CLOSE.len()..];
            } else {
                if !before.trim().is_empty() {
                    add(&mut blocks, &mut open, i + 1, before, false);
                }
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                let text = String::new();
                blocks.push(Paragraph { line: i + 1, text, kind: Kind::Unclosed });
                open = true;
                line = &rest[end..];
            }
            if line.trim().is_empty() {
                break;
            }
        }
    }
    for block in blocks.iter_mut().filter(|block| block.kind == Kind::Html) {
        block.text = untagged(&block.text);
        block.kind = Kind::Quoted;
    }
    blocks
}

/// Adds a line to the last block, or begins another with it.
fn add(blocks: &mut Vec<Paragraph>, open: &mut bool, number: usize, line: &str, html: bool) {
    let stripped = line.trim_start().strip_prefix('>').filter(|_| !html).map(str::trim_start);
    let content = stripped.unwrap_or(line);
    let kind = if stripped.is_some() { Kind::Quoted } else { Kind::Plain };
    match blocks.last_mut() {
        Some(block) if html => {
            block.text.push('\n');
            block.text.push_str(content);
        }
        _ if content.trim().is_empty() && stripped.is_none() => *open = false,
        Some(block) if *open && block.kind == kind => {
            block.text.push('\n');
            block.text.push_str(content);
        }
        _ => {
            blocks.push(Paragraph { line: number, text: content.to_owned(), kind });
            *open = true;
        }
    }
}

/// HTML without its tags; what is in `<footer>` or `<cite>` becomes a line behind a dash.
fn untagged(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match tag.find('>').filter(|_| is_tag) {
            Some(end) => {
                if tag.starts_with("footer") || tag.starts_with("cite") && !plain.ends_with("— ")
                {
                    plain.push_str("\n— ");
                }
                rest = &tag[end + 1..];
            }
            None => {
                plain.push('<');
                rest = tag;
            }
        }
    }
    plain.push_str(rest);
    decoded(&plain).replace("— —", "—")
}
