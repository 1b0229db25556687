//! Runs the reader in a process of its own, which may die without harm.
//!
//! Each file has its own: it has limits that no other file uses up, and whatever a file does to it is
//! gone with it. Messages come over a pipe.

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

/// The longest that one page may take.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// The longest that a file may take.
const MAX_TIME: Duration = Duration::from_secs(900);

/// The most processor time of a file, in seconds.
const MAX_PROCESSOR: u64 = 900;

/// The most memory of the process, in bytes, beside the file.
const MAX_MEMORY: u64 = 2 << 30;

/// The most bytes of messages.
const MAX_ANSWER: u64 = 1 << 30;

/// The size of the stack of the reader, which is recursive, in bytes.
const STACK: usize = 64 << 20;

static COMMAND: OnceLock<(PathBuf, Vec<OsString>)> = OnceLock::new();

/// Says how to start a process that does nothing but call [`serve`]. It is set once; where it is not,
/// PDF files are read in this process, in which a hostile one can take all memory and time.
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
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    // Where the system refuses, the time limits of the other process are left.
    let _ = setrlimit(Resource::As, most(MAX_MEMORY.saturating_add(len.saturating_mul(8))));
    let _ = setrlimit(Resource::Cpu, most(MAX_PROCESSOR));
    let _ = setrlimit(Resource::Core, most(0));
    let _ = setrlimit(Resource::Fsize, most(0));
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
            in_child(command, &bytes, &mut messages)?;
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
            match receiver.recv_timeout(MAX_WAIT) {
                Ok(message) => messages.push(message),
                Err(RecvTimeoutError::Disconnected) => break false,
                Err(RecvTimeoutError::Timeout) => break true,
            }
            if begin.elapsed() > MAX_TIME {
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
