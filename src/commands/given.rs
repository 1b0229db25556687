//! Input files of commands; `-` is standard input.

use std::io;
use std::path::Path;

use pincite_core::files::{self, MAX_TEXT};
use pincite_core::{Error, Result};

/// An input file.
pub(super) struct Given<'a> {
    /// Its name, for people.
    pub(super) name: &'a Path,
    bytes: Vec<u8>,
}

impl<'a> Given<'a> {
    /// Reads the file `path`, or standard input if it is `-`.
    pub(super) fn read(path: &'a Path) -> Result<Self> {
        let (name, bytes) = if path == Path::new("-") {
            (Path::new("standard input"), files::read_all(io::stdin().lock(), MAX_TEXT))
        } else {
            (path, files::read(path, None, MAX_TEXT).map(|(bytes, _)| bytes))
        };
        Ok(Self { name, bytes: bytes.map_err(Error::io("read", name))? })
    }

    /// Returns the bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Returns the text, or an error that names the first line that is not UTF-8.
    pub(super) fn into_text(self) -> Result<String> {
        String::from_utf8(self.bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
            let message = "this is not UTF-8 text".to_owned();
            Error::malformed(self.name, line, None, message)
        })
    }
}
