//! `pincite/sources/1`: every source of an index.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::cite::RecordPlace;
use crate::index::Entry;
use crate::source::{Provenance, SourceId, TextKind};

/// Every source of an index, with what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// The name and version of this shape, `pincite/sources/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Sources::SCHEMA)))]
    pub schema: String,
    /// The sources, in the order of their ids.
    pub sources: Vec<Source>,
}

/// A source as it was indexed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id, unique in the index.
    pub id: SourceId,
    /// Its file, relative to the folder that was indexed, with `/` between the parts.
    pub file: String,
    /// Its file as an absolute path.
    pub path: String,
    /// The size of its file in bytes.
    pub size: u64,
    /// The member of an archive that it is or is in, or what a compressed file unpacks to. Absent
    /// where the file is neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Its record in the file. Absent but where a file has several sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordPlace>,
    /// BLAKE3 of the file's bytes or, where the source is a record of it, of the record's: `blake3:`
    /// and 64 hexadecimal digits.
    pub content_hash: String,
    /// The kind of text that its offsets point into.
    pub text: TextKind,
    /// The name and version of the extractor that read it, such as `markdown/2`.
    pub extractor: String,
    /// The language of most of it, as an ISO 639-1 code; `null` where it could not be told.
    pub language: Option<String>,
    /// The number of its body paragraphs.
    pub paragraphs: u32,
    /// Its metadata as CSL-JSON variables.
    pub metadata: Map<String, Value>,
    /// For each of these variables, where its value comes from.
    pub provenance: BTreeMap<String, Provenance>,
}

impl Sources {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/sources/1";

    /// Returns what is serialised as the document of these sources is.
    pub fn of(entries: &[Entry]) -> impl Serialize + '_ {
        Listed { schema: Self::SCHEMA, sources: entries }
    }
}

/// [`Sources`] that are made one by one as they are written: an index may have many.
#[derive(Serialize)]
struct Listed<'a> {
    schema: &'static str,
    #[serde(serialize_with = "one_by_one")]
    sources: &'a [Entry],
}

fn one_by_one<S: Serializer>(entries: &&[Entry], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(entries.iter().map(Source::from))
}

impl From<&Entry> for Source {
    fn from(entry: &Entry) -> Self {
        let source = &entry.source;
        let mut metadata = Map::new();
        let mut provenance = BTreeMap::new();
        for (variable, value, from) in source.metadata.iter() {
            metadata.insert(variable.to_owned(), value.clone());
            provenance.insert(variable.to_owned(), from);
        }
        Self {
            id: source.id.clone(),
            file: source.file.clone(),
            path: entry.path.display().to_string(),
            size: entry.stamp.size,
            member: source.member.clone(),
            record: source.record.map(RecordPlace::from),
            content_hash: source.content_hash.clone(),
            text: source.text,
            extractor: entry.extractor.clone(),
            language: source.language.clone(),
            paragraphs: entry.paragraphs,
            metadata,
            provenance,
        }
    }
}
