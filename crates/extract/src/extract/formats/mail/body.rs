//! Reads the text of a message: paragraphs, and what is not its own.

use super::super::readable::fold;
use super::super::text_file;
use crate::extract::document::pieces::pieces;
use crate::extract::{Block, BlockKind};
use crate::text::Span;

/// Returns the blocks in `span` of `text`.
pub(super) fn blocks(text: &str, span: Span) -> Vec<Block> {
    let mut blocks = Vec::new();
    let own = Span::new(span.start, span.start + own_len(span.of(text)));
    // Quoted lines are blocks of their own, wherever they stand.
    for run in runs(text, own) {
        let kind = if run.is_quoted { BlockKind::Boilerplate } else { BlockKind::Paragraph };
        add(&mut blocks, text, run.span, kind);
    }
    add(&mut blocks, text, Span::new(own.end, span.end), BlockKind::Boilerplate);
    // The line above a quotation says whose it is.
    for i in 1..blocks.len() {
        if blocks[i].kind == BlockKind::Boilerplate
            && blocks[i - 1].kind == BlockKind::Paragraph
            && introduces(blocks[i - 1].span.of(text))
        {
            blocks[i - 1].kind = BlockKind::Boilerplate;
        }
    }
    blocks
}

/// Lines in a row that are quoted, or are not.
struct Run {
    span: Span,
    is_quoted: bool,
}

fn runs(text: &str, span: Span) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let is_quoted = line.trim_start().starts_with('>');
        match runs.last_mut() {
            Some(run) if run.is_quoted == is_quoted => run.span.end = end,
            // Blank lines belong to what is above them.
            Some(run) if line.trim().is_empty() => run.span.end = end,
            _ => runs.push(Run { span: Span::new(start, end), is_quoted }),
        }
    }
    runs
}

fn add(blocks: &mut Vec<Block>, text: &str, span: Span, kind: BlockKind) {
    let slice = span.of(text);
    let paragraphs = match kind {
        BlockKind::Paragraph => text_file::paragraphs(slice),
        _ => trimmed(slice).into_iter().collect(),
    };
    for paragraph in paragraphs {
        let slice = paragraph.of(slice);
        let kind = match kind {
            BlockKind::Paragraph if !slice.contains(char::is_alphanumeric) => {
                BlockKind::Boilerplate
            }
            kind => kind,
        };
        let cut = match kind {
            BlockKind::Paragraph => pieces(slice),
            _ => vec![Span::new(0, slice.len())],
        };
        blocks.extend(cut.iter().enumerate().map(|(i, piece)| Block {
            kind,
            span: piece.shifted(paragraph.start + span.start),
            plain: fold(piece.of(slice)).map(Box::new),
            part: None,
            piece: Block::piece(i, cut.len()),
        }));
    }
}

fn trimmed(slice: &str) -> Option<Span> {
    let start = slice.len() - slice.trim_start().len();
    let len = slice.trim().len();
    (len > 0).then(|| Span::new(start, start + len))
}

/// Returns the length of what is written in this message: up to the signature, or to the message
/// that it answers.
fn own_len(text: &str) -> usize {
    const ORIGINAL: [&str; 6] = [
        "original message",
        "ursprüngliche nachricht",
        "message d'origine",
        "mensaje original",
        "messaggio originale",
        "mensagem original",
    ];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        let marked = bare.trim().trim_matches('-').trim().to_lowercase();
        let is_original = bare.trim_start().starts_with("---")
            && ORIGINAL.iter().any(|original| marked.starts_with(original));
        if bare == "-- " || is_original {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// Returns whether a paragraph only introduces a quotation: “On 3 May, Rowan Example wrote:”.
fn introduces(paragraph: &str) -> bool {
    /// The maximum length of such a line in bytes.
    const MAX: usize = 300;
    paragraph.len() <= MAX
        && paragraph.trim_end().ends_with(':')
        && paragraph.contains(|c: char| c.is_ascii_digit() || c == '@')
}

/// Returns what is read of a part in HTML.
pub(super) fn of_page(page: &str) -> (String, Vec<Block>) {
    #[cfg(feature = "html")]
    {
        let document = super::super::html::read(page.to_owned(), Vec::new()).extracted();
        (document.text, document.blocks)
    }
    #[cfg(not(feature = "html"))]
    {
        let text = mail_parser::decoders::html::html_to_text(page);
        let blocks = blocks(&text, Span::new(0, text.len()));
        (text, blocks)
    }
}
