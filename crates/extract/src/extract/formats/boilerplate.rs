//! Recognises boilerplate: lines of a web page around the article.
//!
//! A line is recognised only if it is known as a whole: a button, a form field, a notice. Words
//! that may also be a heading of an article (“Comments”, “Related”) are [`Control::Weak`], and
//! count only next to other boilerplate.

use crate::text::english::Words;
use crate::text::english::boilerplate::boilerplate;

/// A kind of boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// Words that articles use too.
    Weak,
    /// Boilerplate anywhere on the page: an advertisement, a link to another article.
    Strong,
    /// A comment form or the footer: after the last paragraph, everything below it is boilerplate.
    Footer,
}

/// The maximum number of words of a line of boilerplate, other than notices.
const MAX_WORDS: usize = 12;

/// The maximum number of words of a trail of links.
const MAX_TRAIL_WORDS: usize = 3 * MAX_WORDS;

/// The maximum number of words of a line that is known as a whole.
const MAX_KNOWN_WORDS: usize = 16;

/// Classifies `line` if it is known boilerplate, by its words alone.
pub(super) fn control(line: &str) -> Option<Control> {
    // A limit in bytes keeps long paragraphs cheap.
    const MAX_LEN: usize = 600;
    if line.len() > MAX_LEN || is_plainly_other(line) {
        return None;
    }
    // Longer lines are notices, which are recognised by their first words.
    let line = match line.is_ascii() {
        // Most lines are, and their words are found in a fraction of the time.
        true => normal(line.split_ascii_whitespace().take(MAX_TRAIL_WORDS + 1), line.len()),
        false => normal(line.split_whitespace().take(MAX_TRAIL_WORDS + 1), line.len()),
    };
    if line.is_empty() {
        return Some(Control::Strong);
    }
    let known = boilerplate();
    if known.footer.contains(&line)
        || is_copyright(&line)
        || known.cookies.iter().any(|notice| line.starts_with(notice))
    {
        return Some(Control::Footer);
    }
    if known.strong.contains(&line) || is_trail(&line) || is_menu(&line) || is_count(&line) {
        return Some(Control::Strong);
    }
    if known.weak.contains(&line) {
        return Some(Control::Weak);
    }
    if has_more_words(&line, MAX_WORDS) {
        return None;
    }
    if known.app.iter().any(|advert| line.contains(advert)) {
        return Some(Control::Footer);
    }
    if begins_with_any(&line, &known.openings.weak) {
        return Some(Control::Weak);
    }
    // These words may also begin a sentence.
    if line.ends_with('.') {
        return None;
    }
    if begins_with_any(&line, &known.openings.strong) {
        return Some(Control::Strong);
    }
    if begins_with_any(&line, &known.openings.footer) {
        return Some(Control::Footer);
    }
    None
}

/// Returns whether a line has more words than any that is known as a whole, and does not begin or
/// end like the longer ones. Most paragraphs are told apart by this, in a fraction of the time.
fn is_plainly_other(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace().filter(|word| {
        !word.starts_with(':') && word.bytes().any(|byte| byte.is_ascii_alphanumeric())
    });
    if !line.is_ascii() || words.nth(MAX_KNOWN_WORDS).is_none() {
        return false;
    }
    let start = line.trim_start_matches(|c: char| !is_kept(c));
    let mut openings = ["copyright", "home"].into_iter().chain(boilerplate().cookies.iter());
    let is_opening = openings.any(|opening| {
        let mut words = start.split_ascii_whitespace();
        opening.split(' ').all(|it| {
            let begin = words.next().and_then(|word| word.get(..it.len()));
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(it))
        })
    });
    let end = line.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).as_bytes();
    !line.contains('|')
        && !is_opening
        && !end.last_chunk::<8>().is_some_and(|end| end.eq_ignore_ascii_case(b"reserved"))
}

/// Returns whether a character may be the first or last of a normalised line.
fn is_kept(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '©' | '.' | ':')
}

/// Returns whether a line begins with one of some openings as whole words.
fn begins_with_any(line: &str, openings: &Words) -> bool {
    openings.iter().any(|opening| {
        line.strip_prefix(opening)
            .is_some_and(|rest| rest.is_empty() || opening.ends_with(':') || rest.starts_with(' '))
    })
}

/// Normalises a line: lower case, white space folded, no space before a colon, no ornaments at the
/// ends. A final full stop is kept.
/// `length` is about how many bytes there are.
fn normal<'a>(words: impl Iterator<Item = &'a str>, length: usize) -> String {
    let mut line = String::with_capacity(length);
    for word in words {
        if !line.is_empty() && !word.starts_with(':') {
            line.push(' ');
        }
        line.push_str(word);
    }
    let folded = if line.is_ascii() {
        line.make_ascii_lowercase();
        line
    } else {
        line.to_lowercase().replace('’', "'")
    };
    let line = folded.trim_matches(|c| !is_kept(c));
    // A notice may or may not have a full stop.
    match line.strip_suffix('.') {
        Some(notice) if boilerplate().footer.contains(notice) => notice.to_owned(),
        _ if line.len() == folded.len() => folded,
        _ => line.to_owned(),
    }
}

/// Returns whether a line, whose words have one space between them, has more than `words`.
fn has_more_words(line: &str, words: usize) -> bool {
    line.bytes().filter(|byte| *byte == b' ').count() >= words
}

