//! Forms of verbs, as far as edits need them.

use pincite_core::text::english::verbs::{irregular, is_irregular_past};

/// Returns whether a folded word can be a past participle: `opened`, `written`, `been`.
pub(super) fn is_participle(word: &str) -> bool {
    is_regular_past(word)
        || word == "been"
        || irregular().any(|forms| forms.split(' ').skip(1).last() == Some(word))
}

/// Returns whether a folded word can be a past: `opened`, `wrote`.
pub(super) fn is_past(word: &str) -> bool {
    is_regular_past(word) || is_irregular_past(word)
}

/// Words that only look like a regular past.
const NO_PASTS: [&str; 8] =
    ["bed", "embed", "hundred", "naked", "sacred", "shed", "wicked", "biped"];

/// Returns whether a folded word has the ending of a regular past.
pub(super) fn is_regular_past(word: &str) -> bool {
    let is_double = word.ends_with("eed") && !matches!(word, "agreed" | "decreed" | "freed");
    word.len() > 3 && word.ends_with("ed") && !is_double && !NO_PASTS.contains(&word)
}

/// Returns whether a folded word is a form of *be*.
pub(super) fn is_be(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being")
}

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VerbForm {
    Base,
    Past,
    Participle,
    Gerund,
}

/// Returns a form of a verb, by the tables of irregular verbs or else by rule.
pub(super) fn form(base: &str, form: VerbForm) -> String {
    let listed = irregular().find(|forms| forms.split(' ').next() == Some(base));
    let forms: Vec<&str> = listed.unwrap_or(base).split(' ').collect();
    let regular = |ending: &str| {
        let stem = base.strip_suffix('e').filter(|_| !ending.starts_with('s'));
        match (stem, base.strip_suffix('y')) {
            (Some(stem), _) => format!("{stem}{ending}"),
            (_, Some(stem)) if ending != "ing" && !stem.ends_with(['a', 'e', 'o', 'u']) => {
                format!("{stem}i{}{ending}", if ending == "s" { "e" } else { "" })
            }
            _ if doubles(base) && ending != "s" => {
                format!("{base}{}{ending}", &base[base.len() - 1..])
            }
            _ if ending == "s" && base.ends_with(['s', 'x', 'z', 'h']) => format!("{base}es"),
            _ => format!("{base}{ending}"),
        }
    };
    // “Quit”, of which the tables have the past only.
    if listed.is_none() && is_irregular_past(base) && form != VerbForm::Gerund {
        return base.to_owned();
    }
    match form {
        VerbForm::Base => base.to_owned(),
        VerbForm::Gerund => regular("ing"),
        VerbForm::Past => forms.get(1).map_or_else(|| regular("ed"), |past| (*past).to_owned()),
        VerbForm::Participle => forms
            .get(1..)
            .and_then(<[_]>::last)
            .map_or_else(|| regular("ed"), |it| (*it).to_owned()),
    }
}

/// Returns whether a verb doubles its last letter before an ending: it ends with a stressed short
/// vowel and a consonant.
fn doubles(base: &str) -> bool {
    let mut letters = base.chars().rev();
    let end = (letters.next(), letters.next(), letters.next());
    let (Some(last), Some(vowel), Some(first)) = end else { return false };
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let is_short =
        base.len() <= 4 || matches!(base, "permit" | "admit" | "forbid" | "acquit" | "begin");
    !is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y')
        && is_vowel(vowel)
        && (!is_vowel(first) || first == 'u' && base.contains("qu"))
        && is_short
        && base != "open"
}
