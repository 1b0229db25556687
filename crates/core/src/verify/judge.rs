//! From what was found to a [`Finding`]: the table of the [module](super) as code. Nothing here
//! opens a file or an index.

use std::sync::Arc;

use super::anchor::{Anchor, Fit, Hints, MARGIN, Occurrence};
use super::context;
use super::detail::{self, describe};
use super::opened::{Disk, Opened};
use super::outcome::{Context, ContextKind, Status};
use super::record::{Mismatch, mismatches};
use super::request::Record;
use super::styles::Styles;
use crate::cite::Citation;
use crate::source::{Passage, Sentences, Source, TextKind, content_hash};
use crate::text::{self, Span};

/// The detail where no place is clearly the one.
const LIKE_SEVERAL: &str = "not found verbatim, and similar to several places";

/// The evidence of one source, or several, for a quotation.
pub(super) struct Finding {
    pub(super) status: Status,
    pub(super) found: Option<Citation>,
    pub(super) detail: String,
    /// Words that bear on its sense.
    pub(super) context: Vec<Context>,
    /// The fields of a record that differ from the source.
    pub(super) differs: Vec<String>,
    /// Set where other sources need not be asked: the source that was named has the quotation.
    pub(super) settled: bool,
}

impl Finding {
    /// A finding that other sources may yet have a say in.
    pub(super) fn open(status: Status, found: Option<Citation>, detail: String) -> Self {
        Self { status, found, detail, context: vec![], differs: vec![], settled: false }
    }

    fn settled(status: Status, found: Option<Citation>, detail: String) -> Self {
        Self { settled: true, ..Self::open(status, found, detail) }
    }
}

/// Ranks a status among those of several sources that bear the name given; the least is best.
pub(super) fn rank(status: Status) -> usize {
    use Status::*;
    let order = [
        Exact,
        MetadataDiffers,
        Normalized,
        Moved,
        SourceChanged,
        Altered,
        Stitched,
        Ambiguous,
        Misattributed,
        NotFound,
        SourceMissing,
        NotRead,
    ];
    order.iter().position(|&other| other == status).unwrap_or(order.len())
}

/// Judges a citation record by its source.
pub(super) fn record(record: &Record, opened: &Opened, styles: &Styles) -> Finding {
    let hints = hints(record, opened);
    let as_recorded =
        record.content_hash.as_ref().is_none_or(|hash| *hash == opened.source.content_hash);
    let mut finding = match opened.verbatim(&record.quote, &hints) {
        Anchor::At(Occurrence { span, fit: Fit::Exact }) => {
            placed(record, opened, span, as_recorded, styles)
        }
        Anchor::Missing => explain(&record.quote, opened, opened.changed(&record.quote, &hints)),
        found => explain(&record.quote, opened, found),
    };
    let hash = content_hash(record.quote.as_bytes());
    if !finding.differs.iter().any(|field| field == "quote_hash")
        && record.quote_hash.as_ref().is_some_and(|said| *said != hash)
    {
        finding.detail += "; quote_hash is not the hash of quote";
        finding.differs.push("quote_hash".to_owned());
    }
    if !as_recorded && !finding.settled {
        finding.status = Status::SourceChanged;
        finding.detail.insert_str(0, "the source no longer has the quotation: ");
    }
    if !as_recorded {
        finding.detail += "; the file has changed since the record was made";
    }
    note_index(&mut finding, opened);
    finding
}

