//! Reads the names of members. They are never used as paths, but they are shown, and are to mean
//! the same to everyone who unpacks the archive.

/// The maximum length of a name in bytes.
const MAX: usize = 1024;

/// Returns a name, or as much of it as shows that it is too long.
pub(super) fn bounded(name: &[u8]) -> &[u8] {
    &name[..name.len().min(MAX + 1)]
}

/// Returns the name of a member as a relative path with `/` between its parts; `None` for one that
/// is passed over, as a hidden file is.
///
/// # Errors
///
/// Why the member is not read, in words that follow its name.
pub(super) fn checked(name: &str) -> Result<Option<String>, &'static str> {
    if name.chars().any(char::is_control) {
        return Err("has a control character in its name");
    }
    if name.len() > MAX {
        return Err("has a name of more than 1024 bytes");
    }
    let name = name.replace('\\', "/");
    let has_drive =
        name.get(1..2) == Some(":") && name.starts_with(|c: char| c.is_ascii_alphabetic());
    if name.starts_with('/') || has_drive {
        return Err("has a name that leads out of the archive");
    }
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => return Err("has a name that leads out of the archive"),
            // Folders that programs add for themselves.
            "__MACOSX" => return Ok(None),
            part if part.starts_with('.') => return Ok(None),
            part => parts.push(part),
        }
    }
    Ok((!parts.is_empty()).then(|| parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_archive() {
        for (name, read) in [
            ("a.html", Ok(Some("a.html"))),
            ("./a//b/./c.html", Ok(Some("a/b/c.html"))),
            ("a\\b.html", Ok(Some("a/b.html"))),
            (".git/a.txt", Ok(None)),
            ("__MACOSX/._a.txt", Ok(None)),
            ("", Ok(None)),
            ("../a.txt", Err(())),
            ("a/../../b.txt", Err(())),
            ("a\\..\\b.txt", Err(())),
            ("/etc/passwd.txt", Err(())),
            ("C:/a.txt", Err(())),
            ("\\\\host\\a.txt", Err(())),
            ("a\n.txt", Err(())),
            ("a\u{0}.txt", Err(())),
            ("\u{1b}[2Ja.txt", Err(())),
        ] {
            let found = checked(name).map_err(|_| ());
            assert_eq!(found, read.map(|it| it.map(str::to_owned)), "{name:?}");
        }
        assert!(checked(&"x/".repeat(600)).is_err());
    }
}
