//! Flips bits where opening an index compares no checksums of small files.

#[path = "../../tests/flips/mod.rs"]
mod flips;

use super::Engine;
use crate::index::delete_unmerged;
use crate::source::SourceId;

#[test]
fn a_flipped_bit_is_found_where_it_is_read() {
    let bench = flips::Bench::new();
    delete_unmerged(&bench.index(), &SourceId::slug("article-3-2"));
    let sources = Engine::new(bench.index()).sources().expect("it can be read");
    assert_eq!(sources.len(), 15);
    let tally = bench.flip(flips::asked_for(80), 12);
    println!("{tally}");
    tally.check();
}
