//! [`Style`]: citations in the words of a style guide, through CSL.
//!
//! hayagriva does the formatting. What is done here is to find the style, and to hand over metadata
//! in a shape that cannot make it stumble: hayagriva takes CSL-JSON at its word and panics at a
//! month 0 or a range of dates.

mod bounds;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::OnceLock;

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::json::{
    DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange,
};
use hayagriva::citationberg::taxonomy::{self, DateVariable, NameVariable};
use hayagriva::citationberg::{
    self, CitationFormat, IndependentStyle, Locale, LocaleCode, StyleCategory,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest,
    ElemChildren, LocatorPayload, SpecificLocator,
};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as Unknown, StrDeserializer};

use super::record::Citation;
use super::reference::{CleanName, clean, date, names};
use crate::files::{self, MAX_METADATA};
use crate::text::PartialDate;
use crate::{Error, Result};

mod repair;

/// Names that people use and the archive does not have, with those that it has.
const ALIASES: [(&str, &str); 7] = [
    ("acm", "association-for-computing-machinery"),
    ("acs", "american-chemical-society"),
    ("ama", "american-medical-association"),
    ("asa", "american-sociological-association"),
    ("chicago", "chicago-author-date"),
    ("harvard", "harvard-cite-them-right"),
    ("mhra", "modern-humanities-research-association"),
];

/// A citation style: one of hayagriva's archive, or a `.csl` file. Reading one takes far longer
/// than using it, so it is found once and used for many citations.
///
/// ```
/// # use pincite_core::cite::Style;
/// assert!(Style::find("apa").is_ok());
/// let error = Style::find("apaa").err().expect("no such style");
/// assert_eq!(error.suggestion().as_deref(), Some("did you mean apa?"));
/// ```
#[derive(Debug, Clone)]
pub struct Style {
    csl: IndependentStyle,
    /// The style without its list of references, made where references are known.
    in_text_csl: OnceLock<IndependentStyle>,
    /// Those that the style needs, out of the sixty there are.
    locales: Vec<Locale>,
}

impl Style {
    /// The style used where none is asked for.
    pub const DEFAULT: &'static str = "apa";

