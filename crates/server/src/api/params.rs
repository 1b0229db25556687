//! The parameters of the HTTP API, and their conversion to requests to the engine.
//!
//! Names that are not known are refused: a slip in a filter would otherwise widen an answer.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::desk::Desk;
use crate::refusal::Refusal;
use pincite_core::check::Input;
use pincite_core::engine::{CheckRequest, QueryRequest, Question};
use pincite_core::query::{Filters, Query};
use pincite_core::source::PassageId;
use pincite_core::text::PartialDate;
use pincite_render::citation::Format;

/// The most results of one answer.
pub(crate) const MAX_LIMIT: usize = 100;

/// The furthest result that can be asked for.
pub(crate) const MAX_REACH: usize = 1_000;

/// The most claims of one request, and the most ids.
pub(crate) const MAX_CLAIMS: usize = 1_000;

/// Parses the query of an address, or a form.
pub(crate) fn parse<T: DeserializeOwned>(query: &str) -> Result<T, Refusal> {
    serde_html_form::from_str(query).map_err(|error| Refusal::bad_request(error.to_string()))
}

/// Parameters of `/v1/query`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct QueryParams {
    /// A claim, a question or words, in the query language of the command line.
    pub(crate) q: Option<String>,
    /// Instead of `q`, the id of a passage that others are to be like.
    pub(crate) like: Option<String>,
    /// Match only the words as typed and their inflections.
    pub(crate) exact: bool,
    /// The number of passages, at most 100.
    pub(crate) limit: Option<usize>,
    /// The number of passages to leave out first; with `limit`, at most 1000.
    pub(crate) offset: usize,
    /// Only these sources; `*` matches any characters.
    pub(crate) source: Vec<String>,
    /// Only sources by these publishers.
    pub(crate) publisher: Vec<String>,
    /// Only sources published on or after this date: 2025, 2025-10 or 2025-10-16.
    pub(crate) since: Option<String>,
    /// Only sources published on or before this date.
    pub(crate) until: Option<String>,
    /// Only passages in this language, an ISO 639-1 code.
    pub(crate) lang: Option<String>,
    /// Only sources in files of this format, such as `plain`, `markdown` or `html`.
    pub(crate) filetype: Option<String>,
    /// The name of a bundled citation style.
    pub(crate) style: Option<String>,
    /// Add how the query was expanded and how each hit was scored.
    pub(crate) explain: bool,
    /// `json` (the default), `jsonl`, `csv`, `markdown`, `html`, `csl-json`, `bibtex`, `ris`,
    /// `annotation`, `wikipedia` or `anthropic`.
    pub(crate) format: Option<String>,
}

/// Parameters of `/v1/check`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CheckParams {
    /// The claims, if they are not in the body; at most 1000.
    pub(crate) claim: Vec<String>,
    /// The way to read a body: `draft` (the default; the sentences of it that assert something) or
    /// `lines` (a claim a line).
    #[serde(rename = "as")]
    pub(crate) kind: Option<String>,
    /// Only these sources; `*` matches any characters.
    pub(crate) source: Vec<String>,
    /// Only sources by these publishers.
    pub(crate) publisher: Vec<String>,
    /// Only sources published on or after this date: 2025, 2025-10 or 2025-10-16.
    pub(crate) since: Option<String>,
    /// Only sources published on or before this date.
    pub(crate) until: Option<String>,
    /// Only passages in this language, an ISO 639-1 code.
    pub(crate) lang: Option<String>,
    /// Only sources in files of this format, such as `plain`, `markdown` or `html`.
    pub(crate) filetype: Option<String>,
    /// The name of a bundled citation style.
    pub(crate) style: Option<String>,
    /// Add how each piece of evidence was judged.
    pub(crate) explain: bool,
    /// `json` (the default), `jsonl`, `csv`, `markdown`, `html`, `claimreview` or `sarif`.
    pub(crate) format: Option<String>,
}

/// Parameters of `/v1/verify`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VerifyParams {
    /// Take each line of the body as a bare quotation and find its source.
    pub(crate) find: bool,
    /// The name of a bundled citation style in which records may have their references.
    pub(crate) style: Option<String>,
}

/// Parameters of `/v1/cite`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CiteParams {
    /// Ids of passages or sentences: `SOURCE#p5`, `SOURCE#p5.3` or `SOURCE#p5.3-4`; at most 1000.
    pub(crate) id: Vec<String>,
    /// The name of a bundled citation style.
    pub(crate) style: Option<String>,
    /// As of `/v1/query`.
    pub(crate) format: Option<String>,
}

/// Parameters of `/v1/show`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ShowParams {
    /// A source, a passage or sentences: `SOURCE`, `SOURCE#p5`, `SOURCE#p5.3` or `SOURCE#p5.3-4`.
    pub(crate) id: String,
    /// The number of paragraphs to show before and after a passage.
    pub(crate) context: u32,
}

/// Parameters of `/v1/sources`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SourcesParams {
    /// Only sources whose id is like this; `*` matches any characters.
    pub(crate) id: Option<String>,
    /// The number of sources, at most 1000 (the default).
    pub(crate) limit: Option<usize>,
    /// The number of sources to leave out first.
    pub(crate) offset: usize,
}

/// Parameters of `/v1/stats`, which has none.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NoParams {}

