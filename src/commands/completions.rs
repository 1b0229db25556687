//! `pincite completions`.

use clap::CommandFactory;

use crate::Exit;
use crate::args::{Args, CompletionsArgs};
use crate::printer::Printer;
use pincite_core::Result;

pub(crate) fn run(args: &CompletionsArgs, printer: &Printer) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "pincite", &mut script);
    printer.document(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Yes)
}
