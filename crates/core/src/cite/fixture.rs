//! A small passage, and citations of it with any metadata: for the tests of this crate, and of the
//! formats in `pincite-render`, which includes this file.

use pincite_core::cite::Citation;
use pincite_core::source::{
    Metadata, Passage, Provenance, Sentences, Source, SourceId, TextKind, content_hash,
};
use pincite_core::text::{Position, Span};
use serde_json::Value;

/// A source whose metadata are `variables`, a JSON object, all of them declared.
pub(crate) fn source(variables: Value) -> Source {
    let mut metadata = Metadata::default();
    for (variable, value) in variables.as_object().cloned().unwrap_or_default() {
        metadata.set(&variable, value, Provenance::Declared);
    }
    Source {
        id: SourceId::slug("bridge"),
        file: "notes/bridge.txt".into(),
        text: TextKind::File,
        record: None,
        member: None,
        content_hash: content_hash(b""),
        language: None,
        metadata,
    }
}

/// The third paragraph of that source: two sentences on line 5.
pub(crate) fn passage() -> Passage {
    Passage {
        source: SourceId::slug("bridge"),
        paragraph: 3,
        section: vec!["Works".into()],
        part: None,
        start: Position { byte: 90, char: 80, utf16: 81, line: 5 },
        text: "It rained. The bridge opened in 1932.".into(),
        plain: None,
        sentences: vec![Span::new(0, 10), Span::new(11, 37)],
        before: "before\n".into(),
        after: "\nafter".into(),
        language: None,
        piece: None,
    }
}

/// A citation of its second sentence.
pub(crate) fn citation(variables: Value) -> Citation {
    Citation::new(&source(variables), &passage(), Some(Sentences { first: 2, last: 2 }))
        .expect("two sentences")
}

/// A citation of the whole of it.
pub(crate) fn whole(variables: Value) -> Citation {
    Citation::new(&source(variables), &passage(), None).expect("a whole paragraph")
}

/// Metadata that tries to break out of every format, in each of the usual variables.
pub(crate) fn hostile() -> Value {
    let nasty = "a{b}c\\d%e&f$g#h_i~j^k\"l|m}}n{{o]]p[[q<i>r</i><ref>s\r\n@misc{t,\nER  - \u{1b}[31mu\u{7}\u{2028}v\0=w''x~~~~";
    serde_json::json!({
        "type": "article-newspaper\r\nTY  - BOOK",
        "title": nasty,
        "container-title": nasty,
        "publisher": nasty,
        "publisher-place": nasty,
        "author": [{"family": nasty, "given": nasty, "suffix": nasty}, {"literal": format!("x and y, {nasty}")}],
        "issued": {"date-parts": [[2025, 13, 99]], "literal": nasty},
        "URL": format!("https://example.org/{nasty}"),
        "DOI": nasty,
        "page": nasty,
        "volume": nasty,
        "note": format!("DOI: 10.1/x\n{nasty}"),
        "language": nasty,
    })
}
