//! Runs the binary and checks its whole output and exit status.

mod articles;
mod batch;
mod check;
mod check_forms;
mod comforts;
mod crash;
mod desk;
mod doctor;
mod errors;
mod formats;
mod forms;
mod json;
mod library;
mod order;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(unix)]
mod planted;
mod schema;
mod scripts;
mod skip;
mod stale;
