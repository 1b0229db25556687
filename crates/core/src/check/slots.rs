//! The slots in which a claim and a sentence agree or differ, and the figures that come of it.

use super::align::{Alignment, Link};
use super::amount::Amount;
use super::compare::FEATURES;
use super::event::{definition, event, is_defined, predicate};
use super::lexicon::{Relation, is_ordinal, lexicon};
use super::manner::{attribution, hedged, modal, only};
use super::period::{Life, Period, Times};
use super::roles::{agents, belongs_to_name, is_in_long_name, is_turned, misplaced, names, order};
use super::statement::{Statement, Token};
use super::{Reason, Slot};

/// What is measured, being filled in.
pub(super) struct Sheet {
    features: [f64; FEATURES.len()],
    reasons: Vec<Reason>,
    /// The claim's words in which the two differ.
    disputed: Vec<usize>,
}

impl Sheet {
    pub(super) fn set(&mut self, name: &str, value: f64) {
        if let Some(i) = FEATURES.iter().position(|feature| *feature == name) {
            self.features[i] = value.clamp(0.0, 1.0);
        }
    }

    fn of(&self, name: &str) -> f64 {
        FEATURES.iter().position(|feature| *feature == name).map_or(0.0, |i| self.features[i])
    }

    /// Says that the two differ in words of the claim, for which the source has others.
    pub(super) fn differ(
        &mut self,
        slot: Slot,
        claim: &Statement,
        (first, last): (usize, usize),
        source: impl Into<String>,
    ) {
        self.disputed.extend(first..=last);
        self.say(slot, false, claim.words(first, last), source);
    }

    /// Whether a slot differs.
    pub(super) fn differs(&self) -> bool {
        self.reasons.iter().any(Reason::is_conflict)
    }

    pub(super) fn say(
        &mut self,
        slot: Slot,
        agrees: bool,
        claim: impl Into<String>,
        source: impl Into<String>,
    ) {
        self.reasons.push(Reason { slot, agrees, claim: claim.into(), source: source.into() });
    }
}

/// Below this share of a claim's words nothing else is compared: the two do not speak of the same thing.
const LEAST_SHARED: f64 = 0.2;

/// Measures all slots.
pub(super) fn measure(alignment: &Alignment<'_>) -> ([f64; FEATURES.len()], Vec<Reason>) {
    let mut sheet =
        Sheet { features: [0.0; FEATURES.len()], reasons: Vec::new(), disputed: Vec::new() };
    let cover = alignment
        .share(|_, link| link.filter(|link| !link.is_contrary).map_or(0.0, |link| link.credit));
    let focus =
        alignment.share(|_, link| link.filter(Link::is_meant).map_or(0.0, |link| link.credit));
    if cover.max(focus) > 0.0 {
        sheet.set("cover", cover);
        sheet.set("focus", focus);
        sheet.set("cover_squared", cover * cover);
        // Slots count as far as the two speak of the same thing.
        let scale = ((cover.max(focus) - LEAST_SHARED) / (0.6 - LEAST_SHARED)).clamp(0.0, 1.0);
        words(alignment, cover, scale, &mut sheet);
        agents(alignment, scale, &mut sheet);
        times(alignment, scale, &mut sheet);
        amounts(alignment, scale, &mut sheet);
        sheet.set("fact_other", sheet.of("date_other").max(sheet.of("amount_other")));
        polarity(alignment, scale, &mut sheet);
        kinds(alignment, scale, &mut sheet);
        names(alignment, scale, &mut sheet);
        order(alignment, scale, &mut sheet);
        sheet.set("misplaced", scale * misplaced(alignment));
        only(alignment, scale, &mut sheet);
        modal(alignment, scale, &mut sheet);
        attribution(alignment, scale, &mut sheet);
        hedged(alignment, scale, &mut sheet);
        event(alignment, scale, &mut sheet);
        definition(alignment, scale, &mut sheet);
    }
    sheet.set("unsaid", f64::from(u8::from(is_unsaid(alignment, &sheet))));
    if sheet.differs() {
        sheet.set("differs", 1.0);
        rest(alignment, &mut sheet);
    }
    (sheet.features, sheet.reasons)
}

