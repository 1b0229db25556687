//! Renders Wikipedia's citation templates (Citation Style 1).

use pincite_core::cite::Citation;
use pincite_core::cite::reference::{CleanName, Reference, clean};
use pincite_core::text::PartialDate;
use pincite_core::text::english::calendar::month_name;

/// Renders a reference on each line for `citations`: a template with the quotation, in a `ref` with
/// the id of the quotation as its name, so that it can be used again.
///
/// The template depends on the type of source. Templates for periodicals are used only if the name
/// of the periodical is known, otherwise `cite news`, or `cite web` if there is a URL. All
/// templates require a title: if there is none, the parameter is a comment, so that Wikipedia asks
/// the editor for it.
pub fn wikipedia(citations: &[Citation]) -> String {
    let reference = |citation: &Citation| {
        format!("<ref name=\"{}\">{}</ref>\n", name(citation), template(citation))
    };
    citations.iter().map(reference).collect()
}

/// Returns the name of a reference, without characters that would end it. A name of digits only is
/// an error, so the `#p` of an id stays as a `-`.
fn name(citation: &Citation) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    citation.id.to_string().chars().map(|c| if is_plain(c) { c } else { '-' }).collect()
}

fn template(citation: &Citation) -> String {
    let source = Reference::of(citation);
    let url = source.url();
    let container = source.text("container-title");
    let name = template_name(source.kind(), container.is_some(), url.is_some());
    let mut template = format!("{{{{{name}");
    let mut parameter = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            template.push_str(&format!(" |{name}={value}"));
        }
    };
    for (name, value) in contributors(&source, "author", ["last", "first", "author"]) {
        parameter(&name, Some(value));
    }
    for (name, value) in contributors(&source, "editor", ["editor-last", "editor-first", "editor"])
    {
        parameter(&name, Some(value));
    }
    let text = |variable: &str| source.text(variable).map(|text| escape(&text));
    parameter("title", text("title").or_else(|| Some("<!-- not known -->".to_owned())));
    parameter(container_parameter(name), container.map(|container| escape(&container)));
    for (name, variable) in [("publisher", "publisher"), ("location", "publisher-place")] {
        parameter(name, text(variable));
    }
    parameter(
        "date",
        source
            .date("issued")
            .map(date)
            .or(source.date_in_words("issued").map(|date| escape(&date))),
    );
    for (name, variable) in
        [("volume", "volume"), ("issue", "issue"), ("doi", "DOI"), ("language", "language")]
    {
        parameter(name, text(variable));
    }
    // An access date is an error without a URL.
    if let Some(url) = url {
        parameter("url", Some(link(&url)));
        parameter("access-date", source.date("accessed").map(date));
    }
    let locator = &citation.locator;
    match (locator.printed_page(), locator.slide) {
        (Some(page), _) => parameter("page", Some(escape(&clean(&page)))),
        (None, Some(slide)) => parameter("at", Some(format!("slide {slide}"))),
        (None, None) => parameter("at", Some(format!("para. {}", locator.paragraph))),
    }
    parameter("quote", Some(escape(&clean(&citation.quote))));
    template.push_str("}}");
    template
}

fn template_name(csl: &str, in_periodical: bool, on_the_web: bool) -> &'static str {
    match csl {
        "article-journal" if in_periodical => "cite journal",
        "article-magazine" if in_periodical => "cite magazine",
        "article-journal" | "article-magazine" | "article-newspaper" => "cite news",
        "book" => "cite book",
        "chapter" if in_periodical => "cite encyclopedia",
        "report" => "cite report",
        "thesis" => "cite thesis",
        _ if on_the_web => "cite web",
        _ => "cite news",
    }
}

/// Returns the parameter of a template for the container of a source.
fn container_parameter(template: &str) -> &'static str {
    match template {
        "cite journal" => "journal",
        "cite magazine" => "magazine",
        "cite encyclopedia" => "encyclopedia",
        "cite book" | "cite report" | "cite thesis" => "series",
        _ => "work",
    }
}

/// Returns the parameters for the names in a variable, numbered if there are several.
fn contributors(
    source: &Reference<'_>,
    variable: &str,
    [last, first, whole]: [&str; 3],
) -> Vec<(String, String)> {
    let names = source.names(variable);
    let several = names.len() > 1;
    let number =
        |name: &str, i: usize| if several { format!("{name}{}", i + 1) } else { name.to_owned() };
    let mut parameters = Vec::new();
    for (i, name) in names.into_iter().enumerate() {
        match name {
            CleanName::Person { family, given, suffix } => {
                // Wikipedia's manual of style puts no comma before a suffix.
                let given = [given, suffix].into_iter().flatten().collect::<Vec<_>>().join(" ");
                parameters.push((number(last, i), escape(&family)));
                if !given.is_empty() {
                    parameters.push((number(first, i), escape(&given)));
                }
            }
            CleanName::Literal(literal) => parameters.push((number(whole, i), escape(&literal))),
        }
    }
    parameters
}

