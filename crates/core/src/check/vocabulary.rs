//! [`Vocabulary`]: what is known of the meaning of words, by their stems.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::analyzer::tokens;
use crate::text::english::calendar::{month_names, weekday_names};
use crate::text::english::manner::manner;
use crate::text::english::negation::negators;
use crate::text::english::numbers::ordinal;
use crate::text::english::spelling::american;
use crate::text::english::{self, countries, verbs};

/// Knowledge of words, by their stems.
#[derive(Debug)]
pub(super) struct Vocabulary {
    lemmas: FxHashMap<String, Arc<str>>,
    /// All words that are related to any other.
    related: FxHashSet<Arc<str>>,
    /// Past forms of verbs as they are written.
    verb_forms: FxHashSet<&'static str>,
    plurals: FxHashSet<&'static str>,
    synonyms: Groups,
    /// For each word, those that it takes in.
    includes: FxHashMap<Arc<str>, FxHashSet<Arc<str>>>,
    exclusive: Groups,
    nouns: FxHashSet<Arc<str>>,
    antonyms: FxHashMap<Arc<str>, FxHashSet<Arc<str>>>,
    countries: Groups,
    /// Words for what belongs to a country: *Afghan*.
    demonyms: FxHashSet<Arc<str>>,
    negators: FxHashSet<Arc<str>>,
    light: FxHashSet<Arc<str>>,
    turns: FxHashSet<Arc<str>>,
    attribution: FxHashSet<Arc<str>>,
    happening: FxHashSet<Arc<str>>,
    nonfactive: FxHashSet<Arc<str>>,
    reporting: FxHashSet<Arc<str>>,
}

/// The groups that each word is in.
type Groups = FxHashMap<Arc<str>, Vec<usize>>;

/// Relations of two words.
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
}

/// Returns the lexicon that the program carries.
pub(super) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::new(english::lexicon::lexicon()));
    &VOCABULARY
}

impl Vocabulary {
    fn new(tables: &english::lexicon::WordRelations) -> Vocabulary {
        let lemmas = lemmas(verbs::irregular().chain(tables.plurals.iter().copied()));
        let stems = Stems { lemmas: &lemmas };
        let months = month_names().join(" ");
        let weekdays = weekday_names().join(" ");
        let month_includes = format!("month {months}");
        let countries: Vec<String> = countries::compared().map(|words| words.join(" ")).collect();

        let exclusive: Vec<&str> =
            tables.exclusive.iter().copied().chain([&*months, &*weekdays]).collect();
        let includes: Vec<&str> =
            tables.includes.iter().copied().chain([&*month_includes]).collect();
        let countries: Vec<&str> = countries.iter().map(String::as_str).collect();
        let relations = [&tables.synonyms, &includes, &exclusive, &tables.antonyms, &countries];
        Vocabulary {
            related: relations.into_iter().flatten().flat_map(|line| stems.of(line)).collect(),
            verb_forms: verbs::irregular().flat_map(|forms| forms.split(' ').skip(1)).collect(),
            synonyms: stems.groups(&tables.synonyms),
            includes: stems.sets(&includes),
            exclusive: stems.groups(&exclusive),
            plurals: tables.plurals.iter().flat_map(|forms| forms.split(' ').skip(1)).collect(),
            nouns: tables.nouns.iter().flat_map(|line| stems.of(line)).collect(),
            antonyms: antonyms(&tables.antonyms, &tables.synonyms, |line| stems.of(line)),
            demonyms: countries.iter().flat_map(|line| demonyms(&stems.of(line))).collect(),
            countries: stems.groups(&countries),
            negators: stems.set(negators()),
            light: stems.set(tables.light.iter()),
            turns: stems.set(tables.turns.iter()),
            attribution: stems.set(tables.attribution.iter()),
            happening: stems.set(tables.happening.iter()),
            nonfactive: stems.set(manner().nonfactive.iter()),
            reporting: stems.set(manner().reporting.iter()),
            lemmas,
        }
    }

    /// Returns the stem that stands for all forms of a word whose stem is `stem`.
    pub(super) fn lemma(&self, stem: &Arc<str>) -> Arc<str> {
        self.lemmas.get(&**stem).unwrap_or(stem).clone()
    }

