//! Lists the answers in an archive of web pages (WARC): each is a member, with its address for a
//! name.
//!
//! Such an archive is mostly compressed, record by record, so that each can be unpacked alone. What
//! was answered is HTTP, whose own encodings are undone; requests, redirections, errors and what is
//! no page or text are passed over.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use serde_json::Map;

use super::super::declared;
use super::super::registry::extractor_for;
use super::members::{Container, Listed, Listing};
use super::{GZIP, damaged, limit, too_large};
use crate::extract::{Content, Room, Unreadable};
use crate::files::MAX_TEXT;
use crate::source::Metadata;
use crate::text::Span;

/// The media types that are read, each with the name of a file of its format.
const MEDIA: [(&str, &str); 5] = [
    ("text/html", "a.html"),
    ("application/xhtml+xml", "a.html"),
    ("text/plain", "a.txt"),
    ("text/markdown", "a.md"),
    ("application/pdf", "a.pdf"),
];

/// The first bytes of an archive, and of each record.
const MARK: &[u8] = b"WARC/";

struct Warc {
    content: Content,
    answers: Vec<Answer>,
    /// The compressed stretch that was read last: it may have many answers.
    last: Mutex<Option<(u64, Content)>>,
}

impl Warc {
    /// Returns what the compressed stretch that starts at a byte unpacks to.
    fn stretch(&self, at: u64) -> Content {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, unpacked)) = &*last
            && *known == at
        {
            return unpacked.clone();
        }
        let content = self.content.clone();
        let unpacked = Content::of_stream(move || Ok(Box::new(GzDecoder::new(content.reader(at)))));
        *last = Some((at, unpacked.clone()));
        unpacked
    }
}

/// An answer in an archive.
struct Answer {
    /// The start of the compressed stretch of the archive that it is in; `None` if it stands as it
    /// is.
    packed_at: Option<u64>,
    /// Its body in what that stretch unpacks to, or in the archive.
    body: Span,
    is_chunked: bool,
    encoding: String,
    url: String,
    date: Option<String>,
}

impl Container for Warc {
    fn unpack(&self, n: usize) -> Result<Vec<u8>, Unreadable> {
        let answer = &self.answers[n];
        let body = match answer.packed_at {
            None => self.content.slice(answer.body),
            Some(at) => self.stretch(at).slice(answer.body),
        };
        let body = body.map_err(|error| damaged(&error))?;
        let body = if answer.is_chunked { joined(&body) } else { Some(body) };
        let Some(body) = body else {
            return Err(Unreadable("is damaged: its chunks cannot be joined".to_owned()));
        };
        decoded(body, &answer.encoding)
    }

    fn about(&self, n: usize) -> Option<Metadata> {
        let answer = &self.answers[n];
        let mut table = Map::new();
        table.insert("url".to_owned(), answer.url.as_str().into());
        if let Some(date) = &answer.date {
            table.insert("accessed".to_owned(), date.as_str().into());
        }
        Some(declared::of_table(table))
    }
}

/// Lists the answers in an archive.
pub(super) fn list(content: Content, room: &Room) -> Result<Listing, Unreadable> {
    let mut found = Found { room, members: Vec::new(), answers: Vec::new(), warnings: Vec::new() };
    found.archive(&content).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => {
            Unreadable("is no archive of web pages: it does not begin with WARC/".to_owned())
        }
        _ => damaged(&error),
    })?;
    if found.is_full() {
        found.warnings.push(room.too_many());
    }
    let Found { members, answers, warnings, .. } = found;
    Ok(Listing {
        container: Box::new(Warc { content, answers, last: Mutex::default() }),
        members,
        warnings,
        is_flat: false,
    })
}

/// A stretch of an archive, read record by record.
struct Stretch<R> {
    input: BufReader<io::Take<R>>,
    /// The number of bytes that were read.
    at: u64,
}

impl<R: Read> Stretch<R> {
    /// A stretch of which at most `limit` bytes are read.
    fn new(input: R, limit: u64) -> Self {
        Self { input: BufReader::with_capacity(64 << 10, input.take(limit)), at: 0 }
    }

    /// Passes over bytes up to a place; returns whether there are as many.
    fn pass(&mut self, to: u64) -> io::Result<bool> {
        let step = to.saturating_sub(self.at);
        io::copy(&mut self.by_ref().take(step), &mut io::sink())?;
        Ok(self.at == to)
    }

