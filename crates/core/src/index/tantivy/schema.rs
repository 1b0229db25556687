//! The Tantivy schema: a document for each passage and each source, told apart by [`Fields::kind`].
//!
//! A passage carries its source's title, names and dates too, so that a filter such as `publisher:`
//! is an ordinary term query on passages and needs no join. Text fields take words that are already
//! analysed (see [`crate::text::analyzer`]), one a line: Tantivy only has to cut at the line ends,
//! and the analyzer runs on the threads that read files.

use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::PartialDate;

/// The fields of the schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// One of [`PASSAGE`] and [`SOURCE`].
    pub(super) kind: Field,
    /// The source's id. In both kinds of document; a column too, by which ties are broken.
    pub(super) source: Field,
    /// Folded words of the passage's readable form, with positions: for phrases, prefixes and words
    /// as they are written.
    pub(super) words: Field,
    /// The stems of those that carry meaning, with field norms: what is counted for ranking.
    pub(super) stems: Field,
    /// The stems of the field `stems` again, by document, and those of the title: their
    /// [codes](crate::text::analyzer::code), [packed](super::codes::pack).
    pub(super) codes: Field,
    /// Numbers and dates in normal form, and acronyms with their names: see
    /// [`crate::text::analyzer::facts`] and [`crate::text::analyzer::definitions`]. Frequencies are
    /// kept because Tantivy skips passages that cannot be among the best only where all terms have
    /// them.
    pub(super) facts: Field,
    /// Stems of the source's title.
    pub(super) title: Field,
    /// Stems of the headings above the passage.
    pub(super) section: Field,
    /// Folded words of the authors' names, with positions.
    pub(super) author: Field,
    /// Folded words of the publisher's name and of the publication's, with positions.
    pub(super) publisher: Field,
    /// The passage's language as an ISO 639-1 code, or [`UNDETERMINED`].
    pub(super) lang: Field,
    /// The first day the source may have been published, as the number `YYYYMMDD`; none where it is
    /// not known.
    pub(super) from: Field,
    /// The last day the source may have been published, as the number `YYYYMMDD`; none where it is
    /// not known.
    pub(super) to: Field,
    /// The passage's paragraph number, from 1; 0 in a source's document.
    pub(super) order: Field,
    /// The passage, in the two parts that [`super::packed`] makes of it, or the source and its
    /// layout.
    pub(super) record: Field,
    /// The check of the values of `record`: see [`check_of`](super::stored::check_of).
    pub(super) check: Field,
}

/// [`Fields::kind`] of a passage.
pub(super) const PASSAGE: &str = "passage";
/// [`Fields::kind`] of a source.
pub(super) const SOURCE: &str = "source";
/// [`Fields::lang`] where the language could not be told.
pub(super) const UNDETERMINED: &str = "und";

/// The name under which [`Lines`] is registered.
const LINES: &str = "lines";

impl Fields {
    /// Returns the schema and its fields. The index format fixes both.
    pub(super) fn schema() -> (Schema, Fields) {
        let text = |record, norms| {
            let indexing =
                TextFieldIndexing::default().set_tokenizer(LINES).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
        };
        let terms = || text(IndexRecordOption::Basic, false);
        let ranked = || text(IndexRecordOption::WithFreqs, true);
        let counted = || text(IndexRecordOption::WithFreqs, false);
        let words = || text(IndexRecordOption::WithFreqsAndPositions, false);
        let day = || NumericOptions::from(FAST);

        let mut schema = Schema::builder();
        let fields = Fields {
            kind: schema.add_text_field("kind", terms()),
            source: schema.add_text_field("source", terms().set_fast("raw")),
            words: schema.add_text_field("words", words()),
            stems: schema.add_text_field("stems", ranked()),
            codes: schema.add_u64_field("codes", FAST),
            facts: schema.add_text_field("facts", counted()),
            title: schema.add_text_field("title", terms()),
            section: schema.add_text_field("section", terms()),
            author: schema.add_text_field("author", words()),
            publisher: schema.add_text_field("publisher", words()),
            lang: schema.add_text_field("lang", terms()),
            from: schema.add_u64_field("from", day()),
            to: schema.add_u64_field("to", day()),
            order: schema.add_u64_field("order", FAST),
            record: schema.add_bytes_field("record", BytesOptions::from(STORED)),
            check: schema.add_u64_field("check", FAST),
        };
        (schema.build(), fields)
    }
}

/// Returns the first day a date may mean, as the fields of days have it: `YYYYMMDD`.
pub(super) fn first_day(date: PartialDate) -> u64 {
    number(date.first_day())
}

/// Returns the last day a date may mean, as the fields of days have it: `YYYYMMDD`.
pub(super) fn last_day(date: PartialDate) -> u64 {
    number(date.last_day())
}

/// Days before our era, of which there are no articles, come out as 0.
fn number(day: jiff::civil::Date) -> u64 {
    let year = u64::try_from(day.year()).unwrap_or_default();
    let [month, day] = [day.month(), day.day()].map(|n| u64::try_from(n).unwrap_or_default());
    year * 10_000 + month * 100 + day
}

/// Returns the tokenizers that the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::new();
    manager.register(LINES, Lines::default());
    // Tantivy asks for this one for fields that are not text, too.
    manager.register("default", Lines::default());
    manager
}

/// Takes each line for a token: replays what the analyzer found.
#[derive(Debug, Clone, Default)]
struct Lines {
    token: Token,
}

struct LineStream<'a> {
    rest: Option<&'a str>,
    token: &'a mut Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.token.reset();
        LineStream { rest: Some(text), token: &mut self.token }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(rest) = self.rest else { return false };
        // Byte by byte: words are too short for a vectorised search to pay off.
        let end = rest.bytes().position(|byte| byte == b'\n');
        let line = &rest[..end.unwrap_or(rest.len())];
        self.rest = end.map(|end| &rest[end + 1..]);
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(line);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tokens_in_their_order() {
        let mut lines = Lines::default();
        for _ in 0..2 {
            let mut tokens = Vec::new();
            lines.token_stream("in\n1997\npakistan").process(&mut |token| {
                tokens.push((token.position, token.text.clone()));
            });
            assert_eq!(
                tokens,
                [(0, "in".to_owned()), (1, "1997".to_owned()), (2, "pakistan".to_owned())]
            );
        }
    }
}
