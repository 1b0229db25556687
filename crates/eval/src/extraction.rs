//! [`Extraction`]: measures how well the article is told from the rest of a page.
//!
//! The measure is that of scrapinghub's article-extraction-benchmark: precision and recall of runs
//! of four words, of each page and then on average, and their harmonic mean.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use pincite_core::extract::{BlockKind, Document, extractor_for};
use pincite_core::files::{MAX_TEXT, read, read_all};
use pincite_core::text::PartialDate;
use pincite_core::{Error, FileError, Result};
use serde::Deserialize;
use serde_json::Value;

/// Pages with the text of their articles.
pub struct Extraction {
    pages: BTreeMap<String, (Vec<u8>, Truth)>,
}

/// The metadata of a page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Truth {
    article_body: String,
    #[serde(default, alias = "title")]
    headline: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    date_published: Option<String>,
}

/// The figures of a folder of pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExtractionReport {
    /// Precision, recall and F1 of each page, by its name.
    pub pages: BTreeMap<String, [f64; 3]>,
    /// Counts of titles, authors and dates that are known, or declared in the page, and of
    /// those that were read.
    pub metadata: [(u64, u64); 3],
    /// The number of body paragraphs.
    pub passages: u64,
    /// The bytes of all pages.
    pub bytes: u64,
    /// The time that reading them took.
    pub time: Duration,
}

impl Extraction {
    /// Reads a folder with `ground-truth.json`, an object of `articleBody` and maybe `headline`,
    /// `author` and `datePublished` for each page, and the pages as `NAME.html` or `NAME.html.gz`.
    ///
    /// # Errors
    /// [`FileError::Io`] if a file cannot be read, [`FileError::Malformed`] if the truth cannot be
    /// parsed.
    pub fn read(folder: &Path) -> Result<Extraction> {
        let path = folder.join("ground-truth.json");
        let (bytes, _) = read(&path, None, MAX_TEXT).map_err(Error::io("read", &path))?;
        let truths: BTreeMap<String, Truth> =
            serde_json::from_slice(&bytes).map_err(|error| FileError::Malformed {
                path,
                line: Some(error.line()),
                column: Some(error.column()),
                message: error.to_string(),
            })?;
        let mut pages = BTreeMap::new();
        for (name, truth) in truths {
            let plain = folder.join(format!("{name}.html"));
            let packed = folder.join(format!("{name}.html.gz"));
            let path = if plain.exists() { plain } else { packed };
            let (mut bytes, _) = read(&path, None, MAX_TEXT).map_err(Error::io("read", &path))?;
            if path.extension().is_some_and(|extension| extension == "gz") {
                bytes = read_all(GzDecoder::new(&bytes[..]).by_ref(), MAX_TEXT)
                    .map_err(Error::io("read", &path))?;
            }
            pages.insert(name, (bytes, truth));
        }
        Ok(Extraction { pages })
    }

    /// Extracts every page, and compares.
    pub fn measure(&self) -> ExtractionReport {
        let mut report = ExtractionReport::default();
        let Some(extractor) = extractor_for(Path::new("a.html")) else { return report };
        for (name, (bytes, truth)) in &self.pages {
            let start = Instant::now();
            let document = extractor.extract(bytes.clone());
            report.time += start.elapsed();
            report.bytes += bytes.len() as u64;
            let Ok(document) = document else {
                report.pages.insert(name.clone(), [0.0; 3]);
                continue;
            };
            let is_body = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading(_));
            let body: Vec<&str> = document
                .blocks
                .iter()
                .filter(|block| is_body(block.kind))
                .map(|block| block.readable(&document.text))
                .collect();
            report.pages.insert(name.clone(), figures(&truth.article_body, &body.join("\n")));
            let passages = document.blocks.iter().filter(|it| it.kind == BlockKind::Paragraph);
            report.passages += passages.count() as u64;
            report.compare(&document, &truth.or_declared(&String::from_utf8_lossy(bytes)));
        }
        report
    }
}

impl ExtractionReport {
    /// Returns precision, recall and F1: the means of the first two over all pages, and their
    /// harmonic mean.
    pub fn means(&self) -> [f64; 3] {
        let count = self.pages.len().max(1) as f64;
        let mean = |i: usize| self.pages.values().map(|page| page[i]).sum::<f64>() / count;
        let [precision, recall] = [mean(0), mean(1)];
        [precision, recall, harmonic(precision, recall)]
    }

