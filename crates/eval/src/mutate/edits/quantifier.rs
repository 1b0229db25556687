//! Raises quantifiers.

use super::amounts::listed;
use crate::mutate::sentence::Sentence;

/// A quantifier, and a stronger one.
const RAISED: [(&str, &str); 5] =
    [("some", "all"), ("most", "all"), ("many", "all"), ("several", "all"), ("few", "most")];

/// Words before a quantifier that make another word of it: *the most*, *a few*, *how many*.
const NOT_BEHIND: &str = "a an and as at for good great her his how its least no not one only or \
    our quite so than that the their these this those too twenty very";

/// Nouns with which a quantifier counts times, ways or kinds rather than things.
const NOT_BEFORE: &str = "centuries days decades hours minutes months seconds times ways weeks \
    years reasons forms kinds sorts";

/// Returns the sentence with a quantifier raised: *some* to *all*, *few* to *most*. It must precede
/// a plural noun, with at most one adjective between, or *of the* and the like.
pub(super) fn raised(sentence: &Sentence) -> Vec<String> {
    let mut claims = Vec::new();
    for (old, new) in RAISED {
        let places = sentence.places(|at| {
            sentence.folded(at) == old
                && !listed(NOT_BEHIND, sentence.folded_before(at, 1))
                && !sentence.folded_before(at, 1).ends_with("ly")
                && sentence.folded_before(at, 2) != "there"
                && sentence.is_followed(at)
                && counts(sentence, at)
        });
        claims.extend(places.into_iter().map(|at| sentence.with_word(at, new)));
    }
    claims
}

/// Returns whether the quantifier at `at` counts things.
fn counts(sentence: &Sentence, at: usize) -> bool {
    let next = sentence.folded(at + 1);
    if next == "of" {
        return listed("the these those his her its their our", sentence.folded(at + 2));
    }
    let is_noun = |at: usize| is_plural(sentence.folded(at)) && !sentence.is_capital(at);
    // “Most young people”, but not “most dangerous areas”: there it is a superlative.
    let behind_adjective = sentence.folded(at) != "most"
        && sentence.is_followed(at + 1)
        && next.chars().all(char::is_lowercase)
        && !pincite_core::text::is_function_word(next)
        && is_noun(at + 2);
    (is_noun(at + 1) || behind_adjective)
        && !listed(NOT_BEFORE, next)
        && !(behind_adjective && listed(NOT_BEFORE, sentence.folded(at + 2)))
}

/// Returns whether a folded word has the form of a plural.
pub(super) fn is_plural(word: &str) -> bool {
    listed("people children men women police", word)
        || word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is")
}