    /// The style of this name ([`Style::names`]), or in this file where it ends in `.csl`.
    ///
    /// Errors: no style of that name; a file that cannot be read, is no CSL, or only refers to
    /// another style.
    pub fn find(name: &str) -> Result<Style> {
        let path = Path::new(name);
        let style =
            if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csl")) {
                read(path)?
            } else {
                archived(name).ok_or_else(|| unknown(name))?.get()
            };
        match style {
            citationberg::Style::Independent(mut csl) => {
                repair::complete_names(&mut csl);
                Ok(Style { locales: locales_for(&csl), in_text_csl: OnceLock::new(), csl })
            }
            citationberg::Style::Dependent(style) => Err(dependent(name, &style.parent_link.href)),
        }
    }

    /// The names of all bundled styles, in alphabetical order.
    pub fn names() -> Vec<&'static str> {
        let archived = ArchivedStyle::all().iter().flat_map(|style| style.names());
        let mut names: Vec<_> =
            ALIASES.iter().map(|(alias, _)| *alias).chain(archived.copied()).collect();
        names.sort_unstable();
        names
    }

    /// In-text citation and reference, one line each.
    pub fn format(&self, citation: &Citation) -> String {
        self.format_as(citation, 0)
    }

    /// Formats a citation as [`format`](Style::format) does. Takes the reference, which all
    /// citations of a source have in common, from `reference`, or puts it there.
    pub(crate) fn format_beside(
        &self,
        citation: &Citation,
        reference: &mut Option<String>,
    ) -> String {
        let in_text_csl = || IndependentStyle { bibliography: None, ..self.csl.clone() };
        let (in_text, reference) = match reference {
            Some(known) => {
                let csl = self.in_text_csl.get_or_init(in_text_csl);
                let [in_text, _] = self.render(citation, 0, csl);
                (in_text, known)
            }
            None => {
                let [in_text, entry] = self.render(citation, 0, &self.csl);
                (in_text, reference.insert(entry))
            }
        };
        lines([&in_text, reference])
    }

    /// Returns the place that an in-text citation names: a page, slide, time or paragraph. Two
    /// citations of one source that name one place are formatted alike.
    pub(crate) fn place(citation: &Citation) -> String {
        let (label, place) = named_place(citation);
        format!("{label:?} {place}")
    }

    /// Formats `citations` anew where the style numbers its sources, so that each source has the
    /// number of its place among them, from 1.
    pub fn number<'c>(&self, citations: impl IntoIterator<Item = &'c mut Citation>) {
        if !self.numbers_sources() {
            return;
        }
        let mut numbers = HashMap::new();
        for citation in citations {
            let next = numbers.len();
            let number = *numbers.entry(citation.id.source.clone()).or_insert(next);
            if number > 0 {
                citation.formatted = Some(self.format_as(citation, number));
            }
        }
    }

    /// The in-text citation, or the note in styles that cite in notes, with the page or paragraph.
    pub fn in_text(&self, citation: &Citation) -> String {
        let [in_text, _] = self.render(citation, 0, &self.csl);
        in_text
    }

    /// The entry in the list of references; empty in styles that have none.
    pub fn reference(&self, citation: &Citation) -> String {
        let [_, reference] = self.render(citation, 0, &self.csl);
        reference
    }

    fn numbers_sources(&self) -> bool {
        let is_numeric = |category: &StyleCategory| {
            matches!(category, StyleCategory::CitationFormat { format: CitationFormat::Numeric })
        };
        self.csl.info.category.iter().any(is_numeric)
    }

    /// Formats a citation of the source after `before` others.
    fn format_as(&self, citation: &Citation, before: usize) -> String {
        let [in_text, reference] = self.render(citation, before, &self.csl);
        lines([&in_text, &reference])
    }

    /// Renders a citation of the source after `before` others in text, and as an entry of the list
    /// of references of `entries`, if that has one.
    fn render(
        &self,
        citation: &Citation,
        before: usize,
        entries: &IndependentStyle,
    ) -> [String; 2] {
        let item = item(citation);
        let (label, place) = named_place(citation);
        let locator = SpecificLocator(label, LocatorPayload::Str(&place));
        let cited = vec![CitationItem::with_locator(&item, Some(locator))];
        let mut driver = BibliographyDriver::new().with_citation_number_offset(before);
        driver.citation(CitationRequest::new(cited, &self.csl, None, &self.locales, Some(1)));
        let rendered = driver.finish(BibliographyRequest::new(entries, None, &self.locales));

        let in_text =
            rendered.citations.first().map(|cited| plain(&cited.citation)).unwrap_or_default();
        let entry = rendered.bibliography.and_then(|list| list.items.into_iter().next());
        let reference = entry.map(|entry| {
            let label = entry
                .first_field
                .map(|label| plain(&ElemChildren(vec![label])))
                .unwrap_or_default();
            clean(&format!("{label} {}", plain(&entry.content)))
        });
        let year = citation.source.get("issued").and_then(date).map(PartialDate::year);
        [in_text, reference.unwrap_or_default()].map(|line| repair::punctuation(line, year))
    }
}

fn lines(lines: [&str; 2]) -> String {
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Returns the place that a citation names, and its kind.
fn named_place(citation: &Citation) -> (taxonomy::Locator, String) {
    let locator = &citation.locator;
    match (locator.printed_page(), locator.slide, &locator.time) {
        (Some(page), ..) => (taxonomy::Locator::Page, page),
        (None, Some(slide), _) => (taxonomy::Locator::Custom, format!("slide {slide}")),
        (None, None, Some(time)) => (taxonomy::Locator::Custom, time.second().to_owned()),
        (None, None, None) => (taxonomy::Locator::Paragraph, locator.paragraph.to_string()),
    }
}

fn plain(rendered: &ElemChildren) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = rendered.write_buf(&mut text, BufWriteFormat::Plain);
    clean(&text)
}

fn archived(name: &str) -> Option<ArchivedStyle> {
    let name = name.to_lowercase();
    let name =
        ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, style)| style);
    ArchivedStyle::by_name(name)
}

fn read(path: &Path) -> Result<citationberg::Style> {
    let xml = files::read_text(path, None, MAX_METADATA).map_err(Error::io("read", path))?;
    let malformed = |message| Error::malformed(path, None, None, message);
    if bounds::is_too_deep(&xml) {
        return Err(malformed(format!("not a CSL style: {}", bounds::TOO_DEEP)));
    }
    let style = citationberg::Style::from_xml(&xml).map_err(|error| {
        malformed(
            match error
                .path
                .map(|path| path.to_string())
                .filter(|path| !matches!(path.as_str(), "." | "?"))
            {
                Some(place) => format!("not a CSL style: in {place}: {}", error.source),
                None => format!("not a CSL style: {}", error.source),
            },
        )
    })?;
    if let citationberg::Style::Independent(csl) = &style {
        bounds::check(csl).map_err(|fault| malformed(format!("not a CSL style: {fault}")))?;
    }
    Ok(style)
}

