//! The syntax tree of a query.

use crate::text::{PartialDate, Span};

/// A part of a query, and its demand on a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its demand on a passage.
    pub occur: Occur,
    /// Its content.
    pub node: Node,
    /// Its place in the query, in bytes, its sign or brackets included.
    pub span: Span,
}

/// The demand of a clause on a passage. Of the clauses of one list, at least one has to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occur {
    /// The better for matching.
    Should,
    /// It has to match.
    Must,
    /// It must not match.
    Not,
}

/// The content of a clause.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// Words as typed, with whatever punctuation. Where it only should match, any of its words will
    /// do; where it must, all of them are needed.
    Text(String),
    /// Words in this order.
    Phrase {
        /// The words as typed.
        text: String,
        /// The most places that words may be moved by, all together; at most [`Node::MAX_SLOP`].
        slop: u32,
    },
    /// Words that begin so.
    Prefix(String),
    /// Words within an edit distance: insertions, deletions, replacements or swaps of letters.
    Fuzzy {
        /// The word.
        word: String,
        /// The distance, at most [`Node::MAX_DISTANCE`].
        distance: u8,
    },
    /// Something about the source.
    Field {
        /// The part of its metadata.
        field: Field,
        /// The words that this has to have; for [`Field::Source`] the id, in which `*` matches any
        /// characters.
        value: String,
    },
    /// A source published in this time. At least one end is given.
    Date {
        /// The earliest date.
        from: Option<PartialDate>,
        /// The latest date.
        to: Option<PartialDate>,
    },
    /// Clauses of their own.
    Group(Vec<Clause>),
}

/// The fields that `field:value` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The title of the source.
    Title,
    /// Its authors.
    Author,
    /// Its publisher.
    Publisher,
    /// The headings above the passage.
    Section,
    /// The id of the source.
    Source,
    /// The language of the passage.
    Lang,
}

impl Node {
    /// The greatest distance of a fuzzy word: what Tantivy's automata are built for.
    pub const MAX_DISTANCE: u8 = 2;

    /// The greatest slop of a phrase: beyond it the words have nothing to do with one another.
    pub const MAX_SLOP: u32 = 100;

    /// Returns whether it is only about the source, not about the text of a passage.
    pub(crate) fn is_condition(&self) -> bool {
        match self {
            Node::Field { .. } | Node::Date { .. } => true,
            Node::Group(clauses) => clauses.iter().all(|clause| clause.node.is_condition()),
            _ => false,
        }
    }

    /// Returns whether it limits what is found even without a sign: everything but plain words
    /// does.
    pub(super) fn restricts(&self) -> bool {
        match self {
            Node::Text(_) | Node::Prefix(_) | Node::Fuzzy { .. } => false,
            Node::Phrase { .. } | Node::Field { .. } | Node::Date { .. } => true,
            Node::Group(clauses) => clauses.iter().any(|clause| clause.occur != Occur::Should),
        }
    }
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 6] =
        [Field::Title, Field::Author, Field::Publisher, Field::Section, Field::Source, Field::Lang];

    /// Its name, as typed before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Author => "author",
            Field::Publisher => "publisher",
            Field::Section => "section",
            Field::Source => "source",
            Field::Lang => "lang",
        }
    }
}
