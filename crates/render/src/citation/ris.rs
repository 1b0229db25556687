//! Renders RIS, for EndNote, Zotero and Mendeley.

use pincite_core::cite::Citation;
use pincite_core::cite::reference::{CleanName, Reference, clean, references};

/// Renders a record for each source of `citations`, with the quotations in `N1` lines.
pub fn ris(citations: &[Citation]) -> String {
    references(citations).iter().map(record).collect()
}

fn record(reference: &Reference<'_>) -> String {
    let mut record = String::new();
    // `clean` has removed line breaks from values, so they cannot add tags.
    let mut line = |tag: &str, value: Option<String>| {
        if let Some(value) = value {
            record.push_str(&format!("{tag}  - {value}\r\n"));
        }
    };
    line("TY", Some(kind(reference.kind()).to_owned()));
    line("ID", Some(clean(reference.id())));
    for author in reference.names("author") {
        line("AU", Some(name(author)));
    }
    for editor in reference.names("editor") {
        line("ED", Some(name(editor)));
    }
    for (tag, variable) in
        [("TI", "title"), ("T2", "container-title"), ("PB", "publisher"), ("CY", "publisher-place")]
    {
        line(tag, reference.text(variable));
    }
    if let Some(date) = reference.date("issued") {
        let part = |part: Option<i8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
        line("PY", Some(format!("{:04}", date.year())));
        line(
            "DA",
            Some(format!("{:04}/{}/{}/", date.year(), part(date.month()), part(date.day()))),
        );
    }
    for (tag, variable) in [("VL", "volume"), ("IS", "issue"), ("ET", "edition")] {
        line(tag, reference.text(variable));
    }
    if let Some(pages) = reference.text("page") {
        let (first, last) = match pages.split_once(['-', '–']) {
            Some((first, last)) => (first.trim(), Some(last.trim())),
            None => (pages.as_str(), None),
        };
        line("SP", Some(first.to_owned()));
        line("EP", last.map(str::to_owned));
    }
    line("SN", reference.text("ISSN").or_else(|| reference.text("ISBN")));
    line("DO", reference.text("DOI"));
    line("UR", reference.url());
    line("LA", reference.text("language"));
    for pinpoint in reference.pinpoints() {
        line("N1", Some(pinpoint));
    }
    line("ER", Some(String::new()));
    record
}

/// Renders a name with the family name first.
fn name(name: CleanName) -> String {
    match name {
        CleanName::Person { family, given, suffix } => {
            [Some(family), given, suffix].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        CleanName::Literal(literal) => literal,
    }
}

fn kind(csl: &str) -> &'static str {
    match csl {
        "article-journal" => "JOUR",
        "article-magazine" => "MGZN",
        "article-newspaper" => "NEWS",
        "bill" => "BILL",
        "book" => "BOOK",
        "chapter" => "CHAP",
        "entry-dictionary" => "DICT",
        "entry-encyclopedia" => "ENCYC",
        "legal_case" => "CASE",
        "legislation" => "STAT",
        "manuscript" => "MANSCPT",
        "paper-conference" => "CPAPER",
        "post-weblog" => "BLOG",
        "report" => "RPRT",
        "thesis" => "THES",
        "webpage" | "post" => "ELEC",
        _ => "GEN",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixture::{citation, hostile, whole};

    #[test]
    fn a_news_article() {
        let article = json!({
            "type": "article-newspaper", "title": "A bridge", "container-title": "The Sample",
            "publisher": "Sample Ltd",
            "author": [{"family": "Example", "given": "Rowan"}, {"literal": "The Desk"}],
            "issued": {"date-parts": [[1932, 3]]}, "page": "4–6", "language": "en",
            "URL": "https://example.org/a",
        });
        assert_eq!(
            ris(&[citation(article.clone()), whole(article)]),
            "TY  - NEWS\r\nID  - bridge\r\nAU  - Example, Rowan\r\nAU  - The Desk\r\n\
             TI  - A bridge\r\nT2  - The Sample\r\nPB  - Sample Ltd\r\nPY  - 1932\r\n\
             DA  - 1932/03//\r\nSP  - 4\r\nEP  - 6\r\nUR  - https://example.org/a\r\n\
             LA  - en\r\nN1  - para. 3: “The bridge opened in 1932.” [bridge#p3.2]\r\n\
             N1  - para. 3: “It rained. The bridge opened in 1932.” [bridge#p3]\r\nER  - \r\n"
        );
    }

    #[test]
    fn unknown_fields_are_left_out() {
        assert_eq!(
            ris(&[citation(json!({}))]),
            "TY  - GEN\r\nID  - bridge\r\n\
             N1  - para. 3: “The bridge opened in 1932.” [bridge#p3.2]\r\nER  - \r\n"
        );
    }

    #[test]
    fn metadata_cannot_add_lines() {
        let ris = ris(&[citation(hostile())]);
        assert!(ris.lines().all(|line| line.len() >= 6 && &line[2..6] == "  - "), "{ris}");
        assert!(
            ris.lines().filter(|line| line.starts_with("TY") || line.starts_with("ER")).count()
                == 2,
            "{ris}"
        );
        assert!(ris.chars().all(|c| !c.is_control() || c == '\r' || c == '\n'), "{ris}");
    }
}
