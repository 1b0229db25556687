//! [`Verifier`]: asks the index for the sources that matter to a quotation, and opens their files.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::detail;
use super::find;
use super::judge::{self, Finding};
use super::opened::{self, Disk, Opened};
use super::outcome::{Outcome, Status};
use super::request::{self, Attribution, Names, Record, VerifyRequest};
use super::styles::Styles;
use crate::Result;
use crate::cite::Style;
use crate::corpus::FileCache;
use crate::index::Entry;
use crate::search::Searcher;
use crate::source::SourceId;
use crate::text;

/// The most bytes of text that are kept open between one quotation and the next. Open, a text takes
/// a dozen times its length.
const KEPT: usize = 1 << 20;
/// The most passages that are considered when a quotation is looked for in all sources.
const CANDIDATES: usize = 40;
/// The most sources that are opened of those that these passages are of.
const SOURCES: usize = 8;
/// The share of a quotation's words that passages of a source must have between them for it to be
/// opened: what is quoted may run over several paragraphs, and be in part a heading.
const SHARED: f64 = 0.5;
/// The share that they may have less than a single passage of another source. Where they have less
/// still, the quotation was not made from this one.
const BEHIND: f64 = 0.25;

/// Verifies one quotation. For many, a [`Verifier`] opens each source once.
///
/// # Errors
/// Those of reading the index.
pub fn verify(searcher: &Searcher, request: &VerifyRequest) -> Result<Outcome> {
    Verifier::new(searcher).verify(request)
}

/// A source that a quotation may be from.
struct Likely {
    id: SourceId,
    /// The words of the quotation that its passages have between them.
    words: HashSet<String>,
    /// The most that one of them has.
    most: usize,
}

/// Verifies quotations, and keeps the sources open that it has seen last.
pub struct Verifier<'a> {
    searcher: &'a Searcher,
    styles: Styles,
    /// The names of all sources, once one was looked for among them.
    names: Option<Arc<Names>>,
    opened: HashMap<SourceId, Arc<Disk>>,
    files: FileCache,
    /// The length of the texts in `opened`, in bytes.
    kept: usize,
}

impl<'a> Verifier<'a> {
    /// A verifier over the sources that `searcher` knows.
    pub fn new(searcher: &'a Searcher) -> Self {
        Self::with_style(searcher, None)
    }

    /// The same, for records whose references may be written in `style`, beside those of the
    /// archive.
    pub fn with_style(searcher: &'a Searcher, style: Option<&Style>) -> Self {
        let styles = Styles::new(style);
        Self {
            searcher,
            styles,
            names: None,
            opened: HashMap::new(),
            files: FileCache::default(),
            kept: 0,
        }
    }

    /// Verifies one quotation.
    ///
    /// # Errors
    /// Those of reading the index. A source that cannot be read is an outcome.
    pub fn verify(&mut self, request: &VerifyRequest) -> Result<Outcome> {
        let quote = &request.quote;
        let (id, finding) = match &request.attribution {
            Attribution::Record(record) => (Some(record.id.clone()), self.record(record)?),
            Attribution::Source(name) => (None, self.attributed(quote, name)?),
            Attribution::Nothing => (None, judge::anywhere(quote, &self.likely(quote, &[])?)),
            Attribution::Sought => (None, self.sought(quote)?),
            Attribution::Unread(why) => {
                (None, Finding::open(Status::NotRead, None, (*why).to_owned()))
            }
        };
        let Finding { status, found, detail, context, differs, settled: _ } = finding;
        let (line, column) = (request.line, request.column);
        Ok(Outcome {
            id,
            line,
            column,
            quote: quote.clone(),
            status,
            context,
            differs,
            found,
            detail,
        })
    }

    fn record(&mut self, record: &Record) -> Result<Finding> {
        let id = &record.id.source;
        let Some(entry) = self.searcher.reader().source(id)? else {
            let detail = format!("the index has no source “{id}”");
            let finding = Finding::open(Status::SourceMissing, None, detail);
            return self.elsewhere(finding, &record.quote, &[]);
        };
        let disk = self.open(&entry);
        let finding = self.judged(&disk, &entry, &record.quote, |opened| {
            Ok(judge::record(record, opened, &self.styles))
        })?;
        self.elsewhere(finding, &record.quote, std::slice::from_ref(id))
    }

    /// Finds the passage that a quotation is most likely from, be most of it garbled.
    fn sought(&mut self, quote: &str) -> Result<Finding> {
        let finding = judge::anywhere(quote, &self.likely(quote, &[])?);
        if finding.settled {
            return Ok(finding);
        }
        let mut passages = Vec::new();
        for passage in self.searcher.candidates(quote, CANDIDATES)? {
            if let Some(entry) = self.searcher.reader().source(&passage.source)? {
                passages.push((self.open(&entry), passage.paragraph));
            }
        }
        Ok(find::closest(quote, &passages).unwrap_or(finding))
    }

    fn attributed(&mut self, quote: &str, name: &str) -> Result<Finding> {
        let searcher = self.searcher;
        let ids = self.names()?.named(name);
        let paragraph = request::paragraph(name);
        let mut best: Option<Finding> = None;
        for id in self.likeliest(quote, &ids)? {
            let Some(entry) = searcher.reader().source(id)? else { continue };
            let disk = self.open(&entry);
            let finding = self.judged(&disk, &entry, quote, |opened| {
                let now = judge::quotation(quote, paragraph, opened);
                if now.settled || !opened.is_newer_than_index() {
                    return Ok(now);
                }
                Ok(judge::changed(now, quote, &searcher.reader().passages(&entry.source.id)?))
            })?;
            let is_better = |best: &Finding| judge::rank(finding.status) < judge::rank(best.status);
            if best.as_ref().is_none_or(is_better) {
                best = Some(finding);
            }
        }
        let best = best.unwrap_or_else(|| {
            let detail = format!("no source goes by the name {}", detail::shown(name));
            Finding::open(Status::SourceMissing, None, detail)
        });
        self.elsewhere(best, quote, &ids)
    }

