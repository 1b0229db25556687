//! Verification of quotations: whether a quotation stands where it is said to stand, and where else it does.
//!
//! A citation is worth something because anyone can check it, so the program has to be able to do so too, also for
//! quotations that it did not make. The file on disk is what counts: it is opened and read again, and the index is only
//! asked which sources there are and which of them may have a quotation. A [`Request`] is either a citation record, which
//! says to the byte where its quotation stands, or a quotation out of a text, which says in whose mouth it is put, if that.
//!
//! What is found becomes one [`Status`], the first of these that applies:
//!
//! | status | citation record | quotation out of a text |
//! |---|---|---|
//! | `source_missing` | the index has no such source, or its file is gone | nothing goes by the name it is attributed to, or the file is gone |
//! | `source_changed` | the file can no longer be read as what it was | the same |
//! | `altered` | its fields contradict each other | – |
//! | `exact` | its quotation stands at its place, byte for byte, and every locator is right | it stands in the source, byte for byte |
//! | `altered` | its quotation stands at its place in the file it was made from, and a locator is wrong | – |
//! | `moved` | its quotation stands elsewhere in the source, byte for byte | it stands in another paragraph than the one named |
//! | `ambiguous` | it stands at several other places, and its context does not decide | – |
//! | `normalized` | it stands there but for typography | the same |
//! | `source_changed` | it does not, and the file is not the one the record was made from | it does not, and stood in the file as it was indexed |
//! | `misattributed` | it stands in another source, be it but for typography | the same |
//! | `altered`, `stitched` | it was made from what the source has by changing words, or from several places | the same |
//! | `ambiguous` | it is like several places, and none is clearly the one | the same |
//! | `not_found` | none of these | the same |
//!
//! That a file has changed since it was indexed, or since a record was made, does not by itself make a quotation wrong that
//! still stands in it: the detail says so.

mod align;
mod anchor;
mod detail;
mod judge;
mod normal;
mod opened;
mod record;
mod request;
mod stitch;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use anchor::{Anchor, Difference, Fit, Haystack, Hints, MARGIN, Piece, Place, THRESHOLD};
pub use request::{Claim, Request};

use crate::Result;
use crate::cite::Citation;
use crate::index::Entry;
use crate::search::Searcher;
use crate::source::{PassageId, SourceId};
use judge::{Elsewhere, Finding};
use opened::{Disk, Opened};

/// What became of a quotation.
///
/// The [module](self) says which is given when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It stands where it is said to stand, byte for byte.
    Exact,
    /// It stands there but for white space, quotation marks, dashes, case and the like.
    Normalized,
    /// It stands in the source, but not where it is said to.
    Moved,
    /// Some of its words, or of what its record says, are not what the source has.
    Altered,
    /// It was put together from several places of the source.
    Stitched,
    /// It stands in another source.
    Misattributed,
    /// It may be from any of several places.
    Ambiguous,
    /// No source has it, or anything like it.
    NotFound,
    /// The file has changed, and the quotation is no longer in it as it was.
    SourceChanged,
    /// There is no such source, or its file is gone.
    SourceMissing,
}

/// What verification found out about one quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The id of the citation record; none for a quotation out of a text.
    pub id: Option<PassageId>,
    /// The line of the input on which the quotation begins, counted from 1, where it is known.
    pub line: Option<usize>,
    /// The quotation, as it was given.
    pub quote: String,
    /// What became of it.
    pub status: Status,
    /// The sentences that have it, or what it was made from, as they stand in the source now.
    pub found: Option<Citation>,
    /// What was found and what differs, in words for people.
    pub detail: String,
}

impl Outcome {
    /// Whether the quotation holds: `exact`, or, for one that people wrote down, `normalized`. A record promises bytes,
    /// and is held to that.
    pub fn is_intact(&self) -> bool {
        match self.status {
            Status::Exact => true,
            Status::Normalized => self.id.is_none(),
            _ => false,
        }
    }
}

/// Verifies one quotation. For many, a [`Verifier`] opens each source once.
pub fn verify(searcher: &Searcher, request: &Request) -> Result<Outcome> {
    Verifier::new(searcher).verify(request)
}

/// So many bytes of text are kept open between one quotation and the next.
const KEPT: usize = 64 << 20;
/// So many passages are considered when a quotation is looked for in all sources,
const CANDIDATES: usize = 40;
/// and so many of the sources they are of.
const SOURCES: usize = 8;

/// Verifies quotations, keeping the sources open that it has seen last.
pub struct Verifier<'a> {
    searcher: &'a Searcher,
    entries: Option<Arc<[Entry]>>,
    opened: HashMap<SourceId, Arc<Disk>>,
    kept: usize,
}

impl<'a> Verifier<'a> {
    /// A verifier over the sources that `searcher` knows.
    pub fn new(searcher: &'a Searcher) -> Self {
        Self { searcher, entries: None, opened: HashMap::new(), kept: 0 }
    }

    /// Verifies one quotation. The errors are those of reading the index; what is wrong with a source is an outcome.
    pub fn verify(&mut self, request: &Request) -> Result<Outcome> {
        let quote = &request.quote;
        let (id, finding) = match &request.claim {
            Claim::Record(record) => (Some(record.id.clone()), self.record(record)?),
            Claim::Source(name) => (None, self.attributed(quote, name)?),
            Claim::Nothing => (None, judge::anywhere(quote, &self.likely(quote, &[])?)),
        };
        let Finding { status, found, detail, .. } = finding;
        Ok(Outcome { id, line: request.line, quote: quote.clone(), status, found, detail })
    }