    /// Returns whether as much was read as may be.
    fn is_at_limit(&self) -> bool {
        self.input.get_ref().limit() == 0
    }
}

impl<R: Read> BufRead for Stretch<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.input.consume(amount);
    }
}

impl<R: Read> Read for Stretch<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// The answers that are found.
struct Found<'a> {
    room: &'a Room,
    members: Vec<Listed>,
    answers: Vec<Answer>,
    warnings: Vec<String>,
}

impl Found<'_> {
    fn is_full(&self) -> bool {
        self.members.len() >= self.room.members()
    }

    /// Finds the records in an archive. If it is none, the error is [`io::ErrorKind::InvalidData`].
    fn archive(&mut self, content: &Content) -> io::Result<()> {
        let mut reader = content.reader(0);
        if reader.is_at(MARK)? {
            let mut all = Stretch::new(reader, Room::MAX_BYTES);
            self.records(&mut all, None)?;
            self.say_limit(&all, self.room.is_full());
            return Ok(());
        }
        let mut first = Vec::new();
        let len = MARK.len() as u64;
        let unpacked = GzDecoder::new(content.reader(0)).take(len).read_to_end(&mut first);
        if !reader.is_at(GZIP)? || (unpacked.is_ok() && first != MARK) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let size = content.len().unwrap_or(u64::MAX);
        let mut left = Room::MAX_BYTES;
        while reader.is_at(GZIP)? && !self.is_full() {
            let at = reader.position();
            let most = limit(size.saturating_sub(at), left);
            let mut stretch = Stretch::new(GzDecoder::new(reader), most);
            let before = self.answers.len();
            let read = self.records(&mut stretch, Some(at));
            // Its checksum is at its end.
            if read.and_then(|()| stretch.pass(u64::MAX)).is_err() {
                self.answers.truncate(before);
                self.members.truncate(before);
                let message = format!("is damaged at byte {at}: what follows is not read");
                self.warnings.push(message);
                break;
            }
            let is_left = most < left;
            let reason = if is_left { too_large(size, most).0 } else { self.room.is_full() };
            if self.say_limit(&stretch, reason) {
                break;
            }
            left -= stretch.at;
            reader = stretch.input.into_inner().into_inner().into_inner();
        }
        Ok(())
    }

    /// Says why the rest of a stretch is not read, if there is one; returns whether.
    fn say_limit<R: Read>(&mut self, stretch: &Stretch<R>, reason: String) -> bool {
        let is_at_limit = stretch.is_at_limit();
        if is_at_limit {
            self.warnings.push(format!("{reason}: what follows is not read"));
        }
        is_at_limit
    }

    /// Finds the records in a stretch of an archive.
    fn records<R: Read>(
        &mut self,
        stretch: &mut Stretch<R>,
        packed_at: Option<u64>,
    ) -> io::Result<()> {
        while !self.is_full() {
            match stretch.fill_buf()?.first() {
                None => break,
                // Records are parted by empty lines.
                Some(b'\r' | b'\n') => {
                    stretch.consume(1);
                    continue;
                }
                Some(_) => {}
            }
            let place = packed_at.unwrap_or(stretch.at);
            let head = Head::read(stretch, "WARC/")?;
            let end = head.as_ref().and_then(|head| {
                let size = head.get("content-length")?.parse::<u64>().ok()?;
                stretch.at.checked_add(size)
            });
            let mut answer = None;
            let mut is_whole = false;
            if let (Some(head), Some(end)) = (head, end) {
                answer = Self::answer(&head, stretch, end, packed_at)?;
                is_whole = stretch.pass(end)?;
            }
            if !is_whole {
                if !stretch.is_at_limit() {
                    let message = format!("is damaged at byte {place}: a record is not read");
                    self.warnings.push(message);
                }
                break;
            }
            if let Some((member, answer)) = answer {
                self.members.push(member);
                self.answers.push(answer);
            }
        }
        Ok(())
    }

    /// Reads a record up to its body, if that is an answer which is read. It ends at `end`.
    fn answer<R: Read>(
        head: &Head,
        stretch: &mut Stretch<R>,
        end: u64,
        packed_at: Option<u64>,
    ) -> io::Result<Option<(Listed, Answer)>> {
        let Some(url) = head.get("warc-target-uri") else { return Ok(None) };
        let url = url.trim_matches(['<', '>']).to_owned();
        let (media, http) = match head.get("warc-type") {
            Some("response") => {
                let size = end - stretch.at;
                let http = Head::read(&mut stretch.by_ref().take(size), "HTTP/")?;
                let Some(http) = http else { return Ok(None) };
                if http.first.split_ascii_whitespace().nth(1) != Some("200") {
                    return Ok(None);
                }
                (http.get("content-type").unwrap_or_default().to_owned(), Some(http))
            }
            Some("resource" | "conversion") => {
                (head.get("content-type").unwrap_or_default().to_owned(), None)
            }
            _ => return Ok(None),
        };
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let body = Span::new(place(stretch.at), place(end));
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let file = MEDIA.iter().find(|(known, _)| *known == media).map(|(_, file)| *file);
        let Some(reader) = file.and_then(|file| extractor_for(Path::new(file))) else {
            return Ok(None);
        };
        let header = |name: &str| http.as_ref().and_then(|http| http.get(name)).unwrap_or_default();
        let is_chunked = header("transfer-encoding").eq_ignore_ascii_case("chunked");
        let encoding = header("content-encoding").to_ascii_lowercase();
        let date = head.get("warc-date").and_then(|date| date.get(..10)).map(str::to_owned);
        let name: String = url.chars().filter(|c| !c.is_control()).take(1024).collect();
        let member = Listed::addressed(name, body.len() as u64, reader);
        Ok(Some((member, Answer { packed_at, body, is_chunked, encoding, url, date })))
    }
}

