//! Invariants on 2,500 published Markdown pages, of which every 25th is read.

use super::*;
use crate::source::Provenance;

fn files_under(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files_under(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
}

#[test]
fn published_pages_are_consistent() {
    let Some(folder) = shared("data/markdown") else { return };
    let mut files = Vec::new();
    files_under(&folder, &mut files);
    files.sort();
    let every: usize =
        std::env::var("PINCITE_MARKDOWN_EVERY").ok().and_then(|n| n.parse().ok()).unwrap_or(25);
    let mut without_prose = 0;
    for file in files.iter().step_by(every) {
        let bytes = std::fs::read(file).expect("it can be read");
        let document = extractor("a.md").extract(bytes).expect("it is a text");
        check(&document);
        assert_eq!(document.warnings, Vec::<String>::new(), "{}", file.display());
        let title = document.metadata.iter().find(|(variable, _, _)| *variable == "title");
        assert!(
            title.is_some_and(|(_, _, provenance)| provenance == Provenance::Declared),
            "{}",
            file.display()
        );
        without_prose += usize::from(passages(&document).is_empty());
    }
    // A few consist of tags only.
    assert!(without_prose * 100 <= files.len() / every, "{without_prose} pages have no prose");
}
