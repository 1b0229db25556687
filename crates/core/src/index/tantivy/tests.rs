use std::fs;

use tempfile::TempDir;

use super::*;
use crate::index::backend::Backend;
use crate::index::plan::TermField;
use crate::index::{Index, Update};

#[test]
fn after_deletions_statistics_are_those_of_a_fresh_index() {
    let folder = TempDir::new().unwrap();
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let file = |n| corpus.join(format!("{n}.txt"));
    let update = Update { paths: vec![corpus.clone()], ..Update::default() };
    for n in 0..40 {
        fs::write(file(n), format!("Number {n} speaks of Herat.\n\nAnd of Kunduz too.")).unwrap();
    }
    Index::update(&dir, &update, &()).unwrap();
    for n in 0..30 {
        fs::remove_file(file(n)).unwrap();
    }
    fs::write(file(35), "Of neither.").unwrap();
    Index::update(&dir, &update, &()).unwrap();
    let snapshot = Store::open(&dir).unwrap().unwrap().snapshot().unwrap();
    assert_eq!(
        snapshot.document_frequencies(TermField::Words, &["herat", "farah"]).unwrap(),
        [9, 0]
    );
    let segments = snapshot.snapshot().searcher().segment_readers();
    assert_eq!(segments.iter().map(|segment| segment.max_doc()).sum::<u32>(), 10 + 19);
}
