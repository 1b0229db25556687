//! Runs the reader in a process of its own, which may die without harm.
//!
//! Each file has its own: it has limits that no other file uses up, and whatever a file does to it
//! is gone with it. Messages come over a pipe.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::read::read;
use super::wire::Message;
use crate::extract::Unreadable;
use crate::files::{MAX_TEXT, read_all};

/// The longest that the reader may take.
#[derive(Debug, Clone, Copy)]
struct Times {
    /// For one page.
    page: Duration,
    /// For a file.
    file: Duration,
}

/// The times that a reader has.
const TIMES: Times = Times { page: Duration::from_secs(60), file: Duration::from_secs(900) };

/// The most processor time of a file, in seconds.
const MAX_PROCESSOR: u64 = 900;

/// The most memory of the process, in bytes, beside the file.
const MAX_MEMORY: u64 = 2 << 30;

/// The most bytes of messages.
const MAX_ANSWER: u64 = 1 << 30;

/// The size of the stack of the reader, which is recursive, in bytes.
const STACK: usize = 64 << 20;

static COMMAND: OnceLock<(PathBuf, Vec<OsString>)> = OnceLock::new();

/// Says how to start a process that does nothing but call [`serve`]. It is set once; where it is
/// not, PDF files are read in this process, in which a hostile one can take all memory and time.
pub fn set_reader(program: PathBuf, arguments: Vec<OsString>) {
    // The first to be set stays.
    let _ = COMMAND.set((program, arguments));
}

/// Reads a PDF file from standard input, and writes what is in it to standard output, for
/// [`set_reader`]. The process takes on limits of memory and processor time first.
///
/// # Errors
///
/// Those of standard input and output.
pub fn serve() -> io::Result<()> {
    let bytes = read_all(io::stdin().lock(), MAX_TEXT)?;
    limit(bytes.len() as u64);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = None;
    on_large_stack(bytes, |message| {
        let written = serde_json::to_writer(&mut out, &message)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .and_then(|()| out.flush());
        failed = written.err();
        failed.is_none()
    });
    failed.map_or(Ok(()), Err)
}

#[cfg(unix)]
fn limit(len: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = |resource: Resource, most: u64| {
        // One that is lower already, for whoever started the program, stays.
        let most = getrlimit(resource).current.map_or(most, |now| now.min(most));
        // Where the system refuses, the time limits of the other process are left.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    };
    limit(Resource::As, MAX_MEMORY.saturating_add(len.saturating_mul(8)));
    limit(Resource::Cpu, MAX_PROCESSOR);
    limit(Resource::Core, 0);
    limit(Resource::Fsize, 0);
}

#[cfg(not(unix))]
fn limit(_len: u64) {}

/// Reads a file on a thread that has room for recursion.
fn on_large_stack(bytes: Vec<u8>, mut send: impl FnMut(Message) -> bool) {
    let (sender, receiver) = channel();
    let reader = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || read(bytes, |message| sender.send(message).is_ok()));
    for message in receiver {
        if !send(message) {
            break;
        }
    }
    // It has caught its panics.
    let _ = reader.map(thread::JoinHandle::join);
}

/// Returns all messages about a file.
///
/// # Errors
///
/// [`Unreadable`] if the reader could not be started, died, or took too long.
pub(super) fn messages(bytes: Vec<u8>) -> Result<Vec<Message>, Unreadable> {
    let mut messages = Vec::new();
    match COMMAND.get() {
        Some((program, arguments)) => {
            let mut command = Command::new(program);
            command.args(arguments);
            in_child(command, &bytes, TIMES, &mut messages)?;
        }
        None => on_large_stack(bytes, |message| {
            messages.push(message);
            true
        }),
    }
    Ok(messages)
}

fn in_child(
    mut command: Command,
    bytes: &[u8],
    times: Times,
    messages: &mut Vec<Message>,
) -> Result<(), Unreadable> {
    let failed = |why: &str| Unreadable(format!("cannot be read: {why}"));
    let started =
        command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = started
        .spawn()
        .map_err(|error| failed(&format!("the reader of PDF files does not start: {error}")))?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(failed("the reader of PDF files has no pipe"));
    };
    let begin = Instant::now();
    let (sender, receiver) = channel();
    let is_late = thread::scope(|scope| {
        scope.spawn(move || {
            // A reader that ends before it has read all says why, or has died.
            let _ = input.write_all(bytes);
        });
        scope.spawn(move || {
            for line in BufReader::new(output.take(MAX_ANSWER)).lines() {
                let Ok(line) = line else { break };
                let Ok(message) = serde_json::from_str::<Message>(&line) else { break };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let is_late = loop {
            match receiver.recv_timeout(times.page) {
                Ok(message) => messages.push(message),
                Err(RecvTimeoutError::Disconnected) => break false,
                Err(RecvTimeoutError::Timeout) => break true,
            }
            if begin.elapsed() > times.file {
                break true;
            }
        };
        // It has ended already, or has to.
        let _ = child.kill();
        is_late
    });
    let _ = child.wait();
    let page = messages.iter().filter(|message| matches!(message, Message::Page(_))).count() + 1;
    if is_late {
        return Err(Unreadable(format!("takes too long to read, at page {page}")));
    }
    match messages.last() {
        Some(Message::End | Message::Refused(_)) => Ok(()),
        _ => Err(Unreadable(format!(
            "cannot be read: its reader died at page {page}, as the file is damaged, or takes more \
             than {} MiB of memory",
            MAX_MEMORY >> 20
        ))),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A message about a page, as a reader writes it.
    const PAGE: &str = r#"{"Page":{"number":1,"label":null,"runs":[],"doubtful":false}}"#;

    /// Reads what a script, in the place of the reader, says of a file of a MiB.
    fn told(script: &str) -> (Result<(), String>, usize) {
        let times = Times { page: Duration::from_secs(2), file: Duration::from_secs(4) };
        let mut messages = Vec::new();
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        let result = in_child(command, &vec![b'%'; 1 << 20], times, &mut messages);
        (result.map_err(|error| error.to_string()), messages.len())
    }

    #[test]
    fn a_reader_that_ends_early_or_never_is_an_error() {
        let whole = format!("echo '{PAGE}'; echo '\"End\"'");
        assert_eq!(told(&whole), (Ok(()), 2));
        let died = "cannot be read: its reader died at page ";
        for (script, begins) in [
            ("exit 3".to_owned(), format!("{died}1")),
            ("kill -9 $$".to_owned(), format!("{died}1")),
            (format!("echo '{PAGE}'; kill -11 $$"), format!("{died}2")),
            (format!("cat > /dev/null; echo '{PAGE}'; echo nonsense"), format!("{died}2")),
            (format!("echo '{PAGE}'; sleep 30"), "takes too long to read, at page 2".to_owned()),
            (
                format!("while echo '{PAGE}'; do sleep 1; done"),
                "takes too long to read, at page ".to_owned(),
            ),
        ] {
            let (result, _) = told(&script);
            let error = result.expect_err(&script);
            assert!(error.starts_with(&begins), "{script}: {error}");
        }
        let mut missing = Vec::new();
        let nothing = Command::new("/nowhere/at/all");
        let error = in_child(nothing, b"%", TIMES, &mut missing).expect_err("there is none");
        assert!(error.0.contains("does not start"), "{error}");
    }
}
