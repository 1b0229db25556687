//! Renders checks as a self-contained web page, for phones, print and sharing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::draft::draft_pieces;
use super::words::{begins, claim_pieces, in_words, reasons, side, summary, undecided};
use crate::attribution::reference;
use crate::html::{self, escaped, escaped_lines, page};
use crate::wording::count;
use pincite_core::check::{Check, Evidence, Request, Stance, Verdict};
use pincite_core::cite::Quotation;
use pincite_core::engine::Checks;
use pincite_core::source::SourceId;
use pincite_core::text;

/// Colours are never the only distinction between verdicts: they have words and signs too.
const STYLE: &str = "\
:root{--good:#17652b;--bad:#a11218;--warn:#7a4a00}\
@media(prefers-color-scheme:dark){:root{--good:#7fd992;--bad:#ff9c95;--warn:#f0bf62}}\
h1,h3,.draft{overflow-wrap:anywhere}h2{font:1.05rem/1.35 system-ui,sans-serif;margin:2rem 0 0}\
h3{font-size:1.15rem;line-height:1.35;margin:0}\
h4{font:600 .85rem/1.4 system-ui,sans-serif;margin:1rem 0 .25rem}\
.draft{white-space:pre-wrap;border:1px solid var(--line);padding:1rem;margin:.5rem 0}\
.draft a{color:inherit;text-decoration:underline 2px}.draft sup{line-height:0}\
.draft .supported{text-decoration-color:var(--good)}.draft .supported sup{color:var(--good)}\
.draft .contradicted{text-decoration-color:var(--bad)}.draft .contradicted sup{color:var(--bad)}\
.draft .disputed,.draft .partial,.draft .not_found{text-decoration-color:var(--warn)}\
.draft .disputed sup,.draft .partial sup,.draft .not_found sup{color:var(--warn)}\
.draft .not_found{text-decoration-style:dotted}a:target,article:target{outline:2px solid var(--mark)}\
article+article{border-top:1px solid var(--line);padding-top:1.25rem}\
.verdict,.assertion,.tally,.reasons,summary{font:.9rem/1.45 system-ui,sans-serif}\
.tally,.reasons,.references{padding:0;list-style:none;margin-block:.4rem}\
.tally a{text-decoration:none;color:inherit}.references li{margin:.4rem 0}\
.tally li{display:inline-block;margin-right:1rem}\
.supported{color:var(--good)}.contradicted{color:var(--bad)}\
.disputed,.partial,.not_found{color:var(--warn)}\
summary{cursor:pointer;padding:.4rem 0;overflow-wrap:anywhere}\
details>*{margin-inline-start:1rem}details>summary{margin:0}\
details blockquote{margin-top:.25rem}\
@media print{body{max-width:none;margin:0;font-size:11pt}blockquote,p,li{break-inside:avoid}\
h2,h3,h4,summary,.verdict{break-after:avoid}}";

/// The verdicts in the order in which an editor looks at them.
const ORDER: [Verdict; 5] = [
    Verdict::Contradicted,
    Verdict::Disputed,
    Verdict::Partial,
    Verdict::NotFound,
    Verdict::Supported,
];

/// Renders a page of claims by their verdicts, what is contradicted first, with the evidence in
/// collapsible sections, and the references once a source. A draft comes before them, with each claim
/// marked in place and leading to its evidence.
pub fn checks_as_html(checks: &Checks) -> String {
    let title = match &checks.file {
        Some(file) => format!("Claims in {file}"),
        None => "Claims checked".to_owned(),
    };
    let numbers: BTreeMap<Verdict, usize> = checks.verdicts().into_iter().collect();
    let mut body = String::from("<ul class=\"tally\">\n");
    let found = ORDER.iter().filter_map(|verdict| Some((*verdict, *numbers.get(verdict)?)));
    for (verdict, n) in found.clone() {
        let (badge, name) = (badge(verdict), verdict.name());
        let _ = writeln!(body, "<li><a href=\"#{name}\">{badge} {n}</a></li>");
    }
    body.push_str(
        "</ul>\n<p class=\"place\">\
         Verdicts speak of what the sources say, not of what is true.</p>\n",
    );
    draft(&mut body, checks);
    let mut references = References::default();
    for (verdict, n) in found {
        let (badge, name, claims) = (badge(verdict), verdict.name(), count(n as u64, "claim"));
        let _ = writeln!(
            body,
            "<section aria-labelledby=\"{name}\">\n<h2 id=\"{name}\">{badge}: {claims}</h2>"
        );
        for ((request, check), number) in checks.iter().zip(1..) {
            if check.verdict == verdict {
                article(&mut body, number, request, check, &mut references);
            }
        }
        body.push_str("</section>\n");
    }
    references.list(&mut body);
    page(&title, STYLE, &body)
}

/// Renders the text of a draft, with its claims as links to what was found.
fn draft(out: &mut String, checks: &Checks) {
    let pieces = draft_pieces(checks);
    if pieces.is_empty() {
        return;
    }
    out.push_str("<section aria-labelledby=\"draft\">\n<h2 id=\"draft\">The draft</h2>\n");
    out.push_str("<div class=\"draft\" dir=\"auto\">");
    for (text, claim) in pieces {
        let text = escaped_lines(text);
        let _ = match claim {
            None => write!(out, "{text}"),
            Some((number, verdict)) => {
                let (sign, name) = (sign(verdict), verdict.name());
                let words = in_words(verdict);
                write!(
                    out,
                    "<a id=\"in-{number}\" class=\"{name}\" href=\"#claim-{number}\" \
                     title=\"{words}\">{text}<sup>{sign}</sup></a>"
                )
            }
        };
    }
    out.push_str("</div>\n</section>\n");
}

