//! [`Lexicon`]: what is known of words, read from `lexicon.toml`.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::text::analyzer::tokens;

/// What is known of words, by their stems.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    lemmas: FxHashMap<String, Arc<str>>,
    /// All words that are related to any other.
    related: FxHashSet<Arc<str>>,
    /// Past forms of verbs as they are written.
    verb_forms: FxHashSet<String>,
    synonyms: Groups,
    /// For each word, those that it takes in.
    includes: FxHashMap<Arc<str>, FxHashSet<Arc<str>>>,
    exclusive: Groups,
    akin: Groups,
    antonyms: FxHashMap<Arc<str>, FxHashSet<Arc<str>>>,
    countries: Groups,
    /// What belongs to a country: *Afghan*.
    demonyms: FxHashSet<Arc<str>>,
    negators: FxHashSet<Arc<str>>,
    light: FxHashSet<Arc<str>>,
    turns: FxHashSet<Arc<str>>,
    only: FxHashSet<Arc<str>>,
    modal: FxHashSet<Arc<str>>,
    attribution: FxHashSet<Arc<str>>,
}

/// The groups that each word is in.
type Groups = FxHashMap<Arc<str>, Vec<usize>>;

/// How two words are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They say the same.
    Same,
    /// The second is a kind of the first.
    Included,
    /// One is a country, the other its people or the seat of its government.
    Country,
    /// One says the contrary of the other.
    Contrary,
    /// At most one of them is so.
    Exclusive,
    /// Often at most one of them is so.
    Akin,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    synonyms: Vec<String>,
    includes: Vec<String>,
    exclusive: Vec<String>,
    akin: Vec<String>,
    antonyms: Vec<String>,
    irregular: Vec<String>,
    plurals: Vec<String>,
    negators: String,
    light: String,
    turns: String,
    only: String,
    modal: String,
    attribution: String,
    countries: Vec<String>,
}

/// The lexicon that the program carries.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        // A test reads it; should it be broken all the same, words mean no more than themselves.
        toml::from_str(include_str!("lexicon.toml")).map(Lexicon::new).unwrap_or_default()
    });
    &LEXICON
}