/// Whether the sentence has names of the claim only, and nothing of what is said of them.
fn is_unsaid(alignment: &Alignment<'_>, sheet: &Sheet) -> bool {
    let tokens = &alignment.claim.tokens;
    let says = |place: usize| !tokens[place].is_name && !tokens[place].says_little();
    let mut said = alignment.words.iter().filter(|(place, ..)| says(*place)).peekable();
    let is_compared =
        sheet.reasons.iter().any(|reason| matches!(reason.slot, Slot::Amount | Slot::Kind))
            || has_life(alignment);
    sheet.features[0] > 0.0
        && said.peek().is_some()
        && !is_compared
        && said.all(|(.., link)| link.is_none_or(|link| link.own.is_none()))
}

/// What the sentence says of the claim beside what the two differ in: only where that is most of it do they speak of the
/// same. A long claim may lack more words of it than a short one has.
fn rest(alignment: &Alignment<'_>, sheet: &mut Sheet) {
    /// What a word counts, at least, that stands in a heading or shortly before.
    const SUPPLIED: f64 = 0.8;
    let claim = alignment.claim;
    let others = || alignment.words.iter().filter(|(place, ..)| !sheet.disputed.contains(place));
    // A heading, too, supplies what a pronoun stands for.
    let is_supplied =
        |link: &Link| link.own.is_some() || alignment.view.refers_back() && link.credit >= SUPPLIED;
    let meant = |link: &Option<Link>| link.filter(is_supplied).map_or(0.0, |link| link.credit);
    let all: f64 = others().map(|(_, weight, _)| weight).sum();
    let said: f64 = others().map(|(_, weight, link)| weight * meant(link)).sum();
    let unsaid = others()
        .filter(|(place, _, link)| meant(link) == 0.0 && !claim.tokens[*place].says_little())
        .count() as f64;
    // Whom a pronoun means is open where nothing stands around it.
    let is_open = alignment.view.refers_back() && alignment.view.around().next().is_none();
    let is_subject_unknown = !is_open
        && claim.names().first().is_some_and(|&(first, last)| {
            (first..=last).all(|at| alignment.link(at).is_none() && !sheet.disputed.contains(&at))
        });
    sheet.set("rest", if all > 0.0 { said / all } else { 0.0 });
    sheet.set("rest_gaps", unsaid / (unsaid + 2.0));
    sheet.set("subject_gap", f64::from(u8::from(is_subject_unknown)));
}

/// Which words the source has and has not, and how close together.
fn words(alignment: &Alignment<'_>, cover: f64, scale: f64, sheet: &mut Sheet) {
    let claim = alignment.claim;
    let most = alignment.words.iter().map(|(_, weight, _)| *weight).fold(0.0, f64::max);
    let missing: Vec<(usize, f64)> = alignment
        .words
        .iter()
        .filter(|(_, _, link)| link.is_none())
        .map(|(place, weight, _)| (*place, *weight))
        .collect();
    let gap = missing.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    sheet.set("full", if missing.is_empty() { cover } else { 0.0 });
    sheet.set("gap", scale * gap / most.max(f64::MIN_POSITIVE));
    sheet.set("gaps", scale * missing.len() as f64 / (missing.len() as f64 + 2.0));
    let is_missing = |place: Option<&(usize, f64, _)>| {
        place.is_some_and(|(_, _, link): &(usize, f64, Option<_>)| link.is_none())
    };
    sheet.set("gap_first", if is_missing(alignment.words.first()) { scale } else { 0.0 });
    sheet.set("gap_last", if is_missing(alignment.words.last()) { scale } else { 0.0 });
    let name = |place: usize| claim.tokens[place].is_name;
    let gap_name =
        missing.iter().filter(|(place, _)| name(*place)).map(|(_, weight)| *weight).sum::<f64>();
    sheet.set("gap_name", scale * gap_name / most.max(f64::MIN_POSITIVE) / 2.0);

    let placed: Vec<Option<usize>> =
        alignment.words.iter().map(|(.., link)| link.and_then(|link| link.own)).collect();
    let pairs = placed
        .windows(2)
        .filter(|pair| matches!(pair, [Some(a), Some(b)] if a.abs_diff(*b) <= 4))
        .count();
    sheet.set("pairs", pairs as f64 / placed.len().saturating_sub(1).max(1) as f64);
    let places: Vec<usize> = placed.iter().copied().flatten().collect();
    sheet.set("runs", longest_rising(&places) as f64 / placed.len().max(1) as f64);

    let said: Vec<&str> = alignment
        .words
        .iter()
        .filter(|(.., link)| link.is_some_and(|link| !link.is_contrary))
        .map(|(place, ..)| word(claim, *place))
        .collect();
    if !said.is_empty() {
        let source: Vec<&str> = places.iter().map(|at| word(alignment.view.own, *at)).collect();
        sheet.say(Slot::Words, true, said.join(", "), source.join(", "));
    }
    if !missing.is_empty() {
        let missing: Vec<&str> = missing.iter().map(|(place, _)| word(claim, *place)).collect();
        sheet.say(Slot::Words, false, missing.join(", "), "");
    }
}