/// Renders a date for the templates: `16 October 2025`, `October 2025`, `2025`. They reject
/// `2025-10`.
fn date(date: PartialDate) -> String {
    let month = date.month().and_then(month_name);
    let parts = [date.day().map(|day| day.to_string()), month.map(str::to_owned)];
    parts.into_iter().flatten().chain([date.year().to_string()]).collect::<Vec<_>>().join(" ")
}

/// Escapes the characters of a URL that MediaWiki interprets.
fn link(url: &str) -> String {
    [("[", "%5B"), ("]", "%5D"), ("''", "'%27"), ("~~", "~%7E"), ("__", "_%5F")]
        .iter()
        .fold(url.to_owned(), |url, (markup, encoded)| url.replace(markup, encoded))
}

/// Escapes the characters of a text that MediaWiki interprets.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut previous = ' ';
    for c in text.chars() {
        // Only pairs of quotes, tildes or underscores are markup, so escaping the second is enough.
        let is_paired = c == previous;
        match c {
            '|' => escaped.push_str("{{!}}"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '{' => escaped.push_str("&#123;"),
            '}' => escaped.push_str("&#125;"),
            '[' => escaped.push_str("&#91;"),
            ']' => escaped.push_str("&#93;"),
            '\'' | '~' | '_' if is_paired => escaped.push_str(&format!("&#{};", u32::from(c))),
            _ => escaped.push(c),
        }
        previous = c;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixture::{citation, hostile};

    fn wiki(variables: serde_json::Value) -> String {
        wikipedia(&[citation(variables)])
    }

    #[test]
    fn a_news_article() {
        assert_eq!(
            wiki(json!({
                "type": "article-newspaper", "title": "A bridge [photos] | News",
                "container-title": "The Sample", "publisher": "Sample & Sons",
                "author": [{"family": "Example", "given": "Rowan"}, {"literal": "The Desk"}],
                "issued": {"date-parts": [[2025, 10, 16]]},
                "accessed": {"date-parts": [[2025, 11]]},
                "URL": "https://example.org/a|b",
            })),
            "<ref name=\"bridge-p3.2\">{{cite news |last1=Example |first1=Rowan |author2=The Desk \
             |title=A bridge &#91;photos&#93; {{!}} News |work=The Sample \
             |publisher=Sample &amp; Sons |date=16 October 2025 |url=https://example.org/a%7Cb \
             |access-date=November 2025 |at=para. 3 |quote=The bridge opened in 1932.}}</ref>\n"
        );
    }

    #[test]
    fn the_template_depends_on_the_type() {
        let named = |kind: &str, more: serde_json::Value| {
            let mut variables = json!({"type": kind, "title": "T"});
            variables
                .as_object_mut()
                .expect("an object")
                .extend(more.as_object().expect("an object").clone());
            let wiki = wiki(variables);
            let template = wiki.split("{{").nth(1).expect("a template");
            template.split(" |").next().expect("a name").to_owned()
        };
        let periodical = json!({"container-title": "P"});
        assert_eq!(named("article-journal", periodical.clone()), "cite journal");
        assert_eq!(named("article-magazine", periodical), "cite magazine");
        assert_eq!(named("article-magazine", json!({"publisher": "P"})), "cite magazine");
        assert_eq!(named("article-magazine", json!({})), "cite news");
        assert_eq!(named("book", json!({})), "cite book");
        assert_eq!(named("webpage", json!({"URL": "https://e.org"})), "cite web");
        assert_eq!(named("webpage", json!({"URL": "javascript:x"})), "cite news");
    }

    #[test]
    fn a_missing_title_is_a_comment() {
        assert_eq!(
            wiki(json!({"accessed": {"date-parts": [[2025]]}})),
            "<ref name=\"bridge-p3.2\">{{cite news |title=<!-- not known --> |at=para. 3 \
             |quote=The bridge opened in 1932.}}</ref>\n"
        );
    }

    #[test]
    fn metadata_cannot_break_out_of_a_parameter() {
        let wiki = wiki(hostile());
        let inner = wiki
            .trim_end()
            .strip_prefix("<ref name=\"bridge-p3.2\">{{")
            .and_then(|wiki| wiki.strip_suffix("}}</ref>"))
            .expect("a template");
        let inner = inner.replace("{{!}}", "");
        for markup in ["{{", "}}", "[[", "]]", "<", "''", "~~", "__", "\n", "\u{1b}", "\u{7}"] {
            assert!(!inner.contains(markup), "{markup:?} in {inner}");
        }
        let parameters =
            inner.split('|').skip(1).map(|p| p.split('=').next().unwrap_or_default().trim());
        for parameter in parameters {
            assert!(
                parameter.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
                "{parameter}"
            );
        }
    }
}
