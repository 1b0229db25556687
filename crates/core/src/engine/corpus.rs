//! [`Corpus`]: the folders that an answer may come from.

use std::collections::HashSet;
use std::path::PathBuf;

use super::ids;
use super::snapshot::Snapshot;
use crate::index::{NotRead, nothing_to_index};
use crate::query::Filters;
use crate::source::SourceId;
use crate::{Error, Result};

/// The folders that an answer may come from, of all that the index has.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Files and folders; a source belongs to the corpus if its file is one of them or below one.
    pub folders: Vec<PathBuf>,
    /// The files there in formats that are not read, as the last update reported them: said in the
    /// error where the corpus has no source.
    pub not_read: NotRead,
}

impl Corpus {
    /// The error that there is no readable file in the corpus.
    pub(super) fn nothing_in_it(&self) -> Error {
        nothing_to_index(&self.folders, &self.not_read)
    }

    /// The sources of the corpus; `None` where they are all that there are.
    fn sources(&self, snapshot: &Snapshot) -> Result<Option<Vec<SourceId>>> {
        let mut folders = Vec::with_capacity(self.folders.len());
        for folder in &self.folders {
            folders.push(folder.canonicalize().map_err(Error::io("read", folder))?);
        }
        let mut sources = snapshot.reader().sources()?;
        let all = sources.len();
        sources.retain(|entry| folders.iter().any(|folder| entry.path.starts_with(folder)));
        if sources.is_empty() {
            return Err(self.nothing_in_it());
        }
        if sources.len() == all {
            return Ok(None);
        }
        Ok(Some(sources.into_iter().map(|entry| entry.source.id).collect()))
    }
}

/// Restricts `filters` to the sources of `corpus` and of the format that they name, and refuses ids,
/// languages and formats that the index does not have: a slip in one would otherwise pass for sources
/// that say nothing of the matter.
pub(super) fn restrict(
    filters: &Filters,
    corpus: Option<&Corpus>,
    snapshot: &Snapshot,
) -> Result<Filters> {
    filters.check()?;
    let mut filters = filters.clone();
    if let Some(corpus) = corpus {
        filters.among = corpus.sources(snapshot)?;
    }
    if let Some(name) = &filters.filetype {
        let of_format = of_format(name, snapshot)?;
        match &mut filters.among {
            Some(among) => {
                let of_format: HashSet<&SourceId> = of_format.iter().collect();
                among.retain(|id| of_format.contains(id));
            }
            None => filters.among = Some(of_format.to_vec()),
        }
    }
    for source in filters.source.iter().filter(|source| !source.contains('*')) {
        ids::source(snapshot.reader(), source)?;
    }
    if let Some(lang) = &filters.lang {
        filters.lang = Some(language(lang, snapshot)?);
    }
    Ok(filters)
}

/// Returns the sources of the format of this name, in whatever case.
fn of_format<'a>(name: &str, snapshot: &'a Snapshot) -> Result<&'a [SourceId]> {
    let formats = snapshot.formats()?;
    formats.get(&name.to_lowercase()).map(Vec::as_slice).ok_or_else(|| {
        let names: Vec<&str> = formats.keys().map(String::as_str).collect();
        let hint = format!("the formats of its sources are {}", names.join(", "));
        Error::usage(format!("the index has no source of the format “{name}”"), hint)
    })
}

/// Returns a language code, if passages of the index have it.
fn language(typed: &str, snapshot: &Snapshot) -> Result<String> {
    let code = Filters::language(typed)?;
    let languages = snapshot.reader().stats()?.languages;
    if languages.iter().any(|(language, _)| *language == code) {
        return Ok(code);
    }
    let known = languages.iter().map(|(language, _)| language.as_str());
    // Passages of no known language have a longer mark.
    let known: Vec<&str> = known.filter(|language| language.len() == 2).collect();
    let hint = format!("the languages of its passages are {}", known.join(", "));
    Err(Error::usage(format!("the index has no passage in the language “{code}”"), hint))
}
