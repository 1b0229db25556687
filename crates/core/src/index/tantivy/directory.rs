//! [`Shared`]: a folder as Tantivy sees it, which can be read where nothing may be written, and
//! whose files Tantivy may believe where they have no checksum.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK, MmapDirectory,
    OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::folder::COMMIT;

/// A folder, mapped into memory.
///
/// Tantivy's readers take a lock, for which a file has to be created, so that no writer removes
/// files while they are opened. Where none may be created they go without: should a writer of
/// another user be removing files at that moment, opening the index fails, and can be tried again.
///
/// The record of a commit, which has no checksum, ends with a seal. Whoever makes a writer holds its
/// lock already, for longer than Tantivy would: see [`Lock`](super::folder::Lock).
#[derive(Debug, Clone)]
pub(super) struct Shared {
    mapped: MmapDirectory,
    dir: PathBuf,
}

impl Shared {
    pub(super) fn open(dir: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { mapped: MmapDirectory::open(dir)?, dir: dir.to_owned() })
    }
}

impl Directory for Shared {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let file = self.mapped.get_file_handle(path)?;
        if path.extension().is_none_or(|extension| extension != "store") {
            return Ok(file);
        }
        // Read it as it is mapped where it cannot be opened twice.
        let disk = File::open(self.dir.join(path)).ok();
        Ok(Arc::new(Blocks::new(file, disk)))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let data = self.mapped.atomic_read(path)?;
        if path != Path::new(COMMIT) {
            return Ok(data);
        }
        unsealed(data).map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path != Path::new(COMMIT) {
            return self.mapped.atomic_write(path, data);
        }
        self.mapped.atomic_write(path, &[data, seal(data).as_bytes()].concat())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == INDEX_WRITER_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(())));
        }
        match self.mapped.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath && is_read_only(&error) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            taken => taken,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// The last line of a record of a commit: the hash of all before it.
fn seal(data: &[u8]) -> String {
    format!("blake3:{}\n", blake3::hash(data).to_hex())
}

/// Returns a record of a commit without its seal, which has to be its own.
fn unsealed(mut data: Vec<u8>) -> io::Result<Vec<u8>> {
    let end = data.len().saturating_sub(seal(&[]).len());
    if data[end..] != *seal(&data[..end]).as_bytes() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not as it was written"));
    }
    data.truncate(end);
    Ok(data)
}

/// A file of stored documents, in packed blocks.
///
/// Each block begins with the size that it has unpacked, for which Tantivy reserves memory. Where
/// that is more than a block of its length can have, it is damaged, and could ask for gigabytes.
///
/// Blocks are read rather than mapped: what is mapped and was read once stays in memory, and those
/// who read all sources would have all of the file there.
#[derive(Debug)]
struct Blocks {
    file: Arc<dyn FileHandle>,
    /// The same file, to read blocks from.
    disk: Option<File>,
    /// The length of all blocks.
    length: usize,
}

impl Blocks {
    /// The most bytes that LZ4 packs into one.
    const RATIO: usize = 255;

    /// The most bytes that are read at a time: a block is a few thousand, and more are no block.
    const READ: usize = 1 << 20;

    fn new(file: Arc<dyn FileHandle>, disk: Option<File>) -> Self {
        let length = Self::length(&*file).unwrap_or(0);
        Self { file, disk, length }
    }

    /// Reads a block, or several.
    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        match &self.disk {
            Some(disk) if range.len() <= Self::READ => {
                let mut bytes = vec![0; range.len()];
                read_at(disk, &mut bytes, range.start as u64)?;
                Ok(OwnedBytes::new(bytes))
            }
            _ => self.file.read_bytes(range),
        }
    }

    /// Reads the length of all blocks from the end of the file. There are, from the end: a magic
    /// number and the length of Tantivy's footer, four bytes each; the footer; and 28 bytes, of
    /// which the length is the second to third four.
    fn length(file: &dyn FileHandle) -> Option<usize> {
        const ENDING: usize = 8;
        const STORES: usize = 28;
        let bytes = |start: usize, length: usize| {
            let end = start.checked_add(length).filter(|&end| end <= file.len())?;
            file.read_bytes(start..end).ok()
        };
        let ending = file.len().checked_sub(ENDING)?;
        let footer = u32::from_le_bytes(bytes(ending, 4)?.as_ref().try_into().ok()?);
        let stores = ending.checked_sub(footer as usize)?.checked_sub(STORES)?;
        let length = u64::from_le_bytes(bytes(stores + 4, 8)?.as_ref().try_into().ok()?);
        usize::try_from(length).ok()
    }
}

impl HasLen for Blocks {
    fn len(&self) -> usize {
        self.file.len()
    }
}

impl FileHandle for Blocks {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let is_block = range.end <= self.length;
        if !is_block {
            return self.file.read_bytes(range);
        }
        let bytes = self.read(range)?;
        if let Some((size, packed)) = bytes.split_first_chunk() {
            let most = packed.len().saturating_mul(Self::RATIO);
            if u32::from_le_bytes(*size) as usize > most {
                let message = "a block in it says that it is larger than it can be";
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
        }
        Ok(bytes)
    }
}

/// Reads as many bytes of a file as there is room for, from `start`.
#[cfg(unix)]
pub(super) fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

/// Reads as many bytes of a file as there is room for, from `start`.
#[cfg(windows)]
pub(super) fn read_at(file: &File, mut bytes: &mut [u8], mut start: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, start)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        start += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_of_all_before_it() {
        let sealed = [b"{}\n", seal(b"{}\n").as_bytes()].concat();
        assert_eq!(unsealed(sealed.clone()).unwrap(), b"{}\n");
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(unsealed(flipped).is_err());
        }
        for cut in 0..sealed.len() {
            assert!(unsealed(sealed[..cut].to_vec()).is_err());
        }
    }

    #[test]
    fn a_block_is_not_larger_than_it_can_be() {
        let mut file = b"\x10\0\0\0packed..".to_vec();
        let length = file.len();
        file.extend([0; 4]);
        file.extend((length as u64).to_le_bytes());
        file.extend([0; 16]);
        file.extend(b"{}\x02\0\0\0\x39\x05\0\0");
        for (bit, is_error) in [(0, false), (10, false), (11, true), (31, true)] {
            let mut file = file.clone();
            file[bit / 8] ^= 1 << (bit % 8);
            let blocks = Blocks::new(Arc::new(OwnedBytes::new(file)), None);
            assert_eq!(blocks.length, length);
            assert_eq!(blocks.read_bytes(0..length).is_err(), is_error, "{bit}");
            assert!(blocks.read_bytes(length..blocks.len()).is_ok());
        }
    }
}
