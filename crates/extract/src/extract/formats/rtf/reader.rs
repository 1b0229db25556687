//! [`Reader`]: follows the state of an RTF file, and writes its paragraphs.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::super::composed::Composer;
use super::super::properties::{Properties, folded};
use super::table;
use super::token::{Token, Tokens};
use crate::extract::{BlockKind, Document, Unreadable};

/// The depth to which groups may be nested.
const MAX_DEPTH: usize = 1024;

/// The place that text goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// The paragraph.
    #[default]
    Body,
    /// A footnote, which follows the paragraph.
    Note,
    /// The list of fonts, of which character sets are read.
    Fonts,
    /// The list of styles, of which names are read.
    Styles,
    /// The metadata that the file declares.
    Info,
    /// A value of that.
    Value(Key),
    Nowhere,
}

/// The metadata that a file declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Title,
    Author,
    Subject,
    Keywords,
    About,
    Created,
    Modified,
}

/// The state that a group has of its own.
#[derive(Debug, Clone, Copy)]
struct State {
    place: Place,
    /// Set for what is hidden or was deleted.
    is_hidden: [bool; 2],
    /// The number of characters that stand for one in Unicode, for readers that cannot read that.
    fallback: usize,
    font: i32,
    /// The level of the paragraph in the outline, from 0.
    level: Option<u8>,
    style: i32,
    in_table: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            place: Place::Body,
            is_hidden: [false; 2],
            fallback: 1,
            font: 0,
            level: None,
            style: 0,
            in_table: false,
        }
    }
}

/// Reads a file.
#[derive(Default)]
pub(super) struct Reader {
    state: State,
    groups: Vec<State>,
    out: Composer,
    encoding: Option<&'static Encoding>,
    fonts: HashMap<i32, &'static Encoding>,
    /// The levels of styles that are headings, by the number of the style.
    headings: HashMap<i32, u8>,
    /// Bytes of text that are not yet decoded: a character may have two.
    bytes: Vec<u8>,
    /// Half of a character in UTF-16.
    surrogate: Option<u16>,
    /// The number of characters to pass over after one in Unicode.
    passing: usize,
    paragraph: String,
    note: String,
    /// The name of a style, or a value.
    value: String,
    cells: Vec<Vec<String>>,
    values: HashMap<Key, String>,
}

impl Reader {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if its groups are nested too deeply, or it has no text.
    pub(super) fn read(mut self, bytes: &[u8]) -> Result<Document, Unreadable> {
        let mut tokens = Tokens::new(bytes);
        let mut is_first = false;
        let mut is_optional = false;
        while let Some(token) = tokens.next() {
            if !matches!(token, Token::Byte(_) | Token::Text(_)) {
                self.decode();
            }
            match token {
                Token::Open => {
                    if self.groups.len() >= MAX_DEPTH {
                        return Err(Unreadable(
                            "is damaged: its groups are nested too deeply".into(),
                        ));
                    }
                    self.passing = 0;
                    self.groups.push(self.state);
                    (is_first, is_optional) = (true, false);
                    continue;
                }
                Token::Close => {
                    self.passing = 0;
                    if !self.close() {
                        break;
                    }
                }
                Token::Optional => {
                    is_optional = true;
                    continue;
                }
                Token::Word("bin", Some(len)) => tokens.pass(usize::try_from(len).unwrap_or(0)),
                Token::Word(word, number) if self.passing == 0 || word == "u" => {
                    let begins = is_first && self.begin(word, is_optional);
                    if !begins {
                        self.word(word, number);
                    }
                }
                Token::Word(..) => self.passing -= 1,
                Token::Byte(byte) => self.push_bytes(&[byte]),
                Token::Text(text) => self.push_bytes(text),
                Token::Sign(sign) => self.push(sign),
            }
            (is_first, is_optional) = (false, false);
        }
        self.decode();
        if !self.groups.is_empty() {
            self.out.warnings.push("is cut off: the rest is missing".to_owned());
        }
        self.row();
        self.end();
        let metadata = self.properties().metadata();
        self.out.finish(metadata)
    }