impl QueryParams {
    fn limits(&self) -> Limits<'_> {
        Limits {
            source: &self.source,
            publisher: &self.publisher,
            since: self.since.as_deref(),
            until: self.until.as_deref(),
            lang: self.lang.as_deref(),
            filetype: self.filetype.as_deref(),
        }
    }

    /// Returns the request.
    pub(crate) fn request(&self, desk: &Desk) -> Result<QueryRequest, Refusal> {
        let question = match (&self.q, &self.like) {
            (Some(query), None) => Question::Text(Query::parse(query)?),
            (None, Some(id)) => Question::Like(passage_id(id)?),
            _ => return Err(Refusal::bad_request("give one of q and like")),
        };
        let limit = self.limit.unwrap_or(QueryRequest::LIMIT);
        if limit == 0 || limit > MAX_LIMIT || self.offset.saturating_add(limit) > MAX_REACH {
            let detail = format!(
                "limit is from 1 to {MAX_LIMIT}, and with offset at most {MAX_REACH} together"
            );
            return Err(Refusal::bad_request(detail));
        }
        Ok(QueryRequest {
            filters: self.limits().filters()?,
            exact: self.exact,
            offset: self.offset,
            limit,
            ..QueryRequest::new(question, desk.style(self.style.as_deref())?)
        })
    }
}

impl CheckParams {
    fn limits(&self) -> Limits<'_> {
        Limits {
            source: &self.source,
            publisher: &self.publisher,
            since: self.since.as_deref(),
            until: self.until.as_deref(),
            lang: self.lang.as_deref(),
            filetype: self.filetype.as_deref(),
        }
    }

    /// Returns the request to check `input`.
    pub(crate) fn request(&self, input: Input, desk: &Desk) -> Result<CheckRequest, Refusal> {
        if input.requests.len() > MAX_CLAIMS {
            let detail = format!(
                "these are {} claims, and one request takes {MAX_CLAIMS}",
                input.requests.len()
            );
            return Err(Refusal::bad_request(detail));
        }
        if let Some(long) = input.requests.iter().find(|it| !Query::has_room_for(&it.claim)) {
            let begin: String = long.claim.chars().take(40).collect();
            return Err(Refusal::bad_request(format!("the claim “{begin}…” is too long")));
        }
        Ok(CheckRequest {
            filters: self.limits().filters()?,
            ..CheckRequest::new(input, desk.style(self.style.as_deref())?)
        })
    }
}

/// Limits on sources as typed; empty values, as forms send them, are none.
#[derive(Debug)]
pub(crate) struct Limits<'a> {
    pub(crate) source: &'a [String],
    pub(crate) publisher: &'a [String],
    pub(crate) since: Option<&'a str>,
    pub(crate) until: Option<&'a str>,
    pub(crate) lang: Option<&'a str>,
    pub(crate) filetype: Option<&'a str>,
}

impl Limits<'_> {
    /// Returns the filters.
    pub(crate) fn filters(&self) -> Result<Filters, Refusal> {
        let given =
            |values: &[String]| values.iter().filter(|it| !it.is_empty()).cloned().collect();
        let lang = self.lang.filter(|lang| !lang.is_empty());
        Ok(Filters {
            source: given(self.source),
            among: None,
            publisher: given(self.publisher),
            since: date("since", self.since)?,
            until: date("until", self.until)?,
            lang: lang.map(Filters::language).transpose()?,
            filetype: self.filetype.filter(|name| !name.is_empty()).map(str::to_owned),
        })
    }
}

fn date(name: &str, typed: Option<&str>) -> Result<Option<PartialDate>, Refusal> {
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else { return Ok(None) };
    let parsed = typed.parse();
    parsed.map(Some).map_err(|_| {
        let detail = format!("{name}: “{typed}” is no date");
        Refusal::bad_request(detail).with_hint("write 2025, 2025-10 or 2025-10-16")
    })
}

/// Parses the id of a passage or of sentences.
pub(crate) fn passage_id(typed: &str) -> Result<PassageId, Refusal> {
    typed.parse().map_err(|error: pincite_core::source::ParseIdError| {
        Refusal::bad_request(error.to_string())
    })
}

/// Parses the ids of passages or sentences, of which there has to be one.
pub(crate) fn passage_ids(typed: &[String]) -> Result<Vec<PassageId>, Refusal> {
    if typed.is_empty() || typed.len() > MAX_CLAIMS {
        let detail = format!("give from 1 to {MAX_CLAIMS} ids, as id=SOURCE%23p5.3");
        return Err(Refusal::bad_request(detail));
    }
    typed.iter().map(|id| passage_id(id)).collect()
}

/// Returns the format of this name, JSON where there is none.
pub(crate) fn citation_format(name: Option<&str>) -> Result<Format, Refusal> {
    let Some(name) = name else { return Ok(Format::Json) };
    Format::named(name).ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let detail = format!("there is no format “{name}”");
        Refusal::bad_request(detail).with_hint(names.join(", "))
    })
}

/// Reads claims out of the body of a request, as a draft or line by line.
pub(crate) fn body_input(kind: Option<&str>, body: Vec<u8>) -> Result<Input, Refusal> {
    match kind {
        None | Some("draft") => Ok(Input::draft(body, std::path::Path::new("draft"))?),
        Some("lines") => Ok(Input::lines(&text(body)?)),
        Some(other) => {
            let detail = format!("a body cannot be read as “{other}”");
            Err(Refusal::bad_request(detail).with_hint("draft or lines"))
        }
    }
}

/// Returns a body as text.
pub(crate) fn text(body: Vec<u8>) -> Result<String, Refusal> {
    String::from_utf8(body).map_err(|_| Refusal::bad_request("the body is not UTF-8 text"))
}

/// Returns the numbers of the first item and of the one after the last, of `all`.
pub(crate) fn page(offset: usize, limit: Option<usize>, most: usize, all: usize) -> [usize; 2] {
    let first = offset.min(all);
    let limit = limit.unwrap_or(most).clamp(1, most);
    [first, first.saturating_add(limit).min(all)]
}
