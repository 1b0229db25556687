//! [`Facets`]: the publishers, years, languages and formats that sources can be filtered by.

use std::collections::BTreeMap;

use crate::refusal::Refusal;
use pincite_core::index::Entry;
use pincite_core::source::SourceId;

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
    /// Formats of files, in the order of their names, with the sources of each.
    formats: BTreeMap<String, Vec<SourceId>>,
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
        let mut formats = BTreeMap::<String, Vec<SourceId>>::new();
        for entry in entries {
            formats.entry(entry.format().to_owned()).or_default().push(entry.source.id.clone());
        }
        Self {
            formats,
            publishers,
            years: years.into_iter().rev().collect(),
            languages: languages.into_iter().collect(),
        }
    }
}

impl Facets {
    /// Formats of files, each with the number of its sources.
    pub(crate) fn formats(&self) -> Vec<(String, usize)> {
        self.formats.iter().map(|(name, sources)| (name.clone(), sources.len())).collect()
    }

    /// The sources of a format.
    pub(crate) fn of_format(&self, name: &str) -> Result<Vec<SourceId>, Refusal> {
        self.formats.get(name).cloned().ok_or_else(|| {
            let names: Vec<&str> = self.formats.keys().map(String::as_str).collect();
            let detail = format!("the index has no source of the format “{name}”");
            Refusal::bad_request(detail).with_hint(format!("it has {}", names.join(", ")))
        })
    }
}

fn counted(values: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    counts
}
