//! The words that hold an English sentence together and say nothing of its subject.
//!
//! A claim or a question is full of them. They are left out of what is counted; never of what quotations are looked up in.

/// Whether a folded word is one of them.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Whether a word stands out by its capitals, as `US` and `WHO` do.
pub fn has_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "aren't", "as", "at", "be", "because",
    "been", "before", "being", "both", "but", "by", "can", "can't", "cannot", "could", "couldn't", "did", "didn't",
    "do", "does", "doesn't", "doing", "don't", "during", "each", "ever", "every", "for", "from", "had", "hadn't",
    "has", "hasn't", "have", "haven't", "having", "he", "her", "hers", "him", "his", "how", "i", "if", "in", "into",
    "is", "isn't", "it", "it's", "its", "itself", "just", "may", "me", "might", "must", "my", "no", "nor", "not",
    "of", "off", "on", "or", "our", "ours", "shall", "she", "should", "shouldn't", "since", "so", "some", "such",
    "than", "that", "that's", "the", "their", "theirs", "them", "themselves", "then", "there", "these", "they",
    "this", "those", "through", "to", "too", "under", "until", "upon", "us", "very", "was", "wasn't", "we", "were",
    "weren't", "what", "what's", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why",
    "will", "with", "within", "won't", "would", "wouldn't", "you", "your", "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(is_function_word("the") && !is_function_word("kabul"));
    }
}
