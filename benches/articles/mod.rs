//! Generates folders of articles for benches that index.

use std::fs;
use std::path::Path;

use crate::text_source::TextSource;

/// The seed of the generator.
const SEED: u64 = 1997;

/// Writes articles of `PINCITE_BENCH_MB` million bytes in total (8 by default) to the folder
/// `articles`, and passes each to `see`.
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
