//! Reads the text of pages with its places out of a PDF file, with `pdf_oxide`.
//!
//! It is what runs in the child process: a file can make it panic, loop, or take all memory.

use std::collections::HashSet;

use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::page_labels::PageLabelExtractor;
use pdf_oxide::extractors::text::{ArtifactType, PaginationSubtype};
use pdf_oxide::extractors::xmp::XmpExtractor;
use pdf_oxide::layout::TextSpan;
use pdf_oxide::object::Object;

use super::super::properties::Properties;
use super::wire::{Message, Page, Run};
use super::words::{run, words};
use crate::panics::without_panic;

/// The most pages of a file.
const MAX_PAGES: usize = 50_000;

/// Reads a file, and sends what is in it; stops when `send` returns `false`.
pub(super) fn read(bytes: Vec<u8>, mut send: impl FnMut(Message) -> bool) {
    let opened = without_panic(|| PdfDocument::from_bytes(bytes));
    let document = match opened {
        Ok(Ok(document)) => document,
        // Leave out what the reader says of it, which is for programmers.
        _ => {
            send(Message::Refused("is damaged: open it in a viewer, and save it anew".to_owned()));
            return;
        }
    };
    // Many files are encrypted with an empty password, and open to all.
    let is_open = !document.is_encrypted()
        || document.is_authenticated()
        || matches!(without_panic(|| document.authenticate(b"")), Ok(Ok(true)));
    if !is_open {
        send(Message::Refused("is encrypted: save it without a password".to_owned()));
        return;
    }
    let pages = match without_panic(|| document.page_count()) {
        Ok(Ok(pages)) if pages > 0 => pages,
        _ => {
            send(Message::Refused("is damaged: it has no list of pages".to_owned()));
            return;
        }
    };
    if pages > MAX_PAGES {
        send(Message::Refused(format!("has {pages} pages, of which {MAX_PAGES} may be read")));
        return;
    }
    let labels = without_panic(|| {
        let ranges = PageLabelExtractor::extract(&document).unwrap_or_default();
        match ranges.is_empty() {
            true => Vec::new(),
            false => PageLabelExtractor::get_all_labels(&ranges, pages),
        }
    });
    let labels = labels.unwrap_or_default();
    let about = without_panic(|| about(&document)).unwrap_or_default();
    let mut goes_on = send(Message::About(about));
    for index in 0..pages {
        if !goes_on {
            return;
        }
        let mut page = page(&document, index);
        let printed = labels.get(index).map(|label| label.trim().to_owned());
        page.label = printed.filter(|it| !it.is_empty() && *it != page.number.to_string());
        goes_on = send(Message::Page(page));
    }
    send(Message::End);
}

fn page(document: &PdfDocument, index: usize) -> Page {
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let spans = match without_panic(|| document.extract_spans(index)) {
        Ok(Ok(spans)) => spans,
        _ => return Page { number, is_damaged: true, ..Page::default() },
    };
    let none = HashSet::new;
    let letters = without_panic(|| document.extract_chars_filtered(index, none(), none()));
    let mut runs = words(&spans, letters.ok().and_then(Result::ok).unwrap_or_default());
    mark(&mut runs, &spans);
    let doubtful = without_panic(|| has_doubtful_font(document, index)).ok().flatten();
    let doubtful = doubtful.unwrap_or_default();
    Page { number, runs, doubtful, ..Page::default() }
}

/// Adds the text of a page that is turned, and marks what the file or its reader takes for running
/// heads and watermarks.
fn mark(runs: &mut Vec<Run>, spans: &[TextSpan]) {
    /// The most of these that are looked at.
    const MARKED: usize = 64;
    let words = runs.len();
    let turned = spans.iter().filter(|span| span.rotation_degrees != 0.0).map(run);
    let is_placed =
        |run: &Run| [run.x, run.y, run.width, run.size].iter().all(|length| length.is_finite());
    runs.extend(turned.filter(is_placed));
    let marked = spans.iter().filter_map(|span| match &span.artifact_type {
        Some(ArtifactType::Pagination(subtype)) if span.rotation_degrees == 0.0 => {
            Some((span, *subtype == PaginationSubtype::Watermark))
        }
        _ => None,
    });
    for (span, is_watermark) in marked.take(MARKED) {
        let (left, right) = (span.bbox.x, span.bbox.x + span.bbox.width);
        for run in &mut runs[..words] {
            let middle = run.x + run.width / 2.0;
            if (run.y - span.bbox.y).abs() < 0.5 * run.size && left <= middle && middle <= right {
                run.aside |= is_watermark;
                run.head |= !is_watermark;
            }
        }
    }
}

/// Returns whether a font of a page draws its letters itself, and has no list of what they are: all
/// that is known of them is their number.
fn has_doubtful_font(document: &PdfDocument, index: usize) -> Option<bool> {
    let inner =
        |object: &Object, key: &str| document.resolve_object(object.as_dict()?.get(key)?).ok();
    let fonts = inner(&inner(&document.get_page(index).ok()?, "Resources")?, "Font")?;
    let is_doubtful = |font: &Object| {
        let Ok(font) = document.resolve_object(font) else { return false };
        let kind = inner(&font, "Subtype");
        let draws = kind.as_ref().and_then(Object::as_name) == Some("Type3");
        draws && inner(&font, "ToUnicode").is_none()
    };
    Some(fonts.as_dict()?.values().any(is_doubtful))
}

/// Returns what a file declares: in its metadata, or else in its document information.
fn about(document: &PdfDocument) -> Properties {
    let info = |key: &str| {
        let info = document.trailer().as_dict()?.get("Info")?;
        let info = document.resolve_references(info, 2).ok()?;
        let value = document.resolve_references(info.as_dict()?.get(key)?, 2).ok()?;
        text(&value)
    };
    let xmp = XmpExtractor::extract(document).ok().flatten().unwrap_or_default();
    let keywords = xmp.pdf_keywords.or_else(|| info("Keywords")).unwrap_or_default();
    let authors = xmp.dc_creator.join("; ");
    Properties {
        title: xmp.dc_title.or_else(|| info("Title")),
        creators: [
            Some(authors).filter(|it| !it.trim().is_empty()).or_else(|| info("Author")),
            None,
        ],
        language: xmp
            .dc_language
            .or_else(|| text(document.catalog().ok()?.as_dict()?.get("Lang")?)),
        about: xmp.dc_description,
        subject: info("Subject"),
        keywords: keywords.split([',', ';']).map(str::to_owned).collect(),
        created: xmp.xmp_create_date.or_else(|| info("CreationDate")),
        modified: xmp.xmp_modify_date.or_else(|| info("ModDate")),
    }
}

/// Returns a text string: in UTF-16 or UTF-8 with a mark, or else in an encoding like Latin-1.
fn text(value: &Object) -> Option<String> {
    let bytes = value.as_string()?;
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    };
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    Some(text).filter(|text| !text.trim().is_empty())
}
