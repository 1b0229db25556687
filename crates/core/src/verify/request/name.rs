//! Finds the sources that go by the name that a text gives.

use crate::index::Entry;
use crate::source::PassageId;
use crate::text;

/// Finds the sources that `name` may mean: all of it, or those of its parts that are names (“GSDN,
/// 16 October 2025”).
pub(in crate::verify) fn named(name: &str, entries: &[Entry]) -> Vec<Entry> {
    let whole: Vec<Entry> = entries.iter().filter(|entry| bears(entry, name)).cloned().collect();
    if !whole.is_empty() {
        return whole;
    }
    let mut known = Vec::new();
    for part in parts(name) {
        if entries.iter().any(|entry| bears(entry, part)) {
            known.push(part);
        }
    }
    let all = |entry: &&Entry| known.iter().all(|part| bears(entry, part));
    let any = |entry: &&Entry| known.iter().any(|part| bears(entry, part));
    let sources: Vec<Entry> = entries.iter().filter(all).cloned().collect();
    if known.is_empty() {
        Vec::new()
    } else if sources.is_empty() {
        entries.iter().filter(any).cloned().collect()
    } else {
        sources
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

/// Returns whether a source goes by `name`: its id, one of its passages' ids, its file, title,
/// publisher, author or address.
fn bears(entry: &Entry, name: &str) -> bool {
    let name = name.trim();
    let source = &entry.source;
    let file = source.file.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let passage = name.parse::<PassageId>().is_ok_and(|id| id.source == source.id);
    let metadata = &source.metadata;
    let said = [Some(source.id.as_str()), Some(&source.file), Some(file), Some(stem)];
    let titles =
        ["title", "title-short", "container-title", "container-title-short", "publisher", "URL"];
    let mut said = said.into_iter().chain(titles.map(|variable| metadata.text(variable))).flatten();
    passage
        || said.any(|said| same(said, name))
        || metadata.names("author").iter().any(|author| {
            let family = match author {
                crate::source::Name::Person { family, .. } => same(family, name),
                crate::source::Name::Literal(_) => false,
            };
            family || same(&author.display(), name)
        })
}

/// Returns whether two names have the same words.
fn same(a: &str, b: &str) -> bool {
    let folded = |name: &str| {
        text::words(name).map(|word| text::fold(word.text).into_owned()).collect::<Vec<_>>()
    };
    let (a, b) = (folded(a), folded(b));
    !a.is_empty() && a == b
}
