//! [`Phrases`]: several words that say what one word says, read as that one.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::token::{Place, Token, Traits};
use super::vocabulary::{stem, vocabulary};
use crate::text::english::lexicon::lexicon;

/// Returns the phrases of the lexicon.
pub(super) fn phrases() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
        let mut phrases = Phrases::default();
        phrases.add(&lexicon().phrasal_verbs, Place::Verb);
        phrases.add(&lexicon().phrases, Place::Own);
        phrases
    });
    &PHRASES
}

fn lemmas(words: &str) -> Vec<Arc<str>> {
    words.split(' ').map(|word| vocabulary().lemma(&stem(word))).collect()
}

/// Phrases by the lemma of their first word, the longest first.
#[derive(Debug, Default)]
pub(super) struct Phrases(FxHashMap<Arc<str>, Vec<Phrase>>);

#[derive(Debug)]
struct Phrase {
    /// The lemmas of its words.
    words: Vec<Arc<str>>,
    /// Count of those it consists of; those behind it are only looked at.
    own: usize,
    /// The lemma of what it says.
    lemma: Arc<str>,
    /// The place of its first word.
    first: Place,
}

impl Phrases {
    /// Adds the phrases of lines `word = phrase / phrase`.
    fn add(&mut self, lines: &[&str], first: Place) {
        for line in lines {
            let Some((word, phrases)) = line.split_once(" = ") else { continue };
            let word = lemmas(word);
            for phrase in phrases.split(" / ") {
                self.add_one(&word, lemmas(phrase), first);
            }
        }
        for phrases in self.0.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
    }

    fn add_one(&mut self, word: &[Arc<str>], words: Vec<Arc<str>>, first: Place) {
        let alike = word.iter().rev().zip(words.iter().rev());
        let shared = alike.take_while(|(a, b)| a == b).count();
        let lemma: Arc<str> = Arc::from(word[..word.len() - shared].join(" "));
        let mut put = |words: Vec<Arc<str>>, own| {
            let lemma = Arc::clone(&lemma);
            let begin = Arc::clone(&words[0]);
            self.0.entry(begin).or_default().push(Phrase { words, own, lemma, first });
        };
        if shared == 0 && word.len() > 1 {
            put(word.to_vec(), word.len());
        }
        let own = words.len() - shared;
        put(words, own);
    }

    /// Reads the phrases among words as what they say.
    pub(super) fn join(&self, tokens: &mut [Token]) {
        let mut at = 0;
        while at < tokens.len() {
            let phrase = self.0.get(&tokens[at].lemma).into_iter().flatten().find(|phrase| {
                phrase.words.len() <= tokens.len() - at
                    && phrase.words.iter().zip(&tokens[at..]).all(|(word, it)| *word == it.lemma)
            });
            let Some(phrase) = phrase else {
                at += 1;
                continue;
            };
            tokens[at].lemma = Arc::clone(&phrase.lemma);
            tokens[at].traits = Traits::of(&tokens[at].word, &phrase.lemma);
            tokens[at].place = phrase.first;
            tokens[at].is_content = true;
            for token in &mut tokens[at + 1..at + phrase.own] {
                token.place = Place::Inner;
                token.is_content = false;
            }
            at += phrase.own;
        }
    }
}