    /// Ends a group. Returns `false` after the last.
    fn close(&mut self) -> bool {
        let ended = self.state;
        let Some(outer) = self.groups.pop() else { return false };
        if ended.place != outer.place {
            match ended.place {
                Place::Value(key) => {
                    let value = folded(&std::mem::take(&mut self.value));
                    if !value.is_empty() {
                        self.values.insert(key, value);
                    }
                }
                Place::Styles => self.value.clear(),
                _ => {}
            }
        } else if ended.place == Place::Styles {
            self.style(ended.style, ended.level);
        }
        self.state = outer;
        !self.groups.is_empty()
    }

    /// Enters a style that is named like a heading.
    fn style(&mut self, number: i32, level: Option<u8>) {
        let name = std::mem::take(&mut self.value).to_lowercase();
        let name = name.trim().trim_end_matches(';').trim_end();
        let named = name.strip_prefix("heading ").and_then(|it| it.parse::<u8>().ok());
        let level = level.or(named.map(|level| level.saturating_sub(1))).filter(|&level| level < 9);
        if let Some(level) = level {
            self.headings.insert(number, level);
        } else if name == "title" {
            self.headings.insert(number, 0);
        }
    }

    /// Enters the group that begins with this word, if it is one of its own.
    fn begin(&mut self, word: &str, is_optional: bool) -> bool {
        use Place::{Fonts, Info, Note, Nowhere, Styles, Value};
        if self.state.place == Nowhere {
            return true;
        }
        let place = match (self.state.place, word) {
            (_, "fonttbl") => Fonts,
            (_, "stylesheet") => Styles,
            (_, "info") => Info,
            (_, "footnote") => Note,
            (Info, "title") => Value(Key::Title),
            (Info, "author") => Value(Key::Author),
            (Info, "subject") => Value(Key::Subject),
            (Info, "keywords") => Value(Key::Keywords),
            (Info, "doccomm") => Value(Key::About),
            (Info, "creatim") => Value(Key::Created),
            (Info, "revtim") => Value(Key::Modified),
            // Styles of characters are marked so, and are no headings.
            (Styles | Fonts, _) if is_optional => Nowhere,
            (Styles | Fonts, _) => return false,
            // Pass over what is drawn, and its text.
            (_, "shptxt" | "shp" | "shpinst" | "fldrslt" | "result") => return !is_optional,
            (_, word) if is_optional || table::is_passed_over(word) => Nowhere,
            _ => return false,
        };
        self.state.place = place;
        if place == Note && !self.note.is_empty() {
            self.note.push('\n');
        }
        true
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match word {
            "par" | "sect" | "page" if self.state.place == Place::Body => self.end_of_paragraph(),
            "par" | "line" | "softline" => self.push('\n'),
            "tab" => self.push('\t'),
            "cell" | "nestcell" => self.cell(),
            "row" | "nestrow" if self.state.place == Place::Body => self.row(),
            "pard" => {
                self.state = State { level: None, style: 0, in_table: false, ..self.state };
            }
            "plain" => self.state.is_hidden = [false; 2],
            "v" => self.state.is_hidden[0] = is_on,
            "deleted" => self.state.is_hidden[1] = is_on,
            "intbl" => self.state.in_table = is_on,
            "outlinelevel" => self.state.level = number.and_then(|it| u8::try_from(it).ok()),
            "s" => self.state.style = number.unwrap_or_default(),
            "uc" => {
                self.state.fallback = number.and_then(|it| usize::try_from(it).ok()).unwrap_or(1)
            }
            "u" => self.unicode(number.unwrap_or_default()),
            "f" => self.state.font = number.unwrap_or_default(),
            "fcharset" if self.state.place == Place::Fonts => {
                if let Some(encoding) = table::character_set(number.unwrap_or_default()) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            "ansicpg" => self.encoding = number.and_then(table::code_page),
            "mac" => self.encoding = table::code_page(10000),
            "yr" | "mo" | "dy" => self.date(word, number.unwrap_or_default()),
            word => {
                if let Some(character) = table::character(word) {
                    self.push(character);
                }
            }
        }
    }

    fn date(&mut self, word: &str, number: i32) {
        if matches!(self.state.place, Place::Value(Key::Created | Key::Modified)) {
            let separator = if word == "yr" { "" } else { "-" };
            let width = if word == "yr" { 4 } else { 2 };
            self.value.push_str(&format!("{separator}{number:0width$}"));
        }
    }

    fn unicode(&mut self, number: i32) {
        // Numbers beyond 32,767 are written as negative ones.
        let unit = (number & 0xFFFF) as u16;
        let before = self.surrogate.take();
        match (before, unit) {
            (_, 0xD800..0xDC00) => self.surrogate = Some(unit),
            (Some(high), _) => {
                let read = char::decode_utf16([high, unit]).next().and_then(Result::ok);
                self.push(read.unwrap_or('\u{fffd}'));
            }
            (None, _) => self.push(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}')),
        }
        self.passing = self.state.fallback;
    }

    /// Adds bytes of text, without those that stand for a character that was read.
    fn push_bytes(&mut self, bytes: &[u8]) {
        let passed = self.passing.min(bytes.len());
        self.passing -= passed;
        self.bytes.extend_from_slice(&bytes[passed..]);
    }

    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.fonts.get(&self.state.font).copied();
        let encoding = font.or(self.encoding).unwrap_or(WINDOWS_1252);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        for character in text.chars() {
            self.push(character);
        }
    }

