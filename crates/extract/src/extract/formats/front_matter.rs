//! Front matter: metadata at the head of a text, between fences.

use super::declared::{self, Format};
use super::decode::BOM;
use crate::source::Metadata;
use crate::text::Span;

/// What stands at the head of a text.
#[derive(Debug)]
pub(super) struct Head {
    /// What the front matter says; nothing where there is none, or it cannot be read.
    pub(super) metadata: Metadata,
    /// Where the body begins, in bytes.
    pub(super) body: usize,
    /// Why the front matter cannot be read, in words for people.
    pub(super) warning: Option<String>,
}

/// Reads the front matter of a text: YAML between `---` and `---` or `...`, or TOML between `+++` and `+++`.
///
/// Front matter that cannot be read is a warning, not the loss of an article: the body behind it stands.
pub(super) fn read(text: &str) -> Head {
    let start = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    let Some((format, inner, body)) = find(text, start) else {
        return Head { metadata: Metadata::default(), body: start, warning: None };
    };
    match declared::read_within(format, text, inner) {
        Ok(metadata) => Head { metadata, body, warning: None },
        Err(fault) => {
            let place = fault.line.map(|line| format!(", line {line}")).unwrap_or_default();
            let warning = format!("front matter{place}: {}; it is left out", fault.message);
            Head { metadata: Metadata::default(), body, warning: Some(warning) }
        }
    }
}

/// The notation, the inside and the end of the front matter.
fn find(text: &str, start: usize) -> Option<(Format, Span, usize)> {
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    let (format, fences): (_, &[&str]) = match first.trim_end() {
        "---" => (Format::Yaml, &["---", "..."]),
        "+++" => (Format::Toml, &["+++"]),
        _ => return None,
    };
    let inner = start + first.len();
    let mut end = inner;
    for line in lines {
        if fences.contains(&line.trim_end()) {
            let inner = Span::new(inner, end);
            return is_table(format, inner.of(text)).then_some((format, inner, end + line.len()));
        }
        end += line.len();
    }
    None
}

/// Whether what stands between the fences begins like keys and values: a bare text may well begin with a rule.
fn is_table(format: Format, inner: &str) -> bool {
    let first =
        inner.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(first) = first else { return true };
    let separator = if format == Format::Toml { '=' } else { ':' };
    let key = first.split(separator).next().unwrap_or_default();
    key.len() < first.len() && key.split_whitespace().count() <= 2 || first.starts_with(['[', '{'])
}
