//! Writes the text of pages one after the other: a paragraph goes on from page to page.

use super::flow::{self, Paragraph, Piece};
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
    carried: Option<Carried>,
}

impl Writer {
    /// Begins with what `out` has. `body` is the size of the text, `sizes` are those of headings in
    /// quarters of a point, the largest first.
    pub(super) fn new(out: Composer, body: f32, sizes: Vec<i64>) -> Self {
        Self { out, body, sizes, carried: None }
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
        for flow in flows {
            let next = flow::pieces(&flow, self.body);
            join(&mut pieces, next);
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
                Piece::Heading(text, size) => {
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
