//! Opens and reads files without trusting what lies at their names.
//!
//! Whoever can write to a folder of articles can plant a symbolic link to a file elsewhere, a pipe
//! that never ends, or a device. So everything that pincite reads is opened here: only regular
//! files, looked at again once they are open, never more of one than a limit, and below the folder
//! that was given through no symbolic link, unless links are to be followed.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The maximum size of metadata and ignore files, and of other files about articles, in bytes.
pub const MAX_METADATA: u64 = 1 << 20;

/// The maximum size of an article, a draft or a list of claims or quotations, in bytes.
pub const MAX_TEXT: u64 = 256 << 20;

/// Opens the regular file at `path` for reading.
///
/// Symbolic links are followed where `beneath` is `None`. Otherwise `path` must be under the folder
/// `beneath`, and below that folder neither the file nor a folder on the way to it may be a link.
/// Nothing is waited for, and a device or a pipe is not opened at all.
///
/// # Errors
///
/// The error of the operating system, or one that says in words what the file is.
pub fn open(path: &Path, beneath: Option<&Path>) -> io::Result<(File, Metadata)> {
    let file = match beneath {
        Some(folder) => system::open_beneath(path, folder)?,
        None => {
            refuse_irregular(&fs::metadata(path)?)?;
            system::open(path)?
        }
    };
    // Another file may have taken its place since.
    let metadata = file.metadata()?;
    refuse_irregular(&metadata)?;
    Ok((file, metadata))
}

/// Reads the whole regular file at `path`, of at most `limit` bytes, and its metadata from before
/// it was read. `beneath` is that of [`open`].
///
/// # Errors
///
/// Those of [`open`], and one that says that the file is too large.
pub fn read(path: &Path, beneath: Option<&Path>, limit: u64) -> io::Result<(Vec<u8>, Metadata)> {
    let (file, metadata) = open(path, beneath)?;
    Ok((read_open(file, metadata.len(), limit)?, metadata))
}