fn unknown(name: &str) -> Error {
    let wanted = name.to_lowercase();
    let mut near: Vec<(f64, &str)> = Style::names()
        .into_iter()
        .map(|style| (strsim::jaro_winkler(&wanted, style), style))
        .filter(|(similarity, _)| *similarity > 0.85)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let near: Vec<&str> = near.into_iter().map(|(_, style)| style).take(3).collect();
    let hint = if near.is_empty() {
        "apa, mla, chicago, harvard, ieee, vancouver and many more are built in; for another give its .csl file"
            .to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    Error::usage(format!("there is no citation style “{}”", clean(name)), hint)
}

fn dependent(name: &str, parent: &str) -> Error {
    let bundled = ArchivedStyle::by_id(parent).and_then(|style| style.names().first());
    let hint = match bundled {
        Some(style) => format!("use the style it refers to, which is built in: {style}"),
        None => format!("get the .csl file of the style it refers to: {}", clean(parent)),
    };
    Error::usage(format!("the style {} only refers to another style", clean(name)), hint)
}

/// English, and the style's own language where it has one.
///
/// hayagriva's `locales` decodes all sixty, which takes longer than all else in finding a style.
/// The code of a locale is the first thing in it.
fn locales_for(style: &IndependentStyle) -> Vec<Locale> {
    let codes = [Some(LocaleCode::en_us()), style.default_locale.clone()];
    let named = |cbor: &[u8], code: &LocaleCode| {
        let code = code.0.as_bytes();
        !code.is_empty() && cbor[..cbor.len().min(64)].windows(code.len()).any(|at| at == code)
    };
    LOCALES
        .iter()
        .filter(|cbor| codes.iter().flatten().any(|code| named(cbor, code)))
        .filter_map(|cbor| ciborium::from_reader(*cbor).ok())
        .filter(|locale: &Locale| locale.lang.is_some() && codes.contains(&locale.lang))
        .collect()
}

/// A citation's source as hayagriva takes it: of each variable only what it knows how to format.
///
/// An article whose publication is not known is formatted as a document, because Chicago and others
/// take an article outside of a publication for a book and leave out its quotation marks.
fn item(citation: &Citation) -> Item {
    let variables = citation
        .source
        .iter()
        .filter_map(|(variable, value)| Some((variable.clone(), typed(variable, value)?)));
    let mut item: BTreeMap<_, _> = variables.collect();
    let is_article =
        matches!(item.get("type"), Some(Value::String(kind)) if kind.starts_with("article-"));
    if is_article && !item.contains_key("container-title") {
        item.insert("type".to_owned(), Value::String("document".to_owned()));
    }
    Item(item)
}

fn typed(variable: &str, value: &serde_json::Value) -> Option<Value> {
    if is::<DateVariable>(variable) {
        let date = date(value)?;
        let parts = [Some(date.year()), date.month().map(i16::from), date.day().map(i16::from)];
        let date_parts = VecDateRange(vec![VecDate(parts.into_iter().flatten().collect())]);
        return Some(Value::Date(DateValue::DateParts {
            date_parts,
            literal: None,
            season: None,
            circa: false,
        }));
    }
    if is::<NameVariable>(variable) {
        let names: Vec<NameValue> = names(value).into_iter().map(name).collect();
        return (!names.is_empty()).then_some(Value::Names(names));
    }
    let text = match value {
        serde_json::Value::String(text) => clean(text),
        serde_json::Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(Value::String(text))
}

/// Returns whether CSL has a variable of this name among those of kind `V`.
fn is<'a, V: Deserialize<'a>>(variable: &'a str) -> bool {
    let name: StrDeserializer<'a, Unknown> = variable.into_deserializer();
    V::deserialize(name).is_ok()
}

fn name(name: CleanName) -> NameValue {
    match name {
        CleanName::Literal(literal) => NameValue::Literal(LiteralName { literal }),
        CleanName::Person { family, given, suffix } => {
            // With no particle given, hayagriva looks for one of its own in the family name.
            let (particle, family) = match family.split_once(' ') {
                Some((first, rest)) => (Some(first.to_owned()), rest.to_owned()),
                None => (None, family),
            };
            NameValue::Item(NameItem {
                family,
                given,
                non_dropping_particle: particle,
                dropping_particle: None,
                suffix,
                comma_suffix: None,
            })
        }
    }
}

#[cfg(test)]
mod tests;
