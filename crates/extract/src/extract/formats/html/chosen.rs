//! Chooses the leaves that are the article.
//!
//! Trafilatura takes the article out of a page, as a page of its own. Its text is found again in
//! the leaves, in order; a leaf that has most of its letters there is part of the article.

use std::collections::HashMap;
use std::thread;

use super::leaf::{Leaf, Role};
use super::page::Page;
use crate::panics::without_panic;

/// The largest page, in bytes, for which trees are built: they take about fifty times as much
/// memory.
const MAX_PAGE: usize = 8 << 20;
/// The most tags of such a page.
const MAX_TAGS: usize = 200_000;
/// The depth to which the elements of such a page may be nested: some of what walks over trees is
/// recursive.
const MAX_DEPTH: usize = 400;
/// The size of the stack for that, in bytes.
const STACK: usize = 64 << 20;
/// The most leaves of the article that are looked for from the beginning.
const MAX_MISSES: usize = 256;

/// Returns, for each leaf, whether it is part of the article. `None` if the page is too large or
/// too deep for telling.
pub(super) fn chosen(text: &str, page: &Page) -> Option<Vec<bool>> {
    if text.len() > MAX_PAGE || page.tags > MAX_TAGS || page.depth > MAX_DEPTH {
        return None;
    }
    let article = article(text)?;
    let mut chosen = Letters::of(text, &page.leaves).find(&article, page.leaves.len());
    amend(text, &page.leaves, &mut chosen);
    chosen.contains(&true).then_some(chosen)
}

/// Takes out notices and lines that are nothing but a link, and adds prose that was left out
/// between paragraphs of the article, or above them, in the same division of the page.
fn amend(text: &str, leaves: &[Leaf], chosen: &mut [bool]) {
    /// The fewest bytes of prose that is added.
    const MIN_PROSE: usize = 60;
    let sizes: Vec<usize> = leaves.iter().map(|leaf| leaf.letters(text).len()).collect();
    let mut divisions: HashMap<usize, usize> = HashMap::new();
    for (leaf, (chosen, &size)) in leaves.iter().zip(chosen.iter_mut().zip(&sizes)) {
        let is_link = leaf.is_paragraph && leaf.linked >= size && size > 0;
        *chosen &= !is_link && leaf.role != Role::Furniture;
        if *chosen && leaf.role == Role::Text {
            *divisions.entry(leaf.container).or_default() += size;
        }
    }
    let Some(last) = chosen.iter().rposition(|&chosen| chosen) else { return };
    let all: usize = divisions.values().sum();
    for (i, leaf) in leaves.iter().enumerate().take(last) {
        let is_main = divisions.get(&leaf.container).is_some_and(|&size| 4 * size >= all);
        let is_prose =
            leaf.role == Role::Text && sizes[i] >= MIN_PROSE && 3 * leaf.linked < sizes[i];
        chosen[i] |= is_main && is_prose;
    }
}

/// Returns the article in a page, as a page of its own.
fn article(text: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_links(true);
    let extract = || {
        let found = without_panic(|| trafilatura::extract(text, &options)).ok()?.ok()?;
        Some(found.content_html)
    };
    // A thread of its own has the stack that it may need, and ends alone where it panics.
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK);
        builder.spawn_scoped(scope, extract).ok()?.join().ok()?
    })
}

/// The letters of the leaves of a page, one after the other.
struct Letters {
    text: String,
    /// The start of each leaf, and the end of the last.
    starts: Vec<usize>,
}

impl Letters {
    fn of(page: &str, leaves: &[Leaf]) -> Self {
        let (mut text, mut starts) = (String::new(), vec![0]);
        for leaf in leaves {
            text.push_str(&leaf.letters(page));
            starts.push(text.len());
        }
        Self { text, starts }
    }

    /// Returns, for each leaf, whether most of it is in `article`.
    fn find(&self, article: &str, leaves: usize) -> Vec<bool> {
        let mut found = vec![0; leaves];
        let (mut cursor, mut misses) = (0, 0);
        for leaf in Page::read(article).leaves {
            let letters = leaf.letters(article);
            if letters.is_empty() {
                continue;
            }
            let mut at = self.text[cursor..].find(&letters).map(|at| cursor + at);
            if at.is_none() && misses < MAX_MISSES {
                misses += 1;
                at = self.text[..cursor].find(&letters);
            }
            let Some(at) = at else { continue };
            let end = at + letters.len();
            let first = self.starts.partition_point(|&start| start <= at) - 1;
            for (leaf, found) in found.iter_mut().enumerate().skip(first) {
                let [start, stop] = [self.starts[leaf], self.starts[leaf + 1]];
                if start >= end {
                    break;
                }
                *found += stop.min(end) - start.max(at);
            }
            cursor = cursor.max(end);
        }
        let size = |leaf: usize| self.starts[leaf + 1] - self.starts[leaf];
        found
            .iter()
            .enumerate()
            .map(|(leaf, &found)| found > 0 && 2 * found >= size(leaf))
            .collect()
    }
}

/// Returns, for each leaf, whether it is prose by the elements around it.
pub(super) fn by_element(leaves: &[Leaf]) -> Vec<bool> {
    leaves.iter().map(|leaf| !matches!(leaf.role, Role::Furniture | Role::Byline)).collect()
}
