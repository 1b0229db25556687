//! Folders of generated articles, for benches that index.

use std::fs;
use std::path::Path;

use crate::text_source::TextSource;

/// Where the words come from.
const SEED: u64 = 1997;

/// Writes articles of `PINCITE_BENCH_MB` million bytes (8 by default) in all into the folder `articles`, and shows each to
/// `see`.
pub(crate) fn generate(articles: &Path, mut see: impl FnMut(&str)) {
    let megabytes: usize =
        std::env::var("PINCITE_BENCH_MB").ok().and_then(|mb| mb.parse().ok()).unwrap_or(8);
    fs::create_dir_all(articles).expect("a folder");
    let mut source = TextSource::new(SEED);
    let mut written = 0;
    for nth in 0.. {
        if written >= megabytes * 1_000_000 {
            break;
        }
        let article = source.article();
        written += article.len();
        see(&article);
        fs::write(articles.join(format!("{nth:06}.md")), article).expect("written");
    }
}