    fn push(&mut self, character: char) {
        let into = match self.state.place {
            Place::Body => &mut self.paragraph,
            Place::Note => &mut self.note,
            Place::Styles | Place::Value(_) => &mut self.value,
            Place::Fonts | Place::Info | Place::Nowhere => return,
        };
        if self.state.is_hidden == [false; 2]
            && (!character.is_control() || matches!(character, '\n' | '\t'))
        {
            into.push(character);
        }
    }

    fn end_of_paragraph(&mut self) {
        if self.state.in_table {
            self.paragraph.push('\n');
        } else {
            self.row();
            self.end();
        }
    }

    /// Writes the paragraph, and its footnotes.
    fn end(&mut self) {
        let level = self.state.level.filter(|&level| level < 9);
        let level = level.or_else(|| self.headings.get(&self.state.style).copied());
        let kind = level.map_or(BlockKind::Paragraph, |level| BlockKind::Heading(level + 1));
        let text = std::mem::take(&mut self.paragraph);
        self.out.block(kind, &text);
        self.notes();
    }

    fn notes(&mut self) {
        for note in std::mem::take(&mut self.note).split('\n') {
            self.out.block(BlockKind::Paragraph, note);
        }
    }

    fn cell(&mut self) {
        if self.state.place == Place::Body {
            let text = std::mem::take(&mut self.paragraph);
            self.cells.push(text.split('\n').map(str::to_owned).collect());
        }
    }

    fn row(&mut self) {
        if !self.cells.is_empty() {
            let cells = std::mem::take(&mut self.cells);
            self.out.row(&cells);
            self.notes();
        }
    }

    fn properties(&mut self) -> Properties {
        let mut value = |key: Key| self.values.remove(&key);
        Properties {
            title: value(Key::Title),
            creators: [value(Key::Author), None],
            language: None,
            about: value(Key::About),
            subject: value(Key::Subject),
            keywords: value(Key::Keywords)
                .map(|it| it.split([',', ';']).map(str::to_owned).collect())
                .unwrap_or_default(),
            created: value(Key::Created),
            modified: value(Key::Modified),
        }
    }
}
