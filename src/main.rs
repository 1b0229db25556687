//! The `pincite` program: arguments, what is printed where, exit codes.
//!
//! Standard output carries what was asked for and nothing else; whatever else there is to say goes to standard error
//! (see `Printer`).

mod args;
mod commands;
mod hints;
mod printer;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use printer::Printer;

/// How a command ended: its exit code, but for errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Found, intact, done.
    Yes,
    /// Nothing found, or not all intact.
    No,
}

/// Returns the exit status: 0 found, intact or done; 1 not; 2 an error.
fn main() -> ExitCode {
    // A wrong argument, `--help` and `--version` end here, with 2 and 0.
    let Args { index, color, quiet, command } = Args::parse();
    let printer = Printer::new(color.into(), quiet);
    let outcome = match command {
        Command::Index(args) => commands::index::run(&index, args, &printer),
        Command::Query(args) => commands::query::run(&index, args, &printer),
        Command::Show(args) => commands::show::run(&index, &args, &printer),
        Command::Cite(args) => commands::cite::run(&index, &args, &printer),
        Command::Verify(args) => commands::verify::run(&index, &args, &printer),
        Command::Check(args) => commands::check::run(&index, &args, &printer),
        Command::Sources(args) => commands::sources::run(&index, &args, &printer),
        Command::Stats(args) => commands::stats::run(&index, &args, &printer),
    };
    match outcome {
        Ok(Outcome::Yes) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        Err(error) => {
            printer.error(&error);
            ExitCode::from(2)
        }
    }
}
