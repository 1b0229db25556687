#![no_main]
libfuzzer_sys::fuzz_target!(|text: &str| pincite_fuzz::invariants::claims(text, "a"));
