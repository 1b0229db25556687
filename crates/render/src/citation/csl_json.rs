//! Renders CSL-JSON, for Zotero, pandoc and citation processors.

use serde_json::Value;

use pincite_core::cite::Citation;
use pincite_core::cite::reference::references;

/// Renders an array with an item for each source of `citations`, with the quotations in `annote`.
///
/// They are not in `note`, where reference managers parse `key: value` lines as variables, and
/// which styles print.
pub fn csl_json(citations: &[Citation]) -> Value {
    references(citations)
        .into_iter()
        .map(|reference| {
            let mut item = reference.variables.clone();
            let annote: Vec<String> =
                reference.text("annote").into_iter().chain(reference.pinpoints()).collect();
            item.insert("annote".to_owned(), Value::String(annote.join("\n")));
            Value::Object(item)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixture::{citation, whole};

    #[test]
    fn each_source_is_an_item_with_all_quotations() {
        let items = csl_json(&[citation(json!({"title": "A"})), whole(json!({"title": "A"}))]);
        assert_eq!(
            items,
            json!([{
                "id": "bridge",
                "type": "document",
                "title": "A",
                "custom": {"provenance": {"title": "declared"}},
                "annote": "para. 3: “The bridge opened in 1932.” [bridge#p3.2]\n\
                           para. 3: “It rained. The bridge opened in 1932.” [bridge#p3]",
            }])
        );
    }

    #[test]
    fn an_existing_annotation_is_kept() {
        let items = csl_json(&[citation(json!({"annote": "lent to\nSam"}))]);
        assert_eq!(
            items[0]["annote"],
            "lent to Sam\npara. 3: “The bridge opened in 1932.” [bridge#p3.2]"
        );
    }
}
