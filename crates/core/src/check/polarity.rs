//! Finds how far a negation reaches.

use super::token::Token;
use super::vocabulary::vocabulary;

/// Marks the clause of each token, and those that stand in the reach of a negation.
///
/// A negation reaches from its word to the end of the clause: a full stop, semicolon or colon, or a
/// word such as *but* or *while*. *No* and *neither* before a subject reach over what is put in
/// between dashes or commas, too. Two negations cancel out.
pub(super) fn mark(text: &str, tokens: &mut [Token]) {
    let mut clause = 0;
    let mut is_negated = false;
    // Set when a word of content has been denied since the negation.
    let mut has_denied = false;
    // Set if the negation opens an aside between commas: “…, not far from there, …”.
    let mut is_aside = false;
    // A denial before a parenthesis goes on behind it, and one in it does not.
    let mut before_aside = false;
    // True where a verb in the past behind *and* is no longer denied: “opposed it and left”, “did
    // not sign and left”, but “has not signed and ratified”.
    let mut is_before_past = false;
    let mut end = 0;
    for i in 0..tokens.len() {
        let between = text.get(end..tokens[i].span.start).unwrap_or_default();
        end = tokens[i].span.end;
        let word = &*tokens[i].word;
        let lemma = &*tokens[i].lemma;
        let ends_aside = is_aside && between.contains(',');
        if between.contains('(') {
            before_aside = is_negated;
        }
        if between.contains(')') {
            is_negated = before_aside;
        }
        if between.contains([';', ':', '.', '!', '?']) || vocabulary().is_turn(lemma) || ends_aside
        {
            clause += 1;
            is_negated = false;
        } else if between.contains(',')
            || matches!(word, "which" | "who" | "whose" | "where" | "when")
        {
            clause += 1;
            // “Never recognized it, calling it”: what is done besides is not denied.
            // “…, who avoided a fine, will play”: the comma ends it once something is denied.
            is_negated &= !word.ends_with("ing") && !has_denied;
        } else if word == "and"
            && (tokens.get(i + 1).is_some_and(|next| is_auxiliary(&next.word))
                || is_before_past && is_past(&tokens[i + 1..]))
        {
            clause += 1;
            is_negated = false;
        }
        tokens[i].clause = clause;
        let is_contracted = word.ends_with("n't") || word == "cannot";
        // “The disputed border” is a border.
        let is_adjective = word.ends_with("ed")
            && i.checked_sub(1).is_some_and(|before| {
                matches!(&*tokens[before].word, "the" | "a" | "an" | "its" | "their")
            });
        // “Has yet to appear”.
        let is_yet = word == "yet" && tokens.get(i + 1).is_some_and(|next| &*next.word == "to");
        let is_negator = vocabulary().is_negator(lemma) || vocabulary().is_negator(word);
        // “The decline of the ice” is no refusal, “declined to sign” is.
        let is_fall = lemma == "declin" && tokens.get(i + 1).is_none_or(|next| &*next.word != "to");
        let negates = is_contracted || is_yet || is_negator && !is_adjective && !is_fall;
        // “No Country for Old Men” denies nothing, “No Afghan government” does.
        let next = tokens.get(i + 1);
        let is_title = word == "no"
            && next.is_some_and(|next| next.is_name && !vocabulary().is_country(&next.lemma));
        let is_not_only = matches!(word, "not")
            && tokens.get(i + 1).is_some_and(|next| {
                matches!(
                    &*next.word,
                    "only" | "just" | "merely" | "far" | "necessarily" | "all" | "every"
                )
            });
        tokens[i].is_negated = is_negated;
        has_denied |= is_negated && tokens[i].is_content;
        if negates && !is_not_only && !is_title {
            is_negated = !is_negated;
            has_denied = false;
            is_aside = between.contains(',');
            let before = i.checked_sub(1).map(|before| &*tokens[before].word);
            is_before_past = word.ends_with("ed") && !tokens[i].denies_speech()
                || word.starts_with("did")
                || word == "not" && matches!(before, Some("did" | "does" | "do"));
        }
    }
}

/// Returns whether a verb in the past begins some words, behind an adverb or not.
fn is_past(tokens: &[Token]) -> bool {
    tokens.iter().find(|token| !token.word.ends_with("ly")).is_some_and(Token::is_past)
}

/// Returns whether a word before a verb says that something is, was or will be done, which begins a
/// statement of its own behind *and*.
fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are" | "was" | "were" | "has" | "have" | "had" | "does" | "did" | "will" | "can"
    )
}
