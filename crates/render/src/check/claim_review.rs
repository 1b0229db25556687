//! Checks as schema.org's ClaimReview, for pages that publish them.

use serde_json::{Map, Value, json};

use super::{Checks, all_reasons, summary};
use crate::json;
use crate::terminal::human::{link, reference};
use pincite_core::check::{Check, Evidence, Verdict};

/// JSON-LD: a `ClaimReview` for each claim about which the sources say something; where they say nothing, there is
/// nothing to review.
///
/// Who reviews (`author`), on which page (`url`) and when is not known here and is left out: search engines need the
/// first two. `<` is escaped, so that the text may stand in a `<script>`.
pub fn claim_review(checks: &Checks) -> String {
    let found = checks
        .checks
        .iter()
        .filter_map(|check| Some(review(check, rating(check.verdict)?, checks)));
    let graph = json!({"@context": "https://schema.org", "@graph": found.collect::<Vec<_>>()});
    // Outside strings JSON has no such sign.
    json::document(&graph).replace('<', "\\u003c")
}

/// The place on a scale from 1 to 3, and its name. It rates what the sources say: `Some` where they say something.
fn rating(verdict: Verdict) -> Option<(u8, &'static str)> {
    match verdict {
        Verdict::Supported => Some((3, "Supported by the sources")),
        Verdict::Disputed => Some((2, "Disputed among the sources")),
        Verdict::Partial => Some((2, "Supported in part by the sources")),
        Verdict::Contradicted => Some((1, "Contradicted by the sources")),
        Verdict::NotFound => None,
    }
}

fn review(check: &Check, (value, name): (u8, &str), checks: &Checks) -> Value {
    let mut claim = Map::new();
    claim.insert("@type".to_owned(), "Claim".into());
    claim.insert("text".to_owned(), check.claim.as_str().into());
    if let Some(file) = checks.file.as_ref().filter(|_| checks.input.draft.is_some()) {
        claim.insert("appearance".to_owned(), json!({"@type": "CreativeWork", "name": file}));
    }
    json!({
        "@type": "ClaimReview",
        "claimReviewed": check.claim,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": 1,
            "bestRating": 3,
            "alternateName": name,
            "ratingExplanation": "What the sources searched say: 1 otherwise, 2 in part or both, 3 the same.",
        },
        "reviewBody": std::iter::once(summary(check)).chain(all_reasons(check)).collect::<Vec<_>>().join("; "),
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
    let credit = Some(reference(source)).filter(|credit| !credit.is_empty());
    whole.extend(credit.map(|credit| ("creditText".to_owned(), credit.into())));
    let mut record = Map::new();
    record.insert("@type".to_owned(), "Quotation".into());
    record.insert("identifier".to_owned(), citation.id.to_string().into());
    record.insert("text".to_owned(), citation.quote.as_str().into());
    record.extend(link(quotation).map(|url| ("url".to_owned(), url.into())));
    record.insert("isPartOf".to_owned(), whole.into());
    record.into()
}
