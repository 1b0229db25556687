//! Renders checks as a self-contained web page, for phones, print and sharing.

use std::fmt::Write as _;

use super::words::{claim_pieces, in_words, reasons, side, summary};
use crate::attribution::reference;
use crate::html::{escaped, page, quotation};
use crate::wording::count;
use pincite_core::check::{Check, Evidence, Request, Stance, Verdict};
use pincite_core::cite::Quotation;
use pincite_core::engine::Checks;
use pincite_core::text;

/// Colours are never the only distinction between verdicts: they have words and signs too.
const STYLE: &str = "\
:root{--good:#17652b;--bad:#a11218;--warn:#7a4a00}\
@media(prefers-color-scheme:dark){:root{--good:#7fd992;--bad:#ff9c95;--warn:#f0bf62}}\
h1,h2{overflow-wrap:anywhere}h2{font-size:1.15rem;line-height:1.35;margin:0}\
h3{font:600 .85rem/1.4 system-ui,sans-serif;margin:1rem 0 .25rem}\
article{border-top:1px solid var(--line);padding-top:1.25rem}\
.verdict,.assertion,.tally,.reasons,summary{font:.9rem/1.45 system-ui,sans-serif}\
.tally,.reasons{padding:0;list-style:none;margin-block:.4rem}\
.tally li{display:inline-block;margin-right:1rem}\
.supported{color:var(--good)}.contradicted{color:var(--bad)}\
.disputed,.partial,.not_found{color:var(--warn)}\
summary{cursor:pointer;padding:.4rem 0;overflow-wrap:anywhere}\
details>*{margin-inline-start:1rem}details>summary{margin:0}\
details blockquote{margin-top:.25rem}\
@media print{body{max-width:none;margin:0;font-size:11pt}blockquote,p,li{break-inside:avoid}\
h2,h3,summary,.verdict{break-after:avoid}}";

/// Renders a page of claims, each with its verdict and the evidence in collapsible sections.
pub fn checks_as_html(checks: &Checks) -> String {
    let title = match &checks.file {
        Some(file) => format!("Claims in {file}"),
        None => "Claims checked".to_owned(),
    };
    let mut body = String::from("<ul class=\"tally\">\n");
    for (verdict, n) in checks.verdicts() {
        let _ = writeln!(body, "<li>{} {n}</li>", badge(verdict));
    }
    body.push_str(
        "</ul>\n<p class=\"place\">\
         Verdicts speak of what the sources say, not of what is true.</p>\n",
    );
    for ((request, check), number) in checks.iter().zip(1..) {
        article(&mut body, number, request, check);
    }
    page(&title, STYLE, &body)
}

/// Renders a verdict with its sign.
fn badge(verdict: Verdict) -> String {
    let sign = match verdict {
        Verdict::Supported => '✓',
        Verdict::Contradicted => '✗',
        Verdict::Disputed => '≠',
        Verdict::Partial => '½',
        Verdict::NotFound => '–',
    };
    let name = in_words(verdict);
    format!(
        "<strong class=\"{}\"><span aria-hidden=\"true\">{sign}</span> {name}</strong>",
        verdict.name()
    )
}

fn article(out: &mut String, number: usize, request: &Request, check: &Check) {
    let language = match text::language(&check.claim) {
        Some(code) => format!(" lang=\"{code}\""),
        None => String::new(),
    };
    let claim: String = claim_pieces(check)
        .map(|(text, differs)| match escaped(text) {
            text if differs => format!("<mark>{text}</mark>"),
            text => text,
        })
        .collect();
    let _ =
        writeln!(out, "<article id=\"claim-{number}\">\n<h2{language} dir=\"auto\">{claim}</h2>");
    let mut parts = vec![badge(check.verdict), summary(check)];
    parts.retain(|part| !part.is_empty());
    if let Some(place) = request.place {
        parts.push(format!("line&nbsp;{}", place.line));
    }
    let _ = writeln!(out, "<p class=\"verdict\">{}</p>", parts.join(" · "));
    for (assertion, number) in check.assertions.iter().zip(1..) {
        let (badge, text) = (badge(assertion.verdict), escaped(&assertion.text));
        let _ = writeln!(out, "<p class=\"assertion\" dir=\"auto\">{number}. {text} {badge}</p>");
        sides(out, check, assertion.verdict, Some(number));
    }
    if check.assertions.is_empty() {
        sides(out, check, check.verdict, None);
    }
    if !check.related.is_empty() {
        let passages = count(check.related.len() as u64, "related passage");
        let _ = writeln!(out, "<details>\n<summary>{passages}</summary>");
        for quoted in &check.related {
            quotation(out, quoted);
        }
        out.push_str("</details>\n");
    }
    out.push_str("</article>\n");
}

/// Renders the evidence on one assertion, by its number, or on the whole claim.
fn sides(out: &mut String, check: &Check, verdict: Verdict, assertion: Option<usize>) {
    let is_partial = verdict == Verdict::Partial;
    for (stance, heading) in [
        (Stance::Supports, if is_partial { "Said in part" } else { "For" }),
        (Stance::Contradicts, "Against"),
    ] {
        let mut evidence = side(check, stance)
            .filter(|evidence| assertion.is_none_or(|number| evidence.assertion == number))
            .peekable();
        if evidence.peek().is_some() {
            let _ = writeln!(out, "<h3>{heading}</h3>");
        }
        for evidence in evidence {
            details(out, evidence, verdict);
        }
    }
}

fn details(out: &mut String, evidence: &Evidence, verdict: Verdict) {
    let _ = writeln!(
        out,
        "<details open>\n<summary dir=\"auto\">{}</summary>",
        escaped(&named(&evidence.quoted))
    );
    quotation(out, &evidence.quoted);
    let reasons: Vec<String> = reasons(evidence, verdict).collect();
    if !reasons.is_empty() {
        out.push_str("<ul class=\"reasons\">\n");
        for reason in reasons {
            let _ = writeln!(out, "<li dir=\"auto\">{}</li>", escaped(&reason));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</details>\n");
}

/// Returns the name of a source for a collapsed section.
fn named(quoted: &Quotation) -> String {
    let reference = reference(&quoted.source);
    if reference.is_empty() { quoted.source.file.clone() } else { reference }
}