pub(super) fn word(statement: &Statement, at: usize) -> &str {
    statement.tokens.get(at).map_or("", |token| token.span.of(&statement.text))
}

/// The length of the longest rising subsequence: how many of the claim's words stand in the claim's order.
fn longest_rising(places: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &place in places {
        let at = ends.partition_point(|&end| end < place);
        if at == ends.len() { ends.push(place) } else { ends[at] = place }
    }
    ends.len()
}

/// How near a fact of the source stands to what the claim says it of, from 0 to 1: what is said of the claim's fact is
/// its nearest words of content.
fn nearness(alignment: &Alignment<'_>, claim_at: usize, source_at: usize) -> f64 {
    const REACH: f64 = 12.0;
    let claim = alignment.claim;
    let own = alignment.view.own;
    let place = claim.tokens.partition_point(|token| token.span.start < claim_at);
    let at = own.tokens.partition_point(|token| token.span.start < source_at);
    let verbs = alignment
        .words
        .iter()
        .filter(|(i, ..)| *i < place && !claim.tokens[*i].is_name)
        .rev()
        .take(2);
    let others =
        alignment.words.iter().filter(|(i, ..)| *i >= place && !claim.tokens[*i].is_name).take(1);
    let near = verbs.chain(others).filter_map(|(.., link)| link.and_then(|link| link.own));
    near.map(|answer| 1.0 - answer.abs_diff(at) as f64 / REACH).fold(0.0, f64::max)
}

/// Farther off an amount may be of something else than the claim's.
const ABOUT_IT: f64 = 0.3;

/// From here on a date stands by what it is said of, whatever other dates stand around.
const NEAR: f64 = 0.7;

/// Whether the claim's time is named in what stands around the sentence.
fn elsewhere(alignment: &Alignment<'_>, period: &Period) -> bool {
    alignment
        .view
        .around()
        .flat_map(|it| &it.periods)
        .any(|source| period.compare(source) == Times::Within)
}

fn times(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let (mut same, mut other, mut gap): (f64, f64, f64) = (0.0, 0.0, 0.0);
    let life = life(alignment);
    for period in &claim.periods {
        // Where a claim speaks of no life, a life's dates are of something else.
        let fits = |source: &&Period| source.life.is_none() || source.life == life;
        let answers = own.periods.iter().filter(fits).map(|source| {
            let near = match source.life {
                Some(_) => 1.0,
                None => nearness(alignment, period.span.start, source.span.start),
            };
            (period.compare(source), near, source)
        });
        let Some((times, near, source)) = answers.max_by(|a, b| {
            (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap_or(std::cmp::Ordering::Equal)
        }) else {
            if elsewhere(alignment, period) {
                same = same.max(0.6)
            } else {
                gap = 1.0;
                sheet.say(Slot::Words, false, time(claim, period), "");
            }
            continue;
        };
        let (said, says) = (time(claim, period), time(own, source));
        match times {
            Times::Within => same = same.max(1.0),
            Times::Overlap => same = same.max(0.7),
            Times::Apart if is_part_of_name(claim, period) => continue,
            Times::Crossing => {
                gap = 1.0;
                continue;
            }
            Times::Apart if near < NEAR && elsewhere(alignment, period) => {
                gap = 1.0;
                continue;
            }
            Times::Apart => other = other.max(0.4 + 0.6 * near),
        }
        sheet.say(Slot::Date, times != Times::Apart, said, says);
    }
    sheet.set("date_same", scale * same);
    sheet.set("date_other", scale * other);
    sheet.set("date_gap", scale * gap);
}

/// Whether a year is part of a name (*Blade Runner 2049*) or stands behind one in parentheses.
fn is_part_of_name(statement: &Statement, period: &Period) -> bool {
    let next = statement.tokens.partition_point(|token| token.span.start < period.span.start);
    let joined = next.checked_sub(1).map(|at| &statement.tokens[at]).is_some_and(|before| {
        before.is_name && statement.text.get(before.span.end..period.span.start) == Some(" ")
    });
    joined || statement.tokens.get(next).is_some_and(|token| statement.is_aside(token))
}

/// Which end of a life the claim speaks of, if of one.
fn life(alignment: &Alignment<'_>) -> Option<Life> {
    alignment.claim.tokens.iter().find_map(|token| match &*token.lemma {
        "born" | "birth" => Some(Life::Birth),
        "die" | "death" | "dead" => Some(Life::Death),
        _ => None,
    })
}

/// Whether the source has the date of the end of a life that the claim speaks of.
pub(super) fn has_life(alignment: &Alignment<'_>) -> bool {
    life(alignment).is_some_and(|life| {
        alignment.view.own.periods.iter().any(|period| period.life == Some(life))
    })
}

fn time<'a>(statement: &'a Statement, period: &Period) -> &'a str {
    period.span.of(&statement.text)
}

