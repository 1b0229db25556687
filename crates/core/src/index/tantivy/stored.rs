//! [`Stored`]: reads documents back, and lets nothing pass that is not what was written.
//!
//! Tantivy keeps what is stored of a document in one file of a segment, compressed and without a
//! check of each document. Here every document has one, in a column, which is another file
//! ([`Fields::check`](super::schema::Fields::check)): a single bit that has changed in either of
//! them is an error, and never another text.
//!
//! Tantivy's own way to read a document believes the lengths in it, and a damaged one asks for more
//! memory than there is, which ends the program. So the few bytes that it puts around our values
//! are read here.

use std::iter;
use std::ops::Range;

use tantivy::columnar::Column;
use tantivy::directory::OwnedBytes;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher};

use super::schema::Fields;

/// The number of blocks of a segment that are kept when they have been unpacked.
const KEPT_BLOCKS: usize = 100;

/// The documents of a snapshot.
pub(super) struct Stored {
    segments: Vec<Segment>,
    record: Field,
}

struct Segment {
    store: StoreReader,
    checks: Column<u64>,
}

/// The two values that are stored of every document: see [`Fields::record`].
pub(super) struct Values {
    document: OwnedBytes,
    first: Range<usize>,
    second: Range<usize>,
}

impl Values {
    pub(super) fn first(&self) -> &[u8] {
        &self.document[self.first.clone()]
    }

    pub(super) fn second(&self) -> &[u8] {
        &self.document[self.second.clone()]
    }
}

impl Stored {
    pub(super) fn open(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Stored> {
        let open = |segment: &tantivy::SegmentReader| {
            let store = segment.get_store_reader(KEPT_BLOCKS)?;
            Ok(Segment { store, checks: segment.fast_fields().u64("check")? })
        };
        let segments = searcher.segment_readers().iter().map(open).collect::<tantivy::Result<_>>();
        Ok(Stored { segments: segments?, record: fields.record })
    }

    /// Reads the document at `address`, which is of this kind: see [`Fields::kind`]. `None` where
    /// it is not the one that was written.
    pub(super) fn read(&self, address: DocAddress, kind: &str) -> tantivy::Result<Option<Values>> {
        let Some(segment) = self.segments.get(address.segment_ord as usize) else {
            return Ok(None);
        };
        let document = segment.store.get_document_bytes(address.doc_id)?;
        let Some([first, second]) = values(&document, self.record) else { return Ok(None) };
        let values = Values { document, first, second };
        let check = check_of(kind, [values.first(), values.second()]);
        Ok((segment.checks.first(address.doc_id) == Some(check)).then_some(values))
    }
}

/// Returns the check of a document of this kind with these values: CRC-32, which any run of
/// changed bits of this length alters, and any other change but one in four billion.
pub(super) fn check_of<'a>(kind: &'a str, values: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    let mut hasher = crc32fast::Hasher::new();
    for part in iter::once(kind.as_bytes()).chain(values) {
        hasher.update(&(part.len() as u32).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Returns where the two values of `field` are in a document as Tantivy stores it; `None` where it
/// has not just these two.
///
/// The number of values comes first. Each has its field, four bytes; its type, one byte; its length;
/// and itself.
fn values(document: &[u8], field: Field) -> Option<[Range<usize>; 2]> {
    /// The type of byte strings.
    const BYTES: u8 = 4;
    let mut rest = Rest { document, at: 0 };
    if rest.number()? != 2 {
        return None;
    }
    let mut value = || {
        let is_record = rest.take(4)? == field.field_id().to_le_bytes() && rest.take(1)? == [BYTES];
        let length = usize::try_from(rest.number().filter(|_| is_record)?).ok()?;
        rest.take(length)?;
        Some(rest.at - length..rest.at)
    };
    let values = [value()?, value()?];
    (rest.at == document.len()).then_some(values)
}

/// The part of a document that has not been read yet.
struct Rest<'a> {
    document: &'a [u8],
    at: usize,
}

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.document.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    /// Reads a number: seven bits a byte, the lowest first, and the highest bit set in the last.
    fn number(&mut self) -> Option<u64> {
        const LAST: u8 = 0x80;
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & !LAST) << shift;
            if byte & LAST != 0 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_of_kind_and_values_and_where_they_end() {
        let all = [
            check_of("passage", [&b"ab"[..], b"c"]),
            check_of("passage", [&b"a"[..], b"bc"]),
            check_of("passage", [&b"ab"[..], b"d"]),
            check_of("source", [&b"ab"[..], b"c"]),
        ];
        for (i, one) in all.iter().enumerate() {
            assert!(!all[..i].contains(one));
        }
    }

    #[test]
    fn a_document_has_just_two_values() {
        let field = Field::from_field_id(3);
        let document = b"\x82\x03\0\0\0\x04\x82ab\x03\0\0\0\x04\x80";
        assert_eq!(values(document, field), Some([7..9, 15..15]));
        for cut in 0..document.len() {
            assert_eq!(values(&document[..cut], field), None);
        }
        for bit in 0..document.len() * 8 {
            let mut flipped = document.to_vec();
            flipped[bit / 8] ^= 1 << (bit % 8);
            // It may be read as other values, whose check differs, but never beyond its end.
            _ = values(&flipped, field);
        }
        assert_eq!(
            values(b"\x82\x03\0\0\0\x04\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f", field),
            None
        );
    }
}
