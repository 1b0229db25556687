//! [`Normal`]: the form in which a quotation and its source are compared without regard to
//! typography.
//!
//! People retype their quotations, copy them out of PDFs and edit them in word processors. What
//! that does to a text, and no more, is undone here, for both sides alike: runs of white space are
//! one space, and none at the ends or beside a dash; every quotation mark is `'`; every run of
//! dashes is one `-`; letters are lower-case and composed (NFKC, but for digits whose value that
//! would change: `10²` is not `102`, but `m²` is `m2`); soft hyphens, direction marks and other
//! characters without width are dropped, and so are the vowel points of Hebrew and Arabic, which
//! most people leave out.

use std::iter::once;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::text::Span;

/// The normal form of a text, with the way back.
#[derive(Debug, Clone)]
pub(super) struct Normal {
    text: String,
    /// In the order of both sides. Between two of them, source was dropped.
    segments: Vec<Segment>,
}

/// A stretch of the normal form, up to the next segment, and what it was made from.
#[derive(Debug, Clone, Copy)]
struct Segment {
    normal: usize,
    source: Span,
    /// Set where the characters of both sides have the same lengths, so that offsets run in step.
    in_step: bool,
}

impl Normal {
    /// The normal form of `source`.
    pub(super) fn new(source: &str) -> Self {
        Self::without(source, &[], |_, _| false)
    }

    /// The normal form of a quotation: that of [`Normal::new`], without the brackets around a
    /// letter that was changed to fit (`[t]he`).
    pub(super) fn of_quotation(quote: &str) -> Self {
        Self::without(quote, &[], |at, c| is_alteration(quote, at, c))
    }

    /// The normal form of `source` without what a quoter leaves out: reference marks, and the
    /// hyphens and breaks within words at the ends of lines. `None` where it has nothing of the
    /// kind.
    pub(super) fn loose(source: &str) -> Option<Self> {
        let marks = left_out(source);
        (!marks.is_empty()).then(|| Self::without(source, &marks, |_, _| false))
    }

    /// The same of a quotation, as [`Normal::of_quotation`] reads it.
    pub(super) fn loose_quotation(quote: &str) -> Self {
        let marks = left_out(quote);
        Self::without(quote, &marks, |at, c| is_alteration(quote, at, c))
    }

    /// The normal form of `source` without `marks`, which are in order, and without the characters
    /// for which `is_left_out` holds, which are no letters.
    fn without(
        source: &str,
        mut marks: &[Span],
        is_left_out: impl Fn(usize, char) -> bool,
    ) -> Self {
        let mut writer = Writer {
            normal: Self { text: String::with_capacity(source.len()), segments: vec![] },
            space: None,
            is_mark: false,
        };
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            while let Some((mark, others)) = marks.split_first()
                && mark.end <= at
            {
                marks = others;
            }
            let mark = marks.first().map_or(source.len(), |mark| mark.start);
            let word = plain_end(source, at);
            if word > at && word <= mark {
                writer.word(&source[at..word], at);
                at = word;
                continue;
            }
            let end = unit_end(source, at, c);
            if at < mark && !is_left_out(at, c) {
                writer.unit(&source[at..end], Span::new(at, end));
            }
            at = end;
        }
        writer.normal
    }

    /// The normal form itself.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The part of the source that a stretch of the normal form, which must not be empty, was made
    /// from. A boundary inside something that became several characters widens to the whole of it.
    pub(super) fn to_source(&self, span: Span) -> Span {
        let within =
            |segment: &Segment, offset: usize| segment.source.start + (offset - segment.normal);
        let first =
            self.segments.partition_point(|segment| segment.normal <= span.start).checked_sub(1);
        let last =
            self.segments.partition_point(|segment| segment.normal < span.end).checked_sub(1);
        let start = first.map_or(0, |i| match &self.segments[i] {
            segment if segment.in_step => within(segment, span.start),
            segment => segment.source.start,
        });
        let end = last.map_or(start, |i| match &self.segments[i] {
            segment if segment.in_step => within(segment, span.end),
            segment => segment.source.end,
        });
        Span::new(start, end.max(start))
    }
}

