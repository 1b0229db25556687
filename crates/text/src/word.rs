//! Splits text into words (UAX #29), and folds them.

use std::borrow::Cow;
use std::iter::Peekable;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::{UnicodeSegmentation, UnicodeWordIndices};

use super::Span;
use crate::unspaced::{Cut, is_unspaced};

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its span, in bytes of the text.
    pub span: Span,
    /// The word as written.
    pub text: &'a str,
}

/// Returns the words of `text` in order (UAX #29).
///
/// A hyphen separates words, an apostrophe or full stop between letters does not. Words of scripts
/// without spaces between them are those of a dictionary.
///
/// ```
/// let words = pincite_text::words("Tehreek-e-Taliban’s 2,640 km").map(|word| word.text);
/// assert!(words.eq(["Tehreek", "e", "Taliban’s", "2,640", "km"]));
/// let words = pincite_text::words("北京大学关闭了。").map(|word| word.text);
/// assert!(words.eq(["北京", "大学", "关闭", "了"]));
/// ```
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut chunks = chunks(text);
    let mut at = 0;
    let mut words: Chunk<'_> = Chunk::Ascii { text: "", next: 0 };
    std::iter::from_fn(move || {
        loop {
            if let Some((start, text)) = words.next() {
                let start = at + start;
                return Some(Word { span: Span::new(start, start + text.len()), text });
            }
            let (start, chunk) = chunks.next()?;
            at = start;
            words = match chunk.is_ascii() {
                true => Chunk::Ascii { text: chunk, next: 0 },
                false => Chunk::Other(Spaced::new(chunk)),
            };
        }
    })
}

/// The words of a chunk of a text that have not been read yet.
enum Chunk<'a> {
    Ascii { text: &'a str, next: usize },
    Other(Spaced<'a>),
}

impl<'a> Chunk<'a> {
    /// Returns the next word with its offset in the chunk.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        match self {
            Chunk::Other(words) => words.next(),
            Chunk::Ascii { text, next } => {
                let span = ascii_word(text.as_bytes(), *next)?;
                *next = span.end;
                Some((span.start, span.of(text)))
            }
        }
    }
}

/// The words of a text, of which some may be in scripts without spaces.
struct Spaced<'a> {
    text: &'a str,
    words: Peekable<UnicodeWordIndices<'a>>,
    /// The words of the run in a script without spaces that is being read, and its offset. Boxed,
    /// as they are large and rare.
    run: Option<(usize, Box<Cut<'a>>)>,
}

impl<'a> Spaced<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, words: text.unicode_word_indices().peekable(), run: None }
    }

    fn next(&mut self) -> Option<(usize, &'a str)> {
        if let Some((at, words)) = &mut self.run {
            if let Some((start, word)) = words.next() {
                return Some((*at + start, word));
            }
            self.run = None;
        }
        let (start, word) = self.words.next()?;
        if !word.starts_with(is_unspaced) {
            return Some((start, word));
        }
        // By UAX #29, each character is a word.
        let mut end = start + word.len();
        while let Some((_, next)) =
            self.words.next_if(|(at, next)| *at == end && next.starts_with(is_unspaced))
        {
            end += next.len();
        }
        let mut words = Cut::new(&self.text[start..end]);
        let (_, first) = words.next()?;
        self.run = Some((start, Box::new(words)));
        Some((start, first))
    }
}

/// A letter, in [`CLASSES`].
const LETTER: u8 = 1;
/// A digit.
const DIGIT: u8 = 2;
/// The low line, which is a part of words and makes none.
const LOW_LINE: u8 = 4;
/// A mark that joins letters, as in `v:x`.
const JOINS_LETTERS: u8 = LETTER << 3;
/// A mark that joins digits, as in `2,640`.
const JOINS_DIGITS: u8 = DIGIT << 3;

/// The class of each byte, for UAX #29.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        classes[byte] = match c {
            b'0'..=b'9' => DIGIT,
            b'_' => LOW_LINE,
            b'.' | b'\'' => JOINS_LETTERS | JOINS_DIGITS,
            b':' => JOINS_LETTERS,
            b',' | b';' => JOINS_DIGITS,
            _ if c.is_ascii_alphabetic() => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Returns the first word of an ASCII text that begins at `from` or after it. The rules of UAX #29
