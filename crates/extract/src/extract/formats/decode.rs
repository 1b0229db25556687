//! Decodes the bytes of a text file to the canonical text.
//!
//! UTF-8 is kept unchanged, so that byte ranges of the canonical text are byte ranges of the file.
//! Everything else is decoded with a warning, because a reader of the file could not find the
//! quotation at its byte range.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::extract::Unreadable;
use crate::source::TextKind;

/// The byte order mark at the start of a text: part of the canonical text, but of no block.
pub(super) const BOM: char = '\u{feff}';

/// The number of bytes that are searched for NUL, which text does not contain.
const PROBE: usize = 8 * 1024;

/// The signatures of binary formats, for files with the wrong extension.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "an office file or ZIP archive"),
    (b"\xD0\xCF\x11\xE0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x7FELF", "a program"),
];

/// The text of a file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The canonical text.
    pub(super) text: String,
    /// Its relation to the file.
    pub(super) kind: TextKind,
    /// Messages for users about the encoding.
    pub(super) warnings: Vec<String>,
}

/// Decodes a text file.
///
/// # Errors
///
/// [`Unreadable`] if the file is binary or empty.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, Unreadable> {
    let decoded = match Encoding::for_bom(&bytes) {
        Some((encoding, _)) if encoding != UTF_8 && !is_utf32(&bytes) => {
            as_encoding(&bytes, encoding)
        }
        _ => {
            refuse_binary(&bytes)?;
            match String::from_utf8(bytes) {
                Ok(text) => Decoded { text, kind: TextKind::File, warnings: Vec::new() },
                Err(error) => guess(error.as_bytes(), error.utf8_error().valid_up_to()),
            }
        }
    };
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == BOM).is_empty() {
        return Err(Unreadable("is empty".into()));
    }
    Ok(decoded)
}

/// Returns the byte after the byte order mark.
#[cfg(any(feature = "csv", feature = "json", feature = "subtitles"))]
pub(super) fn after_mark(text: &str) -> usize {
    if text.starts_with(BOM) { BOM.len_utf8() } else { 0 }
}

/// Returns whether a file that begins with `head` seems to be UTF-8 or UTF-16 text.
pub(super) fn is_text(head: &[u8]) -> bool {
    if Encoding::for_bom(head).is_some_and(|(encoding, _)| encoding != UTF_8) && !is_utf32(head) {
        return true;
    }
    let is_utf8 = match str::from_utf8(head) {
        Ok(text) => !text.trim().is_empty(),
        // The last character may be cut off.
        Err(error) => error.error_len().is_none(),
    };
    is_utf8 && refuse_binary(head).is_ok()
}

fn is_utf32(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE\0\0")
}

fn refuse_binary(bytes: &[u8]) -> Result<(), Unreadable> {
    let signature = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    let name = match signature {
        Some((_, name)) => name,
        None if is_utf32(bytes) || bytes.starts_with(b"\0\0\xFE\xFF") => "UTF-32",
        None if bytes.iter().take(PROBE).any(|&byte| byte == 0) => "a binary file",
        None => return Ok(()),
    };
    Err(Unreadable(format!("looks like {name}, not text")))
}

/// Decodes text that is not valid UTF-8 at byte `bad`: damaged UTF-8, or another encoding.
fn guess(bytes: &[u8], bad: usize) -> Decoded {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    // In other encodings valid UTF-8 sequences are rare accidents, so a majority of them is
    // conclusive.
    if valid > invalid {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let warning = format!(
            "line {} is not valid UTF-8: {invalid} damaged place(s) are read as “�”",
            line(bytes, bad)
        );
        return Decoded { text, kind: TextKind::Decoded, warnings: vec![warning] };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    as_encoding(bytes, detector.guess(None, Utf8Detection::Deny))
}

fn as_encoding(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, encoding, damaged) = encoding.decode(bytes);
    let mut warnings = vec![format!("decoded from {}", encoding.name())];
    if let Some(at) = text.find('\u{fffd}').filter(|_| damaged) {
        let line = line(text.as_bytes(), at);
        warnings.push(format!(
            "line {line} has bytes that mean nothing in {}: read as “�”",
            encoding.name()
        ));
    }
    Decoded { text: text.into_owned(), kind: TextKind::Decoded, warnings }
}

/// Returns the line, from 1, of the byte at `offset`.
fn line(bytes: &[u8], offset: usize) -> usize {
    1 + bytes[..offset].iter().filter(|&&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).expect_err("it should be refused").0
    }

    #[test]
    fn utf8_is_the_file_itself() {
        for text in ["Kabul fell in 1996.", "\u{feff}Kābul", "a\r\nb\rc", "late \u{0}"] {
            let padded = format!("{}{text}", " ".repeat(PROBE));
            let decoded = decode(padded.clone().into_bytes()).expect("text");
            assert_eq!(
                (decoded.text, decoded.kind, decoded.warnings),
                (padded, TextKind::File, Vec::new())
            );
        }
    }

    #[test]
    fn utf16_is_recognised_by_its_byte_order_mark() {
        let mut bytes = vec![0xFE, 0xFF];
        bytes.extend("Türkiye 😀".encode_utf16().flat_map(u16::to_be_bytes));
        let decoded = decode(bytes).expect("text");
        assert_eq!((decoded.text.as_str(), decoded.kind), ("Türkiye 😀", TextKind::Decoded));
        assert_eq!(decoded.warnings, ["decoded from UTF-16BE"]);
    }

    #[test]
    fn other_encodings_are_guessed_with_a_warning() {
        let decoded = decode(b"The caf\xE9 \x93closed\x94 in Orl\xE9ans.".to_vec()).expect("text");
        assert_eq!(decoded.text, "The café “closed” in Orléans.");
        assert_eq!(decoded.warnings, ["decoded from windows-1252"]);
    }

    #[test]
    fn the_warning_about_damaged_utf8_names_the_line() {
        let decoded = decode("“One”\n“tw\u{1}”".replace('\u{1}', "o").into_bytes()).expect("text");
        assert!(decoded.warnings.is_empty());
        let mut bytes = "“One”\n“two".as_bytes().to_vec();
        bytes.extend(b"\xFF ");
        let decoded = decode(bytes).expect("text");
        assert_eq!(decoded.text, "“One”\n“two\u{fffd} ");
        assert!(
            decoded.warnings[0].starts_with("line 2 is not valid UTF-8"),
            "{:?}",
            decoded.warnings
        );
    }

    #[test]
    fn text_is_recognised_by_its_first_bytes() {
        for head in ["It rained.".as_bytes(), &"caf\u{e9}".as_bytes()[..4], b"\xFE\xFF\0a"] {
            assert!(is_text(head), "{head:?}");
        }
        for head in
            [&b""[..], b" \n", b"%PDF-1.7", b"a\0b", b"caf\xE9 na\xEFve", b"\xFF\xFE\0\0a\0\0\0"]
        {
            assert!(!is_text(head), "{head:?}");
        }
    }

    #[test]
    fn binary_and_empty_files_are_refused() {
        assert_eq!(refused(b""), "is empty");
        assert_eq!(refused("\u{feff} \r\n\t\u{2028}".as_bytes()), "is empty");
        assert_eq!(refused(b"%PDF-1.7 \xE2"), "looks like a PDF file, not text");
        assert_eq!(refused(b"a\0b"), "looks like a binary file, not text");
        assert_eq!(refused(b"\xFF\xFE\0\0a\0\0\0"), "looks like UTF-32, not text");
    }
}
