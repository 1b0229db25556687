//! [`View`]: a sentence of a source with what is around it.

use super::statement::Statement;
use super::token::Token;

/// A sentence of a source with what is around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    /// The sentence.
    pub(super) own: &'a Statement,
    /// The sentences before it.
    before: &'a [Statement],
    /// The sentences after it.
    after: &'a [Statement],
    /// The headings and the title.
    context: &'a [Statement],
}

/// The number of sentences on either side that are looked at.
const AROUND: usize = 12;

impl<'a> View<'a> {
    /// Returns the sentence at a place among others, below headings and a title.
    pub(super) fn new(sentences: &'a [Statement], context: &'a [Statement], at: usize) -> Self {
        let after = &sentences[at + 1..];
        Self {
            own: &sentences[at],
            before: &sentences[at.saturating_sub(AROUND)..at],
            after: &after[..after.len().min(AROUND)],
            context,
        }
    }

    /// Returns whether a pronoun of the sentence, its token `at`, may stand for a word: a noun
    /// before it or of the sentence before, or the nearest name that a sentence before begins with,
    /// or else one of the headings.
    pub(super) fn may_mean(&self, at: usize, token: &Token) -> bool {
        let is_it = |other: &Token| other.is_content && other.lemma == token.lemma;
        if !token.is_name {
            let own = self.own.tokens[..at].iter();
            let before = self.before.last().into_iter().flat_map(|it| &it.tokens);
            return own.chain(before).any(is_it);
        }
        match self.last_name() {
            Some(name) => name.iter().any(is_it),
            None => self.context.iter().any(|statement| statement.tokens.iter().any(is_it)),
        }
    }

    /// Returns whether a pronoun of the sentence stands for another name than a claim's, as it does
    /// if that name does not end with the word that both have. *Mount Moss* is no *Mount Bergen*,
    /// but *Mr Moss* may be *Ada Moss*.
    pub(super) fn names_another(&self, shared: &Token, other: &Token) -> bool {
        self.last_name().is_some_and(|name| {
            name.last().is_some_and(|last| last.lemma != shared.lemma)
                && !name.iter().any(|it| it.lemma == other.lemma)
        })
    }

    /// Returns the nearest name that a sentence before begins with.
    fn last_name(&self) -> Option<&'a [Token]> {
        let mut before = self.before.iter().rev();
        before.find_map(|statement| {
            let &(first, last) = statement.names().first()?;
            Some(&statement.tokens[first..=last])
        })
    }

    /// Returns whether the noun of the sentence that is its token `at` was named last, before the
    /// sentence, by a phrase that ends with it: *the exclusion zone*, where the sentence has *the
    /// zone*.
    pub(super) fn is_last_named(&self, phrase: &[Token], at: usize) -> bool {
        let noun = &self.own.tokens[at].lemma;
        let own = &self.own.tokens[..at];
        let before = self.before.iter().rev().map(|statement| &statement.tokens[..]);
        let named = [own].into_iter().chain(before).find_map(|tokens| {
            let end = tokens.iter().rposition(|token| token.lemma == *noun)?;
            Some(&tokens[..=end])
        });
        named.is_some_and(|tokens| {
            tokens.len() >= phrase.len()
                && tokens[tokens.len() - phrase.len()..]
                    .iter()
                    .zip(phrase)
                    .all(|(a, b)| a.lemma == b.lemma)
        })
    }

    /// Returns whether the sentence that names the noun that is its token `at` last, before the
    /// sentence, has all of some words, names among them: *in Moss a scheme was approved*, where
    /// the sentence has *the scheme*.
    pub(super) fn is_last_named_with(&self, words: &[Token], at: usize) -> bool {
        let noun = &self.own.tokens[at];
        let named = self.before.iter().rev().find(|statement| statement.has(noun));
        words.iter().any(|token| token.is_name)
            && !self.own.tokens[..at].iter().any(|token| token.lemma == noun.lemma)
            && named.is_some_and(|statement| {
                words.iter().filter(|it| it.is_content).all(|token| statement.has(token))
            })
    }

    /// Returns what is around the sentence.
    pub(super) fn around(&self) -> impl Iterator<Item = &'a Statement> + use<'a> {
        self.before.iter().rev().chain(self.context).chain(self.after)
    }

    /// Returns whether what is around the sentence has a word.
    pub(super) fn is_around(&self, token: &Token) -> bool {
        self.around().any(|statement| statement.has(token))
    }

    /// Returns whether the sentence, or what is around it, has a word as part of a name.
    pub(super) fn is_named(&self, token: &Token) -> bool {
        let has = |statement: &Statement| {
            statement.tokens.iter().any(|other| other.is_name && other.lemma == token.lemma)
        };
        has(self.own) || self.around().any(has)
    }

    /// Returns whether the title or a heading has a word.
    pub(super) fn is_in_heading(&self, token: &Token) -> bool {
        self.context.iter().any(|statement| statement.has(token))
    }
}
