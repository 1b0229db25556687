//! Front matter: metadata at the start of a text, between fences.

use super::declared::{self, Notation};
use super::decode::BOM;
use crate::source::Metadata;
use crate::text::Span;

/// The start of a text.
#[derive(Debug)]
pub(super) struct Head {
    /// The metadata in the front matter; empty if there is none or it is malformed.
    pub(super) metadata: Metadata,
    /// The byte offset of the body.
    pub(super) body: usize,
    /// The message for users about malformed front matter.
    pub(super) warning: Option<String>,
}

/// Parses the front matter of a text: YAML between `---` and `---` or `...`, or TOML between `+++`
/// and `+++`.
///
/// Malformed front matter is only a warning, so that the article itself is not lost.
pub(super) fn read(text: &str) -> Head {
    let start = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    let Some((notation, inner, body)) = find(text, start) else {
        return Head { metadata: Metadata::default(), body: start, warning: None };
    };
    match declared::read_within(notation, text, inner) {
        Ok(metadata) => Head { metadata, body, warning: None },
        Err(fault) => {
            let place = fault.line.map(|line| format!(", line {line}")).unwrap_or_default();
            let warning = format!("front matter{place}: {}; it is left out", fault.message);
            Head { metadata: Metadata::default(), body, warning: Some(warning) }
        }
    }
}

/// Returns the notation of the front matter, the span between its fences, and the offset after it.
fn find(text: &str, start: usize) -> Option<(Notation, Span, usize)> {
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    let (notation, fences): (_, &[&str]) = match first.trim_end() {
        "---" => (Notation::Yaml, &["---", "..."]),
        "+++" => (Notation::Toml, &["+++"]),
        _ => return None,
    };
    let inner = start + first.len();
    let mut end = inner;
    for line in lines {
        if fences.contains(&line.trim_end()) {
            let inner = Span::new(inner, end);
            return is_table(notation, inner.of(text)).then_some((
                notation,
                inner,
                end + line.len(),
            ));
        }
        end += line.len();
    }
    None
}

/// Returns whether the text between the fences begins with a key. Without front matter, a text may
/// begin with a rule.
fn is_table(notation: Notation, inner: &str) -> bool {
    let first =
        inner.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(first) = first else { return true };
    let separator = if notation == Notation::Toml { '=' } else { ':' };
    let key = first.split(separator).next().unwrap_or_default();
    key.len() < first.len() && key.split_whitespace().count() <= 2 || first.starts_with(['[', '{'])
}
