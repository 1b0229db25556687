//! The program as its users meet it: the real binary, its whole output, its exit codes.

mod articles;
mod check;
mod check_forms;
mod crash;
mod desk;
mod errors;
mod formats;
mod forms;
mod json;
mod order;
mod schema;
