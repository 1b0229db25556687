//! Writes the text of pages one after the other: a paragraph goes on from page to page.

use std::collections::HashSet;

use super::flow::{self, Heading, Paragraph, Piece};
use super::heads::{Heads, Sheet};
use super::rows;
use super::wire::Page;
use super::{Composer, step};
use crate::extract::BlockKind;
use crate::source::Part;
use crate::text;

/// A paragraph at the end of a page that goes on on the next.
struct Carried {
    paragraph: Paragraph,
    part: Part,
}

/// Writes pages one after the other.
pub(super) struct Writer {
    out: Composer,
    body: f32,
    sizes: Vec<i64>,
    /// The sizes of lines below the first of the text that are larger than it and not bold, in
    /// quarters of a point.
    later: HashSet<i64>,
    carried: Option<Carried>,
}

impl Writer {
    /// Begins with what `out` has. `body` is the size of the text, `sizes` are those of headings in
    /// quarters of a point, the largest first.
    pub(super) fn new(out: Composer, body: f32, sizes: Vec<i64>, sheets: &[Sheet]) -> Self {
        /// The fewest letters of a line of the text.
        const LONG: usize = 40;
        let lines = sheets.iter().flat_map(|sheet| &sheet.lines);
        let later = lines.skip_while(|line| line.size > 1.08 * body || line.text().len() < LONG);
        let later = later.filter(|line| line.size > 1.12 * body && !line.bold);
        let later = later.map(|line| step(line.size)).collect();
        Self { out, body, sizes, later, carried: None }
    }

    /// Returns what was written.
    pub(super) fn finish(mut self) -> Composer {
        self.carry("");
        self.out
    }

    /// Writes a page.
    pub(super) fn page(&mut self, page: &Page, sheet: &Sheet, heads: &Heads) {
        let label = page.label.as_deref().map(Into::into);
        let part = Part::Page { number: page.number, label };
        self.out.part = Some(part.clone());
        let (heads, rest): (Vec<usize>, Vec<usize>) =
            (0..sheet.rows.len()).partition(|&row| heads.have(sheet, row, self.body));
        let top = heads.iter().filter(|&&row| 2 * row < sheet.rows.len());
        for &row in top {
            self.out.block(BlockKind::Boilerplate, &sheet.lines[row].text());
        }
        let rows: Vec<Vec<usize>> = rest.iter().map(|&row| sheet.rows[row].clone()).collect();
        let flows = rows::flows(&sheet.runs, &rows);
        let mut pieces: Vec<Piece> = Vec::new();
        let width = sheet.width();
        for flow in flows {
            let next = flow::pieces(&flow, self.body, width);
            join(&mut pieces, next);
        }
        if page.number == 1 {
            self.mark_bylines(&mut pieces);
        }
        self.pieces(pieces, &part);
        for run in page.runs.iter().filter(|run| run.aside) {
            self.out.block(BlockKind::Boilerplate, &run.text);
        }
        let bottom = heads.iter().filter(|&&row| 2 * row >= sheet.rows.len());
        for &row in bottom {
            self.out.block(BlockKind::Boilerplate, &sheet.lines[row].text());
        }
    }

    /// Tells the lines between the title of a first page and its text from headings and paragraphs:
    /// they are centred, or in a size that nothing below has, and not bold.
    fn mark_bylines(&self, pieces: &mut [Piece]) {
        /// The most bytes of such a line.
        const MAX: usize = 240;
        /// The most rows of names beside each other: more are a table.
        const MAX_ROWS: usize = 4;
        let mut title: Option<f32> = None;
        let front =
            pieces.iter().take_while(|it| !matches!(it, Piece::Paragraph(it) if !it.is_centred));
        if front.filter(|piece| matches!(piece, Piece::Row(_))).count() > MAX_ROWS {
            return;
        }
        for piece in pieces {
            match (piece, title) {
                (Piece::Heading(heading), None) => title = Some(heading.size),
                (piece @ Piece::Heading(_), Some(title)) => {
                    let Piece::Heading(Heading { text, size, is_bold, is_centred }) = &piece else {
                        return;
                    };
                    let is_other = *is_centred || !self.later.contains(&step(*size));
                    if *size < title && !is_bold && is_other {
                        *piece = Piece::Byline(text.replace('\n', " "));
                    }
                }
                (piece @ Piece::Paragraph(_), Some(_)) => {
                    let Piece::Paragraph(Paragraph { text, is_centred, .. }) = &piece else {
                        return;
                    };
                    if !is_centred || text.len() > MAX || flow::ends_sentence(text) {
                        return;
                    }
                    *piece = Piece::Byline(text.clone());
                }
                (piece @ Piece::Row(_), Some(_)) => {
                    let Piece::Row(cells) = &piece else { return };
                    *piece = Piece::Byline(cells.join("\t"));
                }
                _ => return,
            }
        }
    }

