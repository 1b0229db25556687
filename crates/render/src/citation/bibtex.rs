//! Renders BibTeX, for LaTeX and reference managers.
//!
//! The `biblatex` crate is used only in tests, to parse the output: its escapes work for Typst but
//! not for TeX, where `\~` and `\^` are accents, `\\` is a line break, and BibTeX counts the brace
//! of `\{`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use pincite_core::cite::Citation;
use pincite_core::cite::reference::{CleanName, Reference, clean, references};
use pincite_core::text::english::calendar::month_name;

/// The characters that would end a verbatim field.
const BREAKING: &AsciiSet = &CONTROLS.add(b'{').add(b'}').add(b'\\').add(b' ');

/// Renders an entry for each source of `citations`, with the quotations in `annote`.
pub fn bibtex(citations: &[Citation]) -> String {
    references(citations).iter().map(entry).collect::<Vec<_>>().join("\n")
}

fn entry(reference: &Reference<'_>) -> String {
    let kind = kind(reference.kind(), reference.text("container-title").is_some());
    let container = match kind {
        "article" => "journal",
        "incollection" | "inproceedings" => "booktitle",
        _ => "howpublished",
    };
    let text = |variable: &str| reference.text(variable).map(|text| escape(&text));
    let date = reference.date("issued");
    let year = date.map(|date| format!("{:04}", date.year()));
    // BibTeX predefines the months by their first three letters.
    let month =
        date.and_then(|date| month_name(date.month()?)).map(|name| name[..3].to_lowercase());
    let quotations = reference.pinpoints().collect::<Vec<_>>().join(" ");
    let fields = [
        ("author", names(reference, "author")),
        ("editor", names(reference, "editor")),
        // The second pair of braces stops styles from lower-casing names.
        ("title", text("title").map(|title| format!("{{{title}}}"))),
        (container, text("container-title")),
        ("year", year.or_else(|| reference.date_in_words("issued").map(|date| escape(&date)))),
        ("month", month),
        ("day", date.and_then(|date| date.day()).map(|day| day.to_string())),
        (if kind == "techreport" { "institution" } else { "publisher" }, text("publisher")),
        ("address", text("publisher-place")),
        ("volume", text("volume")),
        ("number", text("issue")),
        ("edition", text("edition")),
        ("pages", text("page").map(|pages| pages.replace('–', "--"))),
        ("isbn", text("ISBN")),
        ("issn", text("ISSN")),
        ("language", text("language")),
        // DOI and URL are verbatim fields: percent-encode instead of escaping.
        ("doi", reference.text("DOI").map(|doi| utf8_percent_encode(&doi, BREAKING).to_string())),
        ("url", reference.url()),
        ("urldate", reference.date("accessed").map(|date| date.to_string())),
        ("note", text("note")),
        ("annote", Some(escape(&quotations))),
    ];
    let mut entry = format!("@{kind}{{{},\n", key(reference.id()));
    for (name, value) in fields {
        let Some(value) = value else { continue };
        if name == "month" {
            // Months are BibTeX macros, which are not expanded in braces.
            entry += &format!("  month = {value},\n");
        } else {
            entry += &format!("  {name} = {{{value}}},\n");
        }
    }
    entry + "}\n"
}

/// Returns the entry type, one that BibTeX's own styles know. Some of these require a container.
fn kind(csl: &str, in_container: bool) -> &'static str {
    match csl {
        "article-journal" | "article-magazine" | "article-newspaper" if in_container => "article",
        "chapter" | "entry-encyclopedia" | "entry-dictionary" if in_container => "incollection",
        "paper-conference" if in_container => "inproceedings",
        "book" => "book",
        "report" => "techreport",
        _ => "misc",
    }
}

/// Returns an id as the key of an entry, without characters that would end it.
fn key(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || "-_.:".contains(c) { c } else { '-' }).collect()
}

