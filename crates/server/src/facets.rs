//! [`Facets`]: the publishers, years, languages and formats that sources can be filtered by.

use std::collections::BTreeMap;

use pincite_core::index::Entry;

/// The most publishers that are offered: the ones with the most sources.
const PUBLISHERS: usize = 40;

/// The values of sources that a search can be limited to, each with the number of sources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Facets {
    /// Publishers, in alphabetical order.
    pub(crate) publishers: Vec<(String, usize)>,
    /// Years of publication, the latest first.
    pub(crate) years: Vec<(String, usize)>,
    /// Languages, in the order of their codes.
    pub(crate) languages: Vec<(String, usize)>,
    /// Formats of files, in the order of their names.
    pub(crate) formats: Vec<(String, usize)>,
}

impl Facets {
    /// Counts the values of `entries`.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let metadata = || entries.iter().map(|entry| &entry.source.metadata);
        let publishers = counted(metadata().filter_map(|it| it.publisher().map(str::to_owned)));
        let mut publishers: Vec<_> = publishers.into_iter().collect();
        publishers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        publishers.truncate(PUBLISHERS);
        publishers.sort();
        let year = |date: pincite_core::text::PartialDate| format!("{:04}", date.year());
        let years = counted(metadata().filter_map(|it| it.issued().map(year)));
        let languages = counted(entries.iter().filter_map(|entry| entry.source.language.clone()));
        let formats = counted(entries.iter().map(|entry| entry.format().to_owned()));
        Self {
            publishers,
            years: years.into_iter().rev().collect(),
            languages: languages.into_iter().collect(),
            formats: formats.into_iter().collect(),
        }
    }
}

fn counted(values: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    counts
}
