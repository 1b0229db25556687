//! `pincite serve`.

use std::sync::Arc;

use crate::Exit;
use crate::args::ServeArgs;
use crate::commands::index::freshen;
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_server::{Options, Server};

pub(crate) fn run(engine: Engine, args: ServeArgs, printer: &Printer) -> Result<Exit> {
    freshen(&engine, &args.corpus, printer)?;
    let ServeArgs { corpus: _, host, port, allow_host } = args;
    if !host.is_loopback() {
        printer
            .warning("this is not only for this machine: whoever reaches it can read all sources");
    }
    let options = Options { address: host, port, allowed_hosts: allow_host };
    let server = Server::bind(Arc::new(engine), &options)?;
    printer.note(&format!("serving {} (stop with Ctrl-C)", server.url()));
    server.run()?;
    Ok(Exit::Yes)
}
