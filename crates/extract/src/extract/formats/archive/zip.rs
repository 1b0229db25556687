//! Lists the members of a ZIP archive, and of a collection of archives of web pages (WACZ), which
//! is one.

use std::collections::HashMap;

use rawzip::{RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipLocator};

use super::super::package::{Entry, Fault};
use super::members::{Container, Listed, Listing};
use super::{damaged, limit, name, too_large};
use crate::extract::{Content, Room, Unreadable};
use crate::files::MAX_TEXT;

struct Zip {
    archive: ZipArchive<Content>,
    entries: Vec<Entry>,
}

impl Container for Zip {
    fn unpack(&self, n: usize) -> Result<Vec<u8>, Unreadable> {
        let entry = &self.entries[n];
        // Count what is listed against the room.
        let most = limit(entry.packed(), MAX_TEXT);
        let limit = most.min(entry.size());
        entry.unpack(&self.archive, limit).map_err(|fault| match fault {
            Fault::Encrypted => Unreadable("is encrypted".to_owned()),
            Fault::Large if entry.size() > limit => too_large(entry.packed(), most),
            Fault::Large => Unreadable("is damaged: it is larger than it is said to be".to_owned()),
            Fault::Damaged(why) => Unreadable(format!("is damaged: {why}")),
        })
    }
}

/// Lists the files in an archive. Of two of one name neither is read: programs do not agree on
/// which of them counts.
pub(super) fn list(content: Content, room: &Room) -> Result<Listing, Unreadable> {
    if !content.reader(0).is_at(b"PK").map_err(|error| damaged(&error))? {
        return Err(Unreadable("is no ZIP archive".to_owned()));
    }
    // The list is at the end.
    let content = match content.len() {
        Some(_) => content,
        None => content.into_bytes(MAX_TEXT).map_err(|error| damaged(&error))?.into(),
    };
    let len = content.len().unwrap_or_default();
    let no_list =
        |_| Unreadable("is damaged: the list at the end of the archive is missing".to_owned());
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = ZipLocator::new().locate_in_reader(content, &mut buffer, len).map_err(no_list)?;
    let mut found: Vec<(String, Entry)> = Vec::new();
    let mut warnings = Vec::new();
    let mut list = archive.entries(&mut buffer);
    loop {
        let damaged = || Unreadable("is damaged: its list of entries cannot be read".to_owned());
        let Some(entry) = list.next_entry().map_err(|_| damaged())? else { break };
        if entry.is_dir() {
            continue;
        }
        if found.len() == room.members() {
            warnings.push(room.too_many());
            break;
        }
        let name = String::from_utf8_lossy(name::bounded(entry.file_path().as_ref())).into_owned();
        found.push((name, Entry::of(&entry)));
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in &found {
        *counts.entry(name).or_default() += 1;
    }
    let doubles = counts.values().filter(|&&count| count > 1).count();
    if doubles > 0 {
        warnings.push(format!("has {doubles} name(s) more than once: such members are not read"));
    }
    let single: Vec<bool> = found.iter().map(|(name, _)| counts[name.as_str()] == 1).collect();
    let mut members = Vec::new();
    let mut entries = Vec::new();
    for ((name, entry), _) in found.into_iter().zip(single).filter(|(_, single)| *single) {
        members.push(Listed::named(name, entry.size()));
        entries.push(entry);
    }
    Ok(Listing { container: Box::new(Zip { archive, entries }), members, warnings, is_flat: false })
}

/// Lists the archives of web pages in a collection. All else in it is about them.
pub(super) fn list_collection(content: Content, room: &Room) -> Result<Listing, Unreadable> {
    let mut listing = list(content, room)?;
    for member in &mut listing.members {
        if !member.name.starts_with("archive/") {
            member.pass_over();
        }
    }
    Ok(Listing { is_flat: true, ..listing })
}
