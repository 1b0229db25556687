#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pincite_fuzz::invariants::file("a.rtf", bytes));
