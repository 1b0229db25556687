//! [`Checker`]: finds what the sources say about a claim, and gives a verdict.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::assertion::{assertions, heads};
use super::fit::Fit;
use super::judge::{Claim, Judgement, Ruling, judge};
use super::passages::{Passages, Sentences};
use super::period::{Period, periods};
use super::reason::{Reason, Slot, Stance, places};
use super::statement::{Statement, StatementReader};
use super::token::Token;
use super::unit::Units;
use super::verdict::{Assertion, Check, Evidence, Verdict};
use super::view::View;
use crate::Result;
use crate::cite::{Citation, Quotation};
use crate::query::{Filters, Match, Query, Via};
use crate::search::{Hit, Searcher};
use crate::source::{self, Passage, SourceId};
use crate::text::Span;

/// Count of passages read for a claim.
const READ: usize = 12;
/// Count of passages shown as related.
const RELATED: usize = 3;

/// Checks claims against the sources of an index. It remembers what it has read: the claims of a
/// draft meet the same passages.
pub struct Checker<'s> {
    searcher: &'s Searcher,
    filters: Filters,
    reader: StatementReader,
    read: Passages,
}

/// The statement of one passage about a claim.
struct Finding {
    hit: Hit,
    sentences: Rc<Sentences>,
    /// The sentence that is read, and what it says.
    sentence: usize,
    judgement: Judgement,
}

impl<'s> Checker<'s> {
    /// Returns a checker over what `searcher` searches.
    pub fn new(searcher: &'s Searcher) -> Self {
        Self {
            searcher,
            filters: Filters::default(),
            reader: StatementReader::new(),
            read: Passages::default(),
        }
    }

    /// Returns the same over the sources that `filters` leave.
    pub fn filtered(self, filters: Filters) -> Self {
        Self { filters, ..self }
    }

    /// Returns what the sources say about `claim`.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn check(&mut self, claim: &str) -> Result<Check> {
        let statement = self.reader.read(claim);
        let whole = self.check_one(claim, &statement)?;
        if !matches!(whole.verdict, Verdict::Partial | Verdict::NotFound) {
            return Ok(whole);
        }
        match &*assertions(&statement, &mut self.reader) {
            [] | [_] => Ok(whole),
            several => {
                let mut checks = Vec::with_capacity(several.len());
                for claim in several {
                    let statement = self.reader.read(claim);
                    checks.push(self.check_one(claim, &statement)?);
                }
                Ok(Check::of_several(claim, checks))
            }
        }
    }

    /// Returns the same for a claim that asserts one thing.
    fn check_one(&mut self, claim: &str, statement: &Statement) -> Result<Check> {
        let query = Query::prose(claim).filtered(self.filters.clone());
        let hits = self.searcher.search(&query, READ)?.hits;
        let heads = heads(statement, &mut self.reader);
        let heads: Vec<Claim<'_>> = heads.iter().map(Claim::new).collect();
        let forms = Claim::new(statement);
        let findings = hits.into_iter().filter_map(|hit| {
            let sentences = self.read.sentences(&hit, &mut self.reader);
            find(hit, sentences, &forms, &heads)
        });
        Ok(settle(claim, statement, findings.collect()))
    }
}

/// Finds what a passage says of a claim, or else of the beginnings of it that are claims too: its
/// sentence that is most decided.
fn find(
    hit: Hit,
    sentences: Rc<Sentences>,
    claim: &Claim<'_>,
    heads: &[Claim<'_>],
) -> Option<Finding> {
    let Sentences { own, context } = &*sentences;
    let units: Vec<Units<'_>> = own.iter().map(Units::new).collect();
    let best = |claim: &Claim<'_>| {
        let judged = units
            .iter()
            .enumerate()
            .map(|(at, units)| (at, judge(claim, units, &View::new(own, context, at))));
        judged.max_by(|(_, a), (_, b)| a.rank().total_cmp(&b.rank()))
    };
    let mut found = best(claim)?;
    if matches!(found.1.ruling, Ruling::Open(_)) {
        let part = heads.iter().find_map(|head| {
            best(head)
                .filter(|(_, it)| it.ruling == Ruling::Decided(Stance::Supports))
                .map(|(at, it)| (at, it.into_part(claim.statement, head.statement)))
        });
        found = part.unwrap_or(found);
    }
    let (sentence, judgement) = found;
    Some(Finding { hit, sentences, sentence, judgement })
}

