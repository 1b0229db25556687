//! Flips single bits in the files of an index, and compares all that is then answered with what an
//! intact copy of it says.

use std::fmt;
use std::fs;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pincite_core::check::Input;
use pincite_core::cite::{Quotation, Style};
use pincite_core::engine::{CheckRequest, Engine, QueryRequest, Question, Target};
use pincite_core::index::Update;
use pincite_core::query::Query;
use pincite_core::source::{Passage, PassageId};
use pincite_core::{Error, Result};

/// Subjects of the articles.
const SUBJECTS: [&str; 7] = [
    "the harbour",
    "the old mill",
    "a ferry",
    "the ministry",
    "the pass",
    "the market",
    "a bridge",
];
const VERBS: [&str; 5] =
    ["was closed", "was opened again", "lost its roof", "was sold", "stood empty"];
const TIMES: [&str; 6] =
    ["in May 1997", "on 3 March 2001", "after the flood", "in 1984", "for 27 days", "last winter"];

/// A folder with articles, an index of them and an intact copy of that.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
    style: Arc<Style>,
}

/// The results of flipped bits.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    tried: usize,
    /// An error said that the index is damaged.
    refused: usize,
    /// All was answered as it should be.
    harmless: usize,
    /// Something was not found that is there.
    lost: usize,
    /// Untrue answers, each with the file.
    wrong: Vec<String>,
    panics: Vec<String>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tried, refused, harmless, lost, wrong, panics } = self;
        let (wrong, panics) = (wrong.len(), panics.len());
        write!(
            f,
            "{tried} flips: {refused} refused, {harmless} harmless, {lost} lost a passage, "
        )?;
        write!(f, "{wrong} wrong, {panics} panics")
    }
}

impl Tally {
    /// Panics where anything false was said, or something was not found.
    pub(crate) fn check(&self) {
        assert!(self.wrong.is_empty(), "{self}\n{}", self.wrong.join("\n"));
        assert!(self.panics.is_empty(), "{self}\n{}", self.panics.join("\n"));
        assert!(self.lost == 0, "{self}");
        assert!(self.refused > 0, "{self}");
    }
}

