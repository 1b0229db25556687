//! The doors of pincite beside the command line: pages to read in, and an HTTP API. Each parses a request, calls an [`Engine`], and renders the answer.
//!
//! A [`Server`] serves the HTTP API under `/v1`, which [`openapi`] describes. It listens to this machine alone unless told otherwise, knows no users, and writes nothing.

mod api;
mod desk;
mod facets;
mod guard;
mod pages;
mod refusal;
mod serve;

pub use api::openapi;
pub use serve::{Options, Server, app};

#[cfg(doc)]
use pincite_core::engine::Engine;