fn amounts(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let (mut same, mut other, mut gap): (f64, f64, f64) = (0.0, 0.0, 0.0);
    for amount in &claim.amounts {
        let comparable: Vec<&Amount> = own
            .amounts
            .iter()
            .filter(|source| counts_the_same(claim, amount, own, source))
            .collect();
        if let Some(source) = comparable.iter().find(|source| amount.agrees(source)) {
            same = 1.0;
            sheet.say(Slot::Amount, true, amount.span.of(&claim.text), source.span.of(&own.text));
            continue;
        }
        let near = |source: &Amount| nearness(alignment, amount.span.start, source.span.start);
        let is_other = |source: &&Amount| {
            let is_window = amount.is_window() || source.is_window();
            !is_window
                && near(source) >= ABOUT_IT
                && !claim.amounts.iter().any(|other| other.agrees_in_kind(source))
        };
        match comparable.into_iter().filter(is_other).max_by(|a, b| near(a).total_cmp(&near(b))) {
            Some(source) => {
                other = other.max(0.4 + 0.6 * near(source));
                sheet.say(
                    Slot::Amount,
                    false,
                    amount.span.of(&claim.text),
                    source.span.of(&own.text),
                );
            }
            None => {
                let agrees = alignment.view.around().any(|it| {
                    it.amounts.iter().any(|source| {
                        counts_the_same(claim, amount, it, source) && amount.agrees(source)
                    })
                });
                if agrees {
                    same = same.max(0.6)
                } else {
                    gap = 1.0;
                    sheet.say(Slot::Words, false, amount.span.of(&claim.text), "");
                }
            }
        }
    }
    sheet.set("amount_same", scale * same);
    sheet.set("amount_other", scale * other);
    sheet.set("amount_gap", scale * gap);
}

/// Whether two amounts have one unit or, where they have none, count the same things.
fn counts_the_same(
    claim: &Statement,
    amount: &Amount,
    statement: &Statement,
    source: &Amount,
) -> bool {
    if !amount.is_comparable(source) || amount.has_unit() {
        return amount.is_comparable(source);
    }
    let same = |a: &Token, b: &Token| {
        a.lemma == b.lemma
            || matches!(
                lexicon().relation(&a.lemma, &b.lemma),
                Some(Relation::Same | Relation::Included)
            )
    };
    counted(claim, amount).any(|a| counted(statement, source).any(|b| same(a, b)))
}

/// What an amount without a unit may count: the words of content just behind it.
fn counted<'a>(statement: &'a Statement, amount: &Amount) -> impl Iterator<Item = &'a Token> {
    let next = statement.tokens.partition_point(|token| token.span.start < amount.span.end);
    statement.tokens[next..]
        .iter()
        .take(4)
        .filter(|token| token.is_content && !token.is_name)
        .take(2)
}

