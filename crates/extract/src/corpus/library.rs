//! [`Library`]: metadata of many files in one, as programs for references keep it.
//!
//! A file is known by its path, which an entry may have; by its name, which is that of an entry's
//! file or its key; and once it is read by its DOI or address. What fits several entries fits none.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Remark;
use crate::extract::declared::{LibraryEntry, library};
use crate::extract::stem;
use crate::files;
use crate::source::{Metadata, content_hash};
use crate::{Error, Result};

/// The maximum size of a library in bytes.
const MAX_LIBRARY: u64 = 64 << 20;

/// Libraries of references.
#[derive(Default)]
pub struct Library {
    entries: Vec<Entry>,
    /// The numbers of entries by each of their files, whole paths as far as they can be told.
    by_path: HashMap<PathBuf, Option<usize>>,
    by_end: HashMap<String, Option<usize>>,
    by_name: HashMap<String, Option<usize>>,
    by_identifier: HashMap<String, Option<usize>>,
    hash: String,
    /// The files that each entry was found to be about.
    found: Mutex<BTreeMap<usize, BTreeSet<String>>>,
}

struct Entry {
    /// The name of the library.
    library: String,
    key: String,
    metadata: Metadata,
}

impl Library {
    /// Reads libraries.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if one cannot be read, and [`Error::Malformed`] if it is in no notation that
    /// is known.
    pub fn read(paths: &[PathBuf]) -> Result<Self> {
        let mut all = Self::default();
        for path in paths {
            let text =
                files::read_text(path, None, MAX_LIBRARY).map_err(Error::io("read", path))?;
            all.hash = content_hash(format!("{}{text}", all.hash).as_bytes());
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            for entry in library(&text, path)? {
                all.add(name.clone().unwrap_or_default(), &folder, entry);
            }
        }
        Ok(all)
    }

    /// Returns a hash of all of it.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    fn add(&mut self, library: String, folder: &Path, entry: LibraryEntry) {
        let number = self.entries.len();
        let LibraryEntry { key, files, metadata } = entry;
        for file in &files {
            let file = file.replace('\\', "/");
            insert(&mut self.by_path, folder.join(&file), number);
            if let Some(end) = end(&file) {
                insert(&mut self.by_end, end, number);
            }
            let name = file.rsplit('/').next().unwrap_or_default();
            insert(&mut self.by_name, name.to_lowercase(), number);
        }
        insert(&mut self.by_name, key.to_lowercase(), number);
        for identifier in identifiers(&metadata) {
            insert(&mut self.by_identifier, identifier, number);
        }
        self.entries.push(Entry { library, key, metadata });
    }

    /// Returns what is declared of the file at `path`, by its place and its name.
    pub fn of_file(&self, path: &Path) -> Option<&Metadata> {
        let whole = path.to_string_lossy().replace('\\', "/");
        let name = whole.rsplit('/').next().unwrap_or_default().to_lowercase();
        let known =
            |map: &HashMap<String, Option<usize>>, key: &str| map.get(key).copied().flatten();
        let number = self.by_path.get(path).copied().flatten();
        let number = number.or_else(|| known(&self.by_end, &end(&whole)?));
        let number = number.or_else(|| known(&self.by_name, &name));
        let number = number.or_else(|| known(&self.by_name, stem(&name)))?;
        self.note(number, whole);
        Some(&self.entries[number].metadata)
    }

    /// Returns what is declared of a source in the file at `path` that declares this of itself, by
    /// its DOI or address.
    pub fn of_source(&self, path: &Path, metadata: &Metadata) -> Option<&Metadata> {
        let numbers = identifiers(metadata).into_iter();
        let number =
            numbers.filter_map(|it| self.by_identifier.get(&it).copied().flatten()).next()?;
        self.note(number, path.to_string_lossy().replace('\\', "/"));
        Some(&self.entries[number].metadata)
    }

    fn note(&self, number: usize, file: String) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.entry(number).or_default().insert(file);
    }

    /// Returns messages about entries that are about no file, and about more than one.
    pub fn remarks(&self) -> Vec<Remark> {
        /// The number of entries that are named.
        const NAMED: usize = 10;
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut remarks: Vec<Remark> = Vec::new();
        let mut libraries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (number, entry) in self.entries.iter().enumerate() {
            let Some(files) = found.get(&number) else {
                libraries.entry(&entry.library).or_default().push(&entry.key);
                continue;
            };
            if let (Some(first), Some(last), 2..) = (files.first(), files.last(), files.len()) {
                let (key, count) = (&entry.key, files.len());
                let message =
                    format!("entry {key} is about {count} files, among them {first} and {last}");
                remarks.push(Remark { file: entry.library.clone(), message });
            }
        }
        remarks.truncate(NAMED);
        for (library, keys) in libraries {
            let more = if keys.len() > NAMED { ", …" } else { "" };
            let named = keys[..keys.len().min(NAMED)].join(", ");
            let entries = if keys.len() == 1 { "entry" } else { "entries" };
            let count = keys.len();
            let message = format!("has {count} {entries} about no file: {named}{more}");
            remarks.push(Remark { file: library.to_owned(), message });
        }
        remarks
    }
}

