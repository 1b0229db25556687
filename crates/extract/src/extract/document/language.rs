//! Which language a document and its paragraphs are in.
//!
//! Detection is dear and, on a paragraph, easily wrong: names of people and places mislead it. So the document's language
//! holds for all of it, and a paragraph is looked at for itself only where something speaks against that: another
//! script, or a long text without any of the words that the language cannot do without.

use super::{Block, BlockKind, Document};
use crate::source::Metadata;
use crate::text;

/// Bytes of body text that are enough to tell a document's language.
const SAMPLE: usize = 4096;

/// Letters from which on a paragraph would have to contain one of the commonest words.
const LONG: usize = 200;

/// Words that no long text in a language is without, and that are rare in the languages next to it.
const COMMONEST: [(&str, &[&str]); 8] = [
    ("en", &["the", "and", "of", "to", "that"]),
    ("de", &["der", "und", "die", "nicht", "das"]),
    ("fr", &["les", "des", "est", "une", "dans", "du"]),
    ("es", &["el", "los", "las", "una", "del", "por"]),
    ("it", &["il", "che", "della", "di", "gli", "per"]),
    ("pt", &["os", "não", "uma", "com", "do", "da"]),
    ("nl", &["het", "een", "van", "niet", "dat"]),
    ("sv", &["och", "att", "det", "som", "är"]),
];

/// The language of a text with these blocks, as far as it is declared or can be told.
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

/// The beginning of the body: enough to tell a language, no more.
fn sample(text: &str, blocks: &[Block]) -> String {
    let mut sample = String::new();
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

/// At most so many bytes from the start of `text`.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// The language and the script that prevail in a document.
pub(super) struct Prevailing<'a> {
    language: Option<&'a str>,
    script: Option<Script>,
    commonest: &'static [&'static str],
}

impl<'a> Prevailing<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let language = document.language.as_deref();
        let commonest = COMMONEST
            .iter()
            .find(|(code, _)| Some(*code) == language)
            .map_or(&[] as &[_], |&(_, words)| words);
        Self { language, script: script(&sample(&document.text, &document.blocks)), commonest }
    }

    /// The language of one paragraph.
    pub(super) fn language_of(&self, paragraph: &str) -> Option<String> {
        let head = head(paragraph, SAMPLE);
        let other = if self.is_doubtful(head) { text::language(head) } else { None };
        other.or(self.language).map(str::to_owned)
    }

    fn is_doubtful(&self, paragraph: &str) -> bool {
        if self.language.is_none()
            || script(paragraph).is_some_and(|script| Some(script) != self.script)
        {
            return true;
        }
        let words = || paragraph.split(|c: char| !c.is_alphabetic());
        !self.commonest.is_empty()
            && !words()
                .any(|word| self.commonest.iter().any(|common| word.eq_ignore_ascii_case(common)))
            && words().map(|word| word.chars().count()).sum::<usize>() >= LONG
    }
}

/// A family of scripts that is told apart at a glance.
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

/// The script that most of the first letters of a text are in, or `None` where it has no letters.
fn script(text: &str) -> Option<Script> {
    const GLANCE: usize = 64;
    if text.is_ascii() {
        return text.contains(|c: char| c.is_ascii_alphabetic()).then_some(Script::Latin);
    }
    let scripts = || text.chars().filter(|c| c.is_alphabetic()).take(GLANCE).map(Script::of);
    let mut letters = [0; Script::Other as usize + 1];
    scripts().for_each(|script| letters[script as usize] += 1);
    scripts().max_by_key(|&script| letters[script as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_by_most_letters() {
        assert_eq!(script("Torkham, تورخم"), Some(Script::Latin));
        assert_eq!(script("گذرگاه تورخم (Torkham)"), Some(Script::Arabic));
        assert_eq!(script("喀布尔 2021"), Some(Script::EastAsian));
        assert_eq!(script("1997–2001"), None);
    }

    #[test]
    fn a_declared_language_holds() {
        let mut metadata = Metadata::default();
        metadata.set("language", "fa-AF".into(), crate::source::Provenance::Declared);
        assert_eq!(of_document("", &[], &metadata).as_deref(), Some("fa"));
    }
}
