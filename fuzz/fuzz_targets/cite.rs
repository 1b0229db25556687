#![no_main]

use std::sync::LazyLock;

use pincite_core::cite::Style;
use pincite_core::extract::declared::Notation;
use pincite_fuzz::invariants;
use pincite_render::citation::{annotations, bibtex, csl_json, ris, wikipedia};

/// Styles that format dates, names and locators differently.
static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| {
    let names = ["apa", "mla", "chicago-notes", "ieee", "vancouver"];
    names.iter().filter_map(|name| Style::find(name).ok()).collect()
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(metadata) = invariants::declared(Notation::Json, text) {
        for style in STYLES.iter() {
            let citations = [invariants::citation(metadata.clone(), style)];
            bibtex(&citations);
            ris(&citations);
            csl_json(&citations);
            wikipedia(&citations);
            annotations(&citations, Some("a claim"));
        }
    }
});
