//! Finds what to highlight: the places where a passage matches, in the source's own bytes.

use super::reading::{PassageReading, Term, TermOccurrence};
use super::terms::Terms;
use crate::query::Match;
use crate::source::Passage;
use crate::text::Span;

/// Returns the matches of `terms` in `passage`, in order and disjoint, in bytes of the source's
/// canonical text.
///
/// A phrase is one match. Where matches overlap, phrases go first, then what begins first, then
/// what is longest, then what matches most exactly.
pub(super) fn matches(passage: &Passage, terms: &Terms, reading: &PassageReading) -> Vec<Match> {
    let shown = |occurrence: &&TermOccurrence| match occurrence.term {
        Term::Word(i) => !terms.words[i].in_phrase,
        Term::Phrase(_) => true,
        Term::Fact(_) => occurrence.is_match(),
    };
    let (phrases, others): (Vec<_>, Vec<_>) = reading
        .occurrences
        .iter()
        .filter(shown)
        .partition(|occurrence| matches!(occurrence.term, Term::Phrase(_)));
    let phrases = disjoint(phrases);
    let clear = |occurrence: &&TermOccurrence| {
        let next = phrases.partition_point(|phrase| phrase.span.end <= occurrence.span.start);
        phrases.get(next).is_none_or(|phrase| !phrase.span.overlaps(occurrence.span))
    };
    let others = disjoint(others.into_iter().filter(clear).collect());
    let mut all: Vec<_> = phrases.into_iter().chain(others).collect();
    all.sort_by_key(|occurrence| occurrence.span);

    let mut matches: Vec<Match> = Vec::with_capacity(all.len());
    for occurrence in all {
        let span = passage.exact_span(occurrence.span).shifted(passage.start.byte);
        // Two places of the readable form can come from one of the slice, such as a character
        // reference.
        if span.is_empty() || matches.last().is_some_and(|before| before.span.end > span.start) {
            continue;
        }
        matches.push(Match { span, term: typed(terms, occurrence.term), via: occurrence.via });
    }
    matches
}

/// Returns those of `occurrences` that do not overlap an earlier one, in the order of the text.
fn disjoint(mut occurrences: Vec<&TermOccurrence>) -> Vec<&TermOccurrence> {
    occurrences.sort_by_key(|occurrence| {
        (occurrence.span.start, usize::MAX - occurrence.span.end, occurrence.via)
    });
    let mut covered = Span::new(0, 0);
    occurrences.retain(|occurrence| {
        let free = occurrence.span.start >= covered.end;
        if free {
            covered = occurrence.span;
        }
        free
    });
    occurrences
}

fn typed(terms: &Terms, term: Term) -> String {
    match term {
        Term::Word(i) => &terms.words[i].typed,
        Term::Phrase(i) => &terms.phrases[i].typed,
        Term::Fact(i) => &terms.facts[i].typed,
    }
    .clone()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::Query;
    use crate::query::Via;
    use crate::search::reading::{TermReader, tests::passage};
    use crate::text::analyzer::Analyzers;
    use crate::text::{PlainBuilder, Position};

    fn matches_in(query: &str, passage: &Passage) -> Vec<Match> {
        let terms = Terms::new(Query::parse(query).unwrap().clauses(), &[Some("en".to_owned())]);
        matches(passage, &terms, &TermReader::new(&terms, &mut Analyzers::default()).read(passage))
    }

    fn found(query: &str, text: &str) -> Vec<(String, String, Via)> {
        let found = |m: Match| (m.span.of(text).to_owned(), m.term, m.via);
        matches_in(query, &passage(text)).into_iter().map(found).collect()
    }

    fn expected(found: &[(&str, &str, Via)]) -> Vec<(String, String, Via)> {
        found.iter().map(|&(text, term, via)| (text.to_owned(), term.to_owned(), via)).collect()
    }

    #[test]
    fn each_match_says_what_it_matches_and_why() {
        let text = "The Mills burned; nobody was Burning mills on the river bank.";
        assert_eq!(
            found("the Mills burned", text),
            expected(&[
                ("Mills", "Mills", Via::Exact),
                ("burned", "burned", Via::Exact),
                ("Burning", "burned", Via::Stem),
                ("mills", "Mills", Via::Folded),
            ])
        );
        assert_eq!(
            found("riv* bamk~1", text),
            expected(&[("river", "riv", Via::Prefix), ("bank", "bamk", Via::Fuzzy)])
        );
    }

    #[test]
    fn a_phrase_is_one_match_and_goes_before_its_words() {
        let text = "River bank, a bank of the river bank.";
        assert_eq!(
            found("\"river bank\" bank", text),
            expected(&[
                ("River bank", "river bank", Via::Folded),
                ("bank", "bank", Via::Exact),
                ("river bank", "river bank", Via::Exact),
            ])
        );
        assert_eq!(found("\"bank the river\"~2", text)[0].0, "bank of the river");
    }

    #[test]
    fn numbers_and_dates_match_however_written() {
        let text = "They paid US$3,000,000,000 in the years 1996–2001.";
        assert_eq!(
            found("paid $3 billion in 1997", text),
            expected(&[
                ("paid", "paid", Via::Exact),
                ("US$3,000,000,000", "$3 billion", Via::Number),
                ("1996–2001", "1997", Via::Date),
            ])
        );
    }

    #[test]
    fn matches_lie_in_the_source_not_in_its_readable_form() {
        let canonical = "# Head\n\nThe **river**\nbank";
        let slice = &canonical[8..];
        let mut plain = PlainBuilder::new(slice);
        plain.copy(Span::new(0, 4));
        plain.copy(Span::new(6, 11));
        plain.write(" ");
        plain.copy(Span::new(14, 18));
        let passage = Passage {
            start: Position::START.after("# Head\n\n"),
            plain: plain.finish(),
            ..passage(slice)
        };
        let spans: Vec<_> = matches_in("river bank", &passage)
            .into_iter()
            .map(|m| m.span.of(canonical).to_owned())
            .collect();
        assert_eq!(spans, ["river", "bank"]);
    }

    proptest! {
        #[test]
        fn matches_are_in_order_and_disjoint_and_match(
            text in "([Aa] |[bB] |c, |in 1997 |1996–2001 |\\$3 |bn\\. ){0,20}",
            query in "(a |B |\"a b\" |\"c a\"~2 |b\\* |ab~1 |in 1996 |\\$3 bn ){0,5}",
        ) {
            prop_assume!(Query::parse(&query).is_ok());
            let passage = passage(text.trim());
            let matches = matches_in(&query, &passage);
            prop_assert!(matches.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            for m in matches {
                prop_assert!(!m.span.of(&passage.text).is_empty());
                prop_assert!(query.contains(&m.term));
            }
        }
    }
}
