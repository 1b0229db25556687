//! [`Ids`]: gives each source its id.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::extract::stem;
use crate::source::SourceId;

/// The ids in an index and the files that have them.
///
/// A source has the id it declares, or else one made of its file's name. Where two want the same
/// one, the one that has it keeps it, because citations may name it; the newcomer gets its own,
/// with six digits of the hash of its file's name. The sources in one file share an id, to which
/// each adds its own key.
pub(super) struct Ids {
    taken: HashMap<SourceId, PathBuf>,
}

impl Ids {
    pub(super) fn new(known: impl IntoIterator<Item = (SourceId, PathBuf)>) -> Self {
        Self { taken: known.into_iter().collect() }
    }

    /// Frees the id of a source that is no longer there.
    pub(super) fn release(&mut self, id: &SourceId) {
        self.taken.remove(id);
    }

    /// Returns the id of the source at `path`, whose name is `file` and whose id was `before` until
    /// now; and, where it declares an id that another source has, that source's file.
    pub(super) fn assign(
        &mut self,
        path: &Path,
        file: &str,
        declared: Option<&str>,
        before: Option<&SourceId>,
    ) -> (SourceId, Option<PathBuf>) {
        let wanted = match declared {
            Some(id) => SourceId::slug(id),
            None => SourceId::slug(stem(file)),
        };
        if let Some(before) = before {
            self.release(before);
        }
        let holder = self.taken.get(&wanted).cloned();
        let kept =
            before.filter(|id| **id == wanted || **id == numbered(&wanted, file, 0)).cloned();
        let own =
            || std::iter::once(wanted.clone()).chain((0..).map(|n| numbered(&wanted, file, n)));
        let id = kept.or_else(|| own().find(|id| !self.taken.contains_key(id))).unwrap_or(wanted);
        self.taken.insert(id.clone(), path.to_owned());
        (id, holder.filter(|_| declared.is_some()))
    }
}

/// Returns the `n`th id to try for a file whose own is taken.
fn numbered(wanted: &SourceId, file: &str, n: usize) -> SourceId {
    let hash = match n {
        0 => blake3::hash(file.as_bytes()),
        // Two roots can hold files of the same name.
        n => blake3::hash(format!("{file}\n{n}").as_bytes()),
    };
    SourceId::slug(&format!("{wanted}-{}", &hash.to_hex()[..6]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_an_id_keeps_it_and_newcomers_get_their_own() {
        let mut ids = Ids::new([(SourceId::slug("b"), PathBuf::from("/1/b.txt"))]);
        let (a, _) = ids.assign(Path::new("/1/a.txt"), "a.txt", Some("b"), None);
        assert!(a.as_str().starts_with("b-") && a.as_str().len() == 8, "{a}");

        let (first, holder) =
            ids.assign(Path::new("/1/b.txt"), "b.txt", None, Some(&SourceId::slug("b")));
        assert_eq!((first.as_str(), holder), ("b", None));
        let (second, _) = ids.assign(Path::new("/2/b.txt"), "b.txt", None, None);
        let (third, _) = ids.assign(Path::new("/3/b.txt"), "b.txt", None, None);
        assert!(first != second && second != third && third.as_str().starts_with("b-"));

        // It stays what it is, even when the one in its way has gone.
        ids.release(&first);
        assert_eq!(ids.assign(Path::new("/2/b.txt"), "b.txt", None, Some(&second)).0, second);
    }

    #[test]
    fn a_declared_id_that_is_taken_names_its_holder() {
        let mut ids = Ids::new([(SourceId::slug("x"), PathBuf::from("/x.txt"))]);
        let (_, holder) = ids.assign(Path::new("/y.txt"), "y.txt", Some("X"), None);
        assert_eq!(holder, Some(PathBuf::from("/x.txt")));
    }
}
