//! Renders checks as schema.org's ClaimReview, for pages that publish them.

use serde_json::{Map, Value, json};

use super::words::{all_reasons, summary};
use crate::attribution::{link, reference};
use crate::json;
use pincite_core::check::{Check, Evidence, Verdict};
use pincite_core::engine::Checks;

/// Renders JSON-LD with a `ClaimReview` for each claim that the sources say something about.
///
/// The reviewer (`author`), the page (`url`) and the date are unknown and left out; search engines
/// require the first two. `<` is escaped, so that the result can be embedded in a `<script>`.
pub fn claim_review(checks: &Checks) -> String {
    let reviews: Vec<Value> = checks
        .checks
        .iter()
        .filter_map(|check| Some(review(check, &Rating::of(check.verdict)?, checks)))
        .collect();
    let graph = json!({"@context": "https://schema.org", "@graph": reviews});
    // In JSON, `<` occurs only in strings.
    json::document(&graph).replace('<', "\\u003c")
}

/// A rating of what the sources say.
struct Rating {
    /// From 1 to 3.
    value: u8,
    name: &'static str,
}

impl Rating {
    /// Returns `None` if the sources say nothing.
    fn of(verdict: Verdict) -> Option<Self> {
        let (value, name) = match verdict {
            Verdict::Supported => (3, "Supported by the sources"),
            Verdict::Disputed => (2, "Disputed among the sources"),
            Verdict::Partial => (2, "Supported in part by the sources"),
            Verdict::Contradicted => (1, "Contradicted by the sources"),
            Verdict::NotFound => return None,
        };
        Some(Self { value, name })
    }
}

fn review(check: &Check, rating: &Rating, checks: &Checks) -> Value {
    let mut claim = Map::new();
    claim.insert("@type".to_owned(), "Claim".into());
    claim.insert("text".to_owned(), check.claim.as_str().into());
    if let Some(file) = &checks.file
        && checks.input.draft.is_some()
    {
        claim.insert("appearance".to_owned(), json!({"@type": "CreativeWork", "name": file}));
    }
    let body: Vec<String> = std::iter::once(summary(check)).chain(all_reasons(check)).collect();
    json!({
        "@type": "ClaimReview",
        "claimReviewed": check.claim,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": rating.value,
            "worstRating": 1,
            "bestRating": 3,
            "alternateName": rating.name,
            "ratingExplanation":
                "What the sources searched say: 1 otherwise, 2 in part or both, 3 the same.",
        },
        "reviewBody": body.join("; "),
        "itemReviewed": claim,
        "citation": check.evidence.iter().map(quotation).collect::<Vec<_>>(),
    })
}

fn quotation(evidence: &Evidence) -> Value {
    let quotation = &evidence.quoted;
    let (citation, source) = (&quotation.citation, &quotation.source);
    let mut whole = Map::new();
    whole.insert("@type".to_owned(), "CreativeWork".into());
    whole.insert("name".to_owned(), source.metadata.title().unwrap_or(&source.file).into());
    let credit = reference(source);
    if !credit.is_empty() {
        whole.insert("creditText".to_owned(), credit.into());
    }
    let mut record = Map::new();
    record.insert("@type".to_owned(), "Quotation".into());
    record.insert("identifier".to_owned(), citation.id.to_string().into());
    record.insert("text".to_owned(), citation.quote.as_str().into());
    if let Some(url) = link(quotation) {
        record.insert("url".to_owned(), url.into());
    }
    record.insert("isPartOf".to_owned(), whole.into());
    record.into()
}
