//! An index in which any one bit has changed says so, or answers as if none had: it never quotes
//! what no source has.
//!
//! `PINCITE_FLIPS` asks for another number of flips. The tests of the crate itself flip bits where
//! opening an index compares no checksums, so that what is read later has to be found out.

mod flips;

#[test]
fn a_flipped_bit_is_no_lie() {
    let tally = flips::Bench::new().flip(flips::asked_for(80), 11);
    println!("{tally}");
    tally.check();
}
