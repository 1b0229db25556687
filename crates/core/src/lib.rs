//! Full-text search that answers a claim with exact, checkable quotations from your own articles.
//!
//! No quotation leaves this program that is not, byte for byte, in the source it names, at the place it names. The
//! program `pincite` is a thin layer over this library: an [`Index`](index::Index) is brought up to date with folders of
//! articles, a [`Searcher`](search::Searcher) answers a [`Query`](query::Query) with ranked passages, and a
//! [`Citation`](cite::Citation) says of any sentence of a passage where exactly it stands.
//!
//! ```
//! use pincite_core::cite::{Citation, Style};
//! use pincite_core::index::{Index, Update};
//! use pincite_core::query::Query;
//! use pincite_core::search::Searcher;
//!
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! let articles = folder.join("articles");
//! std::fs::create_dir(&articles)?;
//! std::fs::write(
//!     articles.join("three-notes.md"),
//!     "---\ntitle: Three Notes\nauthor: Rowan Example\ndate: 2025-11-12\n---\n\n\
//!      It rained that week. Pakistan recognised the **Taliban** in May 1997.\n",
//! )?;
//! std::fs::write(articles.join("weather.txt"), "Rain fell on the pass all week.\n\nThen the road was closed.\n")?;
//!
//! let index = folder.join("index");
//! let update = Update { paths: vec![articles.clone()], ..Update::default() };
//! let report = Index::update(&index, &update, &())?;
//! assert_eq!((report.added, report.skipped.len()), (2, 0));
//!
//! let searcher = Searcher::new(&Index::open(&index)?)?;
//! let results = searcher.search(&Query::parse("When did Pakistan recognize the Taliban?")?, 5)?;
//! let best = &results.hits[0];
//!
//! let citation = Citation::new(&best.source, &best.passage, Some(best.best)).expect("the sentences are its own");
//! assert_eq!(citation.id.to_string(), "three-notes#p1.2");
//! assert_eq!(citation.quote, "Pakistan recognised the **Taliban** in May 1997.");
//! assert!(Style::find("apa")?.format(&citation).starts_with("(Example, 2025, para. 1)"));
//!
//! // The promise: the quotation is the file's own bytes at the place that the citation gives.
//! let file = std::fs::read(articles.join(&citation.file))?;
//! let bytes = citation.locator.bytes;
//! assert_eq!(&file[bytes.start..bytes.end], citation.quote.as_bytes());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every offset is in bytes of a source's canonical text unless its name says otherwise; see [`source`] and [`text`].

/// Lets the fixture of `cite` name this crate as other crates do.
#[cfg(test)]
extern crate self as pincite_core;

pub mod check;
pub mod cite;
pub mod engine;
pub mod error;
pub mod index;
pub mod query;
pub mod search;
pub mod verify;
pub mod wire;

pub use error::{Error, FileError, Result};
pub use pincite_extract::{corpus, extract, source};
pub use pincite_text as text;
