//! Anchors quotations. The first three bytes select a span of the text that follows; the text after
//! a NUL is another quotation.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let [a, b, len, rest @ ..] = input else { return };
    let Ok(rest) = str::from_utf8(rest) else { return };
    let (text, quote) = rest.split_once('\0').unwrap_or((rest, ""));
    pincite_fuzz::invariants::anchor(text, quote, usize::from(*a) << 8 | usize::from(*b), usize::from(*len));
});
