//! Lists the answers in an archive of web pages (WARC): each is a member, with its address for a
//! name.
//!
//! Such an archive is mostly compressed, record by record, so that each can be unpacked alone. What
//! was answered is HTTP, whose own encodings are undone; requests, redirections, errors and what is
//! no page or text are passed over.

use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use serde_json::Map;

use super::super::declared;
use super::super::registry::extractor_for;
use super::members::{Container, Listed, Listing};
use super::{limit, too_large};
use crate::extract::{Room, Unreadable};
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

/// The first bytes of what is compressed with gzip.
const GZIP: &[u8] = b"\x1f\x8b";

struct Warc {
    bytes: Vec<u8>,
    answers: Vec<Answer>,
    /// The compressed stretch that was unpacked last: it may have many answers.
    last: Mutex<Option<(usize, Arc<Vec<u8>>)>>,
}

impl Warc {
    /// Unpacks the compressed stretch that starts at a byte.
    fn stretch(&self, at: usize) -> Result<Arc<Vec<u8>>, Unreadable> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, unpacked)) = &*last
            && *known == at
        {
            return Ok(Arc::clone(unpacked));
        }
        *last = None;
        let unpacked = Arc::new(unpack(&self.bytes[at..])?.0);
        *last = Some((at, Arc::clone(&unpacked)));
        Ok(unpacked)
    }
}

