//! [`Packed`]: a single file that is compressed, read as the file that it unpacks to.

use std::io::{self, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::{USUAL_RATIO, limit, too_large};
use crate::extract::{Document, Extractor, Fields, Room, Split, Unreadable};

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
        self.inner.extract(self.compression.unpack(&bytes)?)
    }

    fn split(&self, bytes: Vec<u8>, fields: &Fields) -> Result<Split, Unreadable> {
        self.split_within(bytes, fields, &Room::default())
    }

    fn split_within(
        &self,
        bytes: Vec<u8>,
        fields: &Fields,
        room: &Room,
    ) -> Result<Split, Unreadable> {
        // The records of an archive of web pages are compressed one by one, and unpacked so.
        if self.compression == Compression::Gzip && self.inner.name() == super::WARC.name {
            return self.inner.split_within(bytes, fields, room);
        }
        let unpacked = self.compression.unpack(&bytes)?;
        drop(bytes);
        self.inner.split_within(unpacked, fields, room)
    }
}

impl Compression {
    /// Unpacks a file.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged, or unpacks to more than its limit.
    pub(super) fn unpack(self, bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let limit = limit(bytes.len() as u64);
        if bytes.is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        let mut unpacked = Vec::new();
        let read = match self {
            Compression::Gzip => gunzip(bytes, limit, &mut unpacked),
            Compression::Bzip2 => {
                MultiBzDecoder::new(bytes).take(limit + 1).read_to_end(&mut unpacked).map(drop)
            }
            Compression::Xz => XzReader::new_mem_limit(bytes, true, XZ_MEMORY)
                .take(limit + 1)
                .read_to_end(&mut unpacked)
                .map(drop),
            Compression::Zstd => unzstd(bytes, limit, &mut unpacked),
        };
        if unpacked.len() as u64 > limit {
            return Err(too_large(bytes.len() as u64));
        }
        let reason = |error: io::Error| match error.kind() {
            io::ErrorKind::OutOfMemory => "needs too much memory to be unpacked".to_owned(),
            _ => format!("is damaged: it is no whole {self} file"),
        };
        read.map_err(|error| Unreadable(reason(error)))?;
        Ok(unpacked)
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

/// Unpacks members of a gzip file up to the first byte that begins none, and a byte more than
/// `limit` at most.
fn gunzip(mut bytes: &[u8], limit: u64, unpacked: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let mut member = GzDecoder::new(bytes);
        let left = (limit + 1).saturating_sub(unpacked.len() as u64);
        Read::by_ref(&mut member).take(left).read_to_end(unpacked)?;
        bytes = member.into_inner();
        // Leave out the padding of a tape after the last.
        if unpacked.len() as u64 > limit || !bytes.starts_with(b"\x1f\x8b") {
            return Ok(());
        }
    }
}

fn unzstd(mut bytes: &[u8], limit: u64, unpacked: &mut Vec<u8>) -> io::Result<()> {
    while !bytes.is_empty() {
        let mut frame = match StreamingDecoder::<_, FrameDecoder>::new(&mut bytes) {
            Ok(frame) => frame,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let rest = bytes.get(length as usize..);
                bytes = rest.ok_or(io::ErrorKind::UnexpectedEof)?;
                continue;
            }
            Err(error) => return Err(io::Error::other(error)),
        };
        let left = (limit + 1).saturating_sub(unpacked.len() as u64);
        Read::by_ref(&mut frame).take(left).read_to_end(unpacked)?;
        if unpacked.len() as u64 > limit {
            return Ok(());
        }
        let frame = frame.into_frame_decoder();
        let declared = frame.get_checksum_from_data();
        if declared.is_some() && declared != frame.get_calculated_checksum() {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
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

    #[test]
    fn files_are_unpacked_with_their_checksums() {
        let text = "The ferry at Karvo ran twice a day. ".repeat(400).into_bytes();
        for (compression, packed) in [
            (Compression::Gzip, gzip(&text)),
            (Compression::Bzip2, bzip2(&text)),
            (Compression::Xz, xz(&text)),
            (Compression::Zstd, zstd(&text)),
        ] {
            assert_eq!(compression.unpack(&packed), Ok(text.clone()), "{compression}");
            let twice = [packed.clone(), packed.clone()].concat();
            assert_eq!(compression.unpack(&twice), Ok(text.repeat(2)), "{compression}");
            for cut in [1, 5, packed.len() / 2, packed.len() - 1] {
                assert!(compression.unpack(&packed[..cut]).is_err(), "{compression}: {cut}");
            }
            let mut wrong = packed.clone();
            // The checksum of gzip is before the length, that of the others near the end.
            let at =
                if compression == Compression::Gzip { packed.len() - 6 } else { packed.len() - 3 };
            wrong[at] ^= 0x10;
            let error = compression.unpack(&wrong).expect_err("the checksum is wrong");
            assert_eq!(error.0, format!("is damaged: it is no whole {compression} file"));
            assert!(compression.unpack(b"plain words").is_err());
            assert!(compression.unpack(b"").is_err());
        }
        let padded = [gzip(&text), vec![0; 512]].concat();
        assert_eq!(Compression::Gzip.unpack(&padded), Ok(text));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let zeros = vec![b'0'; 32 << 20];
        for (compression, packed) in [
            (Compression::Gzip, gzip(&zeros)),
            (Compression::Bzip2, bzip2(&zeros)),
            (Compression::Xz, xz(&zeros)),
        ] {
            let error = compression.unpack(&packed).expect_err("it is a bomb");
            assert!(error.0.starts_with("unpacks to more than is read: more than "), "{error}");
        }
    }
}
