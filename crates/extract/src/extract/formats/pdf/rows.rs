//! Puts the runs of a page together to lines, in the order in which they are read.
//!
//! A row has what stands at one height. Where rows leave the same place free, one after the other,
//! and fill what is beside it, they are lines of columns, and the left column is read before the
//! right.

use super::wire::Run;
use super::words::SPACE;

/// The least gap between two stretches of a row that are not one line, in sizes of the font.
const GAP: f32 = 0.85;

/// The most that two runs of one row differ in height, in sizes of the smaller font.
const HEIGHT: f32 = 0.45;

/// The fewest lines of a column.
const MIN_ROWS: usize = 4;

/// The most places that are tried for a gutter.
const MAX_PLACES: usize = 32;

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
    /// Set if most of it is bold.
    pub(super) bold: bool,
    /// Its text: of what may be a row of a table, that of each cell.
    pub(super) cells: Vec<String>,
    /// The widest gap between cells, in sizes of the font.
    pub(super) gap: f32,
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

/// Returns the text of a run that is joined to what is `beside` it, of a size and a height: figures
/// that are raised, as the mark of a note or an exponent, stay apart from its letters.
fn joined(run: &Run, (size, y): (f32, f32)) -> String {
    /// The least by which they are raised, in sizes of the font beside them.
    const RAISED: f32 = 0.15;
    let is_raised = run.size < 0.9 * size && run.y - y > RAISED * size;
    if !is_raised || !run.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return run.text.clone();
    }
    let letters = run.text.chars();
    letters.map(|c| c.to_digit(10).map_or(c, |digit| RAISED_DIGITS[digit as usize])).collect()
}

/// The figures from 0 to 9, raised.
const RAISED_DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Returns the rows of a page as lines, top to bottom, without regard to columns.
pub(super) fn rows(runs: &[Run]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    let foot = |i: usize| runs[i].y;
    order.sort_by(|&a, &b| foot(b).total_cmp(&foot(a)).then(runs[a].x.total_cmp(&runs[b].x)));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for i in order {
        let run = &runs[i];
        // Lines of a column may stand beside the space between two lines of another.
        let fits = rows.last().is_some_and(|row| {
            let first = row.iter().map(|&j| &runs[j]).max_by(|a, b| a.size.total_cmp(&b.size));
            first.is_some_and(|first| (first.y - run.y).abs() < HEIGHT * first.size.min(run.size))
        });
        match rows.last_mut().filter(|_| fits) {
            Some(row) => row.push(i),
            None => rows.push(vec![i]),
        }
    }
    lower(runs, &mut rows);
    for row in &mut rows {
        row.sort_by(|&a, &b| runs[a].x.total_cmp(&runs[b].x));
    }
    rows
}

/// Moves what is raised or lowered, as the mark of a note, to the row of the text beside it.
fn lower(runs: &[Run], rows: &mut Vec<Vec<usize>>) {
    /// The most marks between two lines.
    const MARKS: usize = 64;
    for i in 0..rows.len() {
        if rows[i].len() > MARKS {
            continue;
        }
        let (mut stays, mut moves) = (Vec::new(), Vec::new());
        for run in std::mem::take(&mut rows[i]) {
            let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten();
            let followed = |&row: &usize| {
                rows.get(row)
                    .is_some_and(|row| row.iter().any(|&it| follows(&runs[run], &runs[it])))
            };
            match beside.into_iter().find(followed) {
                Some(row) => moves.push((run, row)),
                None => stays.push(run),
            }
        }
        rows[i] = stays;
        for (run, row) in moves {
            rows[row].push(run);
        }
    }
    rows.retain(|row| !row.is_empty());
}

/// Returns whether a small run is beside the end of a larger one, or its start, and not much above
/// or below it.
fn follows(small: &Run, large: &Run) -> bool {
    let behind = small.x - (large.x + large.width);
    let before = large.x - (small.x + small.width);
    small.size < 0.9 * large.size
        && (small.y - large.y).abs() < HEIGHT * large.size
        && (behind.abs() < 0.3 * large.size || before.abs() < 0.3 * large.size)
}

/// Returns the lines of rows of a page in reading order: in flows, each a column or what lies
/// across columns.
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
        let right = run.x + run.width.max(0.0);
        if let Some(last) = segments.last_mut() {
            let gap = run.x - last.right;
            // A heading of one column stands beside the text of the other.
            let size = last.size.min(run.size).max(1.0);
            if gap < GAP * size {
                // The same text at the same place is drawn twice to make it bold.
                if gap < -0.5 * run.width && last.text.ends_with(run.text.trim()) {
                    continue;
                }
                // The mark of a note stands before its text, too.
                let mark =
                    Run { text: last.text.clone(), size: last.size, y: last.y, ..run.clone() };
                let is_mark = joined(&mark, (run.size, run.y)) != last.text;
                if is_mark {
                    last.text = joined(&mark, (run.size, run.y));
                }
                let apart = last.text.ends_with(' ') || run.text.starts_with(' ');
                if (gap > SPACE * size || is_mark) && !apart {
                    last.text.push(' ');
                }
                last.text.push_str(&joined(run, (last.size, last.y)));
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

/// Splits rows at the place that they leave free.
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

/// Ends a run of rows that do not cross a gutter: they are columns, or go on with what is above
/// them.
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

/// Returns the place that has many stretches beside it, and few across, with columns on both sides.
/// The lines of columns need not stand at the same height.
fn gutter(rows: &[Row]) -> Option<f32> {
    let segments = rows.iter().flatten();
    // Where stretches end and begin, in order; one that ends where another begins is not beside it.
    let mut edges: Vec<(f32, bool)> =
        segments.flat_map(|it| [(it.left, true), (it.right, false)]).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let all = edges.len() / 2;
    let (mut begun, mut ended) = (0, 0);
    let mut places: Vec<(i64, f32, f32)> = Vec::new();
    for pair in edges.windows(2) {
        let ((at, is_left), (next, _)) = (pair[0], pair[1]);
        if is_left {
            begun += 1;
        } else {
            ended += 1;
        }
        let (beside, across) = (ended.min(all - begun), begun - ended);
        if beside >= MIN_ROWS && next > at {
            places.push((beside as i64 - across as i64, next - at, f32::midpoint(at, next)));
        }
    }
    places.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let places = places.into_iter().take(MAX_PLACES).map(|(_, _, at)| at);
    places.into_iter().find(|&at| are_columns(&clear(rows, at), at))
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
    let mut widest = 0.0_f32;
    let mut last: Option<(f32, f32)> = None;
    let letters: usize = row.iter().map(|it| it.letters).sum();
    let bold: usize = row.iter().map(|it| it.bold).sum();
    let main = row.iter().max_by_key(|it| it.letters);
    let (size, y) = main.map_or((0.0, 0.0), |it| (it.size, it.y));
    let left = row.first().map_or(0.0, |it| it.left);
    let right = row.iter().fold(left, |right, it| right.max(it.right));
    for segment in row {
        // Lines are filled out with wider spaces, and more of them.
        let text = segment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let gap = last
            .map_or(f32::MAX, |(right, size): (f32, f32)| (segment.left - right) / size.max(1.0));
        match cells.last_mut().filter(|cell| gap <= CELL || is_mark(cell)) {
            Some(cell) => {
                cell.push(' ');
                cell.push_str(&text);
            }
            None => {
                if !cells.is_empty() {
                    widest = widest.max(gap);
                }
                cells.push(text);
            }
        }
        last = Some((segment.right, segment.size));
    }
    Line { left, right, y, size, bold: 2 * bold > letters, cells, gap: widest }
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
