//! [`Packed`]: a single file that is compressed, read as the file that it unpacks to.

use std::io::{self, BufRead, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{GZIP, USUAL_RATIO, damaged, limit, too_large};
use crate::extract::content::Stream;
use crate::extract::{Content, Document, Extractor, Fields, Reader, Room, Split, Unreadable};
use crate::files::MAX_TEXT;

/// A way to compress a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::formats) enum Compression {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

/// The ways to compress a file, each by the extension of files, and by that of archives of `tar`.
pub(in crate::extract::formats) const COMPRESSIONS: [(Compression, &str, &[&str]); 4] = [
    (Compression::Gzip, "gz", &["tgz", "taz"]),
    (Compression::Bzip2, "bz2", &["tbz", "tbz2"]),
    (Compression::Xz, "xz", &["txz"]),
    (Compression::Zstd, "zst", &["tzst"]),
];

/// The memory that an xz file may ask for, in KiB: what its strongest preset needs, and some more.
const XZ_MEMORY: u32 = 100 << 10;

/// The most bytes of an archive or a mailbox that are kept unpacked, to be read in any order.
const IN_MEMORY: u64 = 32 << 20;

/// The extractor for compressed files of one format.
pub(in crate::extract::formats) struct Packed {
    pub(in crate::extract::formats) compression: Compression,
    pub(in crate::extract::formats) inner: &'static dyn Extractor,
}

impl Extractor for Packed {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn version(&self) -> u32 {
        self.inner.version()
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.inner.extensions()
    }

    fn sniffs(&self, _head: &[u8]) -> bool {
        false
    }

    fn weight(&self, size: u64) -> u64 {
        self.inner.weight(size.saturating_mul(USUAL_RATIO))
    }

    fn has_fields(&self) -> bool {
        self.inner.has_fields()
    }

    fn has_records(&self) -> bool {
        self.inner.has_records()
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let unpacked = self.compression.unpack(bytes.into(), false)?;
        self.inner.extract(unpacked.into_bytes(MAX_TEXT).map_err(|error| damaged(&error))?)
    }

    fn split(&self, bytes: Vec<u8>, fields: &Fields) -> Result<Split, Unreadable> {
        self.split_content(bytes.into(), fields, &Room::default())
    }

    fn streams(&self) -> bool {
        self.inner.streams()
    }

    fn split_content(
        &self,
        content: Content,
        fields: &Fields,
        room: &Room,
    ) -> Result<Split, Unreadable> {
        // The records of an archive of web pages are compressed one by one, and unpacked so.
        if self.compression == Compression::Gzip && self.inner.name() == super::WARC.name {
            return self.inner.split_content(content, fields, room);
        }
        let unpacked = self.compression.unpack(content, self.inner.streams())?;
        self.inner.split_content(unpacked, fields, room)
    }
}

impl Compression {
    /// Unpacks a file. What it unpacks to is in memory, or unpacked anew each time that it is read
    /// if it is large and `may_stream` allows it.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged, or unpacks to more than its limit; if it is large, that may
    /// only be found when it is read.
    pub(super) fn unpack(self, packed: Content, may_stream: bool) -> Result<Content, Unreadable> {
        if packed.is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        let size = packed.len().unwrap_or_default();
        let (most, in_memory) =
            if may_stream { (Room::MAX_BYTES, IN_MEMORY) } else { (MAX_TEXT, MAX_TEXT) };
        let left = limit(size, most);
        let open = move || {
            let stream = self.stream(packed.reader(0))?;
            Ok(Box::new(Bounded { stream, left, error: too_large(size, left) }) as Stream)
        };
        let mut unpacked = Vec::new();
        let read = open().and_then(|it| it.take(in_memory + 1).read_to_end(&mut unpacked));
        let reason = |error: io::Error| match error.kind() {
            io::ErrorKind::OutOfMemory => "needs too much memory to be unpacked".to_owned(),
            io::ErrorKind::FileTooLarge => error.to_string(),
            _ => format!("is damaged: it is no whole {self} file"),
        };
        read.map_err(|error| Unreadable(reason(error)))?;
        Ok(if unpacked.len() as u64 > in_memory {
            Content::of_stream(open)
        } else {
            unpacked.into()
        })
    }

    fn stream(self, packed: Reader) -> io::Result<Stream> {
        Ok(match self {
            Compression::Gzip => Box::new(Gunzip(Some(GzDecoder::new(packed)))),
            Compression::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
            Compression::Xz => Box::new(XzReader::new_mem_limit(packed, true, XZ_MEMORY)),
            Compression::Zstd => {
                Box::new(Unzstd { packed, decoder: FrameDecoder::new(), is_in_frame: false })
            }
        })
    }
}

impl std::fmt::Display for Compression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Compression::Gzip => "gzip",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
            Compression::Zstd => "Zstandard",
        })
    }
}

/// Fails where a stream has more bytes than are left.
struct Bounded {
    stream: Stream,
    left: u64,
    error: Unreadable,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into)?;
        let Some(left) = self.left.checked_sub(read as u64) else {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, self.error.clone()));
        };
        self.left = left;
        Ok(read)
    }
}

/// Unpacks members of a gzip file up to the first byte that begins none: the padding of a tape.
struct Gunzip(Option<GzDecoder<Reader>>);