/// Finds the words of a sentence in which it differs from a claim.
fn differing(passage: &Passage, sentence: usize, reasons: &[Reason]) -> Vec<Match> {
    let is_within = |span: &Span| passage.sentences[sentence].overlaps(*span);
    let conflicts = reasons.iter().filter(|reason| reason.is_conflict());
    let mut matches: Vec<Match> = conflicts
        .filter_map(|reason| {
            let mut places = places(&reason.source, passage.plain());
            let span =
                places.find_map(|place| Some(passage.exact_span(place)).filter(is_within))?;
            let span = span.shifted(passage.start.byte);
            Some(Match { span, term: reason.claim.clone(), via: Via::Variant })
        })
        .collect();
    matches.sort_by_key(|found| (found.span.start, found.span.end));
    matches.dedup_by(|next, last| next.span.start < last.span.end);
    matches
}

/// Returns the verdict on what passages say.
fn settle(claim: &str, statement: &Statement, findings: Vec<Finding>) -> Check {
    let is_said_elsewhere = |finding: &Finding| {
        findings.iter().any(|other| other.has_value(statement, &finding.judgement))
    };
    let happens_again = happens_again(statement, &findings);
    let doubtful: Vec<bool> = findings
        .iter()
        .map(|finding| {
            finding.judgement.ruling == Ruling::Decided(Stance::Contradicts)
                && (happens_again && finding.judgement.differs_in_time()
                    || is_said_elsewhere(finding))
        })
        .collect();
    let supported =
        findings.iter().any(|it| it.judgement.ruling == Ruling::Decided(Stance::Supports));
    let mut origins: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut related: Vec<(f64, Quotation)> = Vec::new();
    let mut parts: Vec<(f64, Evidence)> = Vec::new();
    for (Finding { hit, sentence, judgement, .. }, is_doubtful) in
        findings.into_iter().zip(doubtful)
    {
        let at = u32::try_from(sentence + 1).unwrap_or(u32::MAX);
        let Some(citation) = Citation::new(
            &hit.source,
            &hit.passage,
            Some(source::Sentences { first: at, last: at }),
        ) else {
            continue;
        };
        let next = origins.len() + 1;
        let origin = *origins.entry(hit.passage.source.clone()).or_insert(next);
        let Hit { passage, source, matches, .. } = hit;
        let differing = differing(&passage, sentence, &judgement.reasons);
        let matches = if differing.is_empty() { matches } else { differing };
        let quoted = Quotation { citation, passage, source, matches };
        let confidence = judgement.confidence();
        let evidence_of = |stance: Stance, confidence: Option<f64>| Evidence {
            stance,
            assertion: 1,
            quoted: quoted.clone(),
            reasons: judgement.reasons.clone(),
            origin,
            confidence,
            features: judgement.figures(),
        };
        match judgement.ruling {
            Ruling::Decided(Stance::Supports) => {
                evidence.push(evidence_of(Stance::Supports, Some(confidence)))
            }
            Ruling::Decided(Stance::Contradicts)
                if !is_doubtful || supported && judgement.is_disputed(statement) =>
            {
                evidence.push(evidence_of(Stance::Contradicts, Some(confidence)));
            }
            Ruling::Part => parts.push((confidence, evidence_of(Stance::Supports, None))),
            _ => related.push((judgement.answered, quoted)),
        }
    }
    let falling = |a: f64, b: f64| b.total_cmp(&a);
    evidence.sort_by(|a, b| falling(a.confidence.unwrap_or(0.0), b.confidence.unwrap_or(0.0)));
    parts.sort_by(|(a, _), (b, _)| falling(*a, *b));
    let parts = parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>();
    let most = |evidence: &[Evidence], stance: Stance| {
        evidence
            .iter()
            .filter(|it| it.stance == stance)
            .filter_map(|it| it.confidence)
            .reduce(f64::max)
    };
    let (verdict, confidence) =
        match (most(&evidence, Stance::Supports), most(&evidence, Stance::Contradicts)) {
            (Some(supports), Some(contradicts)) => {
                (Verdict::Disputed, Some(supports.min(contradicts)))
            }
            (Some(supports), None) => (Verdict::Supported, Some(supports)),
            (None, Some(contradicts)) => (Verdict::Contradicted, Some(contradicts)),
            (None, None) if !parts.is_empty() => (Verdict::Partial, None),
            (None, None) => (Verdict::NotFound, None),
        };
    if verdict == Verdict::Partial {
        evidence = parts;
        evidence.truncate(RELATED);
    } else {
        related.splice(0..0, parts.into_iter().map(|part| (1.0, part.quoted)));
    }
    related.sort_by(|a, b| b.0.total_cmp(&a.0));
    related.retain(|(cover, _)| *cover > 0.0);
    let related = related.into_iter().take(RELATED).map(|(_, quoted)| quoted).collect();
    Check {
        claim: claim.to_owned(),
        verdict,
        confidence,
        assertions: Vec::new(),
        evidence,
        related,
    }
}

