//! Parses the lines of an article that name its author, outlet and date: bylines, timestamps,
//! datelines, imprints.
//!
//! A line is cut at its commas, bars and dashes, and every piece must be known: a name after “By”,
//! a role, an outlet, a place, a date, a button. One unknown piece makes the line something else,
//! and a piece that may be one thing or another gives nothing: a wrong author is worse than none.
//! The caller marks the results as inferred.

mod day;
mod page;
mod piece;

use serde_json::Value;

use self::piece::{Lead, Piece, pieces};
use super::name;
use crate::source::{Metadata, Provenance};
use crate::text::PartialDate;

pub(super) use self::page::{copyright_holder, dated, dateline, masthead};

/// The maximum length of an imprint, in bytes.
const MAX_LEN: usize = 200;

/// The facts that a line says of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Imprint {
    /// The authors as CSL names.
    pub(super) authors: Vec<Value>,
    /// The outlet.
    pub(super) outlet: Option<String>,
    /// The date of publication, or else of the last update.
    pub(super) stamp: Option<Stamp>,
    /// Set if the line begins like a byline: `By`, `Written by`.
    pub(super) has_lead: bool,
    /// The certainty that the line is an imprint.
    pub(super) strength: Strength,
}

/// The certainty, by its words alone, that a line is an imprint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It begins like a byline, or is a date and nothing else.
    Certain,
    /// It has names and a date. May be a heading: `Kabul, 12 October 2001`.
    Dated,
    /// It is only a name, or only an outlet.
    #[default]
    Bare,
}

/// The date of an article, from a line near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The day, or the month in a line with an outlet.
    pub(super) date: PartialDate,
    /// Set if it is the date of the last update, not of publication.
    pub(super) updated: bool,
    /// Set if the line is only a date, which may be the day on which the page was saved.
    pub(super) bare: bool,
}

impl Imprint {
    /// Adds what another line says and this does not. The date of publication replaces that of an
    /// update.
    pub(super) fn add(&mut self, other: &Imprint) {
        if self.authors.is_empty() {
            self.authors.clone_from(&other.authors);
        }
        self.outlet = self.outlet.take().or_else(|| other.outlet.clone());
        if let Some(stamp) = other.stamp {
            self.stamp = Some(better(self.stamp, stamp));
        }
    }

    /// Adds what this says to the metadata of a source, as inferred.
    pub(super) fn describe(self, metadata: &mut Metadata) {
        let authors = Some(self.authors).filter(|authors| !authors.is_empty());
        for (variable, value) in [
            ("issued", self.stamp.map(|stamp| Metadata::csl_date(stamp.date))),
            ("publisher", self.outlet.map(Value::from)),
            ("author", authors.map(Value::from)),
        ] {
            if let Some(value) = value {
                metadata.set(variable, value, Provenance::Inferred);
            }
        }
    }
}

/// Parses a line of an article, without markup.
pub(super) fn read(line: &str) -> Option<Imprint> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    if line.is_empty() || line.len() > MAX_LEN || line.starts_with(['-', '–', '—', '•']) {
        return None;
    }
    let pieces = pieces(line)?;
    if let [Piece::Date(stamp)] = pieces.as_slice() {
        // A month alone may be a heading.
        stamp.date.day()?;
        let strength = Strength::Certain;
        return Some(Imprint { stamp: Some(*stamp), strength, ..Imprint::default() });
    }
    assemble(&pieces)
}

/// Makes an imprint of pieces, if they are enough to tell that it is one.
fn assemble(pieces: &[Piece]) -> Option<Imprint> {
    let has = |is: fn(&Piece) -> bool| pieces.iter().any(is);
    let has_date = has(|piece| matches!(piece, Piece::Date(_)));
    let has_outlet = has(|piece| matches!(piece, Piece::Outlet(_)));
    let unknown = pieces.iter().filter(|piece| matches!(piece, Piece::Unknown(_))).count();
    let mut imprint = Imprint::default();
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Lead(Lead { names, outlet }) => {
                imprint.has_lead = true;
                imprint.authors = lead_authors(names, &pieces[i + 1..])?;
                imprint.outlet = imprint.outlet.or_else(|| outlet.clone());
            }
            Piece::Outlet(outlet) if imprint.outlet.is_none() => {
                imprint.outlet = Some(outlet.clone());
            }
            Piece::Person(person) if !imprint.has_lead => {
                imprint.authors.extend(name::people(person));
            }
            Piece::Date(stamp) => imprint.stamp = Some(better(imprint.stamp, *stamp)),
            _ => {}
        }
    }
    if imprint.has_lead {
        imprint.outlet = imprint.outlet.or_else(|| outlet_after_role(pieces));
        imprint.strength = Strength::Certain;
        return (unknown <= 2).then_some(imprint);
    }
    if has_date {
        let is_only_date =
            pieces.iter().all(|piece| matches!(piece, Piece::Date(_) | Piece::Other));
        imprint.strength = if is_only_date { Strength::Certain } else { Strength::Dated };
    }
    let Some(name) = pieces.iter().find_map(Piece::as_unknown) else {
        return (has_date || has_outlet || !imprint.authors.is_empty()).then_some(imprint);
    };
    if imprint.authors.is_empty() && has_outlet && unknown == 1 && piece::may_be_person(name) {
        // A name before the outlet is its author; one after it, or a single word, is a place.
        let place = |is: fn(&Piece) -> bool| pieces.iter().position(is);
        let named = place(|piece| matches!(piece, Piece::Unknown(_)));
        if named < place(|piece| matches!(piece, Piece::Outlet(_))) {
            imprint.authors = name::people(name);
        }
    }
    let is_known = (has_date && pieces.len() > unknown) || (has_outlet && pieces.len() == 2);
    (is_known && unknown <= 2).then_some(imprint)
}

/// Returns the authors that a byline names, or `None` if the words after “By” are no names.
fn lead_authors(names: &str, after: &[Piece]) -> Option<Vec<Value>> {
    // More names in the list: “By A B, C D and E F”.
    let more = after.iter().take_while(|piece| piece.is_name()).count();
    let last = after[..more].iter().rposition(|piece| match piece {
        Piece::Unknown(text) => piece::joins_names(text),
        Piece::Person(_) => true,
        _ => false,
    });
    let mut list = names.to_owned();
    for piece in &after[..last.map_or(0, |last| last + 1)] {
        if let Piece::Unknown(text) | Piece::Person(text) = piece {
            list = format!("{list}, {text}");
        }
    }
    Some(name::people(&list)).filter(|authors| !authors.is_empty())
}

/// Returns the last piece after a role, if it may be an outlet: `By A B, reporter, Exemplar`.
fn outlet_after_role(pieces: &[Piece]) -> Option<String> {
    let role = pieces.iter().position(|piece| matches!(piece, Piece::Role))?;
    pieces[role + 1..].iter().filter_map(Piece::as_unknown).next_back().map(str::to_owned)
}

/// Returns the date of publication rather than that of an update, and the first of two.
fn better(old: Option<Stamp>, new: Stamp) -> Stamp {
    match old {
        Some(old) if !old.updated || new.updated => Stamp { bare: false, ..old },
        _ => Stamp { bare: false, ..new },
    }
}

#[cfg(test)]
mod tests;