/// An answer in an archive.
struct Answer {
    /// The start of the compressed stretch of the archive that it is in; `None` if it stands as it
    /// is.
    packed_at: Option<usize>,
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
        let damaged = || Unreadable("is damaged".to_owned());
        let body = match answer.packed_at {
            None => self.bytes[answer.body.start..answer.body.end].to_vec(),
            Some(at) => {
                let unpacked = self.stretch(at)?;
                let body = unpacked.get(answer.body.start..answer.body.end);
                body.ok_or_else(damaged)?.to_vec()
            }
        };
        let body = if answer.is_chunked { joined(&body).ok_or_else(damaged)? } else { body };
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
pub(super) fn list(bytes: Vec<u8>, room: &Room) -> Result<Listing, Unreadable> {
    let mut found = Found { room, members: Vec::new(), answers: Vec::new(), warnings: Vec::new() };
    let no_warc =
        || Unreadable("is no archive of web pages: it does not begin with WARC/".to_owned());
    if bytes.starts_with(GZIP) {
        let mut at = 0;
        while bytes[at..].starts_with(GZIP) && !found.is_full() {
            let Ok((unpacked, len)) = unpack(&bytes[at..]) else {
                let message = format!("is damaged at byte {at}: what follows is not read");
                found.warnings.push(message);
                break;
            };
            if at == 0 && !unpacked.starts_with(b"WARC/") {
                return Err(no_warc());
            }
            // Let what is read of one answer be unpacked again.
            if !room.take(unpacked.len() as u64) {
                found.warnings.push(format!("{}: what follows is not read", room.is_full()));
                break;
            }
            found.records(&unpacked, Some(at));
            at += len;
        }
    } else if bytes.starts_with(b"WARC/") {
        found.records(&bytes, None);
    } else {
        return Err(no_warc());
    }
    if found.is_full() {
        found.warnings.push(room.too_many());
    }
    let Found { members, answers, warnings, .. } = found;
    Ok(Listing {
        container: Box::new(Warc { bytes, answers, last: Mutex::default() }),
        members,
        warnings,
        is_flat: false,
    })
}

/// Unpacks the first member of a gzip file. Returns its length there, too.
fn unpack(bytes: &[u8]) -> Result<(Vec<u8>, usize), Unreadable> {
    let mut decoder = GzDecoder::new(bytes);
    // The size of the member is not known before its end.
    let limit = limit(bytes.len() as u64);
    let mut unpacked = Vec::new();
    let read = Read::by_ref(&mut decoder).take(limit + 1).read_to_end(&mut unpacked);
    if read.is_err() {
        return Err(Unreadable("is damaged".to_owned()));
    }
    if unpacked.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok((unpacked, bytes.len() - decoder.into_inner().len()))
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

    /// Finds the records in a stretch of an archive.
    fn records(&mut self, bytes: &[u8], packed_at: Option<usize>) {
        let mut at = 0;
        while at < bytes.len() && !self.is_full() {
            // Records are parted by empty lines.
            if matches!(bytes[at], b'\r' | b'\n') {
                at += 1;
                continue;
            }
            let record = Head::read(&bytes[at..], "WARC/");
            let content = record.as_ref().and_then(|(head, len)| {
                let size = head.get("content-length")?.parse::<usize>().ok()?;
                let start = at + len;
                let end = start.checked_add(size).filter(|&end| end <= bytes.len())?;
                Some(Span::new(start, end))
            });
            let (Some((head, _)), Some(content)) = (record, content) else {
                let place = packed_at.unwrap_or(0) + if packed_at.is_some() { 0 } else { at };
                self.warnings.push(format!("is damaged at byte {place}: a record is not read"));
                return;
            };
            self.record(&head, bytes, content, packed_at);
            at = content.end;
        }
    }

    fn record(&mut self, head: &Head, bytes: &[u8], content: Span, packed_at: Option<usize>) {
        let Some(url) = head.get("warc-target-uri") else { return };
        let url = url.trim_matches(['<', '>']).to_owned();
        let (media, body, http) = match head.get("warc-type") {
            Some("response") => {
                let slice = &bytes[content.start..content.end];
                let Some((http, len)) = Head::read(slice, "HTTP/") else { return };
                let status = http.first.split_ascii_whitespace().nth(1);
                if status != Some("200") {
                    return;
                }
                let media = http.get("content-type").unwrap_or_default().to_owned();
                (media, Span::new(content.start + len, content.end), Some(http))
            }
            Some("resource" | "conversion") => {
                (head.get("content-type").unwrap_or_default().to_owned(), content, None)
            }
            _ => return,
        };
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let file = MEDIA.iter().find(|(known, _)| *known == media).map(|(_, file)| *file);
        let Some(reader) = file.and_then(|file| extractor_for(Path::new(file))) else { return };
        let header = |name: &str| http.as_ref().and_then(|http| http.get(name)).unwrap_or_default();
        let is_chunked = header("transfer-encoding").eq_ignore_ascii_case("chunked");
        let encoding = header("content-encoding").to_ascii_lowercase();
        let date = head.get("warc-date").and_then(|date| date.get(..10)).map(str::to_owned);
        let name: String = url.chars().filter(|c| !c.is_control()).take(1024).collect();
        self.members.push(Listed::addressed(name, body.len() as u64, reader));
        self.answers.push(Answer { packed_at, body, is_chunked, encoding, url, date });
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
    const MAX: usize = 64 << 10;

    /// Reads it, if it begins with `mark`. Returns its length, too.
    fn read(bytes: &[u8], mark: &str) -> Option<(Self, usize)> {
        if !bytes.starts_with(mark.as_bytes()) {
            return None;
        }
        let mut at = 0;
        let mut head = Head { first: String::new(), fields: Vec::new() };
        for line in bytes[..bytes.len().min(Self::MAX)].split_inclusive(|&byte| byte == b'\n') {
            at += line.len();
            let line = String::from_utf8_lossy(line.trim_ascii_end());
            if line.is_empty() {
                return Some((head, at));
            }
            if head.first.is_empty() {
                head.first = line.into_owned();
            } else if let Some((name, value)) = line.split_once(':') {
                head.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        None
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
    let limit = limit(body.len() as u64);
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
        return Err(too_large(body.len() as u64));
    }
    read.map_err(|_| Unreadable("is damaged: its encoding cannot be undone".to_owned()))?;
    Ok(out)
}
