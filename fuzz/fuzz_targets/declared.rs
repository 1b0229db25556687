#![no_main]

use pincite_core::extract::declared::Notation;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for notation in [Notation::Toml, Notation::Yaml, Notation::Json] {
        pincite_fuzz::invariants::declared(notation, text);
    }
});
