//! The program `pincite`: arguments, output, exit status.
//!
//! Standard output has only the answer; everything else goes to standard error (see `Printer`). An
//! error is JSON there if the answer was to be.

mod args;
mod commands;
mod hints;
mod pager;
mod printer;
mod problem;
mod progress;
#[cfg(feature = "pdf")]
mod reader;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use pincite_core::engine::Engine;
use pincite_render::{json, visible, visible_lines};
use printer::Printer;

/// The outcome of a command that did not fail: its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Found, intact, done.
    Yes,
    /// Nothing found, or not all intact.
    No,
}

/// Reads the arguments. A message about a wrong one repeats it, so it is made of the arguments with
/// their control characters made visible.
fn arguments() -> Args {
    Args::try_parse().unwrap_or_else(|error| {
        let shown = std::env::args_os().map(|it| visible(&it.to_string_lossy()).into_owned());
        let error = Args::try_parse_from(shown).err().unwrap_or(error);
        let text = error.to_string();
        if error.exit_code() != 0 && problem::is_wanted() {
            eprint!("{}", json::problem(&problem::of_arguments(&text)));
        } else if visible_lines(&text) == text {
            error.exit()
        } else {
            eprint!("{}", visible_lines(&text));
        }
        std::process::exit(error.exit_code())
    })
}

/// Returns the exit status: 0 found, intact or done; 1 not; 2 an error.
fn main() -> ExitCode {
    #[cfg(feature = "pdf")]
    if let Some(exit) = reader::start() {
        return exit;
    }
    // Exits with 2 for a wrong argument, and with 0 for `--help` and `--version`.
    let Args { index, color, quiet, no_pager, command } = arguments();
    let printer = Printer::new(color.into(), quiet, !no_pager);
    let is_json = command.is_json();
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
        Command::Doctor(args) => commands::doctor::run(&engine, &args, &printer),
        Command::Completions(args) => commands::completions::run(&args, &printer),
        Command::Man(args) => commands::man::run(&args),
        #[cfg(feature = "server")]
        Command::Serve(args) => commands::serve::run(engine, args, &printer),
        #[cfg(feature = "server")]
        Command::Mcp(args) => commands::mcp::run(engine, &args, &printer),
    };
    match exit {
        Ok(Exit::Yes) => ExitCode::SUCCESS,
        Ok(Exit::No) => ExitCode::from(1),
        Err(error) => {
            if is_json {
                printer.problem(&problem::of(&error));
            } else {
                printer.error(&error);
            }
            ExitCode::from(2)
        }
    }
}