impl Read for Gunzip {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let read = member.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            let Some(mut packed) = self.0.take().map(GzDecoder::into_inner) else { break };
            if packed.is_at(GZIP)? {
                self.0 = Some(GzDecoder::new(packed));
            }
        }
        Ok(0)
    }
}

/// Unpacks the frames of a Zstandard file, each with its checksum.
struct Unzstd {
    packed: Reader,
    decoder: FrameDecoder,
    is_in_frame: bool,
}

impl Unzstd {
    /// Begins the next frame that has a content; returns `false` at the end.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.packed.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.packed) {
                Ok(()) => {
                    self.is_in_frame = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let mut skipped = (&mut self.packed).take(length);
                    if io::copy(&mut skipped, &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl Read for Unzstd {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !into.is_empty() && (self.is_in_frame || self.begin()?) {
            let decoder = &mut self.decoder;
            while decoder.can_collect() == 0 && !decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                decoder.decode_blocks(&mut self.packed, one).map_err(io::Error::other)?;
            }
            let read = decoder.read(into)?;
            if read > 0 {
                return Ok(read);
            }
            let declared = decoder.get_checksum_from_data();
            if declared.is_some() && declared != decoder.get_calculated_checksum() {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.is_in_frame = false;
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        gzip_as(flate2::Compression::best(), bytes)
    }

    fn gzip_as(level: flate2::Compression, bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), level);
        out.write_all(bytes).expect("it is written to memory");
        out.finish().expect("it is written to memory")
    }

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut out = ::bzip2::write::BzEncoder::new(Vec::new(), ::bzip2::Compression::best());
        out.write_all(bytes).expect("it is written to memory");
        out.finish().expect("it is written to memory")
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let options = lzma_rust2::XzOptions::with_preset(1);
        let mut out = lzma_rust2::XzWriter::new(Vec::new(), options).expect("the options are good");
        out.write_all(bytes).expect("it is written to memory");
        out.finish().expect("it is written to memory")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn unpack(compression: Compression, packed: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let unpacked = compression.unpack(packed.to_vec().into(), false)?;
        Ok(unpacked.into_bytes(MAX_TEXT).expect("it is in memory"))
    }

    #[test]
    fn files_are_unpacked_with_their_checksums() {
        let text = "The ferry at Karvo ran twice a day. ".repeat(400).into_bytes();
        for (compression, packed) in [
            (Compression::Gzip, gzip(&text)),
            (Compression::Bzip2, bzip2(&text)),
            (Compression::Xz, xz(&text)),
            (Compression::Zstd, zstd(&text)),
        ] {
            assert_eq!(unpack(compression, &packed), Ok(text.clone()), "{compression}");
            let twice = [packed.clone(), packed.clone()].concat();
            assert_eq!(unpack(compression, &twice), Ok(text.repeat(2)), "{compression}");
            for cut in [1, 5, packed.len() / 2, packed.len() - 1] {
                assert!(unpack(compression, &packed[..cut]).is_err(), "{compression}: {cut}");
            }
            let mut wrong = packed.clone();
            // The checksum of gzip is before the length, that of the others near the end.
            let at =
                if compression == Compression::Gzip { packed.len() - 6 } else { packed.len() - 3 };
            wrong[at] ^= 0x10;
            let error = unpack(compression, &wrong).expect_err("the checksum is wrong");
            assert_eq!(error.0, format!("is damaged: it is no whole {compression} file"));
            assert!(unpack(compression, b"plain words").is_err());
            assert!(unpack(compression, b"").is_err());
        }
        let padded = [gzip(&text), vec![0; 512]].concat();
        assert_eq!(unpack(Compression::Gzip, &padded), Ok(text));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let zeros = vec![b'0'; 32 << 20];
        for (compression, packed) in [
            (Compression::Gzip, gzip(&zeros)),
            (Compression::Bzip2, bzip2(&zeros)),
            (Compression::Xz, xz(&zeros)),
        ] {
            let error = unpack(compression, &packed).expect_err("it is a bomb");
            assert!(error.0.starts_with("unpacks to more than is read: more than "), "{error}");
        }
    }

    #[test]
    fn what_is_large_is_unpacked_as_it_is_read() {
        // It repeats itself beyond the window of gzip, and not within that of Zstandard.
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let large: Vec<u8> = (0..1 << 20).map(|_| random()).collect();
        let large = large.repeat(IN_MEMORY as usize / large.len() + 1);
        let span = |at: usize| crate::text::Span::new(at, at + 1000);
        for (compression, packed) in [
            (Compression::Gzip, gzip_as(flate2::Compression::none(), &large)),
            (Compression::Zstd, zstd(&large)),
        ] {
            let cut: Content = packed[..packed.len() - 1].to_vec().into();
            let unpacked = compression.unpack(packed.into(), true).expect("it is whole");
            assert_eq!(unpacked.len(), None, "{compression}");
            for at in [30_000_000, 7, 34_000_000] {
                let slice = unpacked.slice(span(at)).expect("it is there");
                assert_eq!(slice, large[at..at + 1000], "{compression}");
            }
            assert!(unpacked.slice(span(large.len() - 999)).is_err());
            let unpacked = compression.unpack(cut, true).expect("its start is whole");
            assert!(unpacked.into_bytes(MAX_TEXT).is_err(), "{compression}");
        }
    }
}