/// The references of the sources that are quoted, each with its number, from 1.
#[derive(Default)]
struct References {
    numbers: BTreeMap<SourceId, usize>,
    entries: Vec<String>,
}

impl References {
    /// Returns the citation within the text and the number of the reference, if the style has both.
    fn of<'a>(&mut self, quoted: &'a Quotation) -> Option<(&'a str, usize)> {
        let (cited, entry) = quoted.citation.formatted.as_deref()?.split_once('\n')?;
        let number = *self.numbers.entry(quoted.source.id.clone()).or_insert_with(|| {
            self.entries.push(entry.to_owned());
            self.entries.len()
        });
        Some((cited, number))
    }

    fn list(&self, out: &mut String) {
        if self.entries.is_empty() {
            return;
        }
        out.push_str("<section aria-labelledby=\"references\">\n");
        out.push_str("<h2 id=\"references\">References</h2>\n<ul class=\"references\">\n");
        for (entry, number) in self.entries.iter().zip(1..) {
            let entry = escaped(&entry.replace('\n', " "));
            let _ = writeln!(out, "<li id=\"reference-{number}\" dir=\"auto\">{entry}</li>");
        }
        out.push_str("</ul>\n</section>\n");
    }

    /// Renders a quotation with its place, and a link to its reference.
    fn quotation(&mut self, out: &mut String, quotation: &Quotation) {
        let Some((cited, number)) = self.of(quotation) else {
            return html::quotation(out, quotation);
        };
        html::quoted(out, quotation);
        let cited = escaped(cited);
        let _ = writeln!(out, "<p dir=\"auto\"><a href=\"#reference-{number}\">{cited}</a></p>");
        html::placed(out, quotation);
    }
}

/// Returns the sign of a verdict.
fn sign(verdict: Verdict) -> char {
    match verdict {
        Verdict::Supported => '✓',
        Verdict::Contradicted => '✗',
        Verdict::Disputed => '≠',
        Verdict::Partial => '½',
        Verdict::NotFound => '–',
    }
}

/// Renders a verdict with its sign.
fn badge(verdict: Verdict) -> String {
    let (sign, name) = (sign(verdict), in_words(verdict));
    format!(
        "<strong class=\"{}\"><span aria-hidden=\"true\">{sign}</span> {name}</strong>",
        verdict.name()
    )
}

fn article(
    out: &mut String,
    number: usize,
    request: &Request,
    check: &Check,
    references: &mut References,
) {
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
        writeln!(out, "<article id=\"claim-{number}\">\n<h3{language} dir=\"auto\">{claim}</h3>");
    let mut parts = vec![badge(check.verdict), summary(check)];
    parts.retain(|part| !part.is_empty());
    if let Some(place) = request.place {
        let begins = begins(place);
        parts.push(match place.extent {
            Some(_) => format!("<a href=\"#in-{number}\">{begins}</a>"),
            None => begins,
        });
    }
    let _ = writeln!(out, "<p class=\"verdict\">{}</p>", parts.join(" · "));
    for (assertion, number) in check.assertions.iter().zip(1..) {
        let (badge, text) = (badge(assertion.verdict), escaped(&assertion.text));
        let _ = writeln!(out, "<p class=\"assertion\" dir=\"auto\">{number}. {text} {badge}</p>");
        sides(out, check, assertion.verdict, Some(number), references);
    }
    if check.assertions.is_empty() {
        sides(out, check, check.verdict, None, references);
    }
    if !check.related.is_empty() {
        let passages = count(check.related.len() as u64, "related passage");
        let _ = writeln!(out, "<details>\n<summary>{passages}</summary>");
        for related in &check.related {
            references.quotation(out, &related.quoted);
            listed(out, undecided(related, check.verdict).into_iter());
        }
        out.push_str("</details>\n");
    }
    out.push_str("</article>\n");
}

/// Renders the evidence on one assertion, by its number, or on the whole claim.
fn sides(
    out: &mut String,
    check: &Check,
    verdict: Verdict,
    assertion: Option<usize>,
    references: &mut References,
) {
    let is_partial = verdict == Verdict::Partial;
    for (stance, heading) in [
        (Stance::Supports, if is_partial { "Said in part" } else { "For" }),
        (Stance::Contradicts, "Against"),
    ] {
        let mut evidence = side(check, stance)
            .filter(|evidence| assertion.is_none_or(|number| evidence.assertion == number))
            .peekable();
        if evidence.peek().is_some() {
            let _ = writeln!(out, "<h4>{heading}</h4>");
        }
        for evidence in evidence {
            details(out, evidence, verdict, references);
        }
    }
}

fn details(out: &mut String, evidence: &Evidence, verdict: Verdict, references: &mut References) {
    let _ = writeln!(
        out,
        "<details open>\n<summary dir=\"auto\">{}</summary>",
        escaped(&named(&evidence.quoted))
    );
    references.quotation(out, &evidence.quoted);
    listed(out, reasons(evidence, verdict));
    out.push_str("</details>\n");
}

/// Renders reasons as a list.
fn listed(out: &mut String, reasons: impl Iterator<Item = String>) {
    let mut reasons = reasons.peekable();
    if reasons.peek().is_none() {
        return;
    }
    out.push_str("<ul class=\"reasons\">\n");
    for reason in reasons {
        let _ = writeln!(out, "<li dir=\"auto\">{}</li>", escaped(&reason));
    }
    out.push_str("</ul>\n");
}

/// Returns the name of a source for a collapsed section.
fn named(quoted: &Quotation) -> String {
    let reference = reference(&quoted.source);
    if reference.is_empty() { quoted.source.file.clone() } else { reference }
}
