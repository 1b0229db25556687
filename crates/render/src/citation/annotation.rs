//! Renders W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>), for Hypothesis and
//! other clients.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use pincite_core::cite::reference::{Reference, clean};
use pincite_core::cite::{Citation, Quotation, Selector};
use pincite_core::source::TextKind;

/// The characters that are escaped in a relative path. `:` is, because the first part would look
/// like a scheme.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// The number of characters of context on each side of a quotation on a page.
const CONTEXT: usize = 40;

/// Renders `quotations` as an array of annotations in JSON-LD, with `body`, a claim or a query, as
/// their body.
///
/// The target is the file, with all selectors that are valid for it. If the source has a URL, the
/// page is a target too, with the quotation as it reads as its only selector: a page has neither
/// the offsets of the file nor its markup.
pub fn annotations(quotations: &[Quotation], body: Option<&str>) -> Value {
    quotations.iter().map(|quotation| annotation(quotation, body)).collect()
}

fn annotation(quotation: &Quotation, body: Option<&str>) -> Value {
    let citation = &quotation.citation;
    let mut annotation = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id(citation, body),
        "type": "Annotation",
        "motivation": "highlighting",
    });
    if let Some(body) = body {
        annotation["body"] = json!({
            "type": "TextualBody",
            "value": clean(body),
            "format": "text/plain",
            "purpose": "describing",
        });
    }
    let selectors: Vec<&Selector> =
        citation.selectors.iter().filter(|selector| is_valid_in_file(selector, citation)).collect();
    let path = utf8_percent_encode(&citation.file, PATH).to_string();
    let file = json!({"source": path, "selector": selectors});
    annotation["target"] = match Reference::of(citation).url() {
        Some(url) => json!([{"source": url, "selector": [on_page(quotation)]}, file]),
        None => file,
    };
    annotation
}

/// Returns the selector of a quotation on the web page: the words of its paragraph as they read,
/// without markup. What is before or after the paragraph in the file may not be on the page.
fn on_page(quotation: &Quotation) -> Selector {
    let (mut prefix, mut exact, mut suffix) = (String::new(), String::new(), String::new());
    for stretch in quotation.stretches() {
        let part = match (stretch.quoted, exact.is_empty()) {
            (true, _) => &mut exact,
            (false, true) => &mut prefix,
            (false, false) => &mut suffix,
        };
        part.push_str(stretch.text);
    }
    let skipped = prefix.chars().count().saturating_sub(CONTEXT);
    Selector::TextQuote {
        prefix: prefix.chars().skip(skipped).collect(),
        exact,
        suffix: suffix.chars().take(CONTEXT).collect(),
    }
}

/// Returns whether a selector for the canonical text is valid for the file too.
fn is_valid_in_file(selector: &Selector, citation: &Citation) -> bool {
    let text = match citation.locator.member {
        // Offsets are those of what the file unpacks to.
        Some(_) => TextKind::Extracted,
        None => citation.text,
    };
    match selector {
        Selector::TextQuote { .. } => true,
        Selector::TextPosition { .. } => text != TextKind::Extracted,
        Selector::DataPosition { .. } => matches!(text, TextKind::File | TextKind::Markup),
    }
}

