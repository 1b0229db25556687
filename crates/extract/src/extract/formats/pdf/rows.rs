//! Puts the runs of a page together to lines, in the order in which they are read.
//!
//! A row has what stands at one height. Where rows leave the same gap free, one after the other, and
//! fill what is beside it, they are lines of columns, and the left column is read before the right.

use super::wire::Run;

/// The least gap between two stretches of a row that are not one line, in sizes of the font.
const GAP: f32 = 0.85;

/// The least gap between words, in sizes of the font.
const SPACE: f32 = 0.12;

/// The fewest rows with a gap at one place that are columns.
const MIN_ROWS: usize = 4;

/// The least part of a column that its lines fill on average.
const FILLED: f32 = 0.6;

/// The most columns within columns.
const MAX_DEPTH: usize = 4;

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) left: f32,
    pub(super) right: f32,
    /// The height of its foot, which grows upwards.
    pub(super) y: f32,
    /// The size of most of it.
    pub(super) size: f32,
    /// Whether most of it is bold.
    pub(super) bold: bool,
    /// Its text: of a row of a table, that of each cell.
    pub(super) cells: Vec<String>,
}

impl Line {
    /// Returns its text, with a space between cells.
    pub(super) fn text(&self) -> String {
        self.cells.join(" ")
    }
}

/// A stretch of a row without a wide gap.
#[derive(Debug, Clone)]
struct Segment {
    left: f32,
    right: f32,
    text: String,
    size: f32,
    y: f32,
    /// The number of letters, and that of bold ones.
    letters: usize,
    bold: usize,
}

type Row = Vec<Segment>;

/// Returns the rows of a page as lines, top to bottom, without regard to columns.
pub(super) fn rows(runs: &[Run]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    let foot = |i: usize| runs[i].y;
    order.sort_by(|&a, &b| foot(b).total_cmp(&foot(a)).then(runs[a].x.total_cmp(&runs[b].x)));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for i in order {
        let run = &runs[i];
        // What is raised or lowered, as the mark of a note, belongs to the row.
        let fits = rows.last().is_some_and(|row| {
            let first = row.iter().map(|&j| &runs[j]).max_by(|a, b| a.size.total_cmp(&b.size));
            first.is_some_and(|first| (first.y - run.y).abs() < 0.45 * first.size.max(run.size))
        });
        match rows.last_mut().filter(|_| fits) {
            Some(row) => row.push(i),
            None => rows.push(vec![i]),
        }
    }
    for row in &mut rows {
        row.sort_by(|&a, &b| runs[a].x.total_cmp(&runs[b].x));
    }
    rows
}

/// Returns the lines of rows of a page in reading order: in flows, each a column or what lies across
/// columns.
pub(super) fn flows(runs: &[Run], rows: &[Vec<usize>]) -> Vec<Vec<Line>> {
    let rows = rows.iter().map(|row| segments(runs, row)).filter(|row: &Row| !row.is_empty());
    let mut flows = Vec::new();
    split(rows.collect(), 0, &mut flows);
    flows
}

/// Returns the stretches of a row.
pub(super) fn line(runs: &[Run], row: &[usize]) -> Line {
    as_line(segments(runs, row))
}

fn segments(runs: &[Run], row: &[usize]) -> Row {
    let mut segments: Row = Vec::new();
    for run in row.iter().map(|&i| &runs[i]) {
        let letters = run.text.chars().filter(|c| !c.is_whitespace()).count();
        if letters == 0 {
            continue;
        }
        let bold = if run.bold { letters } else { 0 };
        let right = run.x + run.width;
        if let Some(last) = segments.last_mut() {
            let gap = run.x - last.right;
            // A heading of one column stands beside the text of the other.
            let size = last.size.min(run.size).max(1.0);
            if gap < GAP * size {
                // The same text at the same place is drawn twice to make it bold.
                if gap < -0.5 * run.width && last.text.ends_with(run.text.trim()) {
                    continue;
                }
                let apart = last.text.ends_with(' ') || run.text.starts_with(' ');
                if gap > SPACE * size && !apart {
                    last.text.push(' ');
                }
                last.text.push_str(&run.text);
                last.right = last.right.max(right);
                if letters > last.letters {
                    (last.size, last.y) = (run.size, run.y);
                }
                last.letters += letters;
                last.bold += bold;
                continue;
            }
        }
        segments.push(Segment {
            left: run.x,
            right,
            text: run.text.clone(),
            size: run.size,
            y: run.y,
            letters,
            bold,
        });
    }
    segments
}

/// Splits rows at the gap that most of them leave free.
fn split(rows: Vec<Row>, depth: usize, flows: &mut Vec<Vec<Line>>) {
    let gutter = if depth < MAX_DEPTH { gutter(&rows) } else { None };
    let Some(gutter) = gutter else {
        if !rows.is_empty() {
            flows.push(rows.into_iter().map(as_line).collect());
        }
        return;
    };
    let crosses = |row: &Row| row.iter().any(|it| it.left < gutter && it.right > gutter);
    let mut across: Vec<Row> = Vec::new();
    let mut beside: Vec<Row> = Vec::new();
    for row in rows {
        if crosses(&row) {
            flush(&mut beside, &mut across, gutter, depth, flows);
            across.push(row);
        } else {
            beside.push(row);
        }
    }
    flush(&mut beside, &mut across, gutter, depth, flows);
    if !across.is_empty() {
        split(across, MAX_DEPTH, flows);
    }
}