    fn pieces(&mut self, mut pieces: Vec<Piece>, part: &Part) {
        // Take what goes on from the page before for the first of its paragraphs, unless that
        // begins anew.
        if let Some(carried) = &self.carried {
            let first = pieces.iter().position(|piece| self.is_body(piece));
            let next = match first.map(|first| &pieces[first]) {
                Some(Piece::Paragraph(next)) if carried.paragraph.goes_on_in(next) => next.clone(),
                _ => Paragraph { text: String::new(), ..carried.paragraph.clone() },
            };
            let rest = self.carry(&next.text);
            if let Some(first) = first.filter(|_| !next.text.is_empty()) {
                match rest {
                    Some(text) => pieces[first] = Piece::Paragraph(Paragraph { text, ..next }),
                    None => {
                        pieces.remove(first);
                    }
                }
            }
        }
        // Below the last paragraph of a page are notes, if anything.
        let is_note = |piece: &Piece| matches!(piece, Piece::Paragraph(it) if it.size < self.body);
        let last = pieces.iter().rposition(|piece| self.is_body(piece));
        let carried = last.filter(|&last| {
            let is_whole =
                matches!(&pieces[last], Piece::Paragraph(it) if flow::ends_sentence(&it.text));
            !is_whole && pieces[last + 1..].iter().all(is_note)
        });
        let carried = carried.map(|last| pieces.remove(last));
        self.out.part = Some(part.clone());
        for piece in pieces {
            match piece {
                Piece::Paragraph(it) => self.out.block(BlockKind::Paragraph, &it.text),
                Piece::Byline(text) => self.out.block(BlockKind::Byline, &text),
                Piece::Heading(Heading { text, size, .. }) => {
                    let level = self.sizes.iter().position(|it| *it <= step(size));
                    let level = level.unwrap_or(self.sizes.len()).min(5) + 1;
                    let kind = BlockKind::Heading(u8::try_from(level).unwrap_or(6));
                    self.out.block(kind, &text.replace('\n', " "));
                }
                Piece::Row(cells) => {
                    self.out.row(&cells.into_iter().map(|cell| vec![cell]).collect::<Vec<_>>());
                }
            }
        }
        if let Some(Piece::Paragraph(paragraph)) = carried {
            self.carried = Some(Carried { paragraph, part: part.clone() });
        }
    }

    /// Returns whether a piece is a paragraph of the text, and no note.
    fn is_body(&self, piece: &Piece) -> bool {
        matches!(piece, Piece::Paragraph(it) if (it.size - self.body).abs() <= 0.08 * self.body)
    }

    /// Writes the paragraph that the page before ends with, up to the end of its last sentence,
    /// which is in `next`. Returns what is left of that, so that every sentence has the page that
    /// it begins on.
    fn carry(&mut self, next: &str) -> Option<String> {
        let Some(carried) = self.carried.take() else { return Some(next.to_owned()) };
        let part = self.out.part.replace(carried.part);
        let mut whole = carried.paragraph.text;
        let begin = whole.len();
        let mut end = begin;
        if !next.is_empty() {
            whole.push('\n');
            whole.push_str(next);
            let sentences = text::sentences(&whole);
            let over = sentences.iter().find(|it| it.start < begin && it.end > begin);
            end = over.map_or(begin, |sentence| sentence.end);
        }
        self.out.block(BlockKind::Paragraph, &whole[..end]);
        self.out.part = part;
        let rest = whole.get(end..).unwrap_or_default().trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    }
}

/// Adds the pieces of the next flow: a paragraph may go on at the top of the next column.
fn join(pieces: &mut Vec<Piece>, next: Vec<Piece>) {
    let mut next = next.into_iter();
    if let Some(Piece::Paragraph(open)) = pieces.last_mut()
        && let Some(Piece::Paragraph(more)) = next.as_slice().first()
        && open.goes_on_in(more)
    {
        open.text.push('\n');
        open.text.push_str(&more.text);
        open.room = more.room;
        next.next();
    }
    pieces.extend(next);
}
