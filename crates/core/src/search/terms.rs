//! [`Terms`]: what a query looks for, as the index has it: words with their stems, phrases, numbers
//! and dates.
//!
//! Retrieval, ranking and highlighting all use these terms, so that what is found, scored and
//! highlighted cannot differ.

use std::sync::Arc;

use super::variant::Variant;
use crate::query::Via;
use crate::query::{Clause, Node, Occur};
use crate::text::analyzer::{self, Forms, Token, tokens};
use crate::text::{self, DateMention, Quantity, Span, has_capitals, is_function_word};

/// A query as terms.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// The words that count, in the order they were typed.
    pub(super) words: Vec<QueryWord>,
    /// Phrases, with their slop.
    pub(super) phrases: Vec<Phrase>,
    /// Numbers, quantities and dates in the plain words of the query.
    pub(super) facts: Vec<Fact>,
    /// Variants of the words, looked for in their place.
    pub(super) variants: Vec<Variant>,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct QueryWord {
    /// As typed.
    pub(super) typed: String,
    /// The way in which it matches.
    pub(super) form: Form,
    /// Count of it in the query.
    pub(super) count: u32,
    /// The fact it is a part of, as an index into [`Terms::facts`].
    pub(super) fact: Option<usize>,
    /// True if it is in a phrase, which matches as a whole.
    pub(super) in_phrase: bool,
    /// True if it carries meaning; if not, the index has no stem of it.
    pub(super) is_content: bool,
}

/// Ways in which a word matches.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// By its stem, in each language of the index.
    Stems {
        /// The word folded.
        folded: Arc<str>,
        /// Its stems.
        stems: Vec<Arc<str>>,
    },
    /// By prefix, folded.
    Prefix(Arc<str>),
    /// By edit distance: the word folded, and the maximum distance.
    Fuzzy(Arc<str>, u8),
}

/// A phrase of a query.
#[derive(Debug)]
pub(super) struct Phrase {
    /// As typed.
    pub(super) typed: String,
    /// Its words, folded.
    pub(super) words: Vec<Arc<str>>,
    /// The slop: the number of positions they may be moved by in total.
    pub(super) slop: u32,
}

/// A number or date of a query.
#[derive(Debug)]
pub(super) struct Fact {
    /// As typed.
    pub(super) typed: String,
    /// Its value.
    pub(super) value: FactValue,
}

/// The value of a [`Fact`].
#[derive(Debug)]
pub(super) enum FactValue {
    /// A number, or a number with a unit.
    Quantity(Quantity),
    /// A date or period.
    Date(DateMention),
}

impl Terms {
    /// Returns the terms of these clauses, but for those that must not match. `languages` are those
    /// of the index.
    pub(super) fn new(clauses: &[Clause], languages: &[Option<String>]) -> Terms {
        let mut terms = Terms::default();
        terms.add(clauses, languages);
        terms
    }

    fn add(&mut self, clauses: &[Clause], languages: &[Option<String>]) {
        for clause in clauses.iter().filter(|clause| clause.occur != Occur::Not) {
            match &clause.node {
                Node::Text(text) => self.add_text(text, languages),
                Node::Phrase { text, slop } => self.add_phrase(text, *slop, languages),
                Node::Prefix(start) => self.add_form(start, Form::Prefix(text::fold(start).into())),
                Node::Fuzzy { word, distance } => {
                    self.add_form(word, Form::Fuzzy(text::fold(word).into(), *distance));
                }
                Node::Group(inner) => self.add(inner, languages),
                Node::Field { .. } | Node::Date { .. } => {}
            }
        }
    }

    fn add_form(&mut self, typed: &str, form: Form) {
        self.words.push(QueryWord {
            typed: typed.to_owned(),
            form,
            count: 1,
            fact: None,
            in_phrase: false,
            is_content: true,
        });
    }

    fn add_text(&mut self, text: &str, languages: &[Option<String>]) {
        let mut facts = facts(text);
        for (word, span) in content_words(text, languages) {
            let fact = facts
                .iter()
                .position(|(_, fact)| fact.overlaps(span))
                .map(|i| self.facts.len() + i);
            match self.words.iter_mut().find(|known| known.form == word.form) {
                Some(known) => {
                    known.in_phrase = false;
                    known.count += 1;
                }
                None => self.words.push(QueryWord { fact, ..word }),
            }
        }
        self.facts.extend(facts.drain(..).map(|(fact, _)| fact));
    }

    fn add_phrase(&mut self, text: &str, slop: u32, languages: &[Option<String>]) {
        for (word, _) in content_words(text, languages) {
            if !self.words.iter().any(|known| known.form == word.form) {
                self.words.push(QueryWord { in_phrase: true, ..word });
            }
        }
        self.phrases.push(Phrase { typed: text.to_owned(), words: folded_words(text), slop });
    }
}

impl QueryWord {
    /// Returns the stems it is looked for by; none for other forms.
    pub(super) fn stems(&self) -> &[Arc<str>] {
        match &self.form {
            Form::Stems { stems, .. } => stems,
            Form::Prefix(_) | Form::Fuzzy(..) => &[],
        }
    }