/// Ends a run of rows that do not cross a gutter: they are columns, or go on with what is above them.
fn flush(
    beside: &mut Vec<Row>,
    across: &mut Vec<Row>,
    gutter: f32,
    depth: usize,
    flows: &mut Vec<Vec<Line>>,
) {
    let rows = std::mem::take(beside);
    if !are_columns(&rows, gutter) {
        across.extend(rows);
        return;
    }
    let above = std::mem::take(across);
    if !above.is_empty() {
        split(above, MAX_DEPTH, flows);
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        let (before, after): (Row, Row) = row.into_iter().partition(|it| it.right <= gutter);
        left.extend(Some(before).filter(|row| !row.is_empty()));
        right.extend(Some(after).filter(|row| !row.is_empty()));
    }
    split(left, depth + 1, flows);
    split(right, depth + 1, flows);
}

/// Returns the place of the gap that most rows leave free, if there are columns beside it.
fn gutter(rows: &[Row]) -> Option<f32> {
    let gaps = |row: &Row| -> Vec<(f32, f32)> {
        row.windows(2).map(|pair| (pair[0].right, pair[1].left)).collect()
    };
    let gaps: Vec<(f32, f32)> = rows.iter().flat_map(gaps).collect();
    // The ends of gaps, in order: at each, as many are open as have begun and not ended.
    let mut ends: Vec<(f32, i32)> =
        gaps.iter().flat_map(|&(from, to)| [(from, 1), (to, -1)]).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut open, mut best) = (0, (0, 0.0));
    for (i, &(at, step)) in ends.iter().enumerate() {
        open += step;
        if open > best.0 {
            let next = ends.get(i + 1).map_or(at, |next| next.0);
            best = (open, f32::midpoint(at, next));
        }
    }
    let (count, at) = best;
    (count as usize >= MIN_ROWS && are_columns(&clear(rows, at), at)).then_some(at)
}

/// Returns the longest run of rows that do not cross a gutter.
fn clear(rows: &[Row], gutter: f32) -> Vec<Row> {
    let crosses = |row: &Row| row.iter().any(|it| it.left < gutter && it.right > gutter);
    let longest = rows.split(crosses).max_by_key(|rows| rows.len());
    longest.map(<[Row]>::to_vec).unwrap_or_default()
}

/// Returns whether rows that do not cross a gutter fill what is on both sides of it, as prose does,
/// and cells of a table do not.
fn are_columns(rows: &[Row], gutter: f32) -> bool {
    let extent = |row: &Row, is_left: bool| {
        let side = row.iter().filter(|it| (it.right <= gutter) == is_left);
        let (left, right) = side.fold((f32::MAX, f32::MIN), |(left, right), it| {
            (left.min(it.left), right.max(it.right))
        });
        (right > left).then_some((left, right))
    };
    let of = |is_left| rows.iter().filter_map(|row| extent(row, is_left)).collect::<Vec<_>>();
    let is_filled = |side: &[(f32, f32)]| {
        if side.len() < MIN_ROWS {
            return false;
        }
        let left = side.iter().fold(f32::MAX, |least, it| least.min(it.0));
        let right = side.iter().fold(f32::MIN, |most, it| most.max(it.1));
        let filled: f32 = side.iter().map(|it| it.1 - it.0).sum::<f32>();
        filled / side.len() as f32 >= FILLED * (right - left) && right - left > 60.0
    };
    is_filled(&of(true)) && is_filled(&of(false))
}

/// Returns a row as a line. Where it only has a wide gap after a mark, as an item of a list has, or
/// between words, it is no row of a table.
fn as_line(row: Row) -> Line {
    /// The least gap between cells, in sizes of the font.
    const CELL: f32 = 1.6;
    let mut cells: Vec<String> = Vec::new();
    let mut last: Option<(f32, f32)> = None;
    let letters: usize = row.iter().map(|it| it.letters).sum();
    let bold: usize = row.iter().map(|it| it.bold).sum();
    let main = row.iter().max_by_key(|it| it.letters);
    let (size, y) = main.map_or((0.0, 0.0), |it| (it.size, it.y));
    let left = row.first().map_or(0.0, |it| it.left);
    let right = row.iter().fold(left, |right, it| right.max(it.right));
    for segment in row {
        let text = segment.text.trim();
        let is_cell = last.is_none_or(|(right, size)| segment.left - right > CELL * size);
        match cells.last_mut().filter(|cell| !is_cell || is_mark(cell)) {
            Some(cell) => {
                cell.push(' ');
                cell.push_str(text);
            }
            None => cells.push(text.to_owned()),
        }
        last = Some((segment.right, segment.size));
    }
    Line { left, right, y, size, bold: 2 * bold > letters, cells }
}

/// Returns whether a text is the mark of an item of a list or the number of a section.
pub(super) fn is_mark(text: &str) -> bool {
    let bullet =
        |c: char| matches!(c, '•' | '◦' | '▪' | '■' | '–' | '-' | '*' | '‣' | '·' | '○' | '●');
    let inner = text.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let marked = inner.len() < text.len() && inner.chars().count() <= 3;
    let numbered = inner.split('.').all(|part| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_bullet = text.chars().count() == 1 && text.chars().all(bullet);
    is_bullet || numbered || (marked && inner.chars().all(char::is_alphanumeric))
}
