//! Stems of Arabic words.
//!
//! The stemmer of Snowball leaves the article after a conjunction (*wa-l-*) and the ending of
//! feminine nouns that have an article, so that *the school* and *a school* are two words to it.
//! Taking off the commonest prefixes and suffixes alone ("light stemming") finds more, and is far
//! simpler.

/// The article, with the conjunctions and prepositions before it.
const ARTICLES: [&str; 6] = ["ال", "وال", "بال", "كال", "فال", "لل"];

/// The conjunction *and*. It is taken off after an article too, where it is a letter of the word,
/// so that the word has the same stem without one.
const AND: &str = "و";

/// The pronouns and endings of number and gender, each taken off once, in this order.
const SUFFIXES: [&str; 10] = ["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"];

/// Returns the stem of a [folded](crate::fold) word, which is at least two letters of it.
pub(crate) fn stem(word: &str) -> &str {
    let without_article =
        ARTICLES.iter().find_map(|article| at_least(2, word.strip_prefix(article)));
    let bare = without_article.unwrap_or(word);
    let bare = at_least(3, bare.strip_prefix(AND)).unwrap_or(bare);
    SUFFIXES
        .iter()
        .fold(bare, |stem, suffix| at_least(2, stem.strip_suffix(suffix)).unwrap_or(stem))
}

/// Returns `rest` if it has so many letters.
fn at_least(letters: usize, rest: Option<&str>) -> Option<&str> {
    rest.filter(|rest| rest.chars().nth(letters - 1).is_some())
}

#[cfg(test)]
mod tests {
    use crate::fold;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (stem, forms) in [
            ("مدرس", "مدرسة المدرسة والمدرسة بالمدرسة للمدرسة مدرسات"),
            ("زير", "وزير الوزير والوزيرة وزيرات الوزيرين"),
            ("مستشف", "مستشفى المستشفى والمستشفي"),
            ("ولد", "ولد الولد"),
            ("ال", "ال"),
        ] {
            for form in forms.split(' ') {
                assert_eq!(super::stem(&fold(form)), stem, "{form}");
            }
        }
    }
}
