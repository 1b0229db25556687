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
    let mut nearest: Option<usize> = None;
    for entry in sources(reader, file)? {
        let passages = reader.passages(&entry.source.id)?;
        if let Some(id) = passages.iter().find_map(|passage| on_line(passage, line)) {
            return Ok(id);
        }
        // The next paragraph is nearer than any before.
        let begins = passages.iter().map(|passage| passage.start.line).chain(nearest);
        let (after, before): (Vec<_>, Vec<_>) = begins.partition(|&begins| begins > line);
        nearest = after.into_iter().min().or(before.into_iter().max());
    }
    let message = format!("{file} has no paragraph on line {line}");
    let near = nearest.unwrap_or(1);
    Err(Error::usage(message, format!("the nearest one begins on line {near}")))
}

/// Returns the sources in a file, in its order.
fn sources(reader: &Reader, file: &str) -> Result<Vec<Entry>> {
    let path = Path::new(file).canonicalize().ok();
    let mut found: Vec<Entry> = Vec::new();
    let mut named: Vec<Entry> = Vec::new();
    for entry in reader.sources()? {
        if path.as_ref() == Some(&entry.path) {
            found.push(entry);
        } else if entry.source.file == file {
            named.push(entry);
        }
    }
    if found.is_empty() {
        found = named;
    }
    let Some(first) = found.first() else { return Ok(vec![ids::source(reader, file)?]) };
    if found.iter().any(|entry| entry.path != first.path) {
        let message = format!("several sources have a file {file}");
        return Err(Error::usage(message, "name it by its path from here"));
    }
    if found.iter().any(|entry| entry.source.member != first.source.member) {
        let message = format!("{file} is an archive, whose members have lines of their own");
        return Err(Error::usage(message, format!("name a source, such as {}", first.source.id)));
    }
    found.sort_by_key(|entry| entry.source.record.map(|record| record.number));
    Ok(found)
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