/// The end of the ASCII letters and digits from `at` on with which nothing composes.
fn plain_end(source: &str, at: usize) -> usize {
    let rest = &source.as_bytes()[at..];
    let plain = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    match rest.get(plain) {
        Some(byte) if !byte.is_ascii() => at + plain.saturating_sub(1),
        _ => at + plain,
    }
}

/// The end of the character at `at`, together with what composes with it.
fn unit_end(source: &str, at: usize, first: char) -> usize {
    let rest = at + first.len_utf8();
    let composes = |c: char| {
        !c.is_ascii()
            && (canonical_combining_class(c) != 0 || is_nfkc_quick(once(c)) == IsNormalized::Maybe)
    };
    rest + source[rest..].find(|c| !composes(c)).unwrap_or(source.len() - rest)
}

/// Returns whether the character at `at` is one of two brackets around a letter that begins a word.
fn is_alteration(quote: &str, at: usize, c: char) -> bool {
    if !matches!(c, '[' | ']') {
        return false;
    }
    let open = if c == '[' {
        Some(at)
    } else {
        quote[..at].char_indices().rev().nth(1).map(|(open, _)| open)
    };
    let Some(rest) = open.and_then(|open| quote[open..].strip_prefix('[')) else { return false };
    let mut chars = rest.chars();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    letter(chars.next()) && chars.next() == Some(']') && letter(chars.next())
}

/// The stretches of a text that a quoter leaves out, in order.
fn left_out(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) =
        text[at..].find(|c: char| matches!(c, '[' | '-' | '‐' | '\u{ad}') || is_raised(c))
    {
        let start = at + next;
        let sign = text[start..].chars().next().map_or(1, char::len_utf8);
        let span = if text[start..].starts_with('[') {
            reference_mark(text, start)
        } else if text[start..].starts_with(is_raised) {
            raised_mark(text, start)
        } else {
            line_end(text, start, sign)
        };
        at = span.map_or(start + sign, |span| span.end);
        found.extend(span);
    }
    found
}

/// The reference mark in brackets at `start`, with the white space before it.
fn reference_mark(text: &str, start: usize) -> Option<Span> {
    /// The most bytes of one.
    const LONGEST: usize = 32;
    let end = start + text.as_bytes()[start..].iter().take(LONGEST).position(|&b| b == b']')?;
    let is_mark = crate::text::english::restriction::is_reference_mark(&text[start + 1..end])
        && !text[end + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '(');
    is_mark.then(|| Span::new(text[..start].trim_end().len(), end + 1))
}

/// The raised figures at `start`, where they are the mark of a note: behind a word, which units and
/// what has a power are too short for.
fn raised_mark(text: &str, start: usize) -> Option<Span> {
    /// The fewest letters of a word.
    const LETTERS: usize = 3;
    let word = text[..start].trim_end_matches(is_stop).chars().rev();
    let is_word = word.take_while(|c| c.is_alphabetic()).take(LETTERS).count() == LETTERS;
    let rest = text[start..].trim_start_matches(is_raised);
    is_word.then(|| Span::new(start, text.len() - rest.len()))
}

/// Returns whether a character is a raised figure.
pub(super) fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Returns whether a character may stand between a word and the mark of a note.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')') || is_quote(c)
}

/// The hyphen at `start`, `sign` bytes long, and the break behind it, where they are within a word.
fn line_end(text: &str, start: usize, sign: usize) -> Option<Span> {
    let rest = &text[start + sign..];
    let next = rest.trim_start();
    let end = text.len() - next.len();
    let breaks = rest[..rest.len() - next.len()].matches('\n').count() == 1;
    (breaks && text[..start].ends_with(char::is_alphabetic) && next.starts_with(char::is_lowercase))
        .then(|| Span::new(start, end))
}

struct Writer {
    normal: Normal,
    /// White space that was read and may yet have to be written.
    space: Option<Span>,
    /// Set behind raised figures that are no part of a number.
    is_mark: bool,
}

impl Writer {
    /// Writes ASCII letters and digits that start at `at` of the source.
    fn word(&mut self, word: &str, at: usize) {
        let (first, others) = (word.as_bytes()[0].to_ascii_lowercase(), &word[1..]);
        self.is_mark = false;
        self.letter(first.into(), Span::new(at, at + 1), self.normal.text.len());
        // The segment of the first one is in step, and goes on.
        if let Some(last) = self.normal.segments.last_mut() {
            last.source.end += others.len();
        }
        let begin = self.normal.text.len();
        self.normal.text.push_str(others);
        self.normal.text[begin..].make_ascii_lowercase();
    }

