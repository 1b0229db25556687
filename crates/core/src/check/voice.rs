//! Active and passive: a claim turned, so that *Ada built the mill* meets *the mill was built by
//! Ada*.

use super::unit::{Kind, Unit, Units};
use crate::text::english::manner::manner;
use crate::text::english::verbs::is_auxiliary;

/// Returns the claim's units in the order of the other voice, in the ways that there are.
pub(super) fn turned<'s>(claim: &Units<'s>) -> Vec<Units<'s>> {
    let verbs = (0..claim.all.len()).filter(|&at| claim.all[at].is_verb);
    verbs.filter_map(|verb| to_active(claim, verb).or_else(|| to_passive(claim, verb))).collect()
}

/// Returns the claim's units with what is behind a verb before its subject: *Ada built the mill in
/// May* as *the mill that Ada built in May*, with the number of those that stand at the front.
pub(super) fn fronted<'s>(claim: &Units<'s>) -> Vec<(Units<'s>, usize)> {
    /// The phrases behind a verb that are put before its subject at most.
    const MOST: usize = 3;
    let all = &claim.all;
    let mut found = Vec::new();
    for verb in (1..all.len()).filter(|&at| all[at].is_verb) {
        let ends = (verb + 2..=all.len()).filter(|&end| !claim.is_joined(end - 1));
        for end in ends.take(MOST) {
            let loose = |unit: &Unit| Unit { is_loose: true, ..unit.clone() };
            let mut units: Vec<Unit> = all[verb + 1..end].iter().map(loose).collect();
            units.extend_from_slice(&all[..=verb]);
            units.extend_from_slice(&all[end..]);
            found.push((Units { statement: claim.statement, all: units }, end - verb - 1));
        }
    }
    found
}

/// *The mill was built by Ada in May* as *Ada built the mill in May*, and without Ada as *built the
/// mill in May*.
fn to_active<'s>(claim: &Units<'s>, verb: usize) -> Option<Units<'s>> {
    let all = &claim.all;
    if verb == 0 || !claim.statement.is_passive(all[verb].first) {
        return None;
    }
    let Some(by) = (verb + 1..all.len()).find(|&at| all[at].preposition == Some("by")) else {
        // “The mill was built in May”: whoever builds it builds it.
        let units = [&all[verb..=verb], &all[..verb], &all[verb + 1..]].concat();
        return Some(Units { statement: claim.statement, all: units });
    };
    let end = phrase_end(claim, by);
    let with = |unit: &Unit, preposition| Unit { preposition, ..unit.clone() };
    let mut units: Vec<Unit> = Vec::with_capacity(all.len());
    units.extend(all[by..end].iter().map(|unit| with(unit, None)));
    units.push(all[verb].clone());
    units.extend_from_slice(&all[..verb]);
    units.extend_from_slice(&all[verb + 1..by]);
    units.extend_from_slice(&all[end..]);
    Some(Units { statement: claim.statement, all: units })
}

/// *Ada built the mill in May* as *the mill was built by Ada in May*.
fn to_passive<'s>(claim: &Units<'s>, verb: usize) -> Option<Units<'s>> {
    let all = &claim.all;
    let tokens = &claim.statement.tokens;
    let is_plain = !tokens[..all[verb].first].last().is_some_and(|token| is_auxiliary(&token.word));
    let object = verb + 1;
    if verb == 0 || !is_plain || all.get(object).is_none_or(|unit| unit.preposition.is_some()) {
        return None;
    }
    let end = phrase_end(claim, object);
    let mut units: Vec<Unit> = Vec::with_capacity(all.len());
    units.extend_from_slice(&all[object..end]);
    units.push(all[verb].clone());
    units.extend(all[..verb].iter().map(|unit| Unit { preposition: Some("by"), ..unit.clone() }));
    units.extend_from_slice(&all[end..]);
    Some(Units { statement: claim.statement, all: units })
}

/// Returns the end of the phrase that begins with a unit: the next one behind a word that holds the
/// sentence together, or behind punctuation.
fn phrase_end(units: &Units<'_>, first: usize) -> usize {
    (first + 1..units.all.len()).find(|&at| !units.is_joined(at - 1)).unwrap_or(units.all.len())
}

/// Returns the claim with two of its names exchanged that have a verb between them which holds one
/// way, or two amounts: the sentence that says this says otherwise than the claim.
pub(super) fn exchanged<'s>(claim: &Units<'s>) -> Vec<(Units<'s>, (usize, usize))> {
    /// The exchanges that are tried: a claim of more members is an enumeration.
    const MOST: usize = 12;
    let runs = claim.runs();
    let mut found = Vec::new();
    for (i, &a) in runs.iter().enumerate() {
        for &b in &runs[i + 1..] {
            let are_names = claim.is_name(a.0) && claim.is_name(b.0);
            let has_verb = (a.1 + 1..b.0).any(|at| {
                let unit = &claim.all[at];
                manner().one_way.contains(&claim.statement.tokens[unit.first].word)
            });
            let are_amounts = match (claim.all[a.0].kind, claim.all[b.0].kind) {
                (Kind::Amount(a), Kind::Amount(b)) => {
                    claim.statement.amounts[a].is_comparable(&claim.statement.amounts[b])
                }
                _ => false,
            };
            if (are_names && has_verb || are_amounts) && found.len() < MOST {
                found.push((exchange(claim, a, b), (a.0, b.1)));
            }
        }
    }
    found
}

/// Returns a claim up to one of its units, where nothing behind this says when.
pub(super) fn core<'s>(claim: &Units<'s>, last: usize) -> Option<Units<'s>> {
    let rest = &claim.all[last + 1..];
    let is_timeless = rest.iter().all(|unit| !matches!(unit.kind, Kind::Time(_)));
    let all = || claim.all[..=last].to_vec();
    (!rest.is_empty() && is_timeless).then(|| Units { statement: claim.statement, all: all() })
}

fn exchange<'s>(claim: &Units<'s>, a: (usize, usize), b: (usize, usize)) -> Units<'s> {
    let all = &claim.all;
    let governed = |unit: &Unit, by: &Unit| Unit {
        preposition: by.preposition,
        is_loose: by.is_loose,
        ..unit.clone()
    };
    let mut units: Vec<Unit> = Vec::with_capacity(all.len());
    units.extend_from_slice(&all[..a.0]);
    units.extend(all[b.0..=b.1].iter().map(|unit| governed(unit, &all[a.0])));
    units.extend_from_slice(&all[a.1 + 1..b.0]);
    units.extend(all[a.0..=a.1].iter().map(|unit| governed(unit, &all[b.0])));
    units.extend_from_slice(&all[b.1 + 1..]);
    Units { statement: claim.statement, all: units }
}
