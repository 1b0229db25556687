//! Parses RIS: lines with a tag of two letters, from `TY` to `ER` an entry.

use serde_json::json;

use super::{Draft, Fault};

/// Variables, each with the tags that hold it, the best first.
const TEXTS: [(&str, &str); 22] = [
    ("TI", "title"),
    ("T1", "title"),
    ("CT", "title"),
    ("T2", "container-title"),
    ("JO", "container-title"),
    ("JF", "container-title"),
    ("BT", "container-title"),
    ("JA", "container-title-short"),
    ("PB", "publisher"),
    ("CY", "publisher-place"),
    ("VL", "volume"),
    ("IS", "issue"),
    ("ET", "edition"),
    ("AB", "abstract"),
    ("N2", "abstract"),
    ("SN", "ISSN"),
    ("DO", "DOI"),
    ("UR", "URL"),
    ("L2", "URL"),
    ("LA", "language"),
    ("N1", "note"),
    ("KW", "keyword"),
];

/// Types of entries, each with that of CSL.
const TYPES: [(&str, &str); 16] = [
    ("ABST", "article"),
    ("BLOG", "post-weblog"),
    ("BOOK", "book"),
    ("CHAP", "chapter"),
    ("CONF", "paper-conference"),
    ("CPAPER", "paper-conference"),
    ("EBOOK", "book"),
    ("ELEC", "webpage"),
    ("ICOMM", "personal_communication"),
    ("JFULL", "article-journal"),
    ("JOUR", "article-journal"),
    ("MGZN", "article-magazine"),
    ("NEWS", "article-newspaper"),
    ("PCOMM", "personal_communication"),
    ("RPRT", "report"),
    ("THES", "thesis"),
];

pub(super) fn parse(text: &str) -> Result<Vec<Draft>, Fault> {
    let mut entries: Vec<Draft> = Vec::new();
    let mut open: Option<(usize, Draft)> = None;
    let mut last: Option<String> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let Some((tag, value)) = tagged(line) else {
            // A long value may go on on the next line.
            match (&mut open, &last) {
                (_, _) if line.trim().is_empty() => {}
                (Some((_, draft)), Some(variable)) if line.starts_with(' ') => {
                    if let Some(serde_json::Value::String(text)) = draft.table.get_mut(variable) {
                        text.push(' ');
                        text.push_str(line.trim());
                    }
                }
                _ => {
                    return Err(Fault::new(
                        Some(number),
                        "is no line of RIS, such as “TI  - A title”",
                    ));
                }
            }
            continue;
        };
        match (tag, &mut open) {
            ("TY", None) => {
                let key = (entries.len() + 1).to_string();
                let mut draft = Draft { key, line: Some(number), ..Draft::default() };
                let kind = TYPES.iter().find(|(known, _)| *known == value);
                draft.set("type", kind.map_or("document", |(_, kind)| kind));
                open = Some((number, draft));
            }
            ("TY", Some((first, _))) => {
                return Err(Fault::new(Some(*first), "the entry has no end (ER)"));
            }
            (_, None) => return Err(Fault::new(Some(number), "an entry begins with TY")),
            ("ER", Some(_)) => entries.extend(open.take().map(|(_, draft)| draft)),
            (tag, Some((_, draft))) => last = field(draft, tag, value),
        }
    }
    match open {
        Some((first, _)) => Err(Fault::new(Some(first), "the entry has no end (ER)")),
        None => Ok(entries),
    }
}

/// Splits a line into its tag and its value.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.split_at_checked(2)?;
    let is_tag = tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let value = value.trim_start().strip_prefix('-')?;
    is_tag.then_some((tag, value.trim()))
}

/// Enters a field, and returns the variable of text that it holds.
fn field(draft: &mut Draft, tag: &str, value: &str) -> Option<String> {
    match tag {
        "AU" | "A1" => draft.add("author", person(value)),
        "A2" | "ED" => draft.add("editor", person(value)),
        "PY" | "Y1" | "DA" => {
            let parts: Vec<&str> = value.split('/').take(3).filter(|it| !it.is_empty()).collect();
            draft.set("date", &parts.join("-"));
        }
        "SP" => draft.set("page", value),
        "EP" => {
            if let Some(serde_json::Value::String(page)) = draft.table.get_mut("page")
                && page != value
            {
                *page = format!("{page}-{value}");
            }
        }
        "ID" => value.clone_into(&mut draft.key),
        "L1" | "L4" => draft.files.push(value.to_owned()),
        tag => {
            let (_, variable) = TEXTS.iter().find(|(known, _)| *known == tag)?;
            if draft.table.contains_key(*variable) {
                return None;
            }
            draft.set(variable, value);
            return Some((*variable).to_owned());
        }
    }
    None
}

/// Returns a name: `Family, Given`, or one that is not parted.
fn person(name: &str) -> serde_json::Value {
    match name.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() => {
            let given = given.split(',').next().unwrap_or_default();
            json!({ "family": family.trim(), "given": given.trim() })
        }
        _ => json!({ "literal": name.trim_end_matches(',').trim() }),
    }
}
