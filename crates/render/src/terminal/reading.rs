//! Renders a source, or a part of it, with line numbers.

use super::screen::{DIM, STRONG, WARN, paint_words, wrap, wrap_at_spaces};
use crate::attribution::reference;
use crate::escape::visible;
use crate::wording::stale;
use pincite_core::engine::{Reading, ReadingBlock};
use pincite_core::source::PassageId;
use pincite_core::text::Span;

/// Renders each block with its kind, its line numbers and its text as it is read, in lines of at
/// most `width` columns. The requested text is bold, and blocks other than paragraphs are dimmed.
pub fn reading(reading: &Reading, width: usize) -> String {
    let mut out = String::new();
    let source = &reading.entry.source;
    let id = match reading.focus {
        Some((paragraph, sentences)) => {
            PassageId { source: source.id.clone(), paragraph, sentences }.to_string()
        }
        None => source.id.to_string(),
    };
    let title =
        format!("{} · {}", visible(&id), visible(&reading.entry.path.display().to_string()));
    wrap_at_spaces(&mut out, &paint_words(STRONG, &title), width, "", "  ");
    let reference = reference(source);
    if !reference.is_empty() {
        wrap_at_spaces(&mut out, &reference, width, "", "  ");
    }
    if let Some(what) = reading.stale {
        let note = format!("the file {}", stale(what));
        wrap_at_spaces(&mut out, &paint_words(WARN, &note), width, "", "  ");
    }
    let labels: Vec<String> = reading.blocks.iter().map(|block| label(block, reading)).collect();
    let label_width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let last = reading.blocks.last().map_or(1, |block| block.start().after(block.text()).line);
    let number_width = last.to_string().len();
    for (block, label) in reading.blocks.iter().zip(labels) {
        out.push('\n');
        let gutter = Gutter { label: &label, label_width, number_width };
        write_block(&mut out, block, reading, &gutter, width);
    }
    out
}

fn label(block: &ReadingBlock, reading: &Reading) -> String {
    match block {
        ReadingBlock::Aside(aside) => aside.kind.clone(),
        ReadingBlock::Paragraph(passage) => {
            let mark = if reading.asked_of(block).is_some() { "▸" } else { "" };
            format!("{mark}¶{}", passage.paragraph)
        }
    }
}

/// The columns to the left of a block.
struct Gutter<'a> {
    label: &'a str,
    label_width: usize,
    number_width: usize,
}

impl Gutter<'_> {
    fn line(&self, label: &str, number: &str) -> String {
        format!("{DIM}{label:>0$} {number:>1$}{DIM:#}  ", self.label_width, self.number_width)
    }
}

fn write_block(
    out: &mut String,
    block: &ReadingBlock,
    reading: &Reading,
    gutter: &Gutter<'_>,
    width: usize,
) {
    let (text, asked) = reading.readable(block);
    let asked = asked.filter(|span| span.len() < text.len());
    let mut at = 0;
    let mut label = gutter.label;
    for (number, line) in (block.start().line..).zip(text_lines(text)) {
        let first = gutter.line(label, &number.to_string());
        let text = styled(line, block, asked, at);
        wrap(out, &text, width, &first, &gutter.line("", ""));
        at += line.len();
        label = "";
    }
}

/// Renders one line of a block, which begins at byte `at` of the block.
fn styled(line: &str, block: &ReadingBlock, asked: Option<Span>, at: usize) -> String {
    let bare = line.trim_end_matches(['\r', '\n']);
    match (block, asked) {
        (ReadingBlock::Aside(_), _) => paint_words(DIM, &visible(bare)),
        (_, None) => visible(bare).into_owned(),
        (_, Some(asked)) => {
            let within = |offset: usize| offset.saturating_sub(at).min(bare.len());
            let (from, to) = (within(asked.start), within(asked.end));
            let strong = paint_words(STRONG, &visible(&bare[from..to]));
            format!("{}{strong}{}", visible(&bare[..from]), visible(&bare[to..]))
        }
    }
}

/// Returns the lines of `text` with their endings, `\n`, `\r\n` or a lone `\r`, as `Position`
/// counts them.
fn text_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut end = rest.find(['\n', '\r']).map_or(rest.len(), |end| end + 1);
        if rest[..end].ends_with('\r') && rest[end..].starts_with('\n') {
            end += 1;
        }
        let (line, after) = rest.split_at(end);
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use pincite_core::text::Position;

    use super::*;

    #[test]
    fn lines_agree_with_positions() {
        let text = "a\r\nb\rc\n\nd";
        let lines: Vec<&str> = text_lines(text).collect();
        assert_eq!(lines, ["a\r\n", "b\r", "c\n", "\n", "d"]);
        assert_eq!(Position::START.after(text).line, lines.len());
    }
}
