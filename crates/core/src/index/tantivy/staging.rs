//! [`Staging`]: a folder within that of an index, in which another is built that takes its place
//! once it is complete.
//!
//! The old index stays as it is, and is read, until a single `rename` of the file that records a
//! commit: before it the folder holds the old index, and after it the new one. Files of segments
//! have names that no other has, so that both fit beside each other. What is left where a run is
//! killed, the next one removes.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::folder::{
    COMMIT, Lock, MANAGED, STAGING, is_marked, is_of_segment, is_unfinished, prepare_mark,
    set_mark, unmark,
};
use super::store::Store;
use crate::{Error, Result};

/// A folder for an index that is to take the place of another. It is removed when it is dropped.
pub(in crate::index) struct Staging {
    /// The folder of the other.
    around: PathBuf,
    dir: PathBuf,
}

impl Staging {
    /// Makes an empty folder within `dir`, the index in which is locked.
    pub(in crate::index) fn begin(dir: &Path, _locked: &Lock) -> Result<Staging> {
        let staging = Staging { around: dir.to_owned(), dir: dir.join(STAGING) };
        remove(&staging.dir).map_err(Error::io("remove", &staging.dir))?;
        fs::create_dir(&staging.dir).map_err(Error::io("create", &staging.dir))?;
        Ok(staging)
    }

    /// The folder.
    pub(in crate::index) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Puts the index in this folder, which is committed and has no writer any more, in the place of
    /// the other.
    pub(in crate::index) fn take_over(self) -> Result<()> {
        for entry in fs::read_dir(&self.dir).map_err(Error::io("read", &self.dir))? {
            let name = entry.map_err(Error::io("read", &self.dir))?.file_name();
            if name.to_str().is_some_and(is_of_segment) {
                self.hand_over(Path::new(&name))?;
            }
        }
        let is_marked = is_marked(&self.around);
        if !is_marked {
            prepare_mark(&self.around)?;
            // Under the marker of another format neither index may be taken for one of it.
            unmark(&self.around)?;
        }
        sync(&self.around)?;
        self.hand_over(Path::new(MANAGED))?;
        self.hand_over(Path::new(COMMIT))?;
        if !is_marked {
            set_mark(&self.around)?;
        }
        sync(&self.around)?;
        // The new index is in its place, whether or not the files of the old one can go by now.
        if let Ok(store) = Store::open_or_create(&self.around) {
            let _ = store.sweep();
        }
        Ok(())
    }

    fn hand_over(&self, name: &Path) -> Result<()> {
        let target = self.around.join(name);
        fs::rename(self.dir.join(name), &target).map_err(Error::io("write", target))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = remove(&self.dir);
    }
}

/// Removes what a rebuild that was killed has left in `dir`, the index in which is locked.
pub(in crate::index) fn clear(dir: &Path, _locked: &Lock) {
    let _ = remove(&dir.join(STAGING));
}

/// Removes the folder of a rebuild, and from it what Tantivy writes, but nothing else that somebody
/// may have put there.
fn remove(dir: &Path) -> io::Result<()> {
    let is_gone = |removed: io::Result<()>| match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    match fs::symlink_metadata(dir) {
        Ok(metadata) if metadata.is_dir() => {}
        // A link, or a file: what it leads to is not ours.
        Ok(_) => return is_gone(fs::remove_file(dir)),
        Err(error) => return is_gone(Err(error)),
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_ours = |name: &str| {
            name == COMMIT
                || name == MANAGED
                || name.starts_with(".tantivy-")
                || is_of_segment(name)
                || is_unfinished(name)
        };
        if name.to_str().is_some_and(is_ours) {
            is_gone(fs::remove_file(entry.path()))?;
        }
    }
    is_gone(fs::remove_dir(dir))
}

/// Waits until the names in `dir` are on the disk.
fn sync(dir: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(dir).and_then(|dir| dir.sync_all()).map_err(Error::io("write", dir))?;
    }
    Ok(())
}
