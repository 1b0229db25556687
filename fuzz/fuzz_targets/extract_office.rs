#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for (name, entry) in pincite_fuzz::invariants::PACKAGES {
        pincite_fuzz::invariants::file(name, bytes);
        pincite_fuzz::invariants::packed(name, entry, bytes);
    }
    pincite_fuzz::invariants::file("a.xlsx", bytes);
    pincite_fuzz::invariants::workbook(bytes);
});