/// Judges a record whose quotation is at `span`, byte for byte.
fn placed(
    record: &Record,
    opened: &Opened,
    span: Span,
    as_recorded: bool,
    styles: &Styles,
) -> Finding {
    let found = opened.cite(span);
    let whereabouts = opened.whereabouts(span);
    let Some(wrong) = mismatches(record, opened, span, styles) else {
        let detail = format!("found in {whereabouts}, of which no record is made");
        return Finding::settled(Status::Altered, found, detail);
    };
    if wrong.is_empty() {
        let place = Occurrence { span, fit: Fit::Exact };
        let context = context::around(&record.quote, &place, opened);
        let exact = Finding::settled(Status::Exact, found, format!("found in {whereabouts}"));
        return Finding { context, ..exact };
    }
    let stays = match record.locator.bytes {
        Some(bytes) => {
            let slice = record.markup.as_ref().unwrap_or(&record.quote);
            bytes == opened.in_file(span) || bytes.len() != slice.len()
        }
        None => found.as_ref().is_some_and(|found| found.id.paragraph == record.id.paragraph),
    };
    let status = if !wrong.iter().any(Mismatch::is_of_place) {
        Status::MetadataDiffers
    } else if stays && as_recorded {
        Status::Altered
    } else {
        Status::Moved
    };
    let told: Vec<String> = wrong.iter().map(Mismatch::told).collect();
    let there = match status {
        Status::Moved => format!("now in {whereabouts}: "),
        _ => "the quotation is there, but ".to_owned(),
    };
    let mut finding = Finding::settled(status, found, there + &told.join("; "));
    finding.differs = wrong.into_iter().map(|mismatch| mismatch.field).collect();
    finding
}

/// Returns what a record says of the place of its quotation.
fn hints<'a>(record: &'a Record, opened: &Opened) -> Hints<'a> {
    let (prefix, suffix) = record.context();
    let recorded = record.locator.bytes.and_then(|bytes| opened.within(bytes.start));
    let position = recorded.or_else(|| {
        let passage = opened.paragraph(record.id.paragraph)?;
        let within = record.id.sentences.and_then(|run| passage.span_of(run));
        Some(passage.start.byte + within.map_or(0, |span| span.start))
    });
    Hints { position, prefix, suffix }
}

/// Judges a quotation out of a text by the source it is attributed to, and by the paragraph if one
/// is named.
pub(super) fn quotation(quote: &str, paragraph: Option<u32>, opened: &Opened) -> Finding {
    let named = paragraph.and_then(|number| opened.paragraph(number)).map(Passage::span);
    let hints = Hints::default();
    let anchor = match (opened.verbatim(quote, &hints), named) {
        (Anchor::Missing, _) => opened.changed(quote, &hints),
        // A text says that a source has a quotation, not that it has it only once.
        (Anchor::Ambiguous(mut places), named) => {
            let in_named =
                |place: &Occurrence| named.is_some_and(|named: Span| named.overlaps(place.span));
            // A summary in the front matter repeats the text, and not the other way round.
            let in_body = |place: &Occurrence| opened.cite(place.span).is_some();
            let chosen =
                places.iter().position(in_named).or_else(|| places.iter().position(in_body));
            Anchor::At(places.swap_remove(chosen.unwrap_or(0)))
        }
        (found, _) => found,
    };
    let mut finding = match &anchor {
        Anchor::At(Occurrence { span, fit: Fit::Exact | Fit::Normalized })
            if paragraph.is_some() && named.is_none_or(|named| !named.overlaps(*span)) =>
        {
            let detail =
                format!("found in {}, not in the paragraph named", opened.whereabouts(*span));
            Finding::settled(Status::Moved, opened.cite(*span), detail)
        }
        _ => explain(quote, opened, anchor),
    };
    note_index(&mut finding, opened);
    finding
}

/// Judges by the anchor alone.
fn explain(quote: &str, opened: &Opened, anchor: Anchor) -> Finding {
    match anchor {
        Anchor::At(place) => {
            let whereabouts = opened.whereabouts(place.span);
            let found = opened.cite(cited(&place));
            let compared = || describe(&place.fit, quote, opened.text(), place.span);
            let context = context::around(quote, &place, opened);
            let mut finding = match place.fit {
                Fit::Exact => {
                    Finding::settled(Status::Exact, found, format!("found in {whereabouts}"))
                }
                Fit::Normalized => Finding::settled(
                    Status::Normalized,
                    found,
                    format!("{whereabouts}: {}", compared()),
                ),
                Fit::Stitched(_) => {
                    Finding::open(Status::Stitched, found, format!("{whereabouts}: {}", compared()))
                }
                Fit::Altered { .. } => {
                    Finding::open(Status::Altered, found, format!("{whereabouts}: {}", compared()))
                }
            };
            for left_out in context.iter().filter(|c| c.kind == ContextKind::ElidedInverting) {
                finding.detail +=
                    &format!("; the ellipsis leaves out {}", detail::shown(&left_out.words));
            }
            finding.context = context;
            finding
        }
        Anchor::Ambiguous(places) => {
            let list: Vec<String> =
                places.iter().map(|place| opened.whereabouts(place.span)).collect();
            let verbatim =
                places.iter().all(|place| matches!(place.fit, Fit::Exact | Fit::Normalized));
            let what = if verbatim { "found in several places" } else { LIKE_SEVERAL };
            let detail = format!("{what}: {}", list.join("; "));
            Finding { settled: verbatim, ..Finding::open(Status::Ambiguous, None, detail) }
        }
        Anchor::Missing => Finding::open(
            Status::NotFound,
            None,
            format!("{} has nothing like it", opened.source.id),
        ),
    }
}

