//! [`Sentence`]: a sentence of a source, prepared for edits.

use pincite_core::source::PassageId;
use pincite_core::text::{DateMention, Quantity, Span, dates, fold, quantities_beside, words};

/// A sentence of a source, with its tokens and quantities. All spans are in bytes of `text`.
pub(super) struct Sentence {
    /// The sentence in its readable form, white space folded.
    pub text: String,
    /// Its passage.
    pub passage: PassageId,
    /// The index of its article in the corpus.
    pub(super) article: usize,
    pub(super) tokens: Vec<SentenceToken>,
    pub(super) quantities: Vec<Quantity>,
    pub(super) dates: Vec<DateMention>,
    /// Quotations and parentheses.
    closed: Vec<Span>,
    /// True if every quotation and parenthesis that it opens ends in it.
    is_whole: bool,
}

/// A word of a sentence.
pub(super) struct SentenceToken {
    pub(super) span: Span,
    /// The word, folded.
    pub(super) folded: String,
}

impl Sentence {
    pub(super) fn new(text: &str, passage: PassageId, article: usize) -> Sentence {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let token = |(span, word): (Span, &str)| SentenceToken {
            span,
            folded: fold(word).replace('’', "'"),
        };
        let tokens = words(&text).map(|word| token((word.span, word.text))).collect();
        let dates = dates(&text);
        let quantities = quantities_beside(&dates, &text);
        let (closed, is_whole) = closed(&text);
        Sentence { passage, article, tokens, quantities, dates, closed, is_whole, text }
    }

    /// Returns whether it is a statement: begins like a sentence, ends with a full stop or an
    /// exclamation mark, and has 6 to 60 words.
    pub(super) fn is_statement(&self) -> bool {
        let begins = self.text.chars().find(|c| c.is_alphanumeric());
        let end = self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
        (6..=60).contains(&self.tokens.len())
            && begins.is_some_and(|c| c.is_uppercase() || c.is_numeric())
            && (end.ends_with('.') || end.ends_with('!'))
            && !end.ends_with("...")
    }

    /// Returns whether it can be edited: no quotation or parenthesis goes on beyond it.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Returns the folded word at `at`, empty where there is none.
    pub(super) fn folded(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.folded)
    }

    /// Returns the folded word `back` places before `at`, empty where there is none.
    pub(super) fn folded_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.folded(at))
    }

    /// Returns the word at `at` as it is written.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span.of(&self.text))
    }

    /// Returns what is written between the word at `at` and the next one, or the end.
    pub(super) fn gap(&self, at: usize) -> &str {
        let Some(token) = self.tokens.get(at) else { return "" };
        let end = self.tokens.get(at + 1).map_or(self.text.len(), |next| next.span.start);
        &self.text[token.span.end..end]
    }

    /// Returns whether only a space parts the words at `at` and `at + 1`.
    pub(super) fn is_followed(&self, at: usize) -> bool {
        at + 1 < self.tokens.len() && self.gap(at) == " "
    }

    /// Returns whether the word at `at` has a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Returns whether `span` touches no quotation and no parenthesis, and nothing is joined to it:
    /// no hyphen, slash, sign or letter.
    pub(super) fn is_free(&self, span: Span) -> bool {
        let before = self.text[..span.start].chars().next_back();
        let mut after = self.text[span.end..].chars();
        let ends = match after.next() {
            None | Some(' ' | ';' | '!') => true,
            // No decimal, address or clock time.
            Some(',' | '.' | ':') => after.next().is_none_or(|c| !c.is_alphanumeric()),
            Some(_) => false,
        };
        self.is_open(span) && before.is_none_or(|c| c == ' ') && ends
    }

    /// Returns whether `span` touches no quotation and no parenthesis.
    pub(super) fn is_open(&self, span: Span) -> bool {
        self.closed.iter().all(|closed| span.end <= closed.start || closed.end <= span.start)
    }

    /// Returns whether the word at `at` is free.
    pub(super) fn is_free_at(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.is_free(token.span))
    }

    /// Returns the places of the words within `span`.
    pub(super) fn within(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.end <= span.end);
        first..end.max(first)
    }

    /// Returns whether one of its words is one of these.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.tokens.iter().any(|token| words.contains(&&*token.folded))
    }

    /// Returns the places of the free words that `is` takes.
    pub(super) fn places(&self, is: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.tokens.len()).filter(|at| self.is_free_at(*at) && is(*at)).collect()
    }

    /// Returns the span from the word at `first` to the one at `last`.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].span.start, self.tokens[last].span.end)
    }

    /// Returns the text with `new` in place of `span`.
    pub(super) fn with(&self, span: Span, new: &str) -> String {
        format!("{}{new}{}", &self.text[..span.start], &self.text[span.end..])
    }

    /// Returns the text with `new` in place of the word at `at`, with a capital where that has one.
    pub(super) fn with_word(&self, at: usize, new: &str) -> String {
        let new = if self.is_capital(at) { capitalized(new) } else { new.to_owned() };
        self.with(self.tokens[at].span, &new)
    }
}

/// Returns `text` with a capital at its beginning.
pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns the quotations and parentheses of `text`, and whether all of them end.
fn closed(text: &str) -> (Vec<Span>, bool) {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut is_whole = true;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        match open {
            Some((start, end)) => {
                let ends = c == end && (end != '’' || !next.is_alphanumeric());
                if ends {
                    spans.push(Span::new(start, at + c.len_utf8()));
                    open = None;
                }
            }
            None => {
                let end = match c {
                    '"' => Some('"'),
                    '“' | '„' => Some('”'),
                    '‘' => Some('’'),
                    '\'' if !before.is_alphanumeric() && next.is_alphanumeric() => Some('\''),
                    '(' => Some(')'),
                    '[' => Some(']'),
                    '«' => Some('»'),
                    _ => None,
                };
                is_whole &= !matches!(c, '”' | ')' | ']' | '»');
                open = end.map(|end| (at, end));
            }
        }
        before = c;
    }
    if let Some((start, _)) = open {
        spans.push(Span::new(start, text.len()));
        is_whole = false;
    }
    (spans, is_whole)
}
