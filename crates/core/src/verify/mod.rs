//! Verification of quotations: finds where a quotation really is, and compares that with the source
//! and the place it is said to be from.
//!
//! A citation is worth something because anyone can check it, so the program has to be able to do
//! so too, also for quotations that it did not make. The file on disk is what counts: it is opened
//! and read again, and the index is only asked which sources there are and which of them may have a
//! quotation. A [`VerifyRequest`] is either a citation record, which gives the place of its
//! quotation to the byte, or a quotation out of a text, which may name the source it is attributed
//! to.
//!
//! Each finding becomes one [`Status`], the first of these that applies:
//!
//! | status | citation record | quotation out of a text |
//! |---|---|---|
//! | `source_missing` | the index has no such source, or its file is gone | nothing goes by the name it is attributed to, or the file is gone |
//! | `source_changed` | the file can no longer be read as what it was | the same |
//! | `exact` | its quotation is at its place, byte for byte, and every field it has is right | it is in the source, byte for byte |
//! | `metadata_differs` | its quotation is at its place, and a field that says nothing of the place is wrong | – |
//! | `altered` | its quotation is at its place in the file it was made from, and what it says of the place is wrong | – |
//! | `moved` | its quotation is elsewhere in the source, byte for byte | it is in another paragraph than the one named |
//! | `ambiguous` | it is at several other places, and its context does not decide | – |
//! | `normalized` | it is there but for typography | the same |
//! | `source_changed` | it is not, and the file is not the one the record was made from | it is not, and was in the file as it was indexed |
//! | `misattributed` | it is in another source, be it but for typography | the same |
//! | `altered`, `stitched` | it was made from what the source has by changing words, or from several places | the same |
//! | `ambiguous` | it is like several places, and none is clearly the one | the same |
//! | `not_found` | none of these | the same |
//! | `not_read` | – | it cannot be told whether there is a quotation |
//!
//! That a file has changed since it was indexed does not by itself make a quotation wrong that is
//! still in it: the detail says so. A record that has the hash of another file is not right in every
//! field. Beside the status, [`Context`] says what around a quotation bears on its sense.

mod align;
mod anchor;
mod context;
mod detail;
mod find;
mod judge;
mod normal;
mod occurrences;
mod opened;
mod outcome;
mod record;
mod request;
mod stitch;
mod styles;
mod verifier;
mod words;

pub use anchor::{
    Anchor, Difference, Fit, Haystack, Hints, MARGIN, Occurrence, StitchedPart, THRESHOLD,
};
pub use outcome::{Context, ContextKind, Outcome, Status};
pub use request::{Attribution, Record, VerifyRequest};
pub use verifier::{Verifier, verify};
