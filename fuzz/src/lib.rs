//! What the fuzz targets share with `tests/hostile.rs`: what has to hold of every input.

#[path = "../../tests/invariants/mod.rs"]
pub mod invariants;