/// Enters an entry. What fits several is left open.
fn insert<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Option<usize>>, key: K, number: usize) {
    map.entry(key)
        .and_modify(|known| {
            if *known != Some(number) {
                *known = None;
            }
        })
        .or_insert(Some(number));
}

/// Returns the last two parts of a path, which stay when a folder of attachments is moved.
fn end(path: &str) -> Option<String> {
    let mut parts = path.rsplit('/');
    let (name, folder) = (parts.next()?, parts.next()?);
    (!folder.is_empty()).then(|| format!("{folder}/{name}"))
}

/// Returns by what a source is known everywhere: its DOI, and its address without what differs from
/// link to link.
fn identifiers(metadata: &Metadata) -> Vec<String> {
    let mut found = Vec::new();
    let address = metadata.url().map(|url| {
        let bare = url.split('#').next().unwrap_or_default().trim().trim_end_matches('/');
        let bare = bare.split_once("://").map_or(bare, |(_, bare)| bare);
        bare.strip_prefix("www.").unwrap_or(bare).to_owned()
    });
    let of_address = |address: &String| {
        let rest = address.strip_prefix("doi.org/").or(address.strip_prefix("dx.doi.org/"))?;
        Some(rest.to_owned())
    };
    let doi = metadata.text("DOI").map(|doi| doi.rsplit_once("doi.org/").map_or(doi, |it| it.1));
    let doi = doi.map(str::to_owned).or(address.as_ref().and_then(of_address));
    found.extend(doi.map(|doi| format!("doi:{}", doi.trim().to_lowercase())));
    found.extend(address.filter(|it| !it.is_empty()));
    found
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::Provenance;

    #[test]
    fn files_are_known_by_path_name_and_identifier() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("refs.bib");
        let text = "@book{whole, title = {Whole}, file = {papers/a.pdf}}
            @book{moved, title = {Moved}, file = {Full text:/old/storage/KEY8/b.pdf:application/pdf}}
            @book{key-only, title = {Key}}
            @book{doi, title = {Doi}, doi = {10.1000/X}}
            @online{address, title = {Address}, url = {https://www.lowland.example/a/}}
            @book{one, title = {One}, file = {x/same.pdf}}
            @book{two, title = {Two}, file = {y/same.pdf}}";
        fs::write(&path, text).unwrap();
        let library = Library::read(std::slice::from_ref(&path)).unwrap();
        let title = |file: &str| {
            let found = library.of_file(&folder.path().join(file));
            found.and_then(Metadata::title).map(str::to_owned)
        };
        assert_eq!(title("papers/a.pdf").as_deref(), Some("Whole"));
        assert_eq!(title("other/KEY8/b.pdf").as_deref(), Some("Moved"));
        assert_eq!(title("c/Key-Only.txt").as_deref(), Some("Key"));
        assert_eq!(title("x/same.pdf").as_deref(), Some("One"));
        assert_eq!((title("z/same.pdf"), title("z/none.pdf")), (None, None));
        for (variable, value, expected) in [
            ("DOI", "10.1000/x", Some("Doi")),
            ("URL", "https://doi.org/10.1000/x", Some("Doi")),
            ("URL", "http://lowland.example/a#part", Some("Address")),
            ("URL", "http://lowland.example/b", None),
        ] {
            let mut metadata = Metadata::default();
            metadata.set(variable, value.into(), Provenance::Declared);
            let found = library.of_source(Path::new(value), &metadata);
            assert_eq!(found.and_then(Metadata::title), expected, "{value}");
        }
        let told: Vec<String> = library.remarks().into_iter().map(|it| it.message).collect();
        assert_eq!(
            told,
            [
                "entry doi is about 2 files, among them 10.1000/x and https://doi.org/10.1000/x",
                "has 1 entry about no file: two",
            ]
        );
        let missing = Library::read(&[folder.path().join("none.bib")]);
        assert!(missing.is_err_and(|error| error.to_string().contains("none.bib")));
    }
}