/// The stretch of a place to cite: of several, the longest.
fn cited(place: &Occurrence) -> Span {
    match &place.fit {
        Fit::Stitched(pieces) => pieces
            .iter()
            .map(|piece| piece.source)
            .max_by_key(|source| source.len())
            .unwrap_or(place.span),
        _ => place.span,
    }
}

fn note_index(finding: &mut Finding, opened: &Opened) {
    if opened.is_newer_than_index() {
        finding.detail += "; the file has changed since it was indexed";
    }
}

/// Judges a quotation from a source whose file cannot be opened, by what the index knows of it.
pub(super) fn gone(quote: &str, why: &str, source: &Source, passages: &[Passage]) -> Finding {
    let place = |passage: &Passage| match source.text {
        TextKind::Markup => {
            let at = passage.plain().find(quote)?;
            Some(passage.exact_span(Span::new(at, at + quote.len())))
        }
        _ => passage.text.find(quote).map(|at| Span::new(at, at + quote.len())),
    };
    let indexed = passages.iter().find_map(|passage| Some((passage, place(passage)?)));
    let Some((passage, span)) = indexed else {
        return Finding::open(
            Status::SourceMissing,
            None,
            format!("{why}; the index does not have the quotation either"),
        );
    };
    let found = cite_indexed(source, passage, span);
    Finding::open(
        Status::SourceMissing,
        found,
        format!("{why}; the index has the quotation in {}", passage.id()),
    )
}

/// Reconsiders the finding on a quotation that a changed file does not have, in the light of what
/// was indexed.
pub(super) fn changed(now: Finding, quote: &str, indexed: &[Passage]) -> Finding {
    match indexed
        .iter()
        .find(|passage| passage.text.contains(quote) || passage.plain().contains(quote))
    {
        Some(passage) => Finding {
            status: Status::SourceChanged,
            detail: format!("when it was indexed it was in {}; now: {}", passage.id(), now.detail),
            ..now
        },
        None => now,
    }
}

/// Cites the sentences of a passage that a stretch of its text touches.
fn cite_indexed(source: &Source, passage: &Passage, span: Span) -> Option<Citation> {
    let touched = |sentence: &Span| sentence.overlaps(span);
    let first = u32::try_from(passage.sentences.iter().position(touched)? + 1).ok()?;
    let last = u32::try_from(passage.sentences.iter().rposition(touched)? + 1).ok()?;
    Citation::new(source, passage, Some(Sentences { first, last }))
}

/// A quotation as another source has it.
pub(super) struct FoundElsewhere {
    citation: Option<Citation>,
    whereabouts: String,
}

/// Finds the first source that has `quote` as it is, or else the first that has it but for
/// typography.
pub(super) fn verbatim_in(quote: &str, sources: &[Arc<Disk>]) -> Option<FoundElsewhere> {
    let mut found: Vec<(bool, FoundElsewhere)> = Vec::new();
    for opened in sources.iter().filter_map(|disk| read(disk)) {
        let place = match opened.verbatim(quote, &Hints::default()) {
            Anchor::At(place) => place,
            Anchor::Ambiguous(places) => match places.into_iter().next() {
                Some(place) => place,
                None => continue,
            },
            Anchor::Missing => continue,
        };
        let here = FoundElsewhere {
            citation: opened.cite(place.span),
            whereabouts: opened.whereabouts(place.span),
        };
        found.push((place.fit != Fit::Exact, here));
    }
    // The sort is stable: likelier sources stay first.
    found.sort_by_key(|(typography, _)| *typography);
    found.into_iter().map(|(_, found)| found).next()
}

