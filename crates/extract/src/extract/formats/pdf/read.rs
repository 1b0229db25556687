//! Reads the text of pages with its places out of a PDF file, with `pdf_oxide`.
//!
//! It is what runs in the child process: a file can make it panic, loop, or take all memory.

use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::page_labels::PageLabelExtractor;
use pdf_oxide::extractors::text::ArtifactType;
use pdf_oxide::extractors::xmp::XmpExtractor;
use pdf_oxide::object::Object;

use super::wire::{About, Message, Page, Run};
use crate::panics::without_panic;

/// The most pages of a file.
const MAX_PAGES: usize = 50_000;

/// Reads a file, and sends what is in it; stops when `send` returns `false`.
pub(super) fn read(bytes: Vec<u8>, mut send: impl FnMut(Message) -> bool) {
    let opened = without_panic(|| PdfDocument::from_bytes(bytes));
    let document = match opened {
        Ok(Ok(document)) => document,
        // What the reader says of it is for programmers.
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
    let runs = spans.into_iter().map(|span| Run {
        x: span.bbox.x,
        y: span.bbox.y,
        width: span.bbox.width,
        height: span.bbox.height,
        size: span.font_size,
        bold: span.font_weight.is_bold(),
        aside: span.rotation_degrees != 0.0
            || span.wmode != 0
            || matches!(span.artifact_type, Some(ArtifactType::Pagination(_))),
        text: span.text,
    });
    let finite = |run: &Run| {
        [run.x, run.y, run.width, run.height, run.size].iter().all(|length| length.is_finite())
    };
    let doubtful = without_panic(|| has_doubtful_font(document, index)).ok().flatten();
    let doubtful = doubtful.unwrap_or_default();
    Page { number, runs: runs.filter(finite).collect(), doubtful, ..Page::default() }
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
fn about(document: &PdfDocument) -> About {
    let info = |key: &str| {
        let info = document.trailer().as_dict()?.get("Info")?;
        let info = document.resolve_references(info, 2).ok()?;
        let value = document.resolve_references(info.as_dict()?.get(key)?, 2).ok()?;
        text(&value)
    };
    let xmp = XmpExtractor::extract(document).ok().flatten().unwrap_or_default();
    let keywords = xmp.pdf_keywords.or_else(|| info("Keywords")).unwrap_or_default();
    let authors = xmp.dc_creator.join("; ");
    About {
        title: xmp.dc_title.or_else(|| info("Title")),
        author: Some(authors).filter(|it| !it.trim().is_empty()).or_else(|| info("Author")),
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