/// The first lines of a record, or of an answer in HTTP.
struct Head {
    first: String,
    /// Names in lower case.
    fields: Vec<(String, String)>,
}

impl Head {
    /// The most bytes of it.
    const MAX: u64 = 64 << 10;

    /// Reads it, if it begins with `mark`, up to what it is the head of.
    fn read(input: &mut impl BufRead, mark: &str) -> io::Result<Option<Self>> {
        let mut input = input.take(Self::MAX);
        let mut head = Head { first: String::new(), fields: Vec::new() };
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            if head.first.is_empty() {
                if !text.starts_with(mark) {
                    break;
                }
                head.first = text.into_owned();
            } else if text.is_empty() {
                return Ok(Some(head));
            } else if let Some((name, value)) = text.split_once(':') {
                head.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            line.clear();
        }
        Ok(None)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Joins the chunks of a body. A crawler may have joined them, and kept the header.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    loop {
        let line = body[at..].iter().position(|&byte| byte == b'\n')?;
        let digits = str::from_utf8(&body[at..at + line]).ok()?;
        let digits = digits.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(digits, 16) else {
            return (at == 0).then(|| body.to_vec());
        };
        if size == 0 {
            return Some(out);
        }
        let start = at + line + 1;
        let end = start.checked_add(size).filter(|&end| end <= body.len())?;
        out.extend_from_slice(&body[start..end]);
        at = end + if body[end..].starts_with(b"\r\n") { 2 } else { 1 };
        if at > body.len() {
            return None;
        }
    }
}

/// Undoes the encoding of a body.
fn decoded(body: Vec<u8>, encoding: &str) -> Result<Vec<u8>, Unreadable> {
    let limit = limit(body.len() as u64, MAX_TEXT);
    let mut out = Vec::new();
    let read = match encoding {
        // A crawler may have undone it, and kept the header.
        "gzip" | "x-gzip" if !body.starts_with(GZIP) => return Ok(body),
        "gzip" | "x-gzip" => GzDecoder::new(&body[..]).take(limit + 1).read_to_end(&mut out),
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
            ZlibDecoder::new(&body[..]).take(limit + 1).read_to_end(&mut out)
        }
        "deflate" => DeflateDecoder::new(&body[..]).take(limit + 1).read_to_end(&mut out),
        "" | "identity" => return Ok(body),
        other => {
            let other: String = other.chars().filter(|c| !c.is_control()).take(20).collect();
            return Err(Unreadable(format!("has an encoding that is not read: {other}")));
        }
    };
    if out.len() as u64 > limit {
        return Err(too_large(body.len() as u64, limit));
    }
    read.map_err(|_| Unreadable("is damaged: its encoding cannot be undone".to_owned()))?;
    Ok(out)
}