/// Reconsiders the finding on a quotation that the source named does not have, in the light of
/// another that does.
pub(super) fn in_the_light_of(here: Finding, other: Option<FoundElsewhere>) -> Finding {
    let Some(other) = other else { return here };
    match here.status {
        Status::SourceMissing | Status::SourceChanged => Finding {
            detail: format!("{}; found in {}", here.detail, other.whereabouts),
            found: here.found.or(other.citation),
            ..here
        },
        _ => Finding {
            status: Status::Misattributed,
            found: other.citation,
            detail: format!("found in {}; in the source named: {}", other.whereabouts, here.detail),
            ..here
        },
    }
}

/// Judges a quotation that is attributed to nobody, by the sources likeliest to have it.
pub(super) fn anywhere(quote: &str, sources: &[Arc<Disk>]) -> Finding {
    let opened = || sources.iter().filter_map(|disk| read(disk));
    let verbatim = |opened: &&Opened| opened.verbatim(quote, &Hints::default()) != Anchor::Missing;
    let having: Vec<&Opened> = opened().filter(verbatim).collect();
    if !having.is_empty() {
        let mut findings: Vec<Finding> =
            having.iter().map(|opened| quotation(quote, None, opened)).collect();
        findings.sort_by_key(|finding| rank(finding.status));
        let also = having.len() - 1;
        let mut best = findings.swap_remove(0);
        if also > 0 {
            best.detail += &format!("; {also} more of the sources have it too");
        }
        return best;
    }
    let mut origins: Vec<Origin<'_>> = Vec::new();
    for opened in opened() {
        let anchor = opened.changed(quote, &Hints::default());
        if let Some(place) = best(&anchor) {
            let (span, similarity) = (place.span, similarity(place));
            origins.push(Origin { opened, anchor, span, similarity });
        }
    }
    origins.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    let Some((best, rest)) = origins.split_first() else {
        let detail = "no source has it, or anything like it".to_owned();
        return Finding::open(Status::NotFound, None, detail);
    };
    // A source that has the same words is no other answer.
    let same = best.words();
    let (also, others): (Vec<_>, Vec<_>) = rest.iter().partition(|other| other.words() == same);
    if others.first().is_some_and(|other| best.similarity - other.similarity < MARGIN - 1e-9) {
        let list: Vec<String> =
            origins.iter().map(|origin| origin.opened.whereabouts(origin.span)).collect();
        let detail = format!("{LIKE_SEVERAL}: {}", list.join("; "));
        return Finding::open(Status::Ambiguous, None, detail);
    }
    let mut finding = explain(quote, best.opened, best.anchor.clone());
    if !also.is_empty() {
        finding.detail += &format!(
            "; {} more of the sources {} the same words",
            also.len(),
            if also.len() == 1 { "has" } else { "have" }
        );
    }
    finding
}

/// A source that a quotation may have been made from.
struct Origin<'a> {
    opened: &'a Opened,
    anchor: Anchor,
    /// The best place of the anchor, in bytes of the canonical text.
    span: Span,
    /// The similarity of that place to the quotation.
    similarity: f64,
}

impl Origin<'_> {
    /// The words of the place, in lower case.
    fn words(&self) -> Vec<String> {
        text::lowercase_words(self.span.of(self.opened.text()))
    }
}

/// The best place of an anchor; none where nothing was found.
fn best(anchor: &Anchor) -> Option<&Occurrence> {
    match anchor {
        Anchor::At(place) => Some(place),
        Anchor::Ambiguous(places) => places.first(),
        Anchor::Missing => None,
    }
}

/// The similarity of a place to the quotation that it is a place of, from 0 to 1.
fn similarity(place: &Occurrence) -> f64 {
    match place.fit {
        Fit::Altered { similarity, .. } => similarity,
        _ => 1.0,
    }
}

pub(super) fn read(disk: &Arc<Disk>) -> Option<&Opened> {
    match &**disk {
        Disk::Read(opened) => Some(opened),
        Disk::Missing(_) | Disk::Unreadable(_) => None,
    }
}
