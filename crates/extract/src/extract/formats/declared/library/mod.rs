//! Parses libraries of references: what their programs export about many files at once.
//!
//! BibTeX is read by `biblatex`, CSL-JSON by `serde_json`, RIS by [`ris`]. Each entry becomes
//! metadata as any other that is declared, and keeps by what its file is known.

mod bibtex;
mod csl;
mod ris;

use std::path::Path;

use serde_json::{Map, Value};

use super::{MAX_NODES, nodes, of_table};
use crate::source::Metadata;
use crate::{Error, Result};

/// An entry of a library.
#[derive(Debug, Clone, PartialEq)]
pub struct LibraryEntry {
    /// Its key, or its number if it has none.
    pub key: String,
    /// The paths of its files, as the library has them.
    pub files: Vec<String>,
    /// The metadata that it declares.
    pub metadata: Metadata,
}

/// The extensions of libraries.
pub const LIBRARIES: [&str; 4] = ["bib", "bibtex", "json", "ris"];

/// Parses the library in the file `path`, by its extension.
///
/// # Errors
///
/// [`Error::Malformed`], with the line, if it is in none of these notations.
pub fn library(text: &str, path: &Path) -> Result<Vec<LibraryEntry>> {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}');
    let entries = match extension.to_ascii_lowercase().as_str() {
        "bib" | "bibtex" => bibtex::parse(text),
        "ris" => ris::parse(text),
        "json" => csl::parse(text),
        _ => Err(Fault::new(None, "is no library: its name ends with .bib, .json or .ris")),
    };
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let malformed = |fault: Fault| Error::Malformed {
        path: path.to_owned(),
        line: fault.line,
        column: None,
        message: fault.message,
    };
    let entries = entries.map_err(malformed)?;
    entries.into_iter().map(|entry| entry.finish(&name).map_err(malformed)).collect()
}

/// An error in a library.
struct Fault {
    line: Option<usize>,
    message: String,
}

impl Fault {
    fn new(line: Option<usize>, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// An entry while it is read: keys and values, by their names in CSL.
#[derive(Default)]
struct Draft {
    key: String,
    line: Option<usize>,
    files: Vec<String>,
    table: Map<String, Value>,
}

impl Draft {
    /// Sets a variable, unless it has been set, or the value is blank.
    fn set(&mut self, variable: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() && !self.table.contains_key(variable) {
            self.table.insert(variable.to_owned(), value.into());
        }
    }

    /// Adds a person to a list.
    fn add(&mut self, variable: &str, person: Value) {
        let list = self.table.entry(variable).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(person);
        }
    }

    fn finish(self, library: &str) -> Result<LibraryEntry, Fault> {
        let Self { key, line, files, mut table } = self;
        table.remove("id");
        if nodes(&Value::Object(table.clone())) > MAX_NODES {
            return Err(Fault::new(line, "an entry is too large for metadata"));
        }
        // Whoever reads the record can look it up.
        table.insert("library".to_owned(), format!("{library}: {key}").into());
        Ok(LibraryEntry { key, files, metadata: of_table(table) })
    }
}

/// Returns the line, from 1, of a byte.
fn line(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(name: &str, text: &str) -> Vec<LibraryEntry> {
        library(text, Path::new(name)).unwrap_or_else(|error| panic!("{error}"))
    }

    fn refused(name: &str, text: &str) -> String {
        library(text, Path::new(name)).expect_err("it is refused").to_string()
    }

    /// The same article in all notations.
    const BIB: &str = "@comment{x}\n@string{lp = {Lowland Post}}\n@article{karu2019,\n title = {The {Ferry} at \
        K{\\\"a}rvo},\n author = {Sample, Dana and van der Berg, Jan and {Harbour Office}},\n journal = lp,\n date = \
        {2019-03-04}, pages = {3--9}, doi = {10.1000/ferry}, url = {https://lowland.example/ferry},\n file = \
        {Full Text:files/12/ferry.pdf:application/pdf;Note:C\\:\\\\x\\\\note.txt:text/plain}\n}\n";

    const RIS: &str = "TY  - JOUR\r\nID  - karu2019\r\nTI  - The Ferry at Kärvo\r\nAU  - Sample, Dana\r\nAU  - van der Berg, Jan\r\n\
        T2  - Lowland Post\r\nPY  - 2019/03/04/\r\nSP  - 3\r\nEP  - 9\r\nDO  - 10.1000/ferry\r\nUR  - https://lowland.example/ferry\r\n\
        L1  - files/12/ferry.pdf\r\nER  - \r\n";

    const CSL: &str = r#"[{"id": "karu2019", "type": "article-journal", "title": "The Ferry at Kärvo",
        "author": [{"family": "Sample", "given": "Dana"}], "container-title": "Lowland Post", "page": "3-9",
        "issued": {"date-parts": [[2019, 3, 4]]}, "DOI": "10.1000/ferry", "URL": "https://lowland.example/ferry",
        "file": "files/12/ferry.pdf"}]"#;

    #[test]
    fn entries_are_read_in_every_notation() {
        for (name, text) in [("a.bib", BIB), ("a.ris", RIS), ("a.json", CSL)] {
            let entries = parsed(name, text);
            assert_eq!(entries.len(), 1, "{name}");
            let LibraryEntry { key, files, metadata } = &entries[0];
            assert_eq!((key.as_str(), files[0].as_str()), ("karu2019", "files/12/ferry.pdf"));
            assert_eq!(metadata.title(), Some("The Ferry at Kärvo"), "{name}");
            assert_eq!(metadata.names("author")[0].display(), "Dana Sample");
            assert_eq!(metadata.text("container-title"), Some("Lowland Post"));
            assert_eq!(metadata.text("DOI"), Some("10.1000/ferry"));
            assert_eq!(metadata.url(), Some("https://lowland.example/ferry"));
            assert_eq!(metadata.issued().map(|it| it.to_string()).as_deref(), Some("2019-03-04"));
            assert_eq!(metadata.text("type"), Some("article-journal"), "{name}");
            assert_eq!(metadata.text("library"), Some(&*format!("{name}: karu2019")));
        }
        let bib = &parsed("a.bib", BIB)[0];
        assert_eq!(bib.files, ["files/12/ferry.pdf", "C:\\x\\note.txt"]);
        assert_eq!(bib.metadata.names("author")[1].display(), "Jan van der Berg");
    }

    #[test]
    fn errors_name_the_line() {
        for (name, text, message) in [
            ("a.bib", "@article{a,\n title = {x}\n}\n@article{b,\n title = {y\n", "a.bib:"),
            ("a.ris", "TY  - JOUR\nTI  - x\nwords\nER  - \n", "a.ris:3: "),
            ("a.ris", "TI  - x\n", "a.ris:1: "),
            ("a.ris", "TY  - JOUR\nTI  - x\n", "a.ris:1: the entry has no end (ER)"),
            ("a.json", "[{\"id\": \"a\"},\n broken]", "a.json:2: "),
            ("a.json", "[1]", "a.json: entry 1 is no object"),
            ("a.txt", "x", "is no library"),
        ] {
            let error = refused(name, text);
            assert!(error.contains(message), "{error}");
        }
    }
}
