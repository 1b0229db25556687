//! `pincite serve`.

use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::Exit;
use crate::args::ServeArgs;
use crate::commands::index::freshen;
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_server::{Options, Server};

pub(crate) fn run(engine: Engine, args: ServeArgs, printer: &Printer) -> Result<Exit> {
    let report = freshen(&engine, &args.corpus, printer)?.map(|(_, report)| report);
    let ServeArgs { corpus: _, host, port, allow_host, open } = args;
    if !host.is_loopback() {
        printer
            .warning("this is not only for this machine: whoever reaches it can read all sources");
    }
    let options = Options { address: host, port, allowed_hosts: allow_host, report };
    let server = Server::bind(Arc::new(engine), &options)?;
    printer.note(&format!("serving {} (stop with Ctrl-C)", server.url()));
    if open && let Err(error) = browse(&server.url()) {
        printer.warning(&format!("cannot open a browser: {error}"));
    }
    server.run()?;
    Ok(Exit::Yes)
}

/// Opens an address in the browser of the system.
fn browse(url: &str) -> std::io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut opening = Command::new(program);
    opening.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    opening.spawn().map(|_| ())
}