    fn compare(&mut self, document: &Document, truth: &Truth) {
        let metadata = &document.metadata;
        let authors: Vec<String> =
            metadata.names("author").iter().map(|name| name.display()).collect();
        let date = metadata.issued().map(|date| date.to_string());
        let title = |title: &str| metadata.title().is_some_and(|read| same_title(title, read));
        let author = |author: &str| {
            let last = author.split_whitespace().last().unwrap_or_default().to_lowercase();
            authors.iter().any(|read| read.to_lowercase().contains(&last))
        };
        let issued = |written: &str| {
            PartialDate::parse_lenient(written).map(|date| date.to_string()) == date
        };
        let mut count = |i: usize, known: &Option<String>, is_read: &dyn Fn(&str) -> bool| {
            if let Some(known) = known {
                self.metadata[i].0 += 1;
                self.metadata[i].1 += u64::from(is_read(known));
            }
        };
        count(0, &truth.headline, &title);
        count(1, &truth.author, &author);
        count(2, &truth.date_published, &issued);
    }
}

/// Returns whether one title is the other, or the other with the name of a site.
fn same_title(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (a, b) = (letters(a), letters(b));
    !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
}

impl Truth {
    /// Adds what the page declares in JSON-LD, found without the reader that is measured.
    fn or_declared(&self, page: &str) -> Truth {
        let mut found = Truth {
            article_body: String::new(),
            headline: self.headline.clone(),
            author: self.author.clone(),
            date_published: self.date_published.clone(),
        };
        for script in page.split("application/ld+json").skip(1) {
            let script = script.split_once('>').map_or("", |(_, script)| script);
            let script = script.split("</script").next().unwrap_or_default();
            if let Ok(value) = serde_json::from_str::<Value>(script.trim()) {
                found.add(&value);
            }
        }
        found
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Array(list) => list.iter().for_each(|value| self.add(value)),
            Value::Object(object) => {
                let is_article =
                    object.get("@type").is_some_and(|kind| kind.to_string().contains("Article"));
                let text = |value: Option<&Value>| {
                    value.and_then(Value::as_str).map(str::to_owned).filter(|it| !it.is_empty())
                };
                if is_article {
                    let author = object.get("author");
                    let author = author.and_then(|it| it.get(0)).or(author);
                    let author = author.and_then(|it| it.get("name")).or(author);
                    self.headline = self.headline.take().or_else(|| text(object.get("headline")));
                    self.author = self.author.take().or_else(|| text(author));
                    let date = text(object.get("datePublished"));
                    self.date_published = self.date_published.take().or(date);
                }
                if let Some(graph) = object.get("@graph") {
                    self.add(graph);
                }
            }
            _ => {}
        }
    }
}

/// Returns precision, recall and F1 of the runs of four words of `read`.
fn figures(truth: &str, read: &str) -> [f64; 3] {
    let (truth, read) = (runs(truth), runs(read));
    let (mut both, mut missing) = (0, 0);
    for (run, &count) in &truth {
        let found = read.get(run).copied().unwrap_or_default();
        both += count.min(found);
        missing += count.saturating_sub(found);
    }
    let wrong = read.values().sum::<u64>() - both;
    let share = |others: u64| match (both, others) {
        _ if wrong == 0 && missing == 0 => 1.0,
        (0, _) => 0.0,
        (both, others) => both as f64 / (both + others) as f64,
    };
    let [precision, recall] = [share(wrong), share(missing)];
    [precision, recall, harmonic(precision, recall)]
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

/// Counts the runs of four words; of a text with fewer, there is one run.
fn runs(text: &str) -> HashMap<Vec<&str>, u64> {
    const LENGTH: usize = 4;
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let mut runs = HashMap::new();
    if words.is_empty() {
        return runs;
    }
    for run in words.windows(LENGTH.min(words.len())) {
        *runs.entry(run.to_vec()).or_default() += 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_four_words_are_compared() {
        assert_eq!(figures("a b c d e", "a b c d e"), [1.0; 3]);
        assert_eq!(figures("a b c d e", ""), [0.0; 3]);
        let [precision, recall, _] = figures("a b c d e", "x a b c d");
        assert_eq!([precision, recall], [0.5, 0.5]);
        assert_eq!(figures("one", "one"), [1.0; 3]);
    }
}
