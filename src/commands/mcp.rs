//! `pincite mcp`.

use std::sync::Arc;

use crate::Exit;
use crate::args::McpArgs;
use crate::commands::index::freshen;
use crate::printer::Printer;
use pincite_core::Result;
use pincite_core::engine::Engine;
use pincite_server::mcp_on_standard_streams;

pub(crate) fn run(engine: Engine, args: &McpArgs, printer: &Printer) -> Result<Exit> {
    freshen(&engine, &args.corpus, printer)?;
    mcp_on_standard_streams(Arc::new(engine))?;
    Ok(Exit::Yes)
}
