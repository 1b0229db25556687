//! Deep links: a URL with a text fragment (<https://wicg.github.io/scroll-to-text-fragment/>),
//! which makes a browser scroll to a quotation and mark it.
//!
//! A browser goes to the *first* place that fits, so a link is only given where nothing else in the
//! text fits.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::record::Citation;
use super::reference::web_url;
use crate::source::Passage;
use crate::text::{Span, fold, words};

/// The most bytes of a quotation that is given whole; a longer one is given by its first and last
/// words.
const WHOLE: usize = 300;

/// The numbers of words that are tried for either end of a long quotation, fewest first.
const ENDS: [usize; 3] = [4, 8, 16];
/// The numbers of words that are tried for the context on either side, fewest first.
const CONTEXTS: [usize; 4] = [0, 3, 6, 12];

/// All but what RFC 3986 calls unreserved; `-` means something in a text fragment.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

impl Citation {
    /// The citation with its deep link, where its source has a web address and the link leads to
    /// this quotation alone; of a file with pages, to its page.
    ///
    /// `passages` are all those of the source, in their order: what a reader of it sees as its
    /// text.
    #[must_use]
    pub fn with_deep_link(mut self, passages: &[Passage]) -> Citation {
        self.deep_link = web_url(&self.source).and_then(|url| {
            // A viewer that shows a file with pages goes to a page, and knows no text fragments.
            if let Some(page) = self.locator.page {
                return page_link(&url, page);
            }
            let mut text = String::new();
            let mut quote = None;
            for passage in passages {
                let bytes = self.locator.bytes;
                if passage.span().contains(bytes) && passage.paragraph == self.locator.paragraph {
                    let start = passage.start.byte;
                    let slice = Span::new(bytes.start - start, bytes.end - start);
                    quote = Some(plain_span(passage, slice).shifted(text.len()));
                }
                text.push_str(passage.plain());
                text.push('\n');
            }
            deep_link(&url, &text, quote?)
        });
        self
    }
}

/// The link to a page of a PDF file (RFC 8118); `None` where `url` is not a web address.
fn page_link(url: &str, page: u32) -> Option<String> {
    let mut url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_fragment(Some(&format!("page={page}")));
    Some(url.into())
}

/// The part of a passage's readable form that was made from `slice`, in bytes of its text.
fn plain_span(passage: &Passage, slice: Span) -> Span {
    let plain = passage.plain();
    let chars: Vec<(usize, char)> = plain.char_indices().collect();
    let made_from = |&(at, c): &(usize, char)| passage.exact_span(Span::new(at, at + c.len_utf8()));
    let at = |i: usize| chars.get(i).map_or(plain.len(), |&(at, _)| at);
    let start = at(chars.partition_point(|char| made_from(char).start < slice.start));
    let end = at(chars.partition_point(|char| made_from(char).end <= slice.end));
    Span::new(start, end.max(start))
}

/// Adds the text fragment to `url` that leads to the bytes `quote` of `text`, and nowhere else in
/// it; `None` where there is no such fragment, or `url` is not a web address.
///
/// `text` is the readable text of the page, a paragraph a line. Places are compared as browsers do,
/// word by word without regard to case, accents or white space (nor to punctuation, which errs on
/// the safe side). An ordinary fragment of `url` is kept, a text fragment is replaced.
///
/// ```
/// use pincite_core::cite::deep_link;
/// let text = "Rain fell.\nThe well-known bridge opened. Rain fell again.";
/// let link = |quote: &str| deep_link("https://example.org/a#top", text, (text.rfind(quote)?..text.len()).into());
/// assert_eq!(link("Rain fell again.").as_deref(), Some("https://example.org/a#top:~:text=Rain%20fell%20again."));
/// ```
pub fn deep_link(url: &str, text: &str, quote: Span) -> Option<String> {
    let mut url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let directive = Page::new(text, quote)?.directive()?;
    let fragment = url.fragment().unwrap_or_default();
    let kept = fragment.split_once(":~:").map_or(fragment, |(kept, _)| kept);
    url.set_fragment(Some(&format!("{kept}:~:text={directive}")));
    Some(url.into())
}

/// A text, folded for comparison, and a quotation in it.
struct Page<'a> {
    /// The quotation.
    quote: &'a str,
    /// The text before it in its paragraph, and after it.
    around: [&'a str; 2],
    /// The folded words of the text, each between two spaces.
    folded: String,
    /// The folded quotation in `folded`, spaces on either side included.
    place: Span,
}

