//! The commands, one a file: each asks the library, has [`pincite_render`] put the answer into words, and prints.

pub(super) mod check;
pub(super) mod cite;
mod forms;
mod given;
mod ids;
pub(super) mod index;
pub(super) mod query;
pub(super) mod show;
pub(super) mod sources;
pub(super) mod stats;
pub(super) mod verify;
