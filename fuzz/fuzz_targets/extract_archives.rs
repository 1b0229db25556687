#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in [
        "a.zip", "a.tar", "a.warc", "a.tar.gz", "a.warc.gz", "a.txt.bz2", "a.txt.xz", "a.txt.zst",
    ] {
        pincite_fuzz::invariants::file(name, bytes);
    }
});
