//! Finds the stretches of text that a quotation was put together from, with ellipses or without.

use std::collections::HashMap;
use std::ops::Range;

use super::occurrences::{occurrences, whole_words};
use super::words::WordRun;
use crate::text::{self, Span};

/// The fewest words of a stretch taken over without an ellipsis; fewer are in a row by chance.
const MIN_PIECE: usize = 4;
/// The most stretches that a quotation is made of.
const MAX_PIECES: usize = 8;
/// The fewest words of an elided part that is apart from the others.
const MIN_PART: usize = 3;
/// The most places of the longest part that are tried.
const MAX_TRIED: usize = 64;

/// Cuts a quotation, in its normal form, at its ellipses; no parts where there are not at least
/// two.
pub(super) fn elisions(quote: &str) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = 0;
    for end in quote.match_indices("...").map(|(at, _)| at).chain([quote.len()]) {
        let part = &quote[start.min(end)..end];
        let kept = part.trim_start_matches([' ', '.', ',', ']', ')']);
        let from = end - kept.len();
        let kept = kept.trim_end_matches([' ', '.', ',', '[', '(']);
        if kept.contains(char::is_alphanumeric) {
            parts.push(Span::new(from, from + kept.len()));
        }
        start = end + 3;
    }
    if (2..=MAX_PIECES).contains(&parts.len()) { parts } else { Vec::new() }
}

/// Finds the parts of `quote` in `text` in their order, as close together as possible.
pub(super) fn in_order(text: &str, quote: &str, parts: &[Span]) -> Option<Vec<Span>> {
    let longest = (0..parts.len()).max_by_key(|&i| parts[i].len())?;
    occurrences(text, parts[longest].of(quote))
        .take(MAX_TRIED)
        .filter_map(|middle| {
            let mut found = vec![middle; parts.len()];
            for i in (0..longest).rev() {
                found[i] = last(&text[..found[i + 1].start], parts[i].of(quote))?;
            }
            for i in longest + 1..parts.len() {
                let from = found[i - 1].end;
                found[i] = occurrences(&text[from..], parts[i].of(quote)).next()?.shifted(from);
            }
            Some(found)
        })
        .min_by_key(|found| found[found.len() - 1].end - found[0].start)
}

fn last(text: &str, part: &str) -> Option<Span> {
    let mut found =
        text.rmatch_indices(part).take(MAX_TRIED).map(|(at, part)| Span::new(at, at + part.len()));
    found.find(|&span| whole_words(text, span))
}

/// Finds the parts of `quote` in `text` in any order, if each is long enough to be recognised.
pub(super) fn anywhere(text: &str, quote: &str, parts: &[Span]) -> Option<Vec<Span>> {
    if parts.is_empty() {
        return None;
    }
    for part in parts {
        // A shorter part cannot be recognised.
        text::words(part.of(quote)).nth(MIN_PART - 1)?;
    }
    parts.iter().map(|part| occurrences(text, part.of(quote)).next()).collect()
}

/// Picks the fewest runs that together make up a quotation of `words` words, each cut to what it
/// contributes.
pub(super) fn cover(runs: &[WordRun], words: usize) -> Option<Vec<WordRun>> {
    let mut runs: Vec<WordRun> = runs.iter().copied().filter(|run| run.len >= MIN_PIECE).collect();
    runs.sort_by_key(|run| (run.quote, run.text));
    let mut rest = runs.into_iter().peekable();
    let mut chosen: Vec<WordRun> = Vec::new();
    let mut covered = 0;
    while covered < words {
        let mut best: Option<WordRun> = None;
        while let Some(run) = rest.next_if(|run| run.quote <= covered) {
            if best.is_none_or(|best| run.quote + run.len > best.quote + best.len) {
                best = Some(run);
            }
        }
        // A run passed over here ends no later than the one taken: it is of no use further on.
        let best = best.filter(|run| run.quote + run.len > covered)?;
        covered = best.quote + best.len;
        chosen.push(best);
    }
    share_out(&mut chosen, words);
    ((2..=MAX_PIECES).contains(&chosen.len()) && chosen.iter().all(|run| run.len >= MIN_PIECE))
        .then_some(chosen)
}

/// Cuts overlapping runs so that each word belongs to one of them, leaving the later one no shorter
/// than it has to be.
fn share_out(runs: &mut [WordRun], words: usize) {
    let mut end = words;
    for i in (0..runs.len()).rev() {
        let earliest = runs[i].quote;
        let previous = i.checked_sub(1).map_or(0, |p| runs[p].quote + runs[p].len);
        let start = previous.min(end.saturating_sub(MIN_PIECE)).max(earliest);
        let run = &mut runs[i];
        *run = WordRun {
            quote: start,
            text: run.text + (start - run.quote),
            len: end.saturating_sub(start),
        };
        end = start;
    }
}

/// Picks the stretches of a text of `text_len` words that may have a quotation of `words` words
/// altered, by the runs that it shares with them; the likeliest first.
pub(super) fn windows(runs: &[WordRun], words: usize, text_len: usize) -> Vec<Range<usize>> {
    // Words added or left out shift what follows them, by no more than this in a quotation that is
    // similar enough.
    let slack = words / 3 + 4;
    let mut votes: HashMap<isize, usize> = HashMap::new();
    for run in runs {
        // Each run counts for two neighbouring buckets, so that their border cuts no quotation in
        // two.
        let bucket = (run.text as isize - run.quote as isize).div_euclid(slack as isize);
        for bucket in [bucket, bucket - 1] {
            *votes.entry(bucket).or_default() += run.len - 1;
        }
    }
    // A changed word breaks two pairs of words, and a quotation put in doubt keeps some 65 words in
    // a hundred.
    let needed = (words * 3 / 10).saturating_sub(1).max(1);
    let mut buckets: Vec<(usize, isize)> = votes
        .into_iter()
        .filter(|&(_, votes)| votes >= needed)
        .map(|(bucket, votes)| (votes, bucket))
        .collect();
    buckets.sort_unstable_by_key(|&(votes, bucket)| (std::cmp::Reverse(votes), bucket));
    let clamp = |at: isize| usize::try_from(at).unwrap_or(0).min(text_len);
    let mut windows = Vec::with_capacity(buckets.len());
    for (_, bucket) in buckets {
        let start = bucket * slack as isize;
        windows.push(clamp(start - slack as isize)..clamp(start + (words + 3 * slack) as isize));
    }
    windows
}
