//! Measures `pincite serve` under load, beside the same queries in one process.
//!
//! Clients on threads of their own, each with a connection that it keeps, ask `/v1/query` as fast
//! as they are answered; then as many threads ask an `Engine`, and then one alone. Prints errors,
//! answers a second, the median and the 99th percentile of each, and the memory of the server over
//! time (Linux).
//!
//! `PINCITE_BENCH_INDEX` names an index and `PINCITE_BENCH_QUERIES` a file with a query on each
//! line; without them the index is made of generated text (`PINCITE_BENCH_MB`), and queries are
//! beginnings of its paragraphs. `PINCITE_BENCH_CLIENTS` (32) and `PINCITE_BENCH_SECONDS` (5) set
//! the load.

mod articles;
mod text_source;

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pincite_core::cite::Style;
use pincite_core::engine::{Engine, QueryRequest, Question};
use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use tempfile::TempDir;

/// The number of words of a query that is the beginning of a paragraph.
const WORDS: usize = 17;
/// The number of queries that are taken from an index.
const QUERIES: usize = 200;

/// The queries, the number of clients, and how long they ask.
struct Load {
    queries: Vec<String>,
    clients: usize,
    time: Duration,
}

/// How long each answer took, and how many there were that were none.
#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    errors: usize,
}

impl Load {
    /// Asks with as many threads as there are clients, each with what `client` makes for it.
    fn run<C: FnMut(&str) -> io::Result<()>>(
        &self,
        clients: usize,
        client: impl Fn() -> C + Sync,
    ) -> Measured {
        let next = AtomicUsize::new(0);
        let asking = || {
            let mut ask = client();
            let mut measured = Measured::default();
            let end = Instant::now() + self.time;
            while Instant::now() < end {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let start = Instant::now();
                match ask(&self.queries[nth % self.queries.len()]) {
                    Ok(()) => measured.times.push(start.elapsed()),
                    Err(error) => {
                        eprintln!("no answer: {error}");
                        measured.errors += 1;
                        ask = client();
                    }
                }
            }
            measured
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..clients).map(|_| scope.spawn(asking)).collect();
            threads.into_iter().fold(Measured::default(), |mut all, thread| {
                let one = thread.join().expect("a client");
                all.times.extend(one.times);
                all.errors += one.errors;
                all
            })
        })
    }

    fn print(&self, name: &str, mut measured: Measured) {
        measured.times.sort_unstable();
        let all = measured.times.len();
        let at = |percent: usize| {
            let time = measured.times.get((all * percent / 100).min(all.saturating_sub(1)));
            1000.0 * time.copied().unwrap_or_default().as_secs_f64()
        };
        println!(
            "{name}: {all} answers, {} errors, {:.1} a second, median {:.1} ms, 99th percentile {:.1} ms",
            measured.errors,
            all as f64 / self.time.as_secs_f64(),
            at(50),
            at(99),
        );
    }
}

/// A server in a process of its own, which ends with this.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(index: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_pincite"))
            .args(["serve", "--port", "0", "--index"])
            .arg(index)
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let said = process.stderr.take().expect("standard error");
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line).expect("it says where it listens");
        let (_, rest) = line.split_once("http://").expect("an address");
        let address = rest.split('/').next().unwrap_or_default().to_owned();
        Self { process, address }
    }

    /// Returns its memory in MiB, without the files that it maps, where the system tells.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? >> 10)
    }

    /// Returns a client that keeps its connection.
    fn client(&self) -> impl FnMut(&str) -> io::Result<()> {
        let mut stream = BufReader::new(TcpStream::connect(&self.address).expect("a connection"));
        let address = self.address.clone();
        move |query| {
            let query: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let request = format!("GET /v1/query?q={query} HTTP/1.1\r\nHost: {address}\r\n\r\n");
            stream.get_mut().write_all(request.as_bytes())?;
            read_answer(&mut stream)
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads an answer to its end, so that the next request can follow.
fn read_answer(stream: &mut BufReader<TcpStream>) -> io::Result<()> {
    let (mut status, mut line, mut length) = (String::new(), String::new(), 0);
    stream.read_line(&mut status)?;
    while stream.read_line(&mut line)? > 2 {
        let header = line.to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    if length > 0 && status.contains(" 200 ") { Ok(()) } else { Err(io::Error::other(status)) }
}

/// Returns a client of an engine in this process.
fn in_process(engine: &Arc<Engine>, style: &Arc<Style>) -> impl FnMut(&str) -> io::Result<()> {
    let (engine, style) = (Arc::clone(engine), Arc::clone(style));
    move |text| {
        let query = Query::parse(text).map_err(io::Error::other)?;
        let request = QueryRequest::new(Question::Text(query), Arc::clone(&style));
        let answer = engine.query(&request).map_err(io::Error::other)?;
        assert!(!pincite_render::json::results(&answer, false).is_empty());
        Ok(())
    }
}

/// Returns the beginnings of paragraphs of an index, spread over its sources.
fn beginnings(index: &Path) -> Vec<String> {
    let reader = Index::open(index).and_then(|index| index.reader()).expect("a reader");
    let sources = reader.sources().expect("sources");
    let step = (sources.len() / QUERIES).max(1);
    let words = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().take(WORDS).collect();
        words.join(" ").replace(['"', '(', ')', ':', '*', '~'], " ")
    };
    let some = sources.iter().step_by(step);
    some.filter_map(|entry| reader.passage(&entry.source.id, 1).expect("a passage"))
        .map(|passage| words(passage.plain()))
        .collect()
}

fn number(variable: &str, otherwise: usize) -> usize {
    env::var(variable).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    // `cargo test --benches` asks for a list of benches.
    if env::args().any(|argument| argument == "--list") {
        return;
    }
    let temporary = TempDir::new().expect("a folder");
    let index = env::var_os("PINCITE_BENCH_INDEX").map_or_else(
        || {
            let (articles, index) = (temporary.path().join("in"), temporary.path().join("index"));
            articles::generate(&articles, |_| {});
            let update = Update { paths: vec![articles], ..Update::default() };
            Index::update(&index, &update, &()).expect("an index");
            index
        },
        PathBuf::from,
    );
    let mut queries: Vec<String> = match env::var_os("PINCITE_BENCH_QUERIES") {
        Some(file) => {
            fs::read_to_string(file).expect("queries").lines().map(str::to_owned).collect()
        }
        None => beginnings(&index),
    };
    // What has a slip in an operator is refused at once.
    queries.retain(|query| Query::parse(query).is_ok());
    println!("{} queries", queries.len());
    let clients = number("PINCITE_BENCH_CLIENTS", 32);
    let time = Duration::from_secs(number("PINCITE_BENCH_SECONDS", 5) as u64);
    let load = Load { queries, clients, time };

    let server = Server::start(&index);
    let ended = AtomicUsize::new(0);
    let memory = thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut memory = Vec::new();
            while ended.load(Ordering::Relaxed) == 0 {
                memory.extend(server.memory());
                thread::sleep(load.time / 12);
            }
            memory
        });
        let measured = load.run(load.clients, || server.client());
        ended.store(1, Ordering::Relaxed);
        load.print(&format!("served to {} clients", load.clients), measured);
        watch.join().expect("a thread")
    });
    println!("memory of the server over time, in MiB: {memory:?}");
    drop(server);

    let engine = Arc::new(Engine::new(&index));
    let style = Arc::new(Style::find(Style::DEFAULT).expect("a style"));
    for threads in [load.clients, 1] {
        let measured = load.run(threads, || in_process(&engine, &style));
        load.print(&format!("in process on {threads} threads"), measured);
    }
}