/// Returns whether sentences that name other times than the claim name times that exclude each
/// other: who was released in 1995 and in 2000 may have been released in 2010. Not for what happens
/// once, where sources that name two years disagree.
fn happens_again(claim: &Statement, findings: &[Finding]) -> bool {
    if claim.is_once() {
        return false;
    }
    let times: Vec<Vec<Period>> = findings
        .iter()
        .filter(|it| it.judgement.ruling == Ruling::Decided(Stance::Contradicts))
        .map(|it| {
            let named = it.judgement.reasons.iter().filter(|it| it.slot == Slot::Date);
            named.flat_map(|reason| periods(&reason.source)).collect()
        })
        .collect();
    let exclude = |a: &[Period], b: &[Period]| {
        let mut pairs = a.iter().flat_map(|a| b.iter().map(move |b| a.fit(b))).peekable();
        pairs.peek().is_some() && pairs.all(|fit| fit == Fit::Excludes)
    };
    times.iter().enumerate().any(|(i, a)| times[..i].iter().any(|b| exclude(a, b)))
}

impl Finding {
    /// Returns whether its passage has the participants of the claim and the value in which another
    /// judgement differs from it: the claim may be of what is spoken of here.
    fn has_value(&self, claim: &Statement, other: &Judgement) -> bool {
        let names: Vec<&Token> =
            claim.names().iter().map(|&(_, last)| &claim.tokens[last]).collect();
        let conflicts: Vec<&Reason> = other.reasons.iter().filter(|it| it.is_conflict()).collect();
        if conflicts
            .iter()
            .any(|it| matches!(it.slot, Slot::Polarity | Slot::Predicate | Slot::Order))
        {
            return self.judgement.ruling == Ruling::Decided(Stance::Supports);
        }
        // “In April” leaves open that it was on 6 April.
        let is_less_exact = conflicts.iter().all(|it| it.slot == Slot::Date)
            && self.judgement.ruling == Ruling::Part
            && self.judgement.answered >= other.answered;
        if is_less_exact {
            return true;
        }
        let has = |statement: &Statement, token: &Token| {
            statement.tokens.iter().any(|it| it.lemma == token.lemma)
        };
        let sentences = || self.sentences.own.iter().chain(&self.sentences.context);
        let is_of_them = names.iter().all(|token| sentences().any(|it| has(it, token)));
        is_of_them
            && sentences().any(|sentence| {
                let has_values = conflicts.iter().all(|reason| sentence.has_value(&reason.claim));
                let content = claim.content().count();
                let shared = claim.content().filter(|(_, token)| has(sentence, token)).count();
                has_values
                    && (names.iter().any(|token| has(sentence, token)) || 2 * shared >= content)
            })
    }
}

impl Check {
    /// Returns the verdict on a claim of which each assertion has been checked. It is as good as
    /// its worst part.
    fn of_several(claim: &str, parts: Vec<Check>) -> Check {
        let assertion = |part: &Check| Assertion {
            text: part.claim.clone(),
            verdict: part.verdict,
            confidence: part.confidence,
        };
        let assertions: Vec<Assertion> = parts.iter().map(assertion).collect();
        let is = |verdict: Verdict| assertions.iter().filter(move |it| it.verdict == verdict);
        let all = |verdict: Verdict| is(verdict).count() == assertions.len();
        let verdict = match () {
            () if is(Verdict::Contradicted).next().is_some() => Verdict::Contradicted,
            () if is(Verdict::Disputed).next().is_some() => Verdict::Disputed,
            () if all(Verdict::Supported) => Verdict::Supported,
            () if all(Verdict::NotFound) => Verdict::NotFound,
            () => Verdict::Partial,
        };
        // All of them have to be supported, one contradicted is enough.
        let of_parts = is(verdict).filter_map(|it| it.confidence);
        let confidence = match verdict {
            Verdict::Supported => of_parts.reduce(f64::min),
            Verdict::Contradicted | Verdict::Disputed => of_parts.reduce(f64::max),
            Verdict::Partial | Verdict::NotFound => None,
        };
        let (mut evidence, mut related) = (Vec::new(), Vec::new());
        let mut origins: BTreeMap<SourceId, usize> = BTreeMap::new();
        for (i, part) in parts.into_iter().enumerate() {
            related.extend(part.related);
            evidence.extend(part.evidence.into_iter().map(|it| {
                let next = origins.len() + 1;
                let origin = *origins.entry(it.quoted.passage.source.clone()).or_insert(next);
                Evidence { assertion: i + 1, origin, ..it }
            }));
        }
        related.truncate(RELATED);
        Check { claim: claim.to_owned(), verdict, confidence, assertions, evidence, related }
    }
}
