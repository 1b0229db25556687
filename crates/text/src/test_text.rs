//! Awkward texts for property tests.

use proptest::prelude::*;

/// Generates strings of words, marks and line breaks from many scripts, with a few arbitrary
/// characters between them.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    " ", " ", " ", "\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\t", "\u{a0}", "\u{feff}",
    "\0", "\u{200d}", ".", ".", "...", "…", "!", "?", "。", "！", "？", "؟", "۔", "।", ",", "-", "–",
    "/", ":", "'", "’", "\"", "“", "”", "(", ")", "[1]", "*", "%", "$", "US$", "€", "₹", "Rs.",
    "Mr", "U.S", "e.g", "No", "a.m", "Oct", "October", "May", "The", "the", "Kabul", "one", "two",
    "twenty", "hundred", "and", "half", "a", "million", "bn", "dozen", "crore", "m", "1", "2", "5",
    "16", "31", "1990s", "1996", "2001", "2025", "2,640", "1,00,000", "1.000.000", "3.5", "0", "00",
    "th", "km", "kilometres", "per", "cent", "square", "dollars", "from", "to", "between", "mid",
    "early", "of", "s", "é", "e\u{301}", "ﬁ", "ß", "İ", "Σ", "ø", "طالبان", "ـ", "َ", "塔利班", "が",
    "한국", "हिन्दी", "ไทย", "👩‍👩‍👧‍👦", "🇵🇰", "٣", "½", "²",
];
