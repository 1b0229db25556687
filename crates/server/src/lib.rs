//! The doors of pincite beside the command line: pages to read in, an HTTP API, and tools
//! for language models. Each parses a request, calls an [`Engine`], and renders the answer.
//!
//! A [`Server`] serves the pages, the HTTP API under `/v1` that [`openapi`] describes, and the Model
//! Context Protocol at `/mcp`; [`mcp_on_standard_streams`] is the same on a pipe. It listens to this
//! machine alone unless told otherwise, knows no users, and writes nothing.

mod api;
mod desk;
mod facets;
mod guard;
mod mcp;
mod pages;
mod refusal;
mod serve;

pub use api::openapi;
pub use mcp::{mcp_on_standard_streams, mcp_over};
pub use serve::{Options, Server, app};

#[cfg(doc)]
use pincite_core::engine::Engine;