/// Reads the whole of an open file that had `len` bytes, of at most `limit`.
///
/// # Errors
///
/// Those of the file, and one that says that it is too large.
pub fn read_open(file: File, len: u64, limit: u64) -> io::Result<Vec<u8>> {
    if len > limit {
        return Err(too_large(limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
    read_into(&mut bytes, file, limit)?;
    Ok(bytes)
}

/// Reads a regular file as [`read`] does, which must be UTF-8.
///
/// # Errors
///
/// Those of [`read`], and [`io::ErrorKind::InvalidData`].
pub fn read_text(path: &Path, beneath: Option<&Path>, limit: u64) -> io::Result<String> {
    let (bytes, _) = read(path, beneath, limit)?;
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text"))
}

/// Reads all of `input`, which may not be longer than `limit` bytes.
///
/// # Errors
///
/// Those of `input`, and one that says that it is too large.
pub fn read_all(input: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_into(&mut bytes, input, limit)?;
    Ok(bytes)
}

/// Creates a file at `path` for writing. What was there is removed first, a link rather than the
/// file that it leads to, so that nothing elsewhere is written.
///
/// # Errors
///
/// The error of the operating system; [`io::ErrorKind::AlreadyExists`] where something takes the
/// place again at the same moment.
pub fn create(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => OpenOptions::new().write(true).create_new(true).open(path),
    }
}

fn read_into(bytes: &mut Vec<u8>, input: impl Read, limit: u64) -> io::Result<()> {
    input.take(limit + 1).read_to_end(bytes)?;
    if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(()) }
}

fn too_large(limit: u64) -> io::Error {
    let message = format!("it is larger than {} MiB", limit >> 20);
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

fn refuse_irregular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(io::Error::other(if metadata.is_dir() {
        "it is a folder"
    } else {
        "it is not a regular file"
    }))
}

fn is_link() -> io::Error {
    io::Error::other("it is a symbolic link, which is not followed")
}

fn is_behind_link() -> io::Error {
    io::Error::other("it is behind a symbolic link, which is not followed")
}

fn is_outside() -> io::Error {
    io::Error::other("it lies outside of its folder")
}

#[cfg(unix)]
mod system {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::io;
    use std::os::fd::OwnedFd;
    use std::path::{Component, Path};

    use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, openat, statat};
    use rustix::io::Errno;

    /// For the file: a pipe is not waited for, and a terminal does not become that of the program.
    const FILE: OFlags =
        OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

    /// For the folders on the way to it.
    const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

    pub(super) fn open(path: &Path) -> io::Result<File> {
        Ok(File::from(openat(CWD, path, FILE, Mode::empty())?))
    }

    pub(super) fn open_beneath(path: &Path, folder: &Path) -> io::Result<File> {
        let below = path.strip_prefix(folder).map_err(|_| super::is_outside())?;
        let mut parts: Vec<&OsStr> = Vec::new();
        for part in below.components() {
            let Component::Normal(part) = part else { return Err(super::is_outside()) };
            parts.push(part);
        }
        let name = parts.pop().ok_or_else(super::is_outside)?;
        let mut at = openat(CWD, folder, FOLDER, Mode::empty())?;
        for part in parts {
            at = openat(&at, part, FOLDER | OFlags::NOFOLLOW, Mode::empty())
                .map_err(|error| folder_fault(&at, part, error))?;
        }
        match FileType::from_raw_mode(statat(&at, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode) {
            FileType::RegularFile => {}
            FileType::Symlink => return Err(super::is_link()),
            FileType::Directory => return Err(io::Error::other("it is a folder")),
            _ => return Err(io::Error::other("it is not a regular file")),
        }
        match openat(&at, name, FILE | OFlags::NOFOLLOW, Mode::empty()) {
            Err(Errno::LOOP) => Err(super::is_link()),
            opened => Ok(File::from(opened?)),
        }
    }

    fn folder_fault(at: &OwnedFd, part: &OsStr, error: Errno) -> io::Error {
        let found = statat(at, part, AtFlags::SYMLINK_NOFOLLOW);
        match found.map(|found| FileType::from_raw_mode(found.st_mode)) {
            Ok(FileType::Symlink) => super::is_behind_link(),
            _ => error.into(),
        }
    }
}

/// Without a way to open a file relative to an open folder, each part of its path is looked at
/// before: a link that is planted in between is followed.
#[cfg(not(unix))]
mod system {
    use std::fs::{self, File};
    use std::io;
    use std::path::{Component, Path};

    pub(super) fn open(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    pub(super) fn open_beneath(path: &Path, folder: &Path) -> io::Result<File> {
        let below = path.strip_prefix(folder).map_err(|_| super::is_outside())?;
        let mut at = folder.to_owned();
        for part in below.components() {
            let Component::Normal(part) = part else { return Err(super::is_outside()) };
            at.push(part);
            if fs::symlink_metadata(&at)?.is_symlink() {
                return Err(if at == path { super::is_link() } else { super::is_behind_link() });
            }
        }
        super::refuse_irregular(&fs::metadata(&at)?)?;
        File::open(at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn no_more_than_the_limit_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "12345").unwrap();
        let (bytes, metadata) = read(&path, Some(folder.path()), 5).unwrap();
        assert_eq!((bytes.as_slice(), metadata.len()), (&b"12345"[..], 5));
        for beneath in [None, Some(folder.path())] {
            let error = read(&path, beneath, 4).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        }
        assert!(read_all(io::repeat(b'x'), MAX_METADATA).is_err());
        assert_eq!(read_all(&b"12345"[..], 5).unwrap(), b"12345");
    }

    #[test]
    fn what_lies_outside_of_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        fs::create_dir(&inside).unwrap();
        fs::write(folder.path().join("out.txt"), "out").unwrap();
        for path in [folder.path().join("out.txt"), inside.join("../out.txt"), inside.clone()] {
            assert!(open(&path, Some(&inside)).is_err(), "{}", path.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_only_above_the_folder() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("real/sub")).unwrap();
        fs::write(at("real/sub/a.txt"), "a").unwrap();
        symlink(at("real"), at("link")).unwrap();
        symlink(at("real/sub"), at("real/other")).unwrap();
        symlink("a.txt", at("real/sub/b.txt")).unwrap();
        symlink("nowhere", at("real/sub/c.txt")).unwrap();
        let reads = |path: &str, beneath: Option<&str>| {
            open(&at(path), beneath.map(at).as_deref()).map(drop).map_err(|e| e.to_string())
        };
        assert_eq!(reads("link/sub/a.txt", Some("link")), Ok(()));
        let link = Err("it is a symbolic link, which is not followed".to_owned());
        assert_eq!(reads("real/sub/b.txt", Some("real")), link);
        assert_eq!(reads("real/sub/c.txt", Some("real")), link);
        let behind = Err("it is behind a symbolic link, which is not followed".to_owned());
        assert_eq!(reads("real/other/a.txt", Some("real")), behind);
        assert_eq!(reads("link/sub/a.txt", Some(".")), behind);
        assert_eq!(reads("real/other/b.txt", None), Ok(()));
    }

    #[cfg(unix)]
    #[test]
    fn created_files_take_the_place_of_links() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "precious").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        create(&link).unwrap().write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
        assert_eq!(fs::read_to_string(&link).unwrap(), "new");
    }
}
