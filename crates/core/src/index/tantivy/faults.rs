//! [`Faulty`]: a folder in which the operating system refuses what it is asked, for tests.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The faults of a folder: which operation fails, and how.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// The folder; what lies in it is at fault, too.
    pub(super) dir: PathBuf,
    /// The number of operations so far.
    pub(super) done: AtomicU64,
    /// The operation that fails, from 0.
    pub(super) at: u64,
    /// True if all after it fail, too.
    pub(super) lasting: bool,
    /// The number of the operating system's error.
    pub(super) code: i32,
}

/// Folders with faults. Each test has its own.
static FAULTS: Mutex<Vec<Arc<Faults>>> = Mutex::new(Vec::new());

impl Faults {
    /// Calls `work` while the folder has these faults. Returns the number of operations in it, too.
    pub(super) fn during<T>(self, work: impl FnOnce() -> T) -> (T, u64) {
        let faults = Arc::new(self);
        let folders = || FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        folders().push(Arc::clone(&faults));
        let result = work();
        folders().retain(|other| !Arc::ptr_eq(other, &faults));
        (result, faults.done.load(Ordering::SeqCst))
    }

    fn check(&self) -> io::Result<()> {
        let nth = self.done.fetch_add(1, Ordering::SeqCst);
        if nth == self.at || self.lasting && nth > self.at {
            return Err(io::Error::from_raw_os_error(self.code));
        }
        Ok(())
    }
}

/// A folder in which operations fail.
#[derive(Debug, Clone)]
pub(super) struct Faulty {
    inner: Box<dyn Directory>,
    faults: Arc<Faults>,
}

impl Faulty {
    /// Lets operations in `inner`, the folder `dir`, fail if they are to.
    pub(super) fn wrap(inner: impl Directory, dir: &Path) -> Box<dyn Directory> {
        let folders = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        match folders.iter().find(|faults| dir.starts_with(&faults.dir)) {
            Some(faults) => Box::new(Self { inner: Box::new(inner), faults: Arc::clone(faults) }),
            None => Box::new(inner),
        }
    }
}

struct FaultyFile {
    inner: WritePtr,
    faults: Arc<Faults>,
}

impl Write for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.faults.check()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for FaultyFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.faults.check()?;
        self.inner.terminate_ref(token)
    }
}

impl Directory for Faulty {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let refused = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        self.faults.check().map_err(refused)?;
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.faults.check().map_err(|error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        })?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let refused = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        self.faults.check().map_err(refused)?;
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let refused = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        self.faults.check().map_err(refused)?;
        let inner = self.inner.open_write(path)?;
        let faults = Arc::clone(&self.faults);
        Ok(BufWriter::new(Box::new(FaultyFile { inner, faults })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let refused = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        self.faults.check().map_err(refused)?;
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.faults.check()?;
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.faults.check()?;
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.faults.check().map_err(LockError::wrap_io_error)?;
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}
