//! The engine behind every door: what the command line, a server and the library all ask.

mod answer;
mod checks;
mod reading;

pub use answer::{Answer, Context, Found};
pub use checks::Checks;
pub use reading::{Block, Reading};
