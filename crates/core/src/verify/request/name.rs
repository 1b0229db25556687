//! [`Names`]: finds the sources that go by the name that a text gives.

use std::collections::HashMap;

use crate::Result;
use crate::index::{Entry, Library};
use crate::source::{Name, PassageId, SourceId};
use crate::text;

/// The sources of an index by all the names that they go by. The names are folded once, so that a
/// draft of many quotations costs no more than one pass over the sources.
pub(in crate::verify) struct Names {
    ids: Vec<SourceId>,
    places: HashMap<SourceId, usize>,
    /// The sources that go by each name, folded, in order.
    known: HashMap<String, Vec<usize>>,
}

impl Names {
    /// The names of the sources of an index.
    ///
    /// # Errors
    /// Those of reading it.
    pub(in crate::verify) fn of(library: &dyn Library) -> Result<Self> {
        let mut sources: Vec<(SourceId, Vec<String>)> = Vec::new();
        library.each_source(&mut |entry| {
            let names = names(&entry).iter().map(|name| folded(name)).collect();
            sources.push((entry.source.id, names));
        })?;
        sources.sort_unstable();
        let mut known: HashMap<String, Vec<usize>> = HashMap::new();
        let (mut ids, mut places) = (Vec::with_capacity(sources.len()), HashMap::new());
        for (i, (id, names)) in sources.into_iter().enumerate() {
            places.insert(id.clone(), i);
            for name in names {
                // Most names are one source's.
                let bearers = known.entry(name).or_insert_with(|| Vec::with_capacity(1));
                if bearers.last() != Some(&i) {
                    bearers.push(i);
                }
            }
            ids.push(id);
        }
        // A string without words names nothing.
        known.remove("");
        Ok(Self { ids, places, known })
    }

    /// Finds the sources that `name` may mean: all of it, or those of its parts that are names
    /// (“GSDN, 16 October 2025”).
    pub(in crate::verify) fn named(&self, name: &str) -> Vec<SourceId> {
        let mut found = self.bearers(name);
        if found.is_empty() {
            let known = parts(name).map(|part| self.bearers(part)).filter(|all| !all.is_empty());
            let known: Vec<Vec<usize>> = known.collect();
            found = known.first().cloned().unwrap_or_default();
            for other in known.iter().skip(1) {
                found.retain(|i| other.binary_search(i).is_ok());
            }
            if found.is_empty() {
                found = known.concat();
                found.sort_unstable();
                found.dedup();
            }
        }
        found.into_iter().map(|i| self.ids[i].clone()).collect()
    }

    /// The sources that go by all of `name`, in order.
    fn bearers(&self, name: &str) -> Vec<usize> {
        let name = name.trim();
        let mut found = self.known.get(&folded(name)).cloned().unwrap_or_default();
        let passage = name.parse::<PassageId>().ok();
        if let Some(&i) = passage.and_then(|id| self.places.get(&id.source))
            && let Err(at) = found.binary_search(&i)
        {
            found.insert(at, i);
        }
        found
    }
}

/// The paragraph that `name` names, if it is, or has in it, a passage id.
pub(in crate::verify) fn paragraph(name: &str) -> Option<u32> {
    std::iter::once(name)
        .chain(parts(name))
        .find_map(|part| Some(part.trim().parse::<PassageId>().ok()?.paragraph))
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split([',', ';', '|', '(', ')', '[', ']']).map(str::trim).filter(|part| !part.is_empty())
}

/// The names that a source goes by: its id, file, title, publisher, authors and address.
fn names(entry: &Entry) -> Vec<String> {
    let source = &entry.source;
    let file = source.file.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let metadata = &source.metadata;
    let titles =
        ["title", "title-short", "container-title", "container-title-short", "publisher", "URL"];
    let said = [Some(source.id.as_str()), Some(&source.file), Some(file), Some(stem)];
    let said = said.into_iter().chain(titles.map(|variable| metadata.text(variable))).flatten();
    let mut names: Vec<String> = said.map(str::to_owned).collect();
    for author in metadata.names("author") {
        names.push(author.display());
        if let Name::Person { family, .. } = author {
            names.push(family.to_owned());
        }
    }
    names
}

/// The words of a name, folded: names with the same words are the same.
fn folded(name: &str) -> String {
    let words: Vec<_> = text::words(name).map(|word| text::fold(word.text)).collect();
    words.join(" ")
}