fn is_copyright(line: &str) -> bool {
    let has_sign = line.split_once('©').is_some_and(|(head, _)| {
        let head = head.trim();
        head.is_empty() || head == "copyright" || control(head).is_some()
    });
    let has_word = line
        .strip_prefix("copyright ")
        .is_some_and(|rest| rest.starts_with(|c: char| c == '(' || c.is_ascii_digit()));
    let reserved = line.ends_with("all rights reserved") || line.ends_with("all rights reserved.");
    (has_sign || has_word || reserved) && !has_more_words(line, 2 * MAX_WORDS)
}

/// Returns whether a line is a trail of links: `Home > World`.
fn is_trail(line: &str) -> bool {
    line.strip_prefix("home ").is_some_and(|rest| rest.starts_with(['>', '»', '›', '/', '|', '→']))
        && !has_more_words(line, MAX_TRAIL_WORDS)
}

/// Returns whether a line is a row of links or buttons, at least half of which are known:
/// `Subscribe | Sign in`.
fn is_menu(line: &str) -> bool {
    const MAX_LINK_WORDS: usize = 4;
    // Most lines have none of these, nor any byte with which the longer two begin.
    if line.is_ascii() && !line.as_bytes().contains(&b'|') {
        return false;
    }
    let links: Vec<&str> = line.split(['|', '•', '·']).map(str::trim).collect();
    let known = boilerplate();
    let is_known = |link: &&&str| {
        [&known.weak, &known.strong, &known.footer].iter().any(|list| list.contains(link))
    };
    links.len() > 1
        && links.iter().all(|link| link.split(' ').count() <= MAX_LINK_WORDS)
        && links.iter().filter(is_known).count() * 2 >= links.len()
}

/// Returns whether a line is a count: `3 comments`, `5 min read`, `1.2k shares`, `2 hours ago`.
fn is_count(line: &str) -> bool {
    let Some((number, noun)) = line.split_once(' ') else { return false };
    number.starts_with(|c: char| c.is_ascii_digit()) && boilerplate().counted.contains(noun)
}

/// Returns whether a line is a list of categories without spaces between them, as adjacent links
/// are saved.
pub(super) fn is_run_together(line: &str) -> bool {
    const MAX_CHARS: usize = 400;
    if line.ends_with('.') {
        return false;
    }
    let seams = match line.is_ascii() {
        true => {
            let pairs = line.as_bytes().windows(2).take(MAX_CHARS);
            pairs.filter(|it| it[0].is_ascii_lowercase() && it[1].is_ascii_uppercase()).count()
        }
        false => {
            let pairs = line.chars().zip(line.chars().skip(1)).take(MAX_CHARS);
            pairs.filter(|(before, next)| before.is_lowercase() && next.is_uppercase()).count()
        }
    };
    seams >= 3 && seams >= line.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_forms_and_notices_are_boilerplate() {
        for line in [
            "SHARE—",
            "Your email address will not be published. Every field needs an answer",
            "Leave a Reply",
        ] {
            assert!(control(line).is_some(), "{line}");
        }
        for line in [
            "Back to top",
            "© Sample Desk, 2024",
            "Copyright 2025 Sample. All rights reserved.",
            "E-mail : a@example.org",
            "×",
        ] {
            assert!(control(line).is_some(), "{line}");
        }
        for line in [
            "Enjoyed this? Download the app now",
            "Home > World > Asia",
            "5 min read",
            "Read less Translate in Pashto",
            "Register | Log in",
            "Print · Email · Save for later",
        ] {
            assert!(control(line).is_some(), "{line}");
        }
    }

    #[test]
    fn sentences_of_an_article_are_not_boilerplate() {
        for line in [
            "It was over.",
            "Share this burden, he said, or lose it.",
            "Read more carefully, the treaty says nothing of the kind.",
            "Back to topography",
            "Rowan Example | Sample Post",
            "The comments came late",
            "Follow us on the road to Kabul.",
            "Copyright was never the question, the lawyers said, and it never would be in a case \
             that turned on the word of one man alone.",
        ] {
            assert_eq!(control(line), None, "{line}");
        }
    }

    #[test]
    fn longer_lines_are_known_by_their_ends() {
        let many = "one two three four five six seven eight nine ten eleven twelve thirteen";
        for line in [
            format!("** Copyright 2025 {many} Sample Desk"),
            format!("Sample Desk {many} and more. All rights reserved."),
            format!("Home > World > {many} > Asia > Here"),
        ] {
            assert!(control(&line).is_some(), "{line}");
        }
        for notice in boilerplate().cookies.iter() {
            let line = format!("{notice} {many} fourteen fifteen sixteen");
            assert_eq!(control(&line), Some(Control::Footer), "{line}");
        }
    }

    #[test]
    fn lines_known_as_a_whole_are_short() {
        let known = boilerplate();
        let lists = [&known.weak, &known.strong, &known.footer, &known.counted];
        for line in lists.into_iter().flat_map(Words::iter) {
            // A count has a number before it.
            assert!(line.split(' ').count() < MAX_KNOWN_WORDS, "{line}");
        }
    }

    #[test]
    fn categories_run_together() {
        assert!(is_run_together("KabulAnalysisHuman RightsPolitics"));
        assert!(!is_run_together("McDonald met LaTeX users and an iPhone vendor"));
    }
}
