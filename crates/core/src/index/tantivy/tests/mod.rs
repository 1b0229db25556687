mod refused;

use std::fs;
use std::path::Path;

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Term};
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

/// A run that was killed after its commit leaves deleted documents in the statistics.
#[test]
fn a_run_with_nothing_to_do_merges_what_a_killed_one_left() {
    let folder = TempDir::new().unwrap();
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let update = Update { paths: vec![corpus.clone()], ..Update::default() };
    for n in 0..12 {
        let what = if n % 2 == 0 { "the pass" } else { "the valley, unexpected as ever" };
        fs::write(corpus.join(format!("{n}.txt")), format!("Caravan {n} came to {what}.")).unwrap();
    }
    Index::update(&dir, &update, &()).unwrap();
    let store = Store::open(&dir).unwrap().unwrap();
    let mut writer: IndexWriter<document::Doc> =
        store.index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for n in [1, 3, 5, 7] {
        fs::remove_file(corpus.join(format!("{n}.txt"))).unwrap();
        writer.delete_term(Term::from_field_text(store.fields.source, &n.to_string()));
    }
    writer.commit().unwrap();
    drop(writer);
    let ranking = |dir: &Path| refused::ranking(&Index::open(dir).unwrap().reader().unwrap());
    let fresh = folder.path().join("fresh");
    Index::update(&fresh, &update, &()).unwrap();
    assert_ne!(ranking(&dir), ranking(&fresh));
    let report = Index::update(&dir, &update, &()).unwrap();
    assert_eq!((report.unchanged, report.removed), (8, 0));
    assert_eq!(ranking(&dir), ranking(&fresh));
}
