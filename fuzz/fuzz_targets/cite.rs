#![no_main]

use std::sync::LazyLock;

use pincite_core::cite::Style;
use pincite_core::extract::declared::Format;
use pincite_fuzz::invariants;

/// Styles that go different ways about dates, names and locators.
static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| {
    let names = ["apa", "mla", "chicago-notes", "ieee", "vancouver"];
    names.iter().filter_map(|name| Style::find(name).ok()).collect()
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(metadata) = invariants::declared(Format::Json, text) {
        STYLES.iter().for_each(|style| invariants::citation(metadata.clone(), style));
    }
});
