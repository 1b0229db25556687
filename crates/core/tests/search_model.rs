//! Compares the results of queries with a scan of every passage.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use proptest::prelude::*;

/// Content words; two of them share a stem only if they differ by an *s*.
const WORDS: [&str; 8] = ["ant", "ants", "bison", "camel", "camels", "dingo", "egrets", "ferret"];
const SOURCES: [&str; 3] = ["north", "south", "southwest"];

/// A part of a query in the model.
#[derive(Debug, Clone)]
enum Item {
    Word(&'static str),
    Phrase(Vec<&'static str>),
    Source(&'static str),
    Either(Vec<Item>),
    All(Vec<Item>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    None,
    Plus,
    Minus,
}

/// A passage in the model.
struct Plain {
    id: String,
    source: &'static str,
    words: Vec<&'static str>,
}

impl Item {
    fn typed(&self) -> String {
        let joined = |items: &[Item], with: &str| {
            items.iter().map(Item::typed).collect::<Vec<_>>().join(with)
        };
        match self {
            Item::Word(word) => (*word).to_owned(),
            Item::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Item::Source(source) => format!("source:{source}"),
            Item::Either(items) => format!("({})", joined(items, " OR ")),
            Item::All(items) => format!("({})", joined(items, " AND ")),
        }
    }

    fn matches(&self, passage: &Plain) -> bool {
        match self {
            Item::Word(word) => passage.words.iter().any(|other| stem(other) == stem(word)),
            Item::Phrase(words) => passage.words.windows(words.len()).any(|window| window == words),
            Item::Source(source) => match source.strip_suffix('*') {
                Some(start) => passage.source.starts_with(start),
                None => passage.source == *source,
            },
            Item::Either(items) => items.iter().any(|item| item.matches(passage)),
            Item::All(items) => items.iter().all(|item| item.matches(passage)),
        }
    }

    fn is_condition(&self) -> bool {
        match self {
            Item::Source(_) => true,
            Item::Either(items) | Item::All(items) => items.iter().all(Item::is_condition),
            Item::Word(_) | Item::Phrase(_) => false,
        }
    }

    fn is_optional(&self) -> bool {
        matches!(self, Item::Word(_))
    }
}

fn stem(word: &str) -> &str {
    word.trim_end_matches('s')
}

/// Returns whether a passage matches juxtaposed items.
fn all_match(items: &[(Sign, Item)], passage: &Plain) -> bool {
    let optional = |(sign, item): &&(Sign, Item)| *sign == Sign::None && item.is_optional();
    let fits = |(sign, item): &(Sign, Item)| match sign {
        Sign::Minus => !item.matches(passage),
        Sign::Plus => item.matches(passage),
        Sign::None => item.is_optional() || item.matches(passage),
    };
    let required =
        items.iter().any(|it| it.0 != Sign::Minus && !optional(&it) && !it.1.is_condition());
    let wanted: Vec<_> = items.iter().filter(optional).collect();
    items.iter().all(fits)
        && (required || wanted.is_empty() || wanted.iter().any(|(_, item)| item.matches(passage)))
}

fn index(corpus: &Path, dir: &Path, threads: usize) {
    let update =
        Update { paths: vec![corpus.to_owned()], threads: Some(threads), ..Update::default() };
    Index::update(dir, &update, &()).unwrap();
}

/// Returns passages of pseudorandom words, and a searcher over them.
fn corpus() -> &'static (Vec<Plain>, Searcher) {
    static CORPUS: OnceLock<(Vec<Plain>, Searcher)> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let mut state = 7u64;
        let mut draw = |n: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        let dir = tempfile::tempdir().unwrap();
        let files = dir.path().join("files");
        std::fs::create_dir(&files).unwrap();
        let mut passages = Vec::new();
        for source in SOURCES {
            let mut text = "---\nlang: en\n---\n\n".to_owned();
            for paragraph in 1..=20 {
                let words: Vec<_> = (0..2 + draw(5)).map(|_| WORDS[draw(WORDS.len())]).collect();
                // A unique ending keeps passages from being near-duplicates.
                text.push_str(&format!(
                    "{} were seen near post {source}{paragraph}.\n\n",
                    words.join(" ")
                ));
                passages.push(Plain { id: format!("{source}#p{paragraph}"), source, words });
            }
            std::fs::write(files.join(format!("{source}.md")), text).unwrap();
        }
        index(&files, &dir.path().join("index"), 1);
        let searcher = Searcher::new(&Index::open(&dir.path().join("index")).unwrap()).unwrap();
        (passages, searcher)
    })
}

fn item() -> impl Strategy<Value = Item> {
    let word = proptest::sample::select(&WORDS[..]);
    let leaf = prop_oneof![
        3 => word.clone().prop_map(Item::Word),
        2 => proptest::collection::vec(word, 1..4).prop_map(Item::Phrase),
        1 => proptest::sample::select(&["north", "south", "south*", "nowhere"][..]).prop_map(Item::Source),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Item::Either),
            proptest::collection::vec(inner, 2..4).prop_map(Item::All),
        ]
    })
}

fn sign() -> impl Strategy<Value = Sign> {
    prop_oneof![4 => Just(Sign::None), 1 => Just(Sign::Plus), 1 => Just(Sign::Minus)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn finds_what_a_scan_finds(items in proptest::collection::vec((sign(), item()), 1..5)) {
        prop_assume!(items.iter().any(|(sign, _)| *sign != Sign::Minus));
        // A sign comes before a word, a phrase or a group.
        prop_assume!(!items.iter().any(|(sign, item)| *sign == Sign::Plus && matches!(item, Item::Source(_))));
        let (passages, searcher) = corpus();
        let typed: Vec<_> = items.iter().map(|(sign, item)| match sign {
            Sign::None => item.typed(),
            Sign::Plus => format!("+{}", item.typed()),
            Sign::Minus => format!("-{}", item.typed()),
        }).collect();
        let results = searcher.search(&Query::parse(&typed.join(" ")).unwrap(), passages.len()).unwrap();
        let found = results.hits.iter().flat_map(|hit| hit.near_duplicates.iter().cloned().chain([hit.passage.id()]));
        let found: BTreeSet<String> = found.map(|id| id.to_string()).collect();
        let scanned: BTreeSet<String> =
            passages.iter().filter(|passage| all_match(&items, passage)).map(|passage| passage.id.clone()).collect();
        prop_assert_eq!(results.total, scanned.len() as u64, "{}", typed.join(" "));
        prop_assert_eq!(found, scanned, "{}", typed.join(" "));
    }
}
