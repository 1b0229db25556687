#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    pincite_fuzz::invariants::file("a.eml", bytes);
    pincite_fuzz::invariants::file("a.mbox", bytes);
    pincite_fuzz::invariants::file("a.mhtml", bytes);
});
