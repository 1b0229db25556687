//! [`Content`]: the bytes of a file, of which pieces are read where they lie.
//!
//! A mailbox or an archive may be larger than the memory. Its reader sees the same bytes whether
//! they are in memory, in a file, or what a compressed file unpacks to; of the last it can only
//! read on, so that to go back is to unpack from the start. Readers therefore ask in order.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::text::Span;

/// The bytes of a file. A clone is of the same.
#[derive(Clone)]
pub struct Content(Arc<Kind>);

enum Kind {
    Memory(Vec<u8>),
    File {
        file: Mutex<File>,
        len: u64,
        /// The first error of the operating system.
        fault: OnceLock<String>,
    },
    #[cfg_attr(
        not(feature = "archives"),
        allow(dead_code, reason = "only compressed files are unpacked as they are read")
    )]
    Stream {
        open: Box<dyn Fn() -> io::Result<Stream> + Send + Sync>,
        /// Where the stream that was opened last is.
        cursor: Mutex<Option<(u64, Stream)>>,
    },
}

/// Bytes that can be read once.
pub(super) type Stream = Box<dyn Read + Send>;

impl Content {
    /// The content of an open file of this many bytes.
    pub fn of_file(file: File, len: u64) -> Self {
        Self(Arc::new(Kind::File { file: Mutex::new(file), len, fault: OnceLock::new() }))
    }

    /// The content that each stream has which `open` returns.
    #[cfg(feature = "archives")]
    pub(super) fn of_stream(open: impl Fn() -> io::Result<Stream> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Kind::Stream { open: Box::new(open), cursor: Mutex::default() }))
    }

    /// Returns the number of bytes; `None` if that is not known before they are read.
    pub fn len(&self) -> Option<u64> {
        match &*self.0 {
            Kind::Memory(bytes) => Some(bytes.len() as u64),
            Kind::File { len, .. } => Some(*len),
            Kind::Stream { .. } => None,
        }
    }

    /// Returns whether there are no bytes. What a stream has is not looked at.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Reads bytes from byte `at` on; returns how many, and 0 only at the end.
    ///
    /// # Errors
    ///
    /// Those of the file, or that the stream is damaged or too large.
    pub fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        match &*self.0 {
            Kind::Memory(bytes) => {
                let at = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                (&bytes[at..]).read(into)
            }
            Kind::File { file, fault, .. } => {
                let mut file = lock(file);
                let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read(into));
                read.inspect_err(|error| drop(fault.set(error.to_string())))
            }
            Kind::Stream { open, cursor } => {
                let mut cursor = lock(cursor);
                let (from, mut stream) = match cursor.take() {
                    Some((from, stream)) if from <= at => (from, stream),
                    _ => (0, open()?),
                };
                let passed = io::copy(&mut stream.by_ref().take(at - from), &mut io::sink())?;
                let read = if passed < at - from { 0 } else { stream.read(into)? };
                *cursor = Some((from + passed + read as u64, stream));
                Ok(read)
            }
        }
    }

    /// Reads the bytes of a span.
    ///
    /// # Errors
    ///
    /// Those of [`Content::read_at`], and [`io::ErrorKind::UnexpectedEof`] if there are fewer.
    pub fn slice(&self, span: Span) -> io::Result<Vec<u8>> {
        // What is asked for may be more than there is.
        const STEP: usize = 1 << 20;
        let mut bytes = Vec::new();
        while bytes.len() < span.len() {
            let done = bytes.len();
            bytes.resize(span.len().min(done + STEP), 0);
            let read = self.read_at(&mut bytes[done..], (span.start + done) as u64)?;
            bytes.truncate(done + read);
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(bytes)
    }

    /// Returns all bytes, of which there may be `limit`.
    ///
    /// # Errors
    ///
    /// Those of [`Content::read_at`], and [`io::ErrorKind::FileTooLarge`].
    pub fn into_bytes(self, limit: u64) -> io::Result<Vec<u8>> {
        match Arc::try_unwrap(self.0) {
            Ok(Kind::Memory(bytes)) if bytes.len() as u64 <= limit => Ok(bytes),
            Ok(kind) => crate::files::read_all(Self(Arc::new(kind)).reader(0), limit),
            Err(shared) => crate::files::read_all(Self(shared).reader(0), limit),
        }
    }

    /// Returns a reader that starts at a byte.
    pub fn reader(&self, at: u64) -> Reader {
        Reader { content: self.clone(), at, buffer: Vec::new(), used: 0 }
    }

    /// Returns the first error that the operating system gave when the file was read, which says
    /// nothing of its content.
    pub fn fault(&self) -> Option<&str> {
        match &*self.0 {
            Kind::File { fault, .. } => fault.get().map(String::as_str),
            _ => None,
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Kind::Memory(bytes)))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Content").field(&self.len()).finish()
    }
}