impl<'a> Page<'a> {
    /// `None` where the quotation is no part of the text or has no word.
    fn new(text: &'a str, quote: Span) -> Option<Self> {
        let (before, after) = (text.get(..quote.start)?, text.get(quote.end..)?);
        let quote = text.get(quote.start..quote.end)?.trim();
        let mut folded = folded(before);
        let start = folded.len() - 1;
        folded.extend(words(quote).flat_map(|word| [fold(word.text), " ".into()]));
        let end = folded.len();
        folded.extend(words(after).flat_map(|word| [fold(word.text), " ".into()]));
        let around = [before.rsplit('\n').next()?, after.split('\n').next()?];
        (end > start + 1).then(|| Page { quote, around, folded, place: Span::new(start, end) })
    }

    /// The shortest text directive that fits the quotation only.
    fn directive(&self) -> Option<String> {
        if self.quote.len() <= WHOLE {
            return self.directive_of(self.quote, None);
        }
        let words: Vec<Span> = words(self.quote).map(|word| word.span).collect();
        for count in ENDS {
            if words.len() < 2 * count {
                break;
            }
            let start = &self.quote[..words[count - 1].end];
            let end = &self.quote[words[words.len() - count].start..];
            if let Some(directive) = self.directive_of(start, Some(end)) {
                return Some(directive);
            }
        }
        None
    }

    /// The directive of `start`, or from `start` to `end`, with the shortest context that makes it
    /// fit the quotation only.
    fn directive_of(&self, start: &str, end: Option<&str>) -> Option<String> {
        for count in CONTEXTS {
            let context = self.context(count);
            if self.fits_once(&context, start, end) {
                let [prefix, suffix] = context.map(encode);
                let quote = match end {
                    Some(end) => format!("{},{}", encode(start), encode(end)),
                    None => encode(start),
                };
                return Some(directive(&prefix, quote, &suffix));
            }
        }
        None
    }

    /// Up to `count` words before and after the quotation, with all that is between them and it.
    fn context(&self, count: usize) -> [&'a str; 2] {
        let [before, after] = self.around;
        if count == 0 {
            return ["", ""];
        }
        let first = words(before).map(|word| word.span.start).collect::<Vec<_>>();
        let prefix = first
            .get(first.len().saturating_sub(count))
            .map_or("", |&start| before[start..].trim());
        let suffix =
            words(after).take(count).last().map_or("", |last| after[..last.span.end].trim());
        [prefix, suffix]
    }

    /// Returns whether a browser could only take the place of the quotation for
    /// `[prefix-,]start[,end][,-suffix]`.
    fn fits_once(&self, [prefix, suffix]: &[&str; 2], start: &str, end: Option<&str>) -> bool {
        let Some(end) = end else {
            let needle = join([folded(prefix), folded(start), folded(suffix)]);
            return occurs_once(&self.folded, &needle);
        };
        // The end is searched from the end of the start: its first occurrence must end the
        // quotation.
        let tail = join([folded(end), folded(suffix)]);
        let head = folded(start);
        let from = self.place.start + head.len() - 1;
        let first_end = self.folded[from..].find(&tail).map(|at| from + at + folded(end).len());
        occurs_once(&self.folded, &join([folded(prefix), head]))
            && first_end == Some(self.place.end)
    }
}

/// The folded words of `text`, each between two spaces.
fn folded(text: &str) -> String {
    let mut folded = String::from(" ");
    folded.extend(words(text).flat_map(|word| [fold(word.text), " ".into()]));
    folded
}

/// Folded texts one after the other.
fn join<const N: usize>(folded: [String; N]) -> String {
    let mut all = String::from(" ");
    all.extend(folded.iter().map(|text| &text[1..]));
    all
}

