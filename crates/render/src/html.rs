//! Renders quotations as a self-contained HTML page, without scripts, fonts or requests.

use std::fmt::Write as _;

use crate::attribution::{link, place};
use crate::escape::{visible, visible_lines};
use pincite_core::cite::Quotation;

const STYLE: &str = "\
:root{color-scheme:light dark;--dim:#666;--line:#ccc;--mark:#fff1a8}\
@media(prefers-color-scheme:dark){:root{--dim:#aaa;--line:#555;--mark:#5c5000}}\
body{font:1.05rem/1.55 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.3rem}\
article{margin:2rem 0}\
blockquote{margin:0 0 .5rem;padding-inline-start:1rem;border-inline-start:3px solid var(--line)}\
mark{background:var(--mark);color:inherit}\
p{margin:.25rem 0;overflow-wrap:anywhere}\
.place{color:var(--dim);font:.85rem/1.4 system-ui,sans-serif}";

/// Renders a page of quotations, each with its reference and place, with the matched words marked.
pub fn html(title: &str, quotations: &[Quotation]) -> String {
    let mut body = String::new();
    for it in quotations {
        let _ = writeln!(body, "<article id=\"{}\">", escaped(&it.citation.id.to_string()));
        quotation(&mut body, it);
        body.push_str("</article>\n");
    }
    if quotations.is_empty() {
        body.push_str("<p>Nothing was found.</p>\n");
    }
    page(title, "", &body)
}

/// Renders a page with this title and body, and with additional style rules.
pub(super) fn page(title: &str, style: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n\
         {body}</body>\n</html>\n"
    )
}

/// Renders a quotation with its reference and place.
pub(super) fn quotation(out: &mut String, quotation: &Quotation) {
    quoted(out, quotation);
    for line in quotation.citation.formatted.as_deref().unwrap_or_default().lines() {
        let _ = writeln!(out, "<p dir=\"auto\">{}</p>", escaped(line));
    }
    placed(out, quotation);
}

/// Renders the words of a quotation.
pub(super) fn quoted(out: &mut String, quotation: &Quotation) {
    let language = quotation.passage.language.as_deref().unwrap_or_default();
    let _ = write!(out, "<blockquote lang=\"{}\" dir=\"auto\">", escaped(language));
    for piece in quotation.quoted() {
        let text = escaped(piece.text);
        if piece.matched {
            let _ = write!(out, "<mark>{text}</mark>");
        } else {
            out.push_str(&text);
        }
    }
    out.push_str("</blockquote>\n");
}

/// Renders the place of a quotation.
pub(super) fn placed(out: &mut String, quotation: &Quotation) {
    let _ = write!(out, "<p class=\"place\">{}", escaped(&place(quotation)));
    if let Some(url) = link(quotation) {
        let _ = write!(out, " · <a href=\"{}\" rel=\"noreferrer\">source</a>", escaped(url));
    }
    out.push_str("</p>\n");
}

/// Escapes text between tags and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    without_markup(&visible(text))
}

/// Escapes text between tags, and keeps its lines.
pub(super) fn escaped_lines(text: &str) -> String {
    without_markup(&visible_lines(text))
}

fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