impl Lexicon {
    fn new(tables: Tables) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let verbs = tables.irregular.iter().flat_map(|forms| forms.split_whitespace().skip(1));
        let verb_forms = verbs.map(str::to_owned).collect();
        for forms in tables.irregular.iter().chain(&tables.plurals) {
            let mut forms = forms.split_whitespace();
            let Some(lemma) = forms.next().map(stem) else { continue };
            lexicon.lemmas.extend(forms.map(|form| (stem(form).to_string(), Arc::clone(&lemma))));
        }
        let lemmas = |words: &str| -> Vec<Arc<str>> {
            words.split_whitespace().map(|word| lexicon.lemma(&stem(word))).collect()
        };
        let groups = |lines: &[String]| {
            let mut groups = Groups::default();
            for (group, line) in lines.iter().enumerate() {
                lemmas(line).into_iter().for_each(|word| groups.entry(word).or_default().push(group));
            }
            groups
        };
        let set = |line: &str| lemmas(line).into_iter().collect();
        let mut includes: FxHashMap<Arc<str>, FxHashSet<Arc<str>>> = FxHashMap::default();
        for line in &tables.includes {
            let words = lemmas(line);
            if let Some((first, rest)) = words.split_first() {
                includes.entry(Arc::clone(first)).or_default().extend(rest.iter().cloned());
            }
        }
        let synonyms = groups(&tables.synonyms);
        let antonyms = antonyms(&tables.antonyms, &tables.synonyms, lemmas);
        let relations =
            [&tables.synonyms, &tables.includes, &tables.exclusive, &tables.akin, &tables.antonyms, &tables.countries];
        let related = relations.into_iter().flatten().flat_map(|line| lemmas(line)).collect();
        Lexicon {
            related,
            synonyms,
            includes,
            exclusive: groups(&tables.exclusive),
            akin: groups(&tables.akin),
            antonyms,
            countries: groups(&tables.countries),
            demonyms: tables.countries.iter().flat_map(|line| demonyms(&lemmas(line))).collect(),
            negators: set(&tables.negators),
            light: set(&tables.light),
            turns: set(&tables.turns),
            only: tables.only.split_whitespace().map(Arc::from).collect(),
            modal: set(&tables.modal),
            attribution: set(&tables.attribution),
            lemmas: lexicon.lemmas,
            verb_forms,
        }
    }

    /// The stem that stands for all forms of a word whose stem is `stem`.
    pub(super) fn lemma(&self, stem: &Arc<str>) -> Arc<str> {
        self.lemmas.get(&**stem).unwrap_or(stem).clone()
    }

    /// How two different words are related, if they are.
    pub(super) fn relation(&self, claim: &str, source: &str) -> Option<Relation> {
        let is_known = |word| self.related.contains(word) || is_ordinal(word);
        if !is_known(claim) || !is_known(source) {
            return None;
        }
        let related = |groups: &Groups| match (groups.get(claim), groups.get(source)) {
            (Some(a), Some(b)) => a.iter().any(|group| b.contains(group)),
            _ => false,
        };
        let ordinals = ordinal(claim).zip(ordinal(source));
        if related(&self.synonyms) || ordinals.is_some_and(|(a, b)| a == b) {
            Some(Relation::Same)
        } else if self.antonyms.get(claim).is_some_and(|contraries| contraries.contains(source)) {
            Some(Relation::Contrary)
        } else if related(&self.countries) {
            Some(Relation::Country)
        } else if self.includes.get(claim).is_some_and(|kinds| kinds.contains(source))
            || matches!(claim, "countri" | "nation") && self.is_country(source)
        {
            Some(Relation::Included)
        } else if self.includes.get(source).is_some_and(|kinds| kinds.contains(claim)) {
            None
        } else if related(&self.exclusive) || self.are_countries(claim, source) || ordinals.is_some_and(|(a, b)| a != b)
        {
            Some(Relation::Exclusive)
        } else if related(&self.akin) {
            Some(Relation::Akin)
        } else {
            None
        }
    }

    fn are_countries(&self, a: &str, b: &str) -> bool {
        self.countries.contains_key(a) && self.countries.contains_key(b)
    }

    /// Whether it stands in any table of words with a meaning: such a word with a capital may only begin a sentence.
    pub(super) fn knows(&self, lemma: &str) -> bool {
        [&self.synonyms, &self.exclusive, &self.akin].iter().any(|groups| groups.contains_key(lemma))
    }

    pub(super) fn is_country(&self, lemma: &str) -> bool {
        self.countries.contains_key(lemma)
    }

    /// Whether a word says of what country something is.
    pub(super) fn is_demonym(&self, lemma: &str) -> bool {
        self.demonyms.contains(lemma)
    }

    pub(super) fn is_negator(&self, lemma: &str) -> bool {
        self.negators.contains(lemma)
    }

    pub(super) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether a word says little where it stands: it is light, or an adverb of manner.
    pub(super) fn says_little(&self, word: &str, lemma: &str) -> bool {
        self.is_light(lemma) || word.len() > 5 && word.ends_with("ly") && !self.is_only(word)
    }

    /// Whether a folded word is a form of an irregular verb other than its first.
    pub(super) fn is_verb_form(&self, word: &str) -> bool {
        self.verb_forms.contains(word)
    }

    pub(super) fn is_turn(&self, lemma: &str) -> bool {
        self.turns.contains(lemma)
    }

    /// Whether a folded word leaves no room for others.
    pub(super) fn is_only(&self, word: &str) -> bool {
        self.only.contains(word)
    }

    pub(super) fn is_modal(&self, lemma: &str) -> bool {
        self.modal.contains(lemma)
    }

    pub(super) fn is_attribution(&self, lemma: &str) -> bool {
        self.attribution.contains(lemma)
    }
}

/// What belongs to a country, of its words: neither its name nor, at the end, a city.
fn demonyms(country: &[Arc<str>]) -> Vec<Arc<str>> {
    const ALIKE: usize = 3;
    let Some((name, rest)) = country.split_first() else { return Vec::new() };
    let is_like_name = |word: &Arc<str>| word.get(..ALIKE).is_some_and(|start| name.starts_with(start));
    let is_city = |at: usize, word: &Arc<str>| at + 1 == rest.len() && !is_like_name(word);
    rest.iter().enumerate().filter(|(at, word)| !is_city(*at, word)).map(|(_, word)| Arc::clone(word)).collect()
}

