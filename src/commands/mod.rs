//! The commands. Each converts its arguments to a request, calls the engine, renders the answer
//! with [`pincite_render`], and prints it.

mod batch;
pub(super) mod check;
pub(super) mod cite;
mod claims;
pub(super) mod completions;
pub(super) mod doctor;
mod fields;
mod given;
mod ids;
pub(super) mod index;
pub(super) mod man;
#[cfg(feature = "server")]
pub(super) mod mcp;
mod paths;
pub(super) mod query;
#[cfg(feature = "server")]
pub(super) mod serve;
pub(super) mod show;
pub(super) mod sources;
mod stale;
pub(super) mod stats;
mod style;
pub(super) mod verify;
