//! Checks that the index on disk conforms to what every backend must do.

#[expect(unreachable_pub, reason = "a backend of another crate includes it by its path")]
mod conformance;

use pincite_core::index::{Index, Update};

#[test]
fn the_index_on_disk_conforms() {
    let folder = tempfile::tempdir().unwrap();
    let (articles, dir) = (folder.path().join("articles"), folder.path().join("index"));
    std::fs::create_dir(&articles).unwrap();
    conformance::write_articles(&articles);
    let update = |threads| Update {
        paths: vec![articles.clone()],
        threads: Some(threads),
        ..Update::default()
    };
    Index::update(&dir, &update(1), &()).unwrap();
    conformance::check(&*Index::open(&dir).unwrap().reader().unwrap());
}

#[test]
fn it_conforms_however_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let (articles, dir) = (folder.path().join("articles"), folder.path().join("index"));
    std::fs::create_dir(&articles).unwrap();
    conformance::write_articles(&articles);
    let mut names: Vec<_> =
        std::fs::read_dir(&articles).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    // One segment for each file, in reverse order.
    for path in names.into_iter().rev() {
        Index::update(&dir, &Update { paths: vec![path], ..Update::default() }, &()).unwrap();
    }
    let reader = Index::open(&dir).unwrap().reader().unwrap();
    assert!(reader.stats().unwrap().segments > 1);
    conformance::check(&*reader);
}
