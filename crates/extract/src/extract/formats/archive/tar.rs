//! Lists the members of an archive of `tar`.

use std::collections::HashMap;
use std::io::Cursor;

use super::members::{Container, Listed, Listing};
use crate::extract::{Room, Unreadable};
use crate::text::Span;

struct Tar {
    bytes: Vec<u8>,
    /// The place of each member.
    spans: Vec<Span>,
}

impl Container for Tar {
    fn unpack(&self, n: usize) -> Result<Vec<u8>, Unreadable> {
        let span = self.spans[n];
        Ok(self.bytes[span.start..span.end].to_vec())
    }
}

/// Lists the files in an archive. Of several of one name, as `tar` adds them when it updates an
/// archive, the last counts.
pub(super) fn list(bytes: Vec<u8>, room: &Room) -> Result<Listing, Unreadable> {
    let mut archive = ::tar::Archive::new(Cursor::new(bytes.as_slice()));
    let damaged = |_| Unreadable("is damaged, or no archive of tar".to_owned());
    let mut found: Vec<(String, Span)> = Vec::new();
    let mut warnings = Vec::new();
    for entry in archive.entries_with_seek().map_err(damaged)? {
        let entry = match entry {
            Ok(entry) => entry,
            Err(_) if !found.is_empty() => {
                let message = format!("is damaged after member {}", found.len());
                warnings.push(format!("{message}: what follows is not read"));
                break;
            }
            Err(error) => return Err(damaged(error)),
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let start = usize::try_from(entry.raw_file_position()).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(entry.size()).unwrap_or(usize::MAX));
        if end > bytes.len() {
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
    Ok(Listing { container: Box::new(Tar { bytes, spans }), members, warnings, is_flat: false })
}
