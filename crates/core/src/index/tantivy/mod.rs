//! The index as Tantivy keeps it in a folder: the only room with Tantivy's types in it.
//!
//! A [`Store`] is opened in a [`Folder`] that is marked as an index. It gives out
//! [`Snapshot`](snapshot::Snapshot)s, which answer [`Backend`](super::Backend) and
//! [`Library`](super::Library), and one [`Writer`] to whoever has the [`Lock`]. An index that takes
//! the place of another is built in a [`Staging`] folder. Plans are lowered to Tantivy's queries in
//! `lower`, and Tantivy's errors become ours in `failure`.
//!
//! No document is believed that is not as it was written (`stored`, `checksums`), and no panic of
//! Tantivy's on a damaged file passes (`guard`).

mod alike;
mod best;
mod checksums;
mod codes;
mod dictionary;
mod directory;
mod document;
mod failure;
#[cfg(test)]
mod faults;
mod folder;
mod guard;
mod lower;
mod merge;
mod near;
mod packed;
mod schema;
mod snapshot;
mod staging;
mod statistics;
mod store;
mod stored;
mod sum;
#[cfg(test)]
mod tests;
mod writer;

pub(super) use document::Documents;
pub(super) use folder::{FORMAT, Folder, Lock, inspect, mark};
pub(super) use staging::{Staging, clear};
pub(super) use store::Store;
pub(super) use writer::Writer;
