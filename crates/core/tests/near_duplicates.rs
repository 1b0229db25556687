//! Measures the detection of near-duplicates: misses on edited paragraphs, and false alarms on
//! paragraphs by different authors.

mod shared;

use std::fs;
use std::path::{Path, PathBuf};

use pincite_core::search::same_origin;
use pincite_core::text::{dates, quantities};
use shared::shared;

/// The minimum length of a paragraph in words: a single word is a large share of a shorter one.
const SHORTEST: usize = 20;

/// A pseudorandom number generator (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

#[derive(Debug, Clone, Copy)]
enum Edit {
    Substitute,
    Delete,
    Insert,
    Swap,
}

/// Edits a share of the words of a paragraph; new words come from `vocabulary`.
fn edited(paragraph: &str, edit: Edit, rate: f64, vocabulary: &[&str], dice: &mut Dice) -> String {
    let mut words: Vec<&str> = paragraph.split_whitespace().collect();
    let mut left = ((words.len() as f64 * rate).round() as usize).max(1);
    while left > 0 {
        let at = dice.below(words.len() - 1);
        if !is_plain(words[at]) {
            continue;
        }
        let word = vocabulary[dice.below(vocabulary.len())];
        match edit {
            Edit::Substitute => words[at] = word,
            Edit::Delete => drop(words.remove(at)),
            Edit::Insert => words.insert(at, word),
            Edit::Swap => words.swap(at, at + 1),
        }
        left -= 1;
    }
    words.join(" ")
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let is_text = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "txt" || extension == "md")
    };
    paths
        .into_iter()
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(is_text)
        .collect()
}

/// Returns the paragraphs of a folder's articles: texts between blank lines.
fn paragraphs(dir: &Path) -> Vec<String> {
    let texts = files(dir).into_iter().map(|file| fs::read_to_string(file).unwrap());
    let blocks = texts.flat_map(|text| {
        text.split("\n\n").map(|block| block.replace('\n', " ")).collect::<Vec<_>>()
    });
    blocks
        .filter(|block| {
            !block.starts_with(['-', '+', '#']) && block.split_whitespace().count() >= SHORTEST
        })
        .collect()
}

/// Returns whether a word is not a figure, date or negation: a text with other figures, dates or
/// negations says something else, and is not a copy.
fn is_plain(word: &str) -> bool {
    let negates =
        ["not", "no", "none", "never", "nobody", "nor", "neither", "cannot"].contains(&word);
    word.chars().all(char::is_lowercase)
        && !negates
        && quantities(word).is_empty()
        && dates(word).is_empty()
}

/// Returns the share of paragraphs whose edited form is not recognized as a near-duplicate.
fn missed(paragraphs: &[String], edit: Edit, rate: f64) -> f64 {
    let words = paragraphs.iter().flat_map(|text| text.split_whitespace());
    let vocabulary: Vec<&str> = words.filter(|word| is_plain(word)).collect();
    let mut dice = Dice(7);
    let is_missed =
        |text: &&String| !same_origin(text, &edited(text, edit, rate, &vocabulary, &mut dice));
    paragraphs.iter().filter(is_missed).count() as f64 / paragraphs.len() as f64
}

/// Returns pairs of different paragraphs that are taken for near-duplicates.
fn alarms(paragraphs: &[String]) -> Vec<(&str, &str)> {
    let pairs = (0..paragraphs.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let pairs = pairs.map(|(i, j)| (&*paragraphs[i], &*paragraphs[j]));
    pairs.filter(|(a, b)| same_origin(a, b)).collect()
}

fn measure(name: &str, paragraphs: &[String]) {
    eprintln!("{name}: {} paragraphs; share missed at a rate of edits of", paragraphs.len());
    eprintln!("{:>12} {:>6} {:>6} {:>6} {:>6} {:>6}", "", "2 %", "5 %", "10 %", "15 %", "20 %");
    for edit in [Edit::Substitute, Edit::Delete, Edit::Insert, Edit::Swap] {
        let missed = [0.02, 0.05, 0.1, 0.15, 0.2].map(|rate| missed(paragraphs, edit, rate));
        let figures = missed.map(|share| format!(" {share:>6.3}")).concat();
        eprintln!("{:>12}{figures}", format!("{edit:?}").to_lowercase());
        assert!(missed[..3].iter().all(|&share| share < 0.1), "{name}: {edit:?} {missed:?}");
    }
}

#[test]
fn edited_copies_are_recognized_and_other_texts_are_not() {
    let corpus = paragraphs(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus")));
    measure("corpus", &corpus);
    let alarms = alarms(&corpus);
    eprintln!("corpus: {} of {} pairs alike", alarms.len(), corpus.len() * (corpus.len() - 1) / 2);
    assert!(
        alarms
            .iter()
            .all(|(a, b)| [a, b].iter().all(|text| text.starts_with("The Durand Line runs for")))
    );
}

#[test]
fn articles_by_different_publishers_are_not_near_duplicates() {
    let Some(folder) = shared("articles") else { return };
    let articles = paragraphs(&folder);
    assert!(!articles.is_empty(), "{} has articles", folder.display());
    measure("articles", &articles);
    assert_eq!(alarms(&articles), []);
}