    fn record(&mut self, record: &Citation) -> Result<Finding> {
        let id = &record.id.source;
        let Some(entry) = self.searcher.reader().source(id)? else {
            let detail = format!("the index has no source “{id}”");
            return self.elsewhere(Finding::open(Status::SourceMissing, None, detail), &record.quote, &[]);
        };
        let finding = self.held_against(&entry, &record.quote, |opened| Ok(judge::record(record, opened)))?;
        self.elsewhere(finding, &record.quote, std::slice::from_ref(id))
    }

    fn attributed(&mut self, quote: &str, name: &str) -> Result<Finding> {
        let searcher = self.searcher;
        let named = request::named(name, &self.entries()?);
        let ids: Vec<SourceId> = named.iter().map(|entry| entry.source.id.clone()).collect();
        let paragraph = request::paragraph(name);
        let mut best: Option<Finding> = None;
        for entry in self.likeliest(quote, named)? {
            let finding = self.held_against(&entry, quote, |opened| {
                let now = judge::quotation(quote, paragraph, opened);
                if now.settled || !opened.is_newer_than_index() {
                    return Ok(now);
                }
                Ok(judge::changed(now, quote, &searcher.reader().passages(&entry.source.id)?))
            })?;
            if best.as_ref().is_none_or(|best| judge::rank(finding.status) < judge::rank(best.status)) {
                best = Some(finding);
            }
        }
        let best = best.unwrap_or_else(|| {
            let detail = format!("no source goes by the name {}", detail::shown(name));
            Finding::open(Status::SourceMissing, None, detail)
        });
        self.elsewhere(best, quote, &ids)
    }

    /// What the file of a source, or what is left of it, says.
    fn held_against(
        &mut self,
        entry: &Entry,
        quote: &str,
        judge: impl Fn(&Opened) -> Result<Finding>,
    ) -> Result<Finding> {
        match &*self.open(entry) {
            Disk::Read(opened) => judge(opened),
            Disk::Missing(why) => {
                let passages = self.searcher.reader().passages(&entry.source.id)?;
                Ok(judge::gone(quote, why, &entry.source, &passages))
            }
            Disk::Unreadable(why) => Ok(Finding::open(Status::SourceChanged, None, why.clone())),
        }
    }

    /// Of many sources of one name, such as all those of a publisher, the ones that are worth opening.
    fn likeliest(&self, quote: &str, named: Vec<Entry>) -> Result<Vec<Entry>> {
        if named.len() <= SOURCES {
            return Ok(named);
        }
        let sources = self.candidates(quote)?;
        let rank = |entry: &Entry| sources.iter().position(|id| *id == entry.source.id).unwrap_or(sources.len());
        let mut ranked: Vec<(usize, Entry)> = named.into_iter().map(|entry| (rank(&entry), entry)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        Ok(ranked.into_iter().take(SOURCES).map(|(_, entry)| entry).collect())
    }

    /// The finding in the light of the sources other than those named, where they may matter to it.
    fn elsewhere(&mut self, finding: Finding, quote: &str, named: &[SourceId]) -> Result<Finding> {
        if finding.settled {
            return Ok(finding);
        }
        let others = self.likely(quote, named)?;
        Ok(judge::in_the_light_of(finding, judge::verbatim_in(quote, &others)))
    }

    /// The sources of the passages that are likest to `quote`, likeliest first.
    fn candidates(&self, quote: &str) -> Result<Vec<SourceId>> {
        let mut sources: Vec<SourceId> = Vec::new();
        for passage in self.searcher.candidates(quote, CANDIDATES)? {
            if !sources.contains(&passage.source) {
                sources.push(passage.source);
            }
        }
        Ok(sources)
    }

    /// The sources that may have `quote`, likeliest first, but those in `except`.
    fn likely(&mut self, quote: &str, except: &[SourceId]) -> Result<Elsewhere> {
        let sources = self.candidates(quote)?;
        let mut others = Vec::new();
        for id in sources.iter().filter(|id| !except.contains(id)).take(SOURCES) {
            if let Some(entry) = self.searcher.reader().source(id)? {
                others.push(self.open(&entry));
            }
        }
        Ok(others)
    }

    fn entries(&mut self) -> Result<Arc<[Entry]>> {
        if let Some(entries) = &self.entries {
            return Ok(Arc::clone(entries));
        }
        let entries: Arc<[Entry]> = self.searcher.reader().sources()?.into();
        self.entries = Some(Arc::clone(&entries));
        Ok(entries)
    }

    fn open(&mut self, entry: &Entry) -> Arc<Disk> {
        if let Some(disk) = self.opened.get(&entry.source.id) {
            return Arc::clone(disk);
        }
        let disk = Arc::new(opened::open(entry));
        if let Disk::Read(opened) = &*disk {
            if self.kept > KEPT {
                self.opened.clear();
                self.kept = 0;
            }
            self.kept += Opened::text(opened).len();
        }
        self.opened.insert(entry.source.id.clone(), Arc::clone(&disk));
        disk
    }
}
