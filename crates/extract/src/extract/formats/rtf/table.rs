//! The meaning of the control words of RTF: groups that are no text, characters, and encodings.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258,
};

/// The groups of which nothing is text.
const PASSED_OVER: [&str; 42] = [
    "aftnsep",
    "aftnsepc",
    "annotation",
    "atnauthor",
    "atnid",
    "atnref",
    "atntime",
    "background",
    "bkmkend",
    "bkmkstart",
    "buptim",
    "colortbl",
    "comment",
    "datafield",
    "datastore",
    "do",
    "falt",
    "filetbl",
    "fldinst",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "ftnsep",
    "ftnsepc",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "listtable",
    "listtext",
    "nonshppict",
    "objdata",
    "pict",
    "pntext",
    "revtbl",
    "rsidtbl",
    "shprslt",
    "sp",
    "tc",
    "txe",
    "xe",
];

/// Returns whether nothing in a group that begins with this word is text.
pub(super) fn is_passed_over(word: &str) -> bool {
    PASSED_OVER.binary_search(&word).is_ok()
}

/// Returns the character that a word stands for.
pub(super) fn character(word: &str) -> Option<char> {
    Some(match word {
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        "emspace" | "enspace" | "qmspace" => ' ',
        _ => return None,
    })
}

/// Returns the encoding of a code page.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        65001 => UTF_8,
        _ => return None,
    })
}

/// Returns the encoding of a font's character set; `None` for that of the file.
pub(super) fn character_set(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_are_passed_over_are_in_order() {
        assert!(PASSED_OVER.is_sorted());
        assert!(is_passed_over("pict") && !is_passed_over("fldrslt"));
    }
}
