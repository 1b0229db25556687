//! The `pincite` program: arguments, what is printed where, exit codes.
//!
//! Standard output carries what was asked for and nothing else; everything else goes to standard
//! error (see `Printer`).

mod args;
mod commands;
mod hints;
mod printer;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use pincite_core::engine::Engine;
use printer::Printer;

/// How a command ended: its exit code, but for errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
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
    let engine = Engine::new(index);
    let exit = match command {
        Command::Index(args) => commands::index::run(&engine, args, &printer),
        Command::Query(args) => commands::query::run(&engine, &args, &printer),
        Command::Show(args) => commands::show::run(&engine, &args, &printer),
        Command::Cite(args) => commands::cite::run(&engine, &args, &printer),
        Command::Verify(args) => commands::verify::run(&engine, &args, &printer),
        Command::Check(args) => commands::check::run(&engine, &args, &printer),
        Command::Sources(args) => commands::sources::run(&engine, &args, &printer),
        Command::Stats(args) => commands::stats::run(&engine, &args, &printer),
    };
    match exit {
        Ok(Exit::Yes) => ExitCode::SUCCESS,
        Ok(Exit::No) => ExitCode::from(1),
        Err(error) => {
            printer.error(&error);
            ExitCode::from(2)
        }
    }
}