/// For each word its contraries: those listed, and whatever says the same as one of the two.
fn antonyms(
    antonyms: &[String],
    synonyms: &[String],
    lemmas: impl Fn(&str) -> Vec<Arc<str>>,
) -> FxHashMap<Arc<str>, FxHashSet<Arc<str>>> {
    let groups: Vec<Vec<Arc<str>>> = synonyms.iter().map(|line| lemmas(line)).collect();
    let alike = |word: &Arc<str>| -> Vec<Arc<str>> {
        let same = groups.iter().filter(|group| group.contains(word)).flatten().cloned();
        std::iter::once(Arc::clone(word)).chain(same).collect()
    };
    let mut contraries: FxHashMap<Arc<str>, FxHashSet<Arc<str>>> = FxHashMap::default();
    for line in antonyms {
        let words = lemmas(line);
        let Some((first, rest)) = words.split_first() else { continue };
        for (a, b) in alike(first).iter().flat_map(|a| rest.iter().flat_map(&alike).map(move |b| (a.clone(), b))) {
            contraries.entry(a.clone()).or_default().insert(b.clone());
            contraries.entry(b).or_default().insert(a);
        }
    }
    contraries
}

/// Whether a word says which of a series something is.
pub(super) fn is_ordinal(word: &str) -> bool {
    ordinal(word).is_some()
}

/// Which of a series a word says: `third`, `3rd`.
fn ordinal(word: &str) -> Option<u32> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return u32::try_from(at + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    digits.parse().ok()
}

/// The stem of an English word, in one spelling for British and American writers.
pub(super) fn stem(word: &str) -> Arc<str> {
    let american = american(word);
    tokens(american.as_deref().unwrap_or(word), Some("en"))
        .first()
        .map_or_else(|| Arc::from(word), |token| Arc::clone(&token.stem))
}

/// The American spelling of a folded word in British spelling, where it has what usually differs.
pub(super) fn american(word: &str) -> Option<String> {
    const ENDINGS: [&str; 10] = ["e", "ed", "es", "ing", "er", "ers", "ation", "ations", "able", "ement"];
    const PAIRS: [(&str, &str, &[&str]); 3] = [
        ("is", "iz", &ENDINGS),
        ("our", "or", &["", "s", "ed", "ing", "able", "hood", "hoods", "ly"]),
        ("enc", "ens", &["e", "es"]),
    ];
    PAIRS.into_iter().find_map(|(british, american, endings)| {
        endings.iter().find_map(|ending| {
            let start = word.strip_suffix(ending)?.strip_suffix(british).filter(|start| start.len() >= 4)?;
            Some(format!("{start}{american}{ending}"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(claim: &str, source: &str) -> Option<Relation> {
        let lemma = |word| lexicon().lemma(&stem(word));
        lexicon().relation(&lemma(claim), &lemma(source))
    }

    #[test]
    fn the_tables_can_be_read() {
        assert!(toml::from_str::<Tables>(include_str!("lexicon.toml")).is_ok());
    }

    #[test]
    fn forms_of_a_word_are_one() {
        let lemma = |word| lexicon().lemma(&stem(word));
        assert_eq!(lemma("wrote"), lemma("writing"));
        assert_eq!(lemma("recognised"), lemma("recognizing"));
        assert_eq!(lemma("children"), lemma("child"));
    }

    #[test]
    fn words_are_related() {
        assert_eq!(relation("films", "movie"), Some(Relation::Same));
        assert_eq!(relation("person", "actress"), Some(Relation::Included));
        assert_eq!(relation("actress", "person"), None);
        assert_eq!(relation("Pakistan", "Islamabad"), Some(Relation::Country));
        assert_eq!(relation("rose", "dropped"), Some(Relation::Contrary));
        assert_eq!(relation("film", "books"), Some(Relation::Exclusive));
        assert_eq!(relation("French", "American"), Some(Relation::Exclusive));
        assert_eq!(relation("actor", "singer"), Some(Relation::Akin));
        assert_eq!(relation("table", "film"), None);
    }
}
