//! Detects the language of a document and its paragraphs.
//!
//! Detection is expensive and, on a single paragraph, unreliable, because names of people and
//! places mislead it. So paragraphs have the language of their document unless something
//! contradicts it: another script, or a long text without any of the most common words of the
//! language.

use super::{Block, BlockKind, Document};
use crate::source::Metadata;
use crate::text::{self, common_words, has_common_words, language_with};

/// The number of bytes of body text that are examined.
const SAMPLE: usize = 4096;

/// The number of letters from which a paragraph has some of the most common words of its language.
const LONG: usize = 200;

/// The number of such words that a paragraph in another language than its document has, at least.
const STRONG: usize = 3;

/// Returns the language of a text with these blocks, declared or detected, as an ISO 639-1 code.
pub(in crate::extract) fn of_document(
    text: &str,
    blocks: &[Block],
    metadata: &Metadata,
) -> Option<String> {
    if let Some(declared) = metadata.text("language") {
        let subtag = declared.split(['-', '_']).next().unwrap_or_default();
        if subtag.len() == 2 && subtag.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Some(subtag.to_ascii_lowercase());
        }
    }
    text::language(&sample(text, blocks)).map(str::to_owned)
}

/// Returns the beginning of the body, at most about [`SAMPLE`] bytes.
fn sample(text: &str, blocks: &[Block]) -> String {
    let mut sample = String::with_capacity(text.len().min(SAMPLE) + 1);
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let readable = block.readable(text);
        let room = SAMPLE.saturating_sub(sample.len());
        sample.push_str(head(readable, room));
        sample.push('\n');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

/// Returns the longest prefix of `text` of at most `bytes` bytes.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// The main language and script of a document.
pub(super) struct MainLanguage<'a> {
    language: Option<&'a str>,
    script: Option<Script>,
}

impl<'a> MainLanguage<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let language = document.language.as_deref();
        Self { language, script: script(&sample(&document.text, &document.blocks)) }
    }

    /// Returns the language of one paragraph, as an ISO 639-1 code.
    pub(super) fn of_paragraph(&self, paragraph: &str) -> Option<String> {
        let head = head(paragraph, SAMPLE);
        let other = if script(head).is_some_and(|script| Some(script) != self.script) {
            text::language(head)
        } else if self.is_doubtful(head) {
            language_with(STRONG, head)
        } else {
            None
        };
        other.or(self.language).map(str::to_owned)
    }

    /// Returns whether a paragraph in the script of the document may be in another language: it is
    /// long, and has none of the most common words of that of the document.
    fn is_doubtful(&self, paragraph: &str) -> bool {
        // A letter takes a byte at least.
        paragraph.len() >= LONG
            && self.language.is_none_or(|language| {
                has_common_words(language) && common_words(language, paragraph, 1) == 0
            })
            && paragraph.chars().filter(|c| c.is_alphabetic()).count() >= LONG
    }
}

/// A group of scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Indic,
    EastAsian,
    Other,
}

impl Script {
    fn of(letter: char) -> Script {
        match letter {
            '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{590}'..='\u{5ff}' => Script::Hebrew,
            '\u{600}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fefc}' => {
                Script::Arabic
            }
            '\u{900}'..='\u{dff}' => Script::Indic,
            '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' => {
                Script::EastAsian
            }
            _ => Script::Other,
        }
    }
}

/// Returns the most frequent script among the first letters of a text, or `None` if it has no
/// letters.
fn script(text: &str) -> Option<Script> {
    const LETTERS: usize = 64;
    if text.is_ascii() {
        return text.contains(|c: char| c.is_ascii_alphabetic()).then_some(Script::Latin);
    }
    let scripts = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).map(Script::of);
    let mut counts = [0; Script::Other as usize + 1];
    for script in scripts.clone() {
        counts[script as usize] += 1;
    }
    scripts.max_by_key(|&script| counts[script as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide_the_script() {
        assert_eq!(script("Torkham, تورخم"), Some(Script::Latin));
        assert_eq!(script("گذرگاه تورخم (Torkham)"), Some(Script::Arabic));
        assert_eq!(script("喀布尔 2021"), Some(Script::EastAsian));
        assert_eq!(script("1997–2001"), None);
    }

    #[test]
    fn a_declared_language_wins() {
        let mut metadata = Metadata::default();
        metadata.set("language", "fa-AF".into(), crate::source::Provenance::Declared);
        assert_eq!(of_document("", &[], &metadata).as_deref(), Some("fa"));
    }
}