    fn unit(&mut self, unit: &str, span: Span) {
        if unit.len() == 1 {
            self.is_mark = false;
            return self.letters(unit.chars().map(|c| c.to_ascii_lowercase()), span);
        }
        let changes_value =
            |c: char| c.is_numeric() && !c.is_ascii() && !('０'..='９').contains(&c);
        // Raised figures behind a letter are no part of a number.
        let word = self.normal.text.trim_end_matches(is_stop);
        self.is_mark = self.space.is_none()
            && unit.chars().all(is_raised)
            && (self.is_mark || word.ends_with(char::is_alphabetic));
        if unit.chars().any(changes_value) && !self.is_mark {
            self.letters(unit.nfc().flat_map(char::to_lowercase), span);
        } else {
            self.letters(unit.nfkc().flat_map(char::to_lowercase), span);
        }
    }

    fn letters(&mut self, chars: impl Iterator<Item = char>, span: Span) {
        let begin = self.normal.text.len();
        for c in chars.filter(|&c| !is_invisible(c) && !is_vowel_point(c)) {
            if c.is_whitespace() {
                self.space =
                    Some(self.space.map_or(span, |space| Span::new(space.start, span.end)));
                continue;
            }
            let c = if is_quote(c) {
                '\''
            } else if is_dash(c) {
                '-'
            } else {
                c
            };
            self.letter(c, span, begin);
        }
    }

    fn letter(&mut self, c: char, span: Span, begin: usize) {
        let space = self.space.take();
        if let Some(space) = space
            && c != '-'
            // An ellipsis may be spaced: `. . .`
            && !(c == '.' && self.normal.text.ends_with('.'))
            && !self.normal.text.is_empty()
            && !self.normal.text.ends_with('-')
        {
            self.push(' ', space);
        }
        if c == '-' && self.normal.text.ends_with('-') {
            return;
        }
        match self.normal.segments.last_mut() {
            // The second letter of a unit that became several.
            Some(segment) if segment.source == span && segment.normal >= begin => {
                segment.in_step = false;
                self.normal.text.push(c);
            }
            _ => self.push(c, span),
        }
    }

    fn push(&mut self, c: char, source: Span) {
        let normal = self.normal.text.len();
        let in_step = c.len_utf8() == source.len();
        match self.normal.segments.last_mut() {
            Some(last) if in_step && last.in_step && last.source.end == source.start => {
                last.source.end = source.end
            }
            _ => self.normal.segments.push(Segment { normal, source, in_step }),
        }
        self.normal.text.push(c);
    }
}

/// Returns whether a character is a quotation mark or is used as one.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '´' | '‘'..='‟' | '‹' | '›' | '«' | '»' | '′' | '″' | '「'..='』' | '〝'..='〟' | '＂' | '＇')
}

/// Returns whether a character is a hyphen, dash or minus sign.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐'..='―' | '−' | '⁃' | '﹘' | '﹣' | '－')
}