/// for so few characters are short, and this is several times faster than looking each one up.
fn ascii_word(text: &[u8], from: usize) -> Option<Span> {
    const PART: u8 = LETTER | DIGIT | LOW_LINE;
    let class = |at: usize| text.get(at).map_or(0, |byte| CLASSES[usize::from(*byte)]);
    let mut end = from;
    loop {
        let rest = text.get(end..)?;
        let start = end + rest.iter().position(|byte| CLASSES[usize::from(*byte)] & PART != 0)?;
        end = start;
        let mut classes = 0;
        loop {
            let mut last = class(end);
            while last & PART != 0 {
                classes |= last;
                end += 1;
                last = class(end);
            }
            // Joined are two letters or two digits.
            if (last >> 3) & class(end - 1) & class(end + 1) & (LETTER | DIGIT) == 0 {
                break;
            }
            end += 1;
        }
        if classes & (LETTER | DIGIT) != 0 {
            return Some(Span::new(start, end));
        }
    }
}

/// Returns the words of `text` in lower case, with straight apostrophes.
///
/// ```
/// assert_eq!(pincite_text::lowercase_words("“Isn’t it?”"), ["isn't", "it"]);
/// ```
pub fn lowercase_words(text: &str) -> Vec<String> {
    words(text).map(|word| word.text.to_lowercase().replace('’', "'")).collect()
}

/// Splits `text` into chunks with their offsets, as many of them pure ASCII as possible.
///
/// ASCII is segmented several times faster, and otherwise a single curly quote would slow down its
/// whole paragraph.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // No word spans a space, and here no combining mark follows it that UAX #29 would attach to it.
    let is_cut = |pair: &[u8]| pair[0] == b' ' && pair[1].is_ascii_graphic();
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let bytes = rest.as_bytes();
        let ascii = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
        let len = match bytes[..ascii].windows(2).rposition(is_cut) {
            _ if ascii == bytes.len() => ascii,
            Some(cut) if cut > 0 => cut,
            _ => bytes[ascii..].windows(2).position(is_cut).map_or(bytes.len(), |cut| ascii + cut),
        };
        let chunk = (start, &rest[..len]);
        start += len;
        Some(chunk)
    })
}

/// Folds case, accents and typographic variants of a word, and drops a possessive *’s*.
///
/// Vowel signs are kept if dropping them would make another word, as in Devanagari and Japanese.
/// Folding is idempotent.
///
/// ```
/// use pincite_text::fold;
/// assert_eq!(fold("Pakistan’s"), "pakistan");
/// assert_eq!(fold("Ångström"), "angstrom");
/// assert_eq!(fold("ﬁnances"), "finances");
/// ```
pub fn fold(word: &str) -> Cow<'_, str> {
    let stem = without_possessive(word.strip_suffix("’s").unwrap_or(word));
    if stem.is_empty() || !stem.is_ascii() {
        return Cow::Owned(fold_unicode(word));
    }
    if stem.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut plain = stem.to_ascii_lowercase();
        plain.truncate(without_possessive(&plain).len());
        Cow::Owned(plain)
    } else {
        Cow::Borrowed(stem)
    }
}

fn fold_unicode(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.nfkd().filter(|&c| !is_dropped(c)).flat_map(char::to_lowercase) {
        match alias(c) {
            Some(alias) => plain.push_str(alias),
            None => plain.push(c),
        }
    }
    // Recompose what NFKD decomposed and is not dropped, such as Hangul and voiced kana.
    if !plain.is_ascii() {
        plain = plain.nfc().collect();
    }
    plain.truncate(without_possessive(&plain).len());
    plain
}

fn without_possessive(word: &str) -> &str {
    let mut owner = word;
    // Not `strip_suffix`, whose set-up costs more than the rest of folding.
    while let [rest @ .., b'\'', b's' | b'S'] = owner.as_bytes() {
        owner = &owner[..rest.len()];
    }
    if owner.is_empty() { word } else { owner }
}

/// Returns whether a mark does not distinguish words: accents, vowel points, joiners, soft hyphens,
/// direction marks.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{640}' | '\u{670}' | '\u{2060}' | '\u{FEFF}'
        | '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'
        | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E8}'
        | '\u{6EA}'..='\u{6ED}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

