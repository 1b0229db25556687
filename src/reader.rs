//! The process that PDF files are read in: this program, with one argument that no help names.

use std::process::ExitCode;

use pincite_core::extract::pdf;

/// The argument that makes this process the reader of a file on standard input.
const ARGUMENT: &str = "__extract";

/// Reads a PDF file, and returns the exit status, if this process was started to do so. Otherwise says
/// how it is started.
pub(crate) fn start() -> Option<ExitCode> {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT) {
        let read = pdf::serve();
        return Some(if read.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) });
    }
    // Where the system does not tell, files are read in this process.
    if let Ok(program) = std::env::current_exe() {
        pdf::set_reader(program, vec![ARGUMENT.into()]);
    }
    None
}
