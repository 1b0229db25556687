//! Renders quotations as the `search_result` blocks of Anthropic's Messages API.
//!
//! A model cites a range of the text blocks that it was given. Each sentence is a block of its own,
//! so that what it cites is made of whole sentences, byte for byte as the source has them.

use serde_json::{Value, json};

use crate::attribution::reference;
use pincite_core::cite::Quotation;

/// Renders a block for each quotation: the sentences of its passage. `source` is the id of the
/// quotation, which `pincite show` and `pincite verify` take.
pub fn search_results(quotations: &[Quotation]) -> Value {
    quotations.iter().map(search_result).collect()
}

fn search_result(quotation: &Quotation) -> Value {
    let passage = &quotation.passage;
    let mut title = reference(&quotation.source);
    if title.is_empty() {
        title.clone_from(&quotation.source.file);
    }
    let sentences: Vec<Value> = passage
        .sentences
        .iter()
        .filter_map(|sentence| passage.text.get(sentence.start..sentence.end))
        .map(|text| json!({"type": "text", "text": text}))
        .collect();
    json!({
        "type": "search_result",
        "source": quotation.citation.id.to_string(),
        "title": title,
        "content": sentences,
        "citations": {"enabled": true},
    })
}