/// Returns the folded form of an apostrophe, or of a lower-case letter without a decomposition.
fn alias(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‛' | 'ʼ' | 'ʹ' | '′' | '＇' => "'",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        // Persian and Urdu keyboards write the same names with another kaf, yeh and heh than Arabic
        // ones, and in Arabic a final yeh and a teh marbuta are often written without their dots.
        'ک' => "ك",
        'ی' | 'ى' => "ي",
        'ة' | 'ہ' | 'ە' => "ه",
        'ٱ' => "ا",
        // Hebrew marks of abbreviations, which most keyboards lack.
        '׳' => "'",
        '״' => "\"",
        _ => return None,
    })
}

/// Returns whether a word has more than one capital, as `US` and `WHO` do.
pub fn has_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test_text::any_text;

    fn texts(text: &str) -> Vec<&str> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn splits_into_words() {
        assert_eq!(
            texts("Tehreek-e-Taliban (TTP), U.S.-led."),
            ["Tehreek", "e", "Taliban", "TTP", "U.S", "led"]
        );
        assert_eq!(texts("3.5% of 2,640 — don't"), ["3.5", "of", "2,640", "don't"]);
        assert_eq!(texts("塔利班 طالبان"), ["塔", "利", "班", "طالبان"]);
        assert_eq!(texts("在Kabul的大学，2021年"), ["在", "Kabul", "的", "大学", "2021", "年"]);
        assert_eq!(texts("👩‍👩‍👧 … "), [""; 0]);
        assert_eq!(texts("a  \u{d00}"), ["a", "  \u{d00}"]);
    }

    #[test]
    fn folds_words() {
        for (word, folded) in [
            ("Kabul", "kabul"),
            ("PAKISTAN'S", "pakistan"),
            ("Taliban’s", "taliban"),
            ("soldiers’", "soldiers'"),
            ("don’t", "don't"),
            ("'s", "'s"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("Ærø", "aero"),
            ("İstanbul", "istanbul"),
            ("ΟΔΟΣ", "οδοσ"),
            ("Ｔａｌｉｂａｎ", "taliban"),
            ("طَالِبـان", "طالبان"),
            ("أفغانستان", "افغانستان"),
            ("كابول", "كابول"),
            ("کابل", "كابل"),
            ("مَدْرَسَةٌ", "مدرسه"),
            ("مدرسه", "مدرسه"),
            ("ٱلْقُرْآن", "القران"),
            ("إسلام", "اسلام"),
            ("مستشفى", "مستشفي"),
            ("\u{5E9}\u{5C1}\u{5B8}\u{5DC}\u{5D5}\u{5B9}\u{5DD}", "\u{5E9}\u{5DC}\u{5D5}\u{5DD}"),
            ("צה״ל", "צה\"ל"),
            ("हिन्दी", "हिन्दी"),
            ("が", "が"),
            ("한국", "한국"),
            ("co\u{ad}operate", "cooperate"),
        ] {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn folded_words_are_borrowed() {
        assert!(matches!(fold("taliban"), Cow::Borrowed("taliban")));
        assert!(matches!(fold("taliban's"), Cow::Borrowed("taliban")));
        assert!(matches!(fold("taliban’s"), Cow::Borrowed("taliban")));
    }

    proptest! {
        #[test]
        fn words_are_slices_in_order(text in any_text()) {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && !word.span.is_empty());
                prop_assert_eq!(text.get(word.span.start..word.span.end), Some(word.text));
                end = word.span.end;
            }
        }

        #[test]
        fn words_are_those_of_uax_29(text in any_text()) {
            let text = text.replace(is_unspaced, "x");
            let expected: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            let found: Vec<(usize, &str)> =
                words(&text).map(|word| (word.span.start, word.text)).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn words_without_spaces_leave_nothing_out(text in any_text()) {
            let expected: String = text.unicode_words().collect();
            let found: String = words(&text).map(|word| word.text).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn ascii_words_are_those_of_uax_29(text in "[aZ7_ ',.:;\"\\-\r\n]{0,40}") {
            let expected: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            let found: Vec<(usize, &str)> =
                words(&text).map(|word| (word.span.start, word.text)).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn folding_is_idempotent(text in any_text()) {
            let folded = fold(&text).into_owned();
            prop_assert_eq!(fold(&folded), folded.as_str());
        }
    }
}