/// Renders the names in a variable, or `None` if there are none.
fn names(reference: &Reference<'_>, variable: &str) -> Option<String> {
    let names: Vec<String> = reference.names(variable).into_iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

/// Renders `Family, Suffix, Given`, or another name in braces.
fn name(name: CleanName) -> String {
    match name {
        CleanName::Person { family, given, suffix } => {
            let mut parts = vec![name_part(&family)];
            parts.extend(suffix.as_deref().map(name_part));
            parts.push(given.as_deref().map(name_part).unwrap_or_default());
            parts.join(", ")
        }
        CleanName::Literal(literal) => format!("{{{}}}", escape(&literal)),
    }
}

/// Escapes a part of a name, in braces if BibTeX would split it at a comma or an “and”.
fn name_part(part: &str) -> String {
    let splits = part.contains(',') || part.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
    if splits { format!("{{{}}}", escape(part)) } else { escape(part) }
}

/// Escapes the special characters of TeX.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            // Not `\{`, whose brace BibTeX counts.
            '{' => escaped.push_str(r"\textbraceleft{}"),
            '}' => escaped.push_str(r"\textbraceright{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '%' | '&' | '$' | '#' | '_' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::fixture::{citation, hostile, whole};

    #[test]
    fn a_news_article() {
        let article = json!({
            "type": "article-newspaper", "title": "A Bridge & 50% more",
            "container-title": "The Sample", "DOI": "10.1/a_b",
            "author": [{"family": "van Sample", "given": "Rowan"}, {"literal": "Bread and Roses"}],
            "issued": {"date-parts": [[1932, 3, 19]]},
            "URL": "https://example.org/a_b?c=1%20&d=~{e}",
        });
        assert_eq!(
            bibtex(&[citation(article.clone()), whole(article)]),
            r"@article{bridge,
  author = {van Sample, Rowan and {Bread and Roses}},
  title = {{A Bridge \& 50\% more}},
  journal = {The Sample},
  year = {1932},
  month = mar,
  day = {19},
  doi = {10.1/a_b},
  url = {https://example.org/a_b?c=1%20&d=~%7Be%7D},
  annote = {para. 3: “The bridge opened in 1932.” [bridge\#p3.2] para. 3: “It rained. The bridge opened in 1932.” [bridge\#p3]},
}
"
        );
    }

    #[test]
    fn unknown_fields_are_left_out() {
        assert_eq!(
            bibtex(&[citation(json!({}))]),
            "@misc{bridge,\n  \
             annote = {para. 3: “The bridge opened in 1932.” [bridge\\#p3.2]},\n}\n"
        );
    }

    #[test]
    fn a_date_in_words_is_kept() {
        assert!(
            bibtex(&[citation(json!({"issued": {"literal": "c. 1930"}}))])
                .contains("  year = {c. 1930},\n")
        );
    }

    #[test]
    fn metadata_cannot_break_out_of_a_field() {
        let bibtex = bibtex(&[citation(hostile())]);
        let read = Bibliography::parse(&bibtex).expect("it is BibTeX");
        assert_eq!(read.len(), 1, "{bibtex}");
        assert!(bibtex.chars().all(|c| !c.is_control() || c == '\n'), "{bibtex}");
        assert_eq!(
            read.iter().next().map(|entry| entry.author().expect("authors").len()),
            Some(2),
            "{bibtex}"
        );
    }

    proptest! {
        #[test]
        fn braces_are_balanced(title in "\\PC{0,40}") {
            let bibtex = bibtex(&[citation(json!({"title": title}))]);
            let depth = bibtex.chars().try_fold(0i32, |depth, c| match c {
                '{' => Some(depth + 1),
                '}' => Some(depth - 1).filter(|&depth| depth >= 0),
                _ => Some(depth),
            });
            prop_assert_eq!(depth, Some(0));
            let read = Bibliography::parse(&bibtex).expect("it is BibTeX");
            prop_assert_eq!(read.len(), 1);
        }

        #[test]
        fn ordinary_titles_round_trip(title in "[a-zA-Z0-9 .,;:%&$#_éü“”]{0,40}[a-z]") {
            let bibtex = bibtex(&[citation(json!({"title": title}))]);
            let read = Bibliography::parse(&bibtex).expect("it is BibTeX");
            let entry = read.iter().next().expect("an entry");
            prop_assert_eq!(entry.title().expect("a title").format_verbatim(), clean(&title));
        }
    }
}
