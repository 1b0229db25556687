//! `pincite man`.

use std::fs;

use clap::CommandFactory;

use crate::Exit;
use crate::args::{Args, ManArgs};
use pincite_core::{Error, Result};

pub(crate) fn run(args: &ManArgs) -> Result<Exit> {
    fs::create_dir_all(&args.dir).map_err(Error::io("create", &args.dir))?;
    clap_mangen::generate_to(Args::command(), &args.dir).map_err(Error::io("write", &args.dir))?;
    Ok(Exit::Yes)
}
