#![no_main]

use pincite_core::extract::declared::Format;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        pincite_fuzz::invariants::declared(format, text);
    }
});