/// Returns whether a character leaves no trace on the page: soft hyphen, joiners, direction marks,
/// variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns whether a character is a point of Hebrew or Arabic, or the sign that stretches Arabic
/// words.
fn is_vowel_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normal(source: &str) -> String {
        Normal::new(source).text
    }

    #[test]
    fn typography_does_not_count() {
        for (a, b) in [
            ("The  war\r\n\tbegan", "the war began"),
            ("“No,” he said", "\"No,\" he said"),
            ("Pakistan’s", "Pakistan's"),
            ("1996 – 2001", "1996-2001"),
            ("war — and peace", "war--and peace"),
            ("co\u{ad}operate\u{200b}", "cooperate"),
            ("e\u{301}lan", "Élan"),
            ("ﬁnal…", "final..."),
            ("so . . . on", "so ... on"),
            ("１９９７", "1997"),
            ("40 m² of deck.¹² It", "40 m2 of deck.12 It"),
            ("مَدْرَسـةٌ", "مدرسة"),
            ("\u{5e9}\u{5c1}\u{5b8}\u{5dc}\u{5d5}\u{5b9}\u{5dd}", "\u{5e9}\u{5dc}\u{5d5}\u{5dd}"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
        ] {
            assert_eq!(normal(a), normal(b), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn brackets_around_a_changed_letter_do_not_count() {
        let quotation = |quote| Normal::of_quotation(quote).text;
        assert_eq!(quotation("[T]he pass and [é]lan"), "the pass and élan");
        for kept in ["[the] pass", "walk[s]", "[a] pass", "a [1]b", "]x", "[x", "[é"] {
            assert_eq!(quotation(kept), kept);
        }
        assert_eq!(normal("[t]he"), "[t]he");
    }

    #[test]
    fn marks_of_notes_are_left_out_and_powers_are_not() {
        let loose = Normal::loose("A day.¹² It took 40 m² of “deck”³.").map(|form| form.text);
        assert_eq!(loose, Some(normal("A day. It took 40 m² of “deck”.")));
    }

    #[test]
    fn what_was_said_counts() {
        for (a, b) in [
            ("10²", "102"),
            ("B10²", "B102"),
            ("deck ²", "deck 2"),
            ("1,5", "1.5"),
            ("Musa", "Mūsa"),
            ("½", "1/2"),
            ("cant", "can't"),
        ] {
            assert_ne!(normal(a), normal(b), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn the_way_back_is_exact() {
        let source = " He   said “ﬁne”,\u{ad} e\u{301}h… ";
        let form = Normal::new(source);
        let back = |part: &str| {
            let at = form.text().find(part).expect("it is in the normal form");
            form.to_source(Span::new(at, at + part.len())).of(source)
        };
        assert_eq!(back("he said"), "He   said");
        assert_eq!(back("'fine'"), "“ﬁne”");
        assert_eq!(back("i"), "i");
        assert_eq!(back("ne'"), "ne”");
        assert_eq!(back(","), ",");
        assert_eq!(back("é"), "e\u{301}");
        assert_eq!(back("h..."), "h…");
    }

    /// The normal form, made character by character.
    fn slow(source: &str) -> Normal {
        let normal = Normal { text: String::new(), segments: vec![] };
        let mut writer = Writer { normal, space: None, is_mark: false };
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            let end = unit_end(source, at, c);
            writer.unit(&source[at..end], Span::new(at, end));
            at = end;
        }
        writer.normal
    }

    proptest! {
        #[test]
        fn words_are_read_as_their_letters_are(
            pieces in proptest::collection::vec(
                "[a-cA-C1 ]{0,6}|[-–.’é²\u{301}\u{ad}\u{0}]|.",
                0..20,
            ),
        ) {
            let source = pieces.concat();
            let (fast, slow) = (Normal::new(&source), slow(&source));
            prop_assert_eq!(&fast.text, &slow.text);
            for start in fast.text.char_indices().map(|(at, _)| at) {
                let span = Span::new(start, fast.text.len());
                prop_assert_eq!(fast.to_source(span), slow.to_source(span));
            }
            for end in fast.text.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let span = Span::new(0, end);
                prop_assert_eq!(fast.to_source(span), slow.to_source(span));
            }
        }

        #[test]
        fn every_stretch_leads_back_to_character_boundaries(source in "(?s).{0,60}", a in 0usize..80, b in 0usize..80) {
            let form = Normal::new(&source);
            let boundaries: Vec<_> = form.text().char_indices().map(|(i, _)| i).chain([form.text().len()]).collect();
            let (a, b) = (boundaries[a % boundaries.len()], boundaries[b % boundaries.len()]);
            if a != b {
                let back = form.to_source(Span::new(a.min(b), a.max(b)));
                prop_assert!(source.get(back.start..back.end).is_some());
                prop_assert!(normal(back.of(&source)).contains(form.text()[a.min(b)..a.max(b)].trim()));
            }
        }

        #[test]
        fn the_normal_form_is_its_own(source in "[a-zA-Z é“”’–—\u{301}\n\t-]{0,40}") {
            let once = normal(&source);
            prop_assert_eq!(normal(&once), once);
        }
    }
}