    /// Returns the word folded, where it is looked for whole.
    pub(super) fn folded(&self) -> Option<&Arc<str>> {
        match &self.form {
            Form::Stems { folded, .. } => Some(folded),
            Form::Prefix(_) | Form::Fuzzy(..) => None,
        }
    }

    /// Returns why a token with these forms, which is `written` so, is this word, if it is.
    pub(super) fn matches(&self, token: &Forms, written: &str) -> Option<Via> {
        match &self.form {
            Form::Stems { .. } if written == self.typed => Some(Via::Exact),
            Form::Stems { folded, .. } if token.word == *folded => Some(Via::Folded),
            Form::Stems { stems, .. } => stems.contains(&token.stem).then_some(Via::Stem),
            Form::Prefix(start) => token.word.starts_with(&**start).then_some(Via::Prefix),
            Form::Fuzzy(word, distance) => {
                let longer = token.word.len().abs_diff(word.len()) > 4 * usize::from(*distance);
                (!longer && strsim::osa_distance(&token.word, word) <= usize::from(*distance))
                    .then_some(Via::Fuzzy)
            }
        }
    }
}

/// Returns the words of `text` folded, in order: the terms of a phrase.
pub(super) fn folded_words(text: &str) -> Vec<Arc<str>> {
    tokens(text, None).iter().map(|token| Arc::clone(&token.word)).collect()
}

/// Returns the words of `text` that carry its meaning, each with its place; all of its words where
/// none does.
pub(super) fn content_words(text: &str, languages: &[Option<String>]) -> Vec<(QueryWord, Span)> {
    // In a text all in capitals these tell nothing.
    let has_case = text.chars().any(char::is_lowercase);
    let says = |token: &Token| {
        !is_function_word(&token.word) || (has_case && has_capitals(token.span.of(text)))
    };
    let all = tokens(text, None);
    let is_content = all.iter().any(says);
    let kept = all.into_iter().filter(|token| !is_content || says(token));
    kept.map(|token| {
        let typed = token.span.of(text).to_owned();
        let form =
            Form::Stems { stems: stems(&token.word, languages), folded: Arc::clone(&token.word) };
        (QueryWord { typed, form, count: 1, fact: None, in_phrase: false, is_content }, token.span)
    })
    .collect()
}

/// Returns the stems of a folded word in each of these languages.
pub(super) fn stems(word: &Arc<str>, languages: &[Option<String>]) -> Vec<Arc<str>> {
    let mut stems: Vec<Arc<str>> = Vec::new();
    for language in languages {
        for stem in analyzer::stems(word, language.as_deref()) {
            if !stems.iter().any(|known| **known == *stem) {
                stems.push(stem.into());
            }
        }
    }
    if stems.is_empty() {
        stems.push(Arc::clone(word));
    }
    stems
}

/// Returns the dates and quantities of `text` with their places; without numbers that are parts of
/// dates.
fn facts(text: &str) -> Vec<(Fact, Span)> {
    let dates = text::dates(text);
    let quantities = text::quantities(text);
    let mut facts: Vec<(Fact, Span)> = quantities
        .into_iter()
        .filter(|quantity| !dates.iter().any(|date| date.span.overlaps(quantity.span)))
        .map(|quantity| (quantity.span, FactValue::Quantity(quantity)))
        .chain(dates.iter().map(|date| (date.span, FactValue::Date(date.clone()))))
        .map(|(span, value)| (Fact { typed: span.of(text).to_owned(), value }, span))
        .collect();
    facts.sort_by_key(|(_, span)| *span);
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;

    fn terms(query: &str) -> Terms {
        Terms::new(Query::parse(query).unwrap().clauses(), &[Some("en".to_owned()), None])
    }

    fn typed(query: &str) -> Vec<String> {
        terms(query).words.into_iter().map(|word| word.typed).collect()
    }

    #[test]
    fn function_words_count_only_where_there_is_nothing_else() {
        assert_eq!(typed("Who recognized the Taliban?"), ["recognized", "Taliban"]);
        assert_eq!(typed("to be or not to be"), ["to", "be", "or", "not"]);
        assert_eq!(typed("The US and the WHO told us"), ["US", "WHO", "told"]);
        assert_eq!(typed("WHO IS IT"), ["WHO", "IS", "IT"]);
    }

    #[test]
    fn what_must_not_match_is_not_looked_for() {
        assert_eq!(
            typed("kabul -herat (torkham -\"durand line\") NOT x title:y"),
            ["kabul", "torkham"]
        );
    }

    #[test]
    fn a_match_says_why() {
        let via = |query: &str, word: &str| {
            let tokens = tokens(word, Some("en"));
            terms(query).words[0].matches(&tokens[0], word)
        };
        assert_eq!(via("Kabul", "Kabul"), Some(Via::Exact));
        assert_eq!(via("kabul", "Kabul"), Some(Via::Folded));
        assert_eq!(via("recognizing", "recognized"), Some(Via::Stem));
        assert_eq!(via("recog*", "Recognized"), Some(Via::Prefix));
        assert_eq!(via("tahreek~2", "tehrik"), None);
        assert_eq!(via("tahrik~1", "Tehrik"), Some(Via::Fuzzy));
        assert_eq!(via("kabul", "kabuli"), None);
    }
}
