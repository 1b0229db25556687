//! [`Desk`]: a temporary folder to run the program in.

use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use pincite_core::extract::extensions;

/// A temporary folder. Runs have relative paths, so that output is the same on all machines.
pub(crate) struct Desk {
    dir: TempDir,
}

/// The result of a run of the program.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    /// Creates an empty folder.
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// Creates a folder with the sample corpus in `corpus`, without an index.
    pub(crate) fn with_corpus() -> Self {
        let desk = Self::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &desk.path("corpus"));
        desk
    }

    /// Creates a folder with the sample corpus and its index.
    pub(crate) fn indexed() -> Self {
        let desk = Self::with_corpus();
        let run = desk.run(&["index", "corpus"]);
        assert_eq!(run.code, Some(0), "{run}");
        desk
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Writes a file, and creates its folders.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Returns a command that runs the program here, isolated from the environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pincite"));
        command.args(args).current_dir(self.dir.path());
        for variable in ["PINCITE_INDEX", "COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::from(self.command(args).stdin(Stdio::null()).output().expect("the program starts"))
    }

    pub(crate) fn run_with_input(&self, args: &[&str], input: &str) -> Run {
        let mut command = self.command(args);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        child
            .stdin
            .take()
            .expect("its input is a pipe")
            .write_all(input.as_bytes())
            .expect("it reads its input");
        Run::from(child.wait_with_output().expect("the program ends"))
    }
}

impl Run {
    /// Removes the path of the desk, which differs between runs, from the output.
    pub(crate) fn without(self, desk: &Desk) -> Self {
        let folder = desk.dir.path().canonicalize().unwrap_or_else(|_| desk.dir.path().to_owned());
        let without = |text: String| text.replace(&*folder.to_string_lossy(), "[desk]");
        Self { stdout: without(self.stdout), stderr: without(self.stderr), ..self }
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// Writes all of it, for snapshots.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
        write!(f, "exit status: {code}\n--- standard output ---\n{}", self.stdout)?;
        write!(f, "--- standard error ---\n{}", self.stderr)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let path = entry.expect("a folder can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}

/// Keeps the list of formats, which grows, out of snapshots.
pub(crate) fn without_formats(settings: &mut insta::Settings) {
    let escaped = ['.', '(', ')']
        .iter()
        .fold(extensions(), |list, sign| list.replace(*sign, &format!("\\{sign}")));
    settings.add_filter(&escaped, "[FORMATS]");
}