fn occurs_once(text: &str, needle: &str) -> bool {
    text.find(needle).is_some_and(|first| !text[first + 1..].contains(needle))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// `[prefix-,]start[,end][,-suffix]`, all of it encoded.
fn directive(prefix: &str, quote: String, suffix: &str) -> String {
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}-,") };
    let suffix = if suffix.is_empty() { String::new() } else { format!(",-{suffix}") };
    format!("{prefix}{quote}{suffix}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::cite::fixture::{citation, passage, source};
    use crate::text::PlainBuilder;

    const URL: &str = "https://example.org/a";

    /// The directive for the last occurrence of `quote` in `text`.
    fn link(text: &str, quote: &str) -> Option<String> {
        let start = text.rfind(quote)?;
        let link = deep_link(URL, text, Span::new(start, start + quote.len()))?;
        Some(link.strip_prefix("https://example.org/a#:~:text=")?.to_owned())
    }

    #[test]
    fn a_quotation_that_occurs_once_is_given_whole() {
        assert_eq!(
            link(
                "One. A well-known, cheap & old bridge (é). Two.",
                "A well-known, cheap & old bridge (é)."
            )
            .as_deref(),
            Some("A%20well%2Dknown%2C%20cheap%20%26%20old%20bridge%20%28%C3%A9%29.")
        );
    }

    #[test]
    fn a_quotation_that_occurs_twice_takes_its_context() {
        let text = "On Monday it rained. On Tuesday it\nsnowed and IT  Rained, said the man.";
        assert_eq!(
            link(text, "IT  Rained").as_deref(),
            Some("snowed%20and-,IT%20%20Rained,-%2C%20said%20the%20man")
        );
    }

    #[test]
    fn no_link_where_nothing_tells_two_places_apart() {
        assert_eq!(link("It rained.\nIt rained.", "It rained."), None);
        assert_eq!(link("The rain. THE RAIN!", "RAIN"), Some("The%20rain.%20THE-,RAIN".into()));
        assert_eq!(link("…\n—", "—"), None, "there is no word to look for");
    }

    #[test]
    fn a_long_quotation_is_given_by_its_ends() {
        let long = (1..80).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ");
        let text = format!("Before. {long}. After.");
        assert_eq!(
            link(&text, &format!("{long}.")).as_deref(),
            Some("word1%20word2%20word3%20word4,word76%20word77%20word78%20word79.")
        );
        let twice = format!("word1 word2 word3 word4 alone. {text}");
        assert_eq!(
            link(&twice, &format!("{long}.")).as_deref(),
            Some(
                "word4%20alone.%20Before.-,word1%20word2%20word3%20word4,word76%20word77%20word78%20word79.,-After"
            )
        );
    }

    #[test]
    fn the_end_of_a_long_quotation_is_the_first_that_a_browser_meets() {
        let middle = (1..60).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ");
        let text = format!("Start here my friend the same four words {middle} the same four words");
        assert_eq!(
            link(&text, &text).as_deref(),
            Some(
                "Start%20here%20my%20friend%20the%20same%20four%20words,word56%20word57%20word58%20word59%20the%20same%20four%20words"
            )
        );
    }

    #[test]
    fn fragments_of_the_url_are_kept_and_text_fragments_replaced() {
        let link = |url| deep_link(url, "One two.", Span::new(0, 3));
        assert_eq!(link("https://e.org/#top").as_deref(), Some("https://e.org/#top:~:text=One"));
        assert_eq!(
            link("https://e.org/#:~:text=Two").as_deref(),
            Some("https://e.org/#:~:text=One")
        );
        assert_eq!(link("ftp://e.org/"), None);
        assert_eq!(link("not a url"), None);
        assert_eq!(deep_link(URL, "One", Span::new(1, 9)), None, "outside the text");
    }

    #[test]
    fn a_citation_is_linked_by_what_a_reader_sees() {
        let slice = "It **rained**.\nThe [bridge](u) opened.";
        let mut plain = PlainBuilder::new(slice);
        plain.copy(Span::new(0, 3));
        plain.copy(Span::new(5, 11));
        plain.copy(Span::new(13, 14));
        plain.write(" ");
        plain.copy(Span::new(15, 19));
        plain.copy(Span::new(20, 26));
        plain.copy(Span::new(30, 38));
        let passage = Passage {
            text: slice.into(),
            plain: plain.finish(),
            sentences: vec![Span::new(0, 14), Span::new(15, 38)],
            ..passage()
        };
        assert_eq!(passage.plain(), "It rained. The bridge opened.");
        let other = Passage { paragraph: 1, ..passage.clone() };
        let sentence = Some(crate::source::Sentences { first: 2, last: 2 });
        let cited = |url| {
            Citation::new(&source(json!({"URL": url})), &passage, sentence).expect("two sentences")
        };
        assert_eq!(
            cited(URL).with_deep_link(std::slice::from_ref(&passage)).deep_link.as_deref(),
            Some("https://example.org/a#:~:text=The%20bridge%20opened.")
        );
        assert_eq!(
            cited(URL).with_deep_link(&[other, passage.clone()]).deep_link,
            None,
            "it occurs twice"
        );
        assert_eq!(
            cited("mailto:a@b.c").with_deep_link(std::slice::from_ref(&passage)).deep_link,
            None
        );
        assert_eq!(citation(json!({})).with_deep_link(&[passage]).deep_link, None);
    }

    proptest! {
        /// Any stretch of any text: no panic, and a link that is given decodes to words of the
        /// quotation.
        #[test]
        fn links_are_sound(text in "(?s)([ab -,\n]|\\PC){0,60}", a in 0usize..60, b in 0usize..60) {
            let bound = |i: usize| text.char_indices().map(|(at, _)| at).nth(i).unwrap_or(text.len());
            let span = Span::new(bound(a.min(b)), bound(a.max(b)));
            if let Some(link) = deep_link(URL, &text, span) {
                let directive = link.split_once(":~:text=").expect("a text fragment").1;
                let main = directive.split(',').find(|part| !part.starts_with('-') && !part.ends_with('-'));
                let main = percent_encoding::percent_decode_str(main.expect("a start")).decode_utf8().expect("UTF-8");
                prop_assert_eq!(main, span.of(&text).trim());
            }
        }
    }
}
