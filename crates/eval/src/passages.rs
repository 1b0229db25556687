//! [`Passages`]: whether claims find the passages that answer them, in a folder of articles.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::beir::jsonl;
use super::{Examples, Qrels};
use pincite_core::index::{Index, Progress, Update};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use pincite_core::source::PassageId;
use pincite_core::{Error, Result};

/// Articles in a folder, and claims about them, each with the passages that are expected first.
pub struct Passages {
    folder: PathBuf,
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    claim: String,
    expect: Vec<PassageId>,
}

impl Passages {
    /// Reads claims about the articles in `folder` from a file, one JSON object a line.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) where there is no such file, [`FileError::Malformed`](pincite_core::FileError::Malformed) with the line where one cannot be read.
    pub fn read(claims: &Path, folder: &Path) -> Result<Passages> {
        Ok(Passages { folder: folder.to_owned(), claims: jsonl(claims)? })
    }

    /// What is measured of the candidates for each claim. Topics are numbered by claim, from 1.
    pub fn examples(&self, name: &str, progress: &dyn Progress) -> Result<Examples> {
        let dir =
            tempfile::tempdir().map_err(Error::io("make a folder in", std::env::temp_dir()))?;
        Index::update(
            dir.path(),
            &Update { paths: vec![self.folder.clone()], ..Update::default() },
            progress,
        )?;
        let searcher = Searcher::new(&Index::open(dir.path())?)?;
        let mut qrels = Qrels::default();
        for (topic, claim) in (1..).zip(&self.claims) {
            claim.expect.iter().for_each(|id| qrels.judge(&i32::to_string(&topic), &whole(id), 1));
        }
        let mut examples = Examples::new(name, &qrels);
        for (topic, claim) in (1..).zip(&self.claims) {
            let measured = searcher.measured(&Query::prose(&claim.claim), 0)?;
            let candidates =
                measured.into_iter().map(|(id, features)| (whole(&id), features)).collect();
            examples.add(&i32::to_string(&topic), candidates);
        }
        Ok(examples)
    }
}

/// The paragraph that a passage is, or its sentences are of.
fn whole(id: &PassageId) -> String {
    PassageId { sentences: None, ..id.clone() }.to_string()
}
