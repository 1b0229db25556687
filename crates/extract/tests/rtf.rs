//! Documents in RTF: what is read, in what order, and what is refused.
#![cfg(feature = "rtf")]

#[path = "shared/document.rs"]
mod document;

use document::blocks;
use pincite_extract::extract::Document;
use pincite_extract::source::Provenance;
use proptest::prelude::*;

const DOCUMENT: &str = r"{\rtf1\ansi\ansicpg1252\deff0\uc1
{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset204{\*\panose 02020603}Times CYR;}{\f2\fcharset128 Mincho;}}
{\colortbl;\red0\green0\blue0;}
{\stylesheet{\ql Normal;}{\s1\outlinelevel0 \'dcberschrift 1;}{\s2 heading 2;}{\*\cs3 heading 1 Char;}{\s4 Title;}}
{\info{\title The ferry at Karvo}{\author Dana Sample; Rowan Example}{\keywords ferry, bay}{\creatim\yr2019\mo3\dy4\hr8}{\operator Nobody}}
{\header\pard A running head\par}
\pard\plain\s1 {\b What it} costs\par
\pard\plain Nobody said \ldblquote no\rdblquote\emdash not even J\'fcri\u8217\'92s {\v hidden }{\deleted gone }captain\~Karu.
 The caf\u233? was shut; \{nobody\} minded.\line It rained.{\footnote\pard{\super\chftn} Letter of the office, page 3.}\par
\pard\plain {\f1 \'cf\'e0\'f0\'ee\'ec} and {\f2\'83\'74\'83\'46}, \u-10179?\u-8704? too.\par
\pard\plain\s2 Guests\par
\trowd\cellx100\cellx200\pard\intbl Year\cell Guests\cell\row
\trowd\cellx100\cellx200\pard\intbl 2017\cell 40 thousand\par in all\cell\row
\pard\plain{\field{\*\fldinst HYPERLINK x}{\fldrslt A link}} and {\pict\pngblip\bin5 }}{{\*\unknown words}a picture.\par
{\*\shppict{\pict 00ff}}{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard A box beside it.\par}}}
{\listtext 1.\tab}The last line breaks off
}";

fn try_read(bytes: &[u8]) -> Result<Document, String> {
    document::try_read("a.rtf", bytes)
}

#[test]
fn a_document_is_read_with_its_headings_tables_and_notes() {
    let document = try_read(DOCUMENT.as_bytes()).expect("it has a text");
    assert_eq!(
        blocks(&document),
        [
            "title: What it costs",
            "paragraph: Nobody said “no”—not even Jüri’s captain Karu. The café was shut; {nobody} \
             minded. It rained.",
            "paragraph: Letter of the office, page 3.",
            "paragraph: Паром and フェ, 😀 too.",
            "h2: Guests",
            "paragraph: Year | Guests",
            "paragraph: 2017 | 40 thousand in all",
            "paragraph: A link and a picture.",
            "paragraph: A box beside it.",
            "paragraph: The last line breaks off",
        ]
    );
    let metadata = &document.metadata;
    assert_eq!(metadata.title(), Some("The ferry at Karvo"));
    assert_eq!(metadata.names("author")[1].display(), "Rowan Example");
    assert_eq!(metadata.issued(), None);
    assert!(metadata.iter().all(|(_, _, provenance)| provenance == Provenance::Declared));
    assert_eq!(document.warnings, Vec::<String>::new());
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    for (text, reason) in [
        ("", "is empty"),
        ("plain words", "is not an RTF file"),
        ("{\\rtf1\\ansi}", "has no text"),
        (&deep, "nested too deeply"),
    ] {
        let error = try_read(text.as_bytes()).expect_err("it is refused");
        assert!(error.contains(reason), "{error}");
    }
    let cut = try_read(&DOCUMENT.as_bytes()[..1200]).expect("there is some text");
    assert_eq!(cut.warnings, ["is cut off: the rest is missing"]);
    let wide = format!("{{\\rtf1 \\trowd{}\\row}}", "\\intbl x y\\cell ".repeat(100_000));
    assert_eq!(try_read(wide.as_bytes()).expect("it has cells").blocks.len(), 100_000);
    let long = format!("{{\\rtf1 {}}}", "It rained. ".repeat(1 << 16));
    assert!(try_read(long.as_bytes()).expect("it has a text").blocks.len() > 40);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to the bytes of a file, nothing panics and what is read is consistent.
    #[test]
    fn damaged_documents_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..20, "(\\\\[a-z]{1,5}-?[0-9]{0,6} ?|[{}\\\\'*a-f0-9])"), 1..6),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let mut bytes = DOCUMENT.as_bytes().to_vec();
        for (at, cut, put) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, put.bytes());
        }
        for (at, mask) in flips {
            let at = at.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= mask;
            }
        }
        let _ = try_read(&bytes);
    }
}
