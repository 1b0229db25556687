//! Full-text search that answers a claim with exact, checkable quotations from your own articles.
//!
//! No quotation leaves this program that is not, byte for byte, in the source it names, at the
//! place it names. The program `pincite` is a thin layer over this library, and so is any other
//! door: an [`Engine`](engine::Engine) brings an index up to date with folders of articles, answers
//! queries with ranked quotations, checks claims, verifies the quotations of others and cites by
//! id. Below it, each step can be used by itself: an [`Index`](index::Index), a
//! [`Searcher`](search::Searcher) over it, a [`Citation`](cite::Citation).
//!
//! ```
//! use std::sync::Arc;
//!
//! use pincite_core::cite::Style;
//! use pincite_core::engine::{Engine, QueryRequest, Question};
//! use pincite_core::index::Update;
//! use pincite_core::query::Query;
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
//! std::fs::write(
//!     articles.join("weather.txt"),
//!     "Rain fell on the pass all week.\n\nThen the road was closed.\n",
//! )?;
//!
//! let engine = Engine::new(folder.join("index"));
//! let update = Update { paths: vec![articles.clone()], ..Update::default() };
//! let report = engine.update(&update, &())?;
//! assert_eq!((report.added, report.skipped.len()), (2, 0));
//!
//! let query = Query::parse("When did Pakistan recognize the Taliban?")?;
//! let style = Arc::new(Style::find("apa")?);
//! let answer = engine.query(&QueryRequest::new(Question::Text(query), style))?;
//!
//! let citation = &answer.found[0].quotation.citation;
//! assert_eq!(citation.id.to_string(), "three-notes#p1.2");
//! assert_eq!(citation.quote, "Pakistan recognised the **Taliban** in May 1997.");
//! let formatted = citation.formatted.as_deref().unwrap_or_default();
//! assert!(formatted.starts_with("(Example, 2025, para. 1)"));
//! println!("{}\n{formatted}", citation.quote);
//!
//! // The promise: the quotation is the file's own bytes at the place that the citation gives.
//! let file = std::fs::read(articles.join(&citation.file))?;
//! let bytes = citation.locator.bytes;
//! assert_eq!(&file[bytes.start..bytes.end], citation.quote.as_bytes());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every offset is in bytes of a source's canonical text unless its name says otherwise; see
//! [`source`] and [`text`].

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
mod threads;
pub mod verify;
pub mod wire;

pub use error::{Error, FileError, Result};
use pincite_extract::panics;
pub use pincite_extract::{corpus, extract, files, source};
pub use pincite_text as text;