/// Whether what the one asserts the other denies.
fn polarity(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let (mut flipped, mut all, mut contrary): (f64, f64, f64) = (0.0, 0.0, 0.0);
    let mut first = None;
    let any_verb = alignment.words.iter().any(|(place, _, link)| {
        !claim.tokens[*place].is_name && link.is_some_and(|link| link.own.is_some())
    });
    let said = predicate(claim).and_then(|verb| alignment.link(verb));
    let predicate = said.and_then(|link| link.own);
    for (place, weight, link) in &alignment.words {
        let Some((link, at)) = link.and_then(|link| Some((link, link.own?))) else { continue };
        // “Never recognized it, while Sweden accepts it” denies nothing of Sweden.
        if predicate.is_some_and(|predicate| is_turned(own, predicate, at)) {
            continue;
        }
        let is_in_claim = || claim.tokens.iter().any(|token| token.lemma == own.tokens[at].lemma);
        if link.is_contrary
            && link.is_flipped
            && is_in_place(alignment, *place, at)
            && !is_in_claim()
        {
            contrary = 1.0;
            sheet.differ(Slot::Predicate, claim, (*place, *place), word(own, at));
        }
        if link.is_flipped && is_behind_another(alignment, at) {
            continue;
        }
        let is_denied = claim.tokens[*place].is_negated || own.tokens[at].is_negated;
        if any_verb && claim.tokens[*place].is_name && !is_denied {
            continue;
        }
        all += weight;
        if link.is_flipped {
            flipped += weight;
            // A name is not denied, what is said of it is.
            if !link.is_contrary
                && (!claim.tokens[*place].is_name || claim.tokens[*place].is_negated)
            {
                first = first.or(Some((*place, at)));
            }
        }
    }
    let share = if all > 0.0 { flipped / all } else { 0.0 };
    let is_open = alignment.words.iter().any(|(place, _, link)| {
        link.is_none() && claim.tokens[*place].is_negated && !claim.tokens[*place].says_little()
    });
    if is_open && first.is_some_and(|(place, _)| claim.tokens[place].is_negated) {
        // What the claim denies the source does not speak of: “not a rock album” beside “a studio album”.
        sheet.set("denied_gap", scale);
        first = None;
    }
    let is_negator = |token: &Token| {
        lexicon().is_negator(&token.lemma)
            || lexicon().is_negator(&token.word)
            || &*token.word == "yet"
    };
    let says = |place: usize| {
        let token = &claim.tokens[place];
        !token.is_name && !token.says_little() && !is_negator(token)
    };
    let unsaid =
        alignment.words.iter().filter(|(place, _, link)| link.is_none() && says(*place)).count();
    let denied = alignment.words.iter().filter(|(place, _, link)| {
        says(*place) && link.is_some_and(|link| link.own.is_some() && link.is_flipped)
    });
    // “Has no towers” denies of its subject that it has any.
    let is_none = first.is_some_and(|(place, at)| {
        [(claim, place), (own, at)].into_iter().any(|(statement, at)| {
            let negator =
                negator_before(statement, at).map(|negator| &*statement.tokens[negator].word);
            negator.is_some_and(|word| matches!(word, "no" | "zero" | "none" | "without"))
        })
    });
    // Whatever else is denied, it is another thing where what the claim says of its subject is not.
    let is_predicate = (is_none || said.is_none_or(|link| link.is_flipped))
        && (denied.count() > unsaid || unsaid == 0);
    if let Some((place, at)) = first.filter(|_| share > 0.45 && is_predicate) {
        let with_negator = |statement: &Statement, at: usize| match negator_before(statement, at) {
            Some(negator) => format!("{} … {}", word(statement, negator), word(statement, at)),
            None => word(statement, at).to_owned(),
        };
        sheet.say(Slot::Polarity, false, with_negator(claim, place), with_negator(own, at));
    }
    sheet.set("polarity", scale * share);
    sheet.set("contrary", scale * contrary);
    let close = sheet.features[1] * share;
    sheet.set("close_polarity", scale * close);
}

/// Whether what is denied is another thing, which is done to what a word names: a refusal *to accept* a demarcation does
/// not say that there was none.
fn is_behind_another(alignment: &Alignment<'_>, at: usize) -> bool {
    let own = alignment.view.own;
    let Some(negator) = negator_before(own, at) else { return false };
    let is_answer = |at: usize| {
        alignment.words.iter().any(|(.., link)| link.is_some_and(|link| link.own == Some(at)))
    };
    let is_verb = |verb: usize| &*own.tokens[verb - 1].word == "to" && own.tokens[verb].is_content;
    (negator + 2..at).any(|verb| is_verb(verb) && !is_answer(verb))
}

