//! From a line of a file, as editors and compilers name it, to the sentences that are there.

use std::path::Path;

use super::ids;
use super::snapshot::Snapshot;
use crate::index::{Entry, Reader};
use crate::source::{Passage, PassageId, Sentences};
use crate::{Error, Result};

/// Splits `FILE:LINE`; `None` for anything else.
pub(super) fn parse(typed: &str) -> Option<(&str, usize)> {
    let (file, line) = typed.rsplit_once(':')?;
    let line = line.parse().ok().filter(|&line| line > 0)?;
    (!file.is_empty()).then_some((file, line))
}

/// Finds the sentences on `line` of `file`: a path, or the name that a source has in the index.
pub(super) fn locate(snapshot: &Snapshot, file: &str, line: usize) -> Result<PassageId> {
    let reader = snapshot.reader();
    let entry = source(reader, file)?;
    let passages = reader.passages(&entry.source.id)?;
    match passages.iter().find_map(|passage| on_line(passage, line)) {
        Some(id) => Ok(id),
        None => {
            let message = format!("{file} has no paragraph on line {line}");
            let next = passages.iter().find(|passage| passage.start.line > line);
            let near = next.or(passages.last()).map_or(1, |passage| passage.start.line);
            Err(Error::usage(message, format!("the nearest one begins on line {near}")))
        }
    }
}

fn source(reader: &Reader, file: &str) -> Result<Entry> {
    let path = Path::new(file).canonicalize().ok();
    let mut named = Vec::new();
    for entry in reader.sources()? {
        if path.as_ref() == Some(&entry.path) {
            return Ok(entry);
        }
        if entry.source.file == file {
            named.push(entry);
        }
    }
    match named.pop() {
        Some(entry) if named.is_empty() => Ok(entry),
        Some(_) => {
            let message = format!("several sources have a file {file}");
            Err(Error::usage(message, "name it by its path from here"))
        }
        None => ids::source(reader, file),
    }
}

/// Returns the sentences of a passage of which a part is on `line`, if there are any.
fn on_line(passage: &Passage, line: usize) -> Option<PassageId> {
    let mut at = 0;
    let mut here = passage.start.line;
    let mut on = Vec::new();
    for (sentence, number) in passage.sentences.iter().zip(1u32..) {
        here += breaks(passage.text.get(at..sentence.start)?);
        let first = here;
        here += breaks(passage.text.get(sentence.start..sentence.end)?);
        at = sentence.end;
        if (first..=here).contains(&line) {
            on.push(number);
        }
    }
    let sentences = Sentences { first: *on.first()?, last: *on.last()? };
    Some(PassageId { sentences: Some(sentences), ..passage.id() })
}

/// Counts the line breaks of a text: `\n`, `\r\n` or a lone `\r`.
fn breaks(text: &str) -> usize {
    let lone = text.match_indices('\r').filter(|(at, _)| !text[at + 1..].starts_with('\n'));
    text.matches('\n').count() + lone.count()
}
