//! Reads the text of pages with its places out of a PDF file, with `pdf_oxide`.
//!
//! It is what runs in the child process: a file can make it panic, loop, or take all memory.

use std::collections::HashMap;

use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::page_labels::PageLabelExtractor;
use pdf_oxide::extractors::text::{ArtifactType, PaginationSubtype};
use pdf_oxide::extractors::xmp::XmpExtractor;
use pdf_oxide::layout::TextSpan;
use pdf_oxide::object::Object;

use super::super::properties::Properties;
use super::wire::{Message, Page, Run};
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
    let widths = Widths::of(&spans);
    let runs = spans.iter().map(|span| {
        let (text, width) = widths.read(span);
        Run {
            x: span.bbox.x,
            y: span.bbox.y,
            width,
            height: span.bbox.height,
            size: span.font_size,
            bold: span.font_weight.is_bold(),
            aside: span.rotation_degrees != 0.0
                || span.wmode != 0
                || span.artifact_type
                    == Some(ArtifactType::Pagination(PaginationSubtype::Watermark)),
            head: matches!(span.artifact_type, Some(ArtifactType::Pagination(_))),
            text,
        }
    });
    let finite = |run: &Run| {
        [run.x, run.y, run.width, run.height, run.size].iter().all(|length| length.is_finite())
    };
    let doubtful = without_panic(|| has_doubtful_font(document, index)).ok().flatten();
    let doubtful = doubtful.unwrap_or_default();
    Page { number, runs: runs.filter(finite).collect(), doubtful, ..Page::default() }
}

/// The widths of the letters of a page, by font and size, as most of them are or less. Spacing of letters
/// makes some wider, for PostScript that was made into PDF has it instead of spaces.
struct Widths<'a>(HashMap<(&'a str, u32, char), f32>);

impl<'a> Widths<'a> {
    fn of(spans: &'a [TextSpan]) -> Self {
        /// The least width of a letter, in sizes of the font; the parts of a ligature have none.
        const LEAST: f32 = 0.1;
        let mut widths: HashMap<_, Vec<f32>> = HashMap::new();
        for span in spans {
            for (c, pair) in span.text.chars().zip(span.char_x_offsets.windows(2)) {
                let width = pair[1] - pair[0];
                if width > LEAST * span.font_size {
                    widths.entry(Self::key(span, c)).or_default().push(width);
                }
            }
        }
        let usual = |(key, mut widths): (_, Vec<f32>)| {
            widths.sort_by(f32::total_cmp);
            (key, widths[widths.len() / 4])
        };
        Self(widths.into_iter().map(usual).collect())
    }

    fn key(span: &'a TextSpan, c: char) -> (&'a str, u32, char) {
        (&span.font_name, span.font_size.to_bits(), c)
    }

    /// Returns the text of a span and its width: without spaces that take no room, and with a space
    /// where there is room for one, but not where all letters stand apart.
    fn read(&self, span: &'a TextSpan) -> (String, f32) {
        /// The least width of a space that is one, in sizes of the font.
        const LEAST: f32 = 0.08;
        /// The least room for a space.
        const ROOM: f32 = 0.22;
        let (places, end) = (&span.char_x_offsets, span.bbox.x + span.bbox.width);
        let letters: Vec<char> = span.text.chars().collect();
        let all = letters.len();
        let (Some(&first), Some(&last)) = (places.first(), places.last()) else {
            return (span.text.clone(), span.bbox.width);
        };
        if places.len() != all {
            return (span.text.clone(), span.bbox.width);
        }
        let width = |at: usize| {
            let taken = places.get(at + 1).unwrap_or(&end) - places[at];
            self.0.get(&Self::key(span, letters[at])).map_or(taken, |least| least.min(taken))
        };
        let has_room = |at: usize| {
            let pair =
                letters.get(at..at + 2).is_some_and(|it| !it.iter().any(|c| c.is_whitespace()));
            pair && places[at + 1] - places[at] - width(at) > ROOM * span.font_size
        };
        let room = (0..all).filter(|&at| has_room(at)).count();
        let are_apart = all > 4 && 2 * room > all;
        let mut text = String::with_capacity(span.text.len() + room);
        for (at, &c) in letters.iter().enumerate() {
            if c == ' '
                && places.get(at + 1).is_some_and(|next| next - places[at] < LEAST * span.font_size)
            {
                continue;
            }
            text.push(c);
            if !are_apart && has_room(at) {
                text.push(' ');
            }
        }
        (text, last - first + width(all - 1))
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
