//! BibTeX, for LaTeX and for reference managers.
//!
//! Written here and not by the `biblatex` crate, whose escapes are fit for Typst but not for TeX: `\~` and `\^` are
//! accents there, `\\` is a line break, and BibTeX counts the brace of `\{`. The tests read what is written back with
//! that crate.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use pincite_core::cite::Citation;
use pincite_core::cite::reference::{Name, Reference, clean, references};
use pincite_core::text::english::calendar::month_name;

/// What would end a field that is taken as it stands.
const BREAKING: &AsciiSet = &CONTROLS.add(b'{').add(b'}').add(b'\\').add(b' ');

/// The sources of `citations` as BibTeX entries, one a source; what is quoted from it stands in its `annote`.
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
        // The second pair of braces keeps styles from lower-casing names.
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
        // These two are taken as they stand, so what could end the field is percent-encoded instead.
        ("doi", reference.text("DOI").map(|doi| utf8_percent_encode(&doi, BREAKING).to_string())),
        ("url", reference.url()),
        ("urldate", reference.date("accessed").map(|date| date.to_string())),
        ("note", text("note")),
        ("annote", Some(escape(&quotations))),
    ];
    let mut entry = format!("@{kind}{{{},\n", key(reference.id()));
    for (name, value) in fields {
        entry += &match value {
            None => continue,
            // The name of a month is one that BibTeX knows, which braces would hide.
            Some(month) if name == "month" => format!("  month = {month},\n"),
            Some(value) => format!("  {name} = {{{value}}},\n"),
        };
    }
    entry + "}\n"
}

/// The entry type, of those that BibTeX's own styles know. What stands in something they want to be told in what.
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

/// An id as an entry's key, of characters that cannot end it.
fn key(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || "-_.:".contains(c) { c } else { '-' }).collect()
}

/// Names as BibTeX takes them apart. A part that BibTeX would split at a comma or an “and” is held together by braces.
fn names(reference: &Reference<'_>, variable: &str) -> Option<String> {
    let held = |part: String| {
        let splits =
            part.contains(',') || part.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
        if splits { format!("{{{}}}", escape(&part)) } else { escape(&part) }
    };
    let name = |name: Name| match name {
        // A family name is one part, lower-case particles included, however many words it has.
        Name::Person { family, given, suffix } => {
            [Some(family), suffix, Some(given.unwrap_or_default())]
                .into_iter()
                .flatten()
                .map(held)
                .collect::<Vec<_>>()
                .join(", ")
        }
        Name::Literal(literal) => format!("{{{}}}", escape(&literal)),
    };
    let names: Vec<String> = reference.names(variable).into_iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

/// `text` with all that TeX would act upon written as the commands that print it.
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
            "type": "article-newspaper", "title": "A Bridge & 50% more", "container-title": "The Gazette",
            "author": [{"family": "van Gogh", "given": "Vincent"}, {"literal": "Bread and Roses"}],
            "issued": {"date-parts": [[1932, 3, 19]]}, "URL": "https://example.org/a_b?c=1%20&d=~{e}", "DOI": "10.1/a_b",
        });
        assert_eq!(
            bibtex(&[citation(article.clone()), whole(article)]),
            r"@article{bridge,
  author = {van Gogh, Vincent and {Bread and Roses}},
  title = {{A Bridge \& 50\% more}},
  journal = {The Gazette},
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
    fn what_is_not_known_is_not_made_up() {
        assert_eq!(
            bibtex(&[citation(json!({}))]),
            "@misc{bridge,\n  annote = {para. 3: “The bridge opened in 1932.” [bridge\\#p3.2]},\n}\n"
        );
    }

    #[test]
    fn a_date_in_words_stays_in_words() {
        assert!(
            bibtex(&[citation(json!({"issued": {"literal": "c. 1930"}}))])
                .contains("  year = {c. 1930},\n")
        );
    }

    #[test]
    fn metadata_cannot_leave_their_field() {
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
        fn braces_balance_and_no_command_but_ours_is_left(title in "\\PC{0,40}") {
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
        fn ordinary_titles_read_back_as_they_were(title in "[a-zA-Z0-9 .,;:%&$#_éü“”]{0,40}[a-z]") {
            let bibtex = bibtex(&[citation(json!({"title": title}))]);
            let read = Bibliography::parse(&bibtex).expect("it is BibTeX");
            let read = read.iter().next().expect("an entry").title().expect("a title").format_verbatim();
            prop_assert_eq!(read, clean(&title));
        }
    }
}