#[cfg(feature = "archives")]
impl rawzip::ReaderAt for Content {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.read_at(into, at)
    }
}

/// Reads a [`Content`] from a place on.
pub struct Reader {
    content: Content,
    /// The place of the buffer's end.
    at: u64,
    buffer: Vec<u8>,
    /// The number of bytes at the start of the buffer that were read from it.
    used: usize,
}

impl Reader {
    /// The size of the buffer in bytes.
    const SIZE: usize = 32 << 10;

    /// Returns the place of the byte that is read next.
    pub fn position(&self) -> u64 {
        self.at - (self.buffer.len() - self.used) as u64
    }

    /// Returns whether the bytes that are read next are these.
    ///
    /// # Errors
    ///
    /// Those of [`Content::read_at`].
    #[cfg(feature = "archives")]
    pub(super) fn is_at(&mut self, mark: &[u8]) -> io::Result<bool> {
        if self.buffer.len() - self.used < mark.len() {
            self.buffer.drain(..self.used);
            self.used = 0;
            while self.buffer.len() < mark.len() && self.fill()? > 0 {}
        }
        Ok(self.buffer[self.used..].starts_with(mark))
    }

    /// Reads behind what is in the buffer; returns how many bytes.
    fn fill(&mut self) -> io::Result<usize> {
        let kept = self.buffer.len();
        self.buffer.resize(kept + Self::SIZE, 0);
        let read = self.content.read_at(&mut self.buffer[kept..], self.at);
        self.buffer.truncate(kept + *read.as_ref().unwrap_or(&0));
        self.at += (self.buffer.len() - kept) as u64;
        read
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used == self.buffer.len() {
            self.buffer.clear();
            self.used = 0;
            self.fill()?;
        }
        Ok(&self.buffer[self.used..])
    }

    fn consume(&mut self, amount: usize) {
        self.used = (self.used + amount).min(self.buffer.len());
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(step) => self.position().checked_add_signed(step),
            SeekFrom::End(step) => self.content.len().and_then(|len| len.checked_add_signed(step)),
        };
        let place = place.ok_or(io::ErrorKind::InvalidInput)?;
        let start = self.at - self.buffer.len() as u64;
        if (start..=self.at).contains(&place) {
            self.used = usize::try_from(place - start).unwrap_or_default();
        } else {
            (self.at, self.used) = (place, 0);
            self.buffer.clear();
        }
        Ok(place)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_same_is_read_from_memory_a_file_and_a_stream() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let mut file = tempfile::tempfile().expect("a file can be made");
        file.write_all(&bytes).expect("it can be written to");
        let copy = bytes.clone();
        let contents = [
            Content::from(bytes.clone()),
            Content::of_file(file, bytes.len() as u64),
            #[cfg(feature = "archives")]
            Content::of_stream(move || Ok(Box::new(io::Cursor::new(copy.clone())))),
            #[cfg(not(feature = "archives"))]
            Content::from(copy),
        ];
        for content in contents {
            for (start, end) in [(150_000, 150_010), (3, 70_000), (199_999, 200_000), (5, 5)] {
                let span = Span::new(start, end);
                assert_eq!(content.slice(span).expect("it is there"), &bytes[start..end]);
            }
            assert!(content.slice(Span::new(199_999, 200_001)).is_err());
            assert!(content.slice(Span::new(300_000, 300_001)).is_err());
            let mut reader = content.reader(10);
            let mut two = [0; 2];
            for (step, at) in [(0, 10), (7, 19), (100_000, 100_021), (-100_000, 23)] {
                reader.seek(SeekFrom::Current(step)).expect("there is such a place");
                assert_eq!(reader.position(), at);
                reader.read_exact(&mut two).expect("there are two more");
                let at = usize::try_from(at).expect("it is small");
                assert_eq!(two, bytes[at..at + 2]);
            }
            assert!(content.clone().into_bytes(199_999).is_err());
            assert_eq!(content.into_bytes(200_000).expect("it is as large"), bytes);
        }
    }
}
