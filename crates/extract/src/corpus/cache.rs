//! [`FileCache`]: keeps files with several sources, so that each is split once for many of them.

use std::collections::HashMap;
use std::path::PathBuf;

use super::{Article, Loaded, Place, Several, Skip, load};
use crate::extract::{Fields, extractor_for};
use crate::source::Source;

/// The files with several sources that were read last.
#[derive(Default)]
pub struct FileCache {
    files: HashMap<(PathBuf, Fields), Several>,
    /// The size of these files in bytes.
    size: u64,
}

impl FileCache {
    /// The size of files in bytes beyond which they are let go before the next is read.
    const MAX: u64 = 64 << 20;

    /// Reads `source` from its file.
    ///
    /// # Errors
    ///
    /// Those of [`load`], and [`Skip::NoText`] if the format is no longer read, or the file no
    /// longer has the source.
    pub fn article(&mut self, place: Place<'_>, source: &Source) -> Result<Article, Skip> {
        let Place { path, beneath, fields } = place;
        let key = (path.to_owned(), fields.clone());
        if let Some(several) = self.files.get(&key) {
            return several.article(&source.id);
        }
        let Some(extractor) = extractor_for(path) else {
            return Err(Skip::NoText("is in a format that is no longer read".to_owned()));
        };
        match load(path, beneath, extractor, fields, None)? {
            Loaded::One(article) => Ok(*article),
            Loaded::Several(several) => {
                if self.size > Self::MAX {
                    self.files.clear();
                    self.size = 0;
                }
                self.size += extractor.weight(several.stamp.size);
                self.files.entry(key).or_insert(several).article(&source.id)
            }
        }
    }
}
