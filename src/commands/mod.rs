//! The commands, one a file: each parses its arguments, asks the engine, has [`pincite_render`] put
//! the answer into words, and prints.

pub(super) mod check;
pub(super) mod cite;
mod claims;
mod given;
mod ids;
pub(super) mod index;
mod paths;
pub(super) mod query;
pub(super) mod show;
pub(super) mod sources;
pub(super) mod stats;
pub(super) mod verify;