/// The negation in whose reach a word stands.
fn negator_before(statement: &Statement, at: usize) -> Option<usize> {
    let token = statement.tokens.get(at).filter(|token| token.is_negated)?;
    let negates = |other: &Token| {
        lexicon().is_negator(&other.word)
            || lexicon().is_negator(&other.lemma)
            || other.word.ends_with("n't")
    };
    (0..at).rev().find(|&i| {
        negates(&statement.tokens[i]) && statement.tokens[i].span.end <= token.span.start
    })
}

/// Whether a country of the source stands where the claim has another one: before the same noun, or as what something is.
fn is_in_place_of(alignment: &Alignment<'_>, place: usize, at: usize) -> bool {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let is_noun = |(_, token): &(usize, &Token)| token.is_content && !token.is_name;
    let noun = (place + 1..).zip(&claim.tokens[place + 1..]).take(3).find(is_noun);
    let is_before_noun = |(noun, _): (usize, &Token)| {
        alignment
            .link(noun)
            .and_then(|link| link.own)
            .is_some_and(|found| found > at && found - at <= 5)
    };
    noun.is_some_and(is_before_noun) || is_defined(claim) && is_defined(own)
}

/// Whether a word of the source is said of the same as the claim's word at `place`: the claim's next word of content on
/// either side stands near it in the same clause, or both are what is said of the subject.
fn is_in_place(alignment: &Alignment<'_>, place: usize, at: usize) -> bool {
    const REACH: usize = 5;
    let own = &alignment.view.own.tokens;
    let Some(nth) = alignment.words.iter().position(|(i, ..)| *i == place) else { return false };
    let neighbours = [nth.checked_sub(1), Some(nth + 1)]
        .into_iter()
        .flatten()
        .filter_map(|nth| alignment.words.get(nth));
    let mut answers = neighbours.filter_map(|(.., link)| link.as_ref()?.own);
    let subject = alignment
        .view
        .own
        .names()
        .first()
        .copied()
        .filter(|_| predicate(alignment.claim) == Some(place));
    let is_subject = |answer: usize| {
        answer < at && subject.is_some_and(|(first, last)| (first..=last).contains(&answer))
    };
    answers.any(|answer| {
        is_subject(answer) || answer.abs_diff(at) <= REACH && own[answer].clause == own[at].clause
    })
}

/// A word of the claim in whose place the source has another of its kind: *book* for *film*.
fn kinds(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let (mut kind, mut akin): (f64, f64) = (0.0, 0.0);
    for (place, _, link) in &alignment.words {
        if link.is_some_and(|link| !link.is_contrary) {
            continue;
        }
        if is_in_long_name(claim, *place) || belongs_to_name(claim, *place) {
            continue;
        }
        let lemma = &claim.tokens[*place].lemma;
        let series = claim.tokens.get(place + 1).filter(|next| next.is_content);
        let rivals = own.content().filter_map(|(at, token)| {
            // “The second son” is another than the first, “the second half” is not.
            let is_of_it = |next: &Token| {
                own.tokens[at + 1..].iter().take(3).any(|other| other.lemma == next.lemma)
            };
            if is_ordinal(lemma) && is_ordinal(&token.lemma) && !series.is_some_and(is_of_it) {
                return None;
            }
            let is_in_claim = claim.tokens.iter().any(|other| other.lemma == token.lemma);
            let relation = lexicon()
                .relation(lemma, &token.lemma)
                .filter(|_| !is_in_claim && !is_in_long_name(own, at))?;
            if token.is_name
                && lexicon().is_country(lemma)
                && !is_in_place_of(alignment, *place, at)
            {
                return None;
            }
            if !(is_in_place(alignment, *place, at) || is_defined(claim) && is_defined(own)) {
                return None;
            }
            matches!(relation, Relation::Exclusive | Relation::Akin).then_some((at, relation))
        });
        let Some((at, relation)) = rivals.min_by_key(|(_, relation)| *relation == Relation::Akin)
        else {
            continue;
        };
        if claim.tokens[*place].is_negated != own.tokens[at].is_negated {
            // “Not a film” and “a book” do not differ.
            sheet.set("denied_other", scale);
            continue;
        }
        if relation == Relation::Exclusive {
            kind = 1.0;
            let is_place = claim.tokens[*place].is_name;
            let slot = if is_place { Slot::Name } else { Slot::Kind };
            sheet.differ(slot, claim, (*place, *place), word(own, at));
        } else {
            akin = 1.0;
        }
    }
    sheet.set("kind", scale * kind);
    sheet.set("akin", scale * akin);
}
