//! The invariants of every input, shared with `crates/core/tests/hostile.rs`.

#[path = "../../crates/core/tests/invariants/mod.rs"]
pub mod invariants;