    /// Returns how two different words are related, if they are.
    pub(super) fn relation(&self, claim: &str, source: &str) -> Option<Relation> {
        let is_known = |word| self.is_related(word) || is_ordinal(word);
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
        } else if related(&self.exclusive)
            || self.are_countries(claim, source)
            || ordinals.is_some_and(|(a, b)| a != b)
        {
            Some(Relation::Exclusive)
        } else {
            None
        }
    }

    /// Returns whether it is related to any other word.
    pub(super) fn is_related(&self, lemma: &str) -> bool {
        self.related.contains(lemma)
    }

    fn are_countries(&self, a: &str, b: &str) -> bool {
        self.countries.contains_key(a) && self.countries.contains_key(b)
    }

    /// Returns whether it stands in any table of words with a meaning: such a word with a capital
    /// may only begin a sentence.
    pub(super) fn knows(&self, lemma: &str) -> bool {
        [&self.synonyms, &self.exclusive].iter().any(|groups| groups.contains_key(lemma))
            || self.nouns.contains(lemma)
    }

    pub(super) fn is_country(&self, lemma: &str) -> bool {
        self.countries.contains_key(lemma)
    }

    /// Returns whether a word says of what country something is.
    pub(super) fn is_demonym(&self, lemma: &str) -> bool {
        self.demonyms.contains(lemma)
    }

    pub(super) fn is_negator(&self, lemma: &str) -> bool {
        self.negators.contains(lemma)
    }

    pub(super) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Returns whether a word says little where it stands: it is light, or an adverb of manner.
    pub(super) fn says_little(&self, word: &str, lemma: &str) -> bool {
        self.is_light(lemma) || word.len() > 5 && word.ends_with("ly") && !self.is_only(word)
    }

    /// Returns whether a folded word is a form of an irregular verb other than its first.
    pub(super) fn is_verb_form(&self, word: &str) -> bool {
        self.verb_forms.contains(word)
    }

    /// Returns whether a folded word is an irregular plural.
    pub(super) fn is_plural(&self, word: &str) -> bool {
        self.plurals.contains(word)
    }

    pub(super) fn is_turn(&self, lemma: &str) -> bool {
        self.turns.contains(lemma)
    }

    /// Returns whether a folded word leaves no room for others.
    pub(super) fn is_only(&self, word: &str) -> bool {
        english::lexicon::lexicon().only.contains(word)
    }

    /// Returns whether a verb does not say that what follows it is so.
    pub(super) fn is_nonfactive(&self, lemma: &str) -> bool {
        self.nonfactive.contains(lemma)
    }

    /// Returns whether a verb says that somebody says something, without a doubt cast on it.
    pub(super) fn is_reporting(&self, lemma: &str) -> bool {
        self.reporting.contains(lemma)
    }

    pub(super) fn is_attribution(&self, lemma: &str) -> bool {
        self.attribution.contains(lemma)
    }

    /// Returns whether *to* and a verb behind a word say that it happens, as behind *begin*.
    pub(super) fn is_happening(&self, lemma: &str) -> bool {
        self.happening.contains(lemma)
    }

    /// Returns whether a folded word behind *the* means something named before.
    pub(super) fn is_generic(&self, word: &str) -> bool {
        english::lexicon::lexicon().generic.contains(word)
    }
}

/// Returns for each stem of a form that no stemmer brings to its word, that of the word, which is
/// first in its line.
fn lemmas(lines: impl Iterator<Item = &'static str>) -> FxHashMap<String, Arc<str>> {
    let mut lemmas = FxHashMap::default();
    for line in lines {
        let mut forms = line.split(' ').map(stem);
        let Some(lemma) = forms.next() else { continue };
        lemmas.extend(forms.map(|form| (form.to_string(), Arc::clone(&lemma))));
    }
    lemmas
}

/// Brings words of the tables to the stems by which they are looked up.
struct Stems<'a> {
    lemmas: &'a FxHashMap<String, Arc<str>>,
}

impl Stems<'_> {
    fn one(&self, word: &str) -> Arc<str> {
        let stem = stem(word);
        self.lemmas.get(&*stem).cloned().unwrap_or(stem)
    }

    fn of(&self, line: &str) -> Vec<Arc<str>> {
        line.split(' ').map(|word| self.one(word)).collect()
    }

    fn set<'w>(&self, words: impl Iterator<Item = &'w str>) -> FxHashSet<Arc<str>> {
        words.map(|word| self.one(word)).collect()
    }

    /// Returns for each word of some lines the lines that it is in.
    fn groups(&self, lines: &[&str]) -> Groups {
        let mut groups = Groups::default();
        for (group, line) in lines.iter().enumerate() {
            for word in self.of(line) {
                groups.entry(word).or_default().push(group);
            }
        }
        groups
    }

    /// Returns for the first word of each line the others.
    fn sets(&self, lines: &[&str]) -> FxHashMap<Arc<str>, FxHashSet<Arc<str>>> {
        let mut sets: FxHashMap<Arc<str>, FxHashSet<Arc<str>>> = FxHashMap::default();
        for line in lines {
            let mut words = self.of(line).into_iter();
            if let Some(first) = words.next() {
                sets.entry(first).or_default().extend(words);
            }
        }
        sets
    }
}

/// Returns what belongs to a country, of its words: neither its name nor, at the end, a city.
fn demonyms(country: &[Arc<str>]) -> Vec<Arc<str>> {
    const ALIKE: usize = 3;
    let Some((name, rest)) = country.split_first() else { return Vec::new() };
    let is_like_name =
        |word: &Arc<str>| word.get(..ALIKE).is_some_and(|start| name.starts_with(start));
    let is_city = |at: usize, word: &Arc<str>| at + 1 == rest.len() && !is_like_name(word);
    rest.iter()
        .enumerate()
        .filter(|(at, word)| !is_city(*at, word))
        .map(|(_, word)| Arc::clone(word))
        .collect()
}

/// Returns for each word its contraries: those listed, and whatever says the same as one of the
/// two.
fn antonyms(
    antonyms: &[&str],
    synonyms: &[&str],
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
        for (a, b) in alike(first)
            .iter()
            .flat_map(|a| rest.iter().flat_map(&alike).map(move |b| (a.clone(), b)))
        {
            contraries.entry(a.clone()).or_default().insert(b.clone());
            contraries.entry(b).or_default().insert(a);
        }
    }
    contraries
}

/// Returns whether a word says which of a series something is.
pub(super) fn is_ordinal(word: &str) -> bool {
    ordinal(word).is_some()
}

/// Returns the stem of an English word, in one spelling for British and American writers.
pub(super) fn stem(word: &str) -> Arc<str> {
    let american = american(word);
    tokens(american.as_deref().unwrap_or(word), Some("en"))
        .first()
        .map_or_else(|| Arc::from(word), |token| Arc::clone(&token.stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(claim: &str, source: &str) -> Option<Relation> {
        let lemma = |word| vocabulary().lemma(&stem(word));
        vocabulary().relation(&lemma(claim), &lemma(source))
    }

    #[test]
    fn forms_of_a_word_are_one() {
        let lemma = |word| vocabulary().lemma(&stem(word));
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
        assert_eq!(relation("table", "film"), None);
    }
}
