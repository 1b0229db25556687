//! British and American spelling.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// A British spelling and the American one, separated by a space.
    #[serde(borrow)]
    pub(super) pairs: Vec<&'static str>,
    #[serde(borrow)]
    pub(super) pair_endings: Vec<&'static str>,
    pub(super) rules: Vec<Rule>,
}

/// A regular difference before some endings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) british: &'static str,
    pub(super) american: &'static str,
    #[serde(borrow)]
    pub(super) endings: Vec<&'static str>,
    /// Set if [`american`] applies it.
    #[serde(default)]
    pub(super) normal: bool,
}

/// The minimum number of bytes before the difference, for query expansion.
const MIN_STEM: usize = 3;

/// The minimum number of bytes before the difference, for normalisation.
const MIN_NORMAL_STEM: usize = 4;

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("spelling.toml", include_str!("spelling.toml")));

impl Table {
    /// Returns the pairs, British first.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        self.pairs.iter().filter_map(|pair| pair.split_once(' '))
    }
}

/// The pairs in either direction.
static DIRECTIONS: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| TABLE.pairs().flat_map(|(a, b)| [(a, b), (b, a)]).collect());

/// Returns the other spellings of a folded word.
///
/// Some of them are not words (“exercize”), which does no harm in a look-up: no text has them.
///
/// ```
/// use pincite_text::english::spelling::spellings;
///
/// assert_eq!(spellings("neighbours").next().as_deref(), Some("neighbors"));
/// assert_eq!(spellings("center").next().as_deref(), Some("centre"));
/// assert_eq!(spellings("kabul").next(), None);
/// ```
pub fn spellings(word: &str) -> impl Iterator<Item = String> {
    regular(word).chain(listed(word))
}

fn regular(word: &str) -> impl Iterator<Item = String> {
    let directions = TABLE.rules.iter().flat_map(|rule| {
        [(rule, rule.british, rule.american), (rule, rule.american, rule.british)]
    });
    directions.filter_map(|(rule, from, to)| respelled(word, &rule.endings, from, to, MIN_STEM))
}

/// Replaces `from` by `to` before the first matching ending, if at least `min_stem` bytes precede
/// it.
fn respelled(
    word: &str,
    endings: &[&str],
    from: &str,
    to: &str,
    min_stem: usize,
) -> Option<String> {
    endings.iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?.strip_suffix(from)?;
        (stem.len() >= min_stem).then(|| format!("{stem}{to}{ending}"))
    })
}

fn listed(word: &str) -> impl Iterator<Item = String> {
    DIRECTIONS.iter().filter_map(|(from, to)| {
        let ending = word.strip_prefix(from)?;
        TABLE.pair_endings.contains(&ending).then(|| format!("{to}{ending}"))
    })
}

/// Returns the American spelling of a folded word in British spelling, by the rules that are
/// reliable enough for normalisation.
///
/// ```
/// use pincite_text::english::spelling::american;
///
/// assert_eq!(american("recognised").as_deref(), Some("recognized"));
/// assert_eq!(american("recognized"), None);
/// ```
pub fn american(word: &str) -> Option<String> {
    TABLE.rules.iter().filter(|rule| rule.normal).find_map(|rule| {
        respelled(word, &rule.endings, rule.british, rule.american, MIN_NORMAL_STEM)
    })
}
