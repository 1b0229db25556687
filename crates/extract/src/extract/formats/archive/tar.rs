//! Lists the members of an archive of `tar`.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use super::damaged;
use super::members::{Container, Listed, Listing};
use super::name;
use crate::extract::{Content, Reader, Room, Unreadable};
use crate::text::Span;

struct Tar {
    content: Content,
    /// The place of each member.
    spans: Vec<Span>,
}

impl Container for Tar {
    fn unpack(&self, n: usize) -> Result<Vec<u8>, Unreadable> {
        self.content.slice(self.spans[n]).map_err(|error| damaged(&error))
    }
}

/// Lists the files in an archive. Of several of one name, as `tar` adds them when it updates an
/// archive, the last counts.
pub(super) fn list(content: Content, room: &Room) -> Result<Listing, Unreadable> {
    let left = Rc::new(Cell::new(Heads::MAX));
    let mut archive = ::tar::Archive::new(Heads { reader: content.reader(0), left: left.clone() });
    let no_tar = |error: io::Error| match error.kind() {
        io::ErrorKind::FileTooLarge => damaged(&error),
        _ => Unreadable("is damaged, or no archive of tar".to_owned()),
    };
    let mut found: Vec<(String, Span)> = Vec::new();
    let mut warnings = Vec::new();
    for entry in archive.entries_with_seek().map_err(no_tar)? {
        left.set(Heads::MAX);
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if !found.is_empty() => {
                let message = match error.kind() {
                    io::ErrorKind::FileTooLarge => error.to_string(),
                    _ => format!("is damaged after member {}", found.len()),
                };
                warnings.push(format!("{message}: what follows is not read"));
                break;
            }
            Err(error) => return Err(no_tar(error)),
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path_bytes();
        let name = String::from_utf8_lossy(name::bounded(&path)).into_owned();
        let start = usize::try_from(entry.raw_file_position()).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(entry.size()).unwrap_or(usize::MAX));
        if content.len().is_some_and(|len| end as u64 > len) {
            warnings.push(format!("is cut off in its last member, {name:?}: it is not read"));
            break;
        }
        if found.len() == room.members() {
            warnings.push(room.too_many());
            break;
        }
        found.push((name, Span::new(start, end)));
    }
    let last: HashMap<&str, usize> =
        found.iter().enumerate().map(|(i, (name, _))| (name.as_str(), i)).collect();
    let kept = |i: usize, name: &str| last.get(name) == Some(&i);
    let kept: Vec<bool> = found.iter().enumerate().map(|(i, (name, _))| kept(i, name)).collect();
    let mut members = Vec::new();
    let mut spans = Vec::new();
    for ((name, span), _) in found.into_iter().zip(kept).filter(|(_, kept)| *kept) {
        members.push(Listed::named(name, span.len() as u64));
        spans.push(span);
    }
    Ok(Listing { container: Box::new(Tar { content, spans }), members, warnings, is_flat: false })
}

/// Reads what stands between the contents of members, which are passed over. A long name and the
/// like are read whole, so they are bounded.
struct Heads {
    reader: Reader,
    /// The number of bytes that may be read up to the next member.
    left: Rc<Cell<usize>>,
}

impl Heads {
    const MAX: usize = 1 << 20;
}

impl Read for Heads {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.left.set(self.left.get().checked_sub(read).ok_or(io::ErrorKind::InvalidData)?);
        Ok(read)
    }
}

impl Seek for Heads {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}