    /// Applies `judge` to the file of a source; where it cannot be read, judges by what is left.
    fn judged(
        &self,
        disk: &Disk,
        entry: &Entry,
        quote: &str,
        judge: impl Fn(&Opened) -> Result<Finding>,
    ) -> Result<Finding> {
        match disk {
            Disk::Read(opened) => judge(opened),
            Disk::Missing(why) => {
                let passages = self.searcher.reader().passages(&entry.source.id)?;
                Ok(judge::gone(quote, why, &entry.source, &passages))
            }
            Disk::Unreadable(why) => Ok(Finding::open(Status::SourceChanged, None, why.clone())),
        }
    }

    /// Picks the sources that are worth opening out of many of one name, such as all those of a
    /// publisher.
    fn likeliest<'i>(&self, quote: &str, named: &'i [SourceId]) -> Result<Vec<&'i SourceId>> {
        if named.len() <= SOURCES {
            return Ok(named.iter().collect());
        }
        let candidates = self.candidates(quote, &content_words(quote))?;
        let rank = |named: &SourceId| candidates.iter().position(|likely| likely.id == *named);
        let mut likely: Vec<(usize, &SourceId)> =
            named.iter().filter_map(|id| Some((rank(id)?, id))).collect();
        likely.sort_unstable_by_key(|(rank, _)| *rank);
        let rest = named.iter().filter(|id| rank(id).is_none());
        Ok(likely.into_iter().map(|(_, id)| id).chain(rest).take(SOURCES).collect())
    }

    /// Reconsiders a finding in the light of sources other than those named, unless it is settled.
    fn elsewhere(&mut self, finding: Finding, quote: &str, named: &[SourceId]) -> Result<Finding> {
        if finding.settled {
            return Ok(finding);
        }
        let others = self.likely(quote, named)?;
        Ok(judge::in_the_light_of(finding, judge::verbatim_in(quote, &others)))
    }

    /// The sources of the passages that share most of these words, best first.
    fn candidates(&self, quote: &str, words: &HashSet<String>) -> Result<Vec<Likely>> {
        let mut sources: Vec<Likely> = Vec::new();
        for passage in self.searcher.candidates(quote, CANDIDATES)? {
            let folded = text::words(passage.plain()).map(|word| text::fold(word.text));
            let shared = folded.filter(|word| words.contains(&**word));
            let has: HashSet<String> = shared.map(Cow::into_owned).collect();
            let most = has.len();
            match sources.iter_mut().find(|likely| likely.id == passage.source) {
                Some(likely) => {
                    likely.most = likely.most.max(most);
                    likely.words.extend(has);
                }
                None => sources.push(Likely { id: passage.source, words: has, most }),
            }
        }
        Ok(sources)
    }

    /// Opens the sources that may have `quote`, best first, but not those in `except`.
    fn likely(&mut self, quote: &str, except: &[SourceId]) -> Result<Vec<Arc<Disk>>> {
        let words = content_words(quote);
        let sources = self.candidates(quote, &words)?;
        let most = sources.iter().map(|likely| likely.most).max().unwrap_or_default();
        let all = words.len().max(1) as f64;
        let least = (most as f64 / all - BEHIND).max(SHARED);
        let mut others = Vec::new();
        let may_have = sources.into_iter().filter(|likely| {
            likely.words.len() as f64 / all >= least && !except.contains(&likely.id)
        });
        for Likely { id, .. } in may_have.take(SOURCES) {
            if let Some(entry) = self.searcher.reader().source(&id)? {
                others.push(self.open(&entry));
            }
        }
        Ok(others)
    }

    fn names(&mut self) -> Result<Arc<Names>> {
        if let Some(names) = &self.names {
            return Ok(Arc::clone(names));
        }
        let names = Arc::new(Names::of(&**self.searcher.reader())?);
        self.names = Some(Arc::clone(&names));
        Ok(names)
    }

    fn open(&mut self, entry: &Entry) -> Arc<Disk> {
        if let Some(disk) = self.opened.get(&entry.source.id) {
            return Arc::clone(disk);
        }
        let disk = Arc::new(opened::open(entry, &mut self.files));
        if let Disk::Read(opened) = &*disk {
            if self.kept > KEPT {
                self.opened.clear();
                self.kept = 0;
            }
            self.kept += opened.text().len();
        }
        self.opened.insert(entry.source.id.clone(), Arc::clone(&disk));
        disk
    }
}

/// Returns the words of a text that carry meaning, folded; all of them where none does.
fn content_words(text: &str) -> HashSet<String> {
    let all = text::words(text).map(|word| text::fold(word.text).into_owned());
    let all: HashSet<String> = all.collect();
    let content = all.iter().filter(|word| !text::is_function_word(word)).cloned();
    let content: HashSet<String> = content.collect();
    if content.is_empty() { all } else { content }
}

/// Fails to compile unless a verifier can move to another thread.
const _: fn() = || {
    fn is_send<T: Send>() {}
    is_send::<Verifier<'_>>();
};
