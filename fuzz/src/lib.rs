//! What the fuzz targets share with `crates/core/tests/hostile.rs`: what has to hold of every input.

#[path = "../../crates/core/tests/invariants/mod.rs"]
pub mod invariants;