/// Returns a URN that depends only on the file, the place and the body: a version 8 UUID (RFC 9562)
/// with their hash.
fn id(citation: &Citation, body: Option<&str>) -> String {
    let place = citation.locator.bytes;
    let named = json!([citation.content_hash, citation.quote_hash, place, body]).to_string();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(named.as_bytes()).as_bytes()[..16]);
    bytes[6] = 0x80 | (bytes[6] & 0x0F);
    bytes[8] = 0x80 | (bytes[8] & 0x3F);
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pincite_core::text::PlainBuilder;
    use pincite_core::text::Span;

    use super::*;
    use crate::fixture::{citation, passage, source, whole};

    fn quotation(citation: Citation) -> Quotation {
        let source = Arc::new(source(json!({})));
        Quotation { citation, passage: passage(), source, matches: Vec::new() }
    }

    #[test]
    fn a_file_has_all_selectors() {
        let cited = quotation(citation(json!({})));
        let annotations = annotations(&[cited], Some("The bridge\nopened in 1932"));
        assert_eq!(
            annotations,
            json!([{
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": annotations[0]["id"],
                "type": "Annotation",
                "motivation": "highlighting",
                "body": {"type": "TextualBody", "value": "The bridge opened in 1932",
                         "format": "text/plain", "purpose": "describing"},
                "target": {"source": "notes/bridge.txt", "selector": [
                    {"type": "TextQuoteSelector", "prefix": "before\nIt rained. ",
                     "exact": "The bridge opened in 1932.", "suffix": "\nafter"},
                    {"type": "TextPositionSelector", "start": 91, "end": 117},
                    {"type": "DataPositionSelector", "start": 101, "end": 127},
                ]},
            }])
        );
    }

    #[test]
    fn a_page_has_only_the_text_selector() {
        let annotations =
            annotations(&[quotation(citation(json!({"URL": "https://example.org/a"})))], None);
        let targets = &annotations[0]["target"];
        assert_eq!(targets[0]["source"], "https://example.org/a");
        assert_eq!(
            targets[0]["selector"],
            json!([{"type": "TextQuoteSelector", "prefix": "It rained. ",
                    "exact": "The bridge opened in 1932.", "suffix": ""}])
        );
        assert_eq!(targets[1]["source"], "notes/bridge.txt");
        assert_eq!(targets[1]["selector"].as_array().map(Vec::len), Some(3));
        assert_eq!(annotations[0].get("body"), None);
    }

    #[test]
    fn a_page_has_no_markup() {
        let mut quotation = quotation(citation(json!({"URL": "https://example.org/a"})));
        // As if “rained” and “bridge” were in emphasis in the file.
        let slice = "It *rained*. The *bridge* opened in 1932.";
        let mut plain = PlainBuilder::new(slice);
        for (start, end) in [(0, 3), (4, 10), (11, 17), (18, 24), (25, slice.len())] {
            plain.copy(Span::new(start, end));
        }
        quotation.passage.text = slice.to_owned();
        quotation.passage.plain = plain.finish();
        let at = quotation.passage.start.byte;
        quotation.citation.locator.bytes = Span::new(at + 13, at + slice.len());
        assert_eq!(
            annotations(&[quotation], None)[0]["target"][0]["selector"],
            json!([{"type": "TextQuoteSelector", "prefix": "It rained. ",
                    "exact": "The bridge opened in 1932.", "suffix": ""}])
        );
    }

    #[test]
    fn offsets_are_left_out_if_the_file_is_not_the_text() {
        let kinds = |text| {
            let annotations =
                annotations(&[quotation(Citation { text, ..citation(json!({})) })], None);
            let selectors =
                annotations[0]["target"]["selector"].as_array().expect("selectors").clone();
            selectors
                .iter()
                .map(|selector| selector["type"].as_str().expect("a type").to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(kinds(TextKind::Decoded), ["TextQuoteSelector", "TextPositionSelector"]);
        assert_eq!(kinds(TextKind::Extracted), ["TextQuoteSelector"]);
    }

    #[test]
    fn ids_are_uuids_of_file_place_and_body() {
        let (sentence, whole) = (citation(json!({})), whole(json!({})));
        assert_eq!(id(&sentence, None), id(&citation(json!({"title": "T"})), None));
        assert_ne!(id(&sentence, None), id(&whole, None));
        assert_ne!(id(&sentence, None), id(&sentence, Some("claim")));
        let id = id(&sentence, None);
        assert_eq!((id.len(), id.as_bytes()[23], id.is_ascii()), (45, b'8', true), "{id}");
    }

    #[test]
    fn a_file_name_is_a_relative_reference() {
        let cited = Citation { file: "a:b/c d%/é?#.txt".into(), ..citation(json!({})) };
        let annotations = annotations(&[quotation(cited)], None);
        assert_eq!(annotations[0]["target"]["source"], "a%3Ab/c%20d%25/%C3%A9%3F%23.txt");
    }
}