/// The number of flips: as many as the environment asks for, or a few.
pub(crate) fn asked_for(few: usize) -> usize {
    std::env::var("PINCITE_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

impl Bench {
    /// Writes the articles and indexes them bit by bit, so that the index has several segments.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let style = Arc::new(Style::find(Style::DEFAULT).expect("it is built in"));
        let bench = Self { folder, style };
        let articles = bench.path("articles");
        fs::create_dir(&articles).expect("a folder can be made");
        let engine = Engine::new(bench.index());
        for batch in 0..4 {
            for number in 0..=batch * 2 {
                let name = articles.join(format!("article-{batch}-{number}.md"));
                fs::write(name, article(batch * 10 + number)).expect("it can be written");
            }
            let update = Update { paths: vec![articles.clone()], ..Update::default() };
            engine.update(&update, &()).expect("it can be indexed");
        }
        bench
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.path("index")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Flips this many bits, one after another, each in the whole index.
    pub(crate) fn flip(&self, flips: usize, seed: u64) -> Tally {
        let intact = self.path("intact");
        fs::create_dir(&intact).expect("a folder can be made");
        let mut files = Vec::new();
        for entry in fs::read_dir(self.index()).expect("it is a folder").flatten() {
            fs::copy(entry.path(), intact.join(entry.file_name())).expect("it can be copied");
            let bytes = fs::read(entry.path()).expect("it can be read");
            if !bytes.is_empty() {
                files.push((entry.path(), bytes));
            }
        }
        files.sort();
        let truth = Engine::new(intact);
        let ids: Vec<PassageId> = truth
            .sources()
            .expect("it can be read")
            .iter()
            .flat_map(|entry| {
                let id = |paragraph| format!("{}#p{paragraph}", entry.source.id).parse();
                (1..=entry.paragraphs).map(move |n| id(n).expect("it is an id"))
            })
            .collect();
        let asking = Asking { truth, ids, style: Arc::clone(&self.style) };
        let mut random = Random(seed);
        let mut tally = Tally::default();
        for nth in 0..flips {
            let (file, bytes) = match nth % 2 {
                // By files, so that small ones come up; and the one with all that is quoted.
                0 => &files[random.below(files.len())],
                _ => {
                    let is_store = |file: &Path| file.extension().is_some_and(|it| it == "store");
                    let stores: Vec<_> = files.iter().filter(|(file, _)| is_store(file)).collect();
                    stores[random.below(stores.len())]
                }
            };
            let bit = random.below(bytes.len() * 8);
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            fs::write(file, flipped).expect("it can be written");
            self.try_it(
                &asking,
                &mut random,
                &mut tally,
                &format!("{}: bit {bit}", file.display()),
            );
            fs::write(file, bytes).expect("it can be written");
        }
        tally
    }

    fn try_it(&self, asking: &Asking, random: &mut Random, tally: &mut Tally, place: &str) {
        let engine = Engine::new(self.index());
        let asked = panic::catch_unwind(AssertUnwindSafe(|| asking.ask(&engine, random)));
        tally.tried += 1;
        match asked {
            Err(_) => tally.panics.push(place.to_owned()),
            Ok(Ok(answers)) => {
                let wrong: Vec<_> =
                    answers.wrong.iter().map(|what| format!("{place}: {what}")).collect();
                tally.lost += usize::from(answers.lost);
                match (answers.refused, wrong.is_empty() && !answers.lost) {
                    (true, _) => tally.refused += 1,
                    (false, true) => tally.harmless += 1,
                    (false, false) => {}
                }
                tally.wrong.extend(wrong);
            }
            Ok(Err(error)) => tally.wrong.push(format!("{place}: {error}")),
        }
    }
}

/// An article of this number.
fn article(number: usize) -> String {
    let mut random = Random(number as u64 + 1);
    let mut text = format!("---\ntitle: Notes on {}\n", SUBJECTS[number % SUBJECTS.len()]);
    if number.is_multiple_of(2) {
        text.push_str("author: Ida Example\ndate: 2020-05-17\n");
    }
    if number.is_multiple_of(3) {
        text.push_str(&format!("url: https://example.org/{number}\n"));
    }
    text.push_str("---\n\n");
    for _ in 0..6 + number % 5 {
        for _ in 0..3 {
            let subject = SUBJECTS[random.below(SUBJECTS.len())];
            let verb = VERBS[random.below(VERBS.len())];
            let time = TIMES[random.below(TIMES.len())];
            text.push_str(&format!(
                "It is said that {subject} {verb} {time}, as note {number} has it. "
            ));
        }
        text.push_str("\n\n");
    }
    text
}

/// The questions asked after each flip.
struct Asking {
    truth: Engine,
    ids: Vec<PassageId>,
    style: Arc<Style>,
}

/// The results of asking.
#[derive(Default)]
struct Answers {
    refused: bool,
    lost: bool,
    wrong: Vec<String>,
}

impl Asking {
    fn ask(&self, engine: &Engine, random: &mut Random) -> Result<Answers> {
        let mut answers = Answers::default();
        let subject = SUBJECTS[random.below(SUBJECTS.len())];
        let query = Query::parse(&format!("{subject} closed 1997"))?;
        let mut request = QueryRequest::new(Question::Text(query), Arc::clone(&self.style));
        request.context = Some(1);
        if let Some(answer) = answers.accept(engine.query(&request)) {
            for found in &answer.found {
                self.compare(&mut answers, &found.quotation)?;
                let context = found.context.iter().flat_map(|it| it.before.iter().chain(&it.after));
                context.for_each(|passage| self.compare_passage(&mut answers, passage));
            }
        }
        let ids: Vec<_> = (0..4).map(|_| self.ids[random.below(self.ids.len())].clone()).collect();
        for id in &ids {
            let cited = engine.cite(std::slice::from_ref(id), &self.style);
            if let Some(quotations) = answers.accept(cited) {
                answers.expect(quotations[0].citation.id == *id, "another id");
                self.compare(&mut answers, &quotations[0])?;
            }
        }
        let targets = [Target::Source(ids[0].source.to_string()), Target::Passage(ids[1].clone())];
        for target in targets {
            if let Some(reading) = answers.accept(engine.show(&target, 1)) {
                answers.expect(reading == self.truth.show(&target, 1)?, "show");
            }
        }
        let input = Input::given([format!("{subject} was closed in May 1998.")]);
        let request = CheckRequest::new(input, Arc::clone(&self.style));
        if let Some(checks) = answers.accept(engine.check(request, &|_| ControlFlow::Continue(())))
        {
            for quotation in checks.checks.iter().flat_map(|check| check.quoted()) {
                self.compare(&mut answers, quotation)?;
            }
        }
        if let Some(sources) = answers.accept(engine.sources()) {
            answers.expect(sources == self.truth.sources()?, "sources");
        }
        if let Some(stats) = answers.accept(engine.stats()) {
            answers.expect(stats == self.truth.stats()?, "stats");
        }
        Ok(answers)
    }

    fn compare(&self, answers: &mut Answers, quotation: &Quotation) -> Result<()> {
        let id = &quotation.citation.id;
        match self.truth.cite(std::slice::from_ref(id), &self.style) {
            Ok(truth) => {
                let is_true = truth[0].citation == quotation.citation
                    && truth[0].passage == quotation.passage
                    && truth[0].source == quotation.source;
                answers.expect(is_true, &format!("quotation {id}"));
            }
            Err(error) => answers.expect(false, &format!("quotation {id}: {error}")),
        }
        Ok(())
    }

    fn compare_passage(&self, answers: &mut Answers, passage: &Passage) {
        let truth = self.truth.cite(&[passage.id()], &self.style);
        let is_true = truth.is_ok_and(|truth| truth[0].passage == *passage);
        answers.expect(is_true, &format!("passage {}", passage.id()));
    }
}

impl Answers {
    fn accept<T>(&mut self, answer: Result<T>) -> Option<T> {
        match answer {
            Ok(answer) => return Some(answer),
            Err(Error::UnknownId { .. }) => self.lost = true,
            Err(
                Error::IndexDamaged { .. } | Error::IndexVersion { .. } | Error::NoIndex { .. },
            ) => self.refused = true,
            Err(other) => self.wrong.push(other.to_string()),
        }
        None
    }

    fn expect(&mut self, is_true: bool, what: &str) {
        if !is_true {
            self.wrong.push(what.to_owned());
        }
    }
}

/// Numbers as they come (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}
