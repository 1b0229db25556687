//! The closed vocabulary of page furniture: what saved web pages say beside the article.
//!
//! A line is furniture by its words only if all of it is known: a button, a form field, a notice. Words that may as well
//! head a section of an article (“Comments”, “Related”) are [`Control::Weak`], and count only in such company.

use crate::text::english::Words;
use crate::text::english::boilerplate::boilerplate;

/// How surely a line is page furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// It may be: a word that articles use too.
    Weak,
    /// It is, but says nothing of what comes behind it: an advertisement, a link to another article.
    Strong,
    /// It is, and behind the last paragraph nothing but furniture follows it: a comment form, the footer.
    Footer,
}

/// The most words that a line of the page's own has, notices aside.
const SHORT: usize = 12;

/// The most words that a trail of links has.
const LONGEST_MENU: usize = 3 * SHORT;

/// Whether all of `line` is page furniture, by its words alone.
pub(super) fn control(line: &str) -> Option<Control> {
    // Long text is no button; looking no further keeps a long paragraph cheap.
    const LONGEST: usize = 600;
    if line.len() > LONGEST {
        return None;
    }
    // Where there are more words than a menu has, only the first ones tell.
    let line = normal(line.split_whitespace().take(LONGEST_MENU + 1));
    if line.is_empty() {
        return Some(Control::Strong);
    }
    let known = boilerplate();
    if known.footer.contains(&line)
        || copyright(&line)
        || known.cookies.iter().any(|notice| line.starts_with(notice))
    {
        return Some(Control::Footer);
    }
    if known.strong.contains(&line) || is_menu(&line) || is_count(&line) {
        return Some(Control::Strong);
    }
    if known.weak.contains(&line) {
        return Some(Control::Weak);
    }
    if line.split(' ').count() > SHORT {
        return None;
    }
    if known.app.iter().any(|advert| line.contains(advert)) {
        return Some(Control::Footer);
    }
    if opens(&line, &known.openings.weak) {
        return Some(Control::Weak);
    }
    // Without a colon these words may also begin a sentence.
    if line.ends_with('.') {
        return None;
    }
    if opens(&line, &known.openings.strong) {
        return Some(Control::Strong);
    }
    opens(&line, &known.openings.footer).then_some(Control::Footer)
}

/// Whether a line begins with one of some openings as whole words.
fn opens(line: &str, openings: &Words) -> bool {
    openings.iter().any(|opening| {
        line.strip_prefix(opening)
            .is_some_and(|rest| rest.is_empty() || opening.ends_with(':') || rest.starts_with(' '))
    })
}

/// Lower case, white space folded, no space before a colon, ornaments at the ends dropped; a final full stop stays.
fn normal<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() && !word.starts_with(':') {
            line.push(' ');
        }
        line.push_str(word);
    }
    let folded = line.to_lowercase().replace('’', "'");
    let ornament = |c: char| !(c.is_alphanumeric() || matches!(c, '©' | '.' | ':'));
    let line = folded.trim_matches(ornament);
    // A notice is a sentence; its full stop is no difference.
    line.strip_suffix('.')
        .filter(|line| boilerplate().footer.contains(line))
        .unwrap_or(line)
        .to_owned()
}

fn copyright(line: &str) -> bool {
    let head = line.split('©').next().unwrap_or_default().trim();
    let mark =
        line.contains('©') && (head.is_empty() || head == "copyright" || control(head).is_some());
    let words = line
        .strip_prefix("copyright ")
        .is_some_and(|rest| rest.starts_with(|c: char| c == '(' || c.is_ascii_digit()));
    let reserved = line.ends_with("all rights reserved") || line.ends_with("all rights reserved.");
    (mark || words || reserved) && line.split(' ').count() <= 2 * SHORT
}

/// A trail of links (`Home > World`), or the names of categories run together as their links were.
fn is_menu(line: &str) -> bool {
    let trail = line
        .strip_prefix("home ")
        .is_some_and(|rest| rest.starts_with(['>', '»', '›', '/', '|', '→']));
    trail && line.split(' ').count() <= LONGEST_MENU
}

/// `3 comments`, `5 min read`, `1.2k shares`, `2 hours ago`.
fn is_count(line: &str) -> bool {
    let Some((number, what)) = line.split_once(' ') else { return false };
    number.starts_with(|c: char| c.is_ascii_digit()) && boilerplate().counted.contains(what)
}

/// Whether a line is the names of categories run together, as links without a space between them are when saved.
pub(super) fn is_run_together(line: &str) -> bool {
    const GLANCE: usize = 400;
    if line.ends_with('.') {
        return false;
    }
    let pairs = line.chars().zip(line.chars().skip(1)).take(GLANCE);
    let seams = pairs.filter(|(before, next)| before.is_lowercase() && next.is_uppercase()).count();
    seams >= 3 && seams >= line.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_forms_and_notices_are_furniture() {
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
        ] {
            assert!(control(line).is_some(), "{line}");
        }
    }

    #[test]
    fn what_an_article_says_is_not() {
        for line in [
            "It was over.",
            "Share this burden, he said, or lose it.",
            "Read more carefully, the treaty says nothing of the kind.",
            "Back to topography",
            "The comments came late",
            "Follow us on the road to Kabul.",
            "Copyright was never the question, the lawyers said, and it never would be in a case that turned on the word of one man alone.",
        ] {
            assert_eq!(control(line), None, "{line}");
        }
    }

    #[test]
    fn categories_run_together() {
        assert!(is_run_together("KabulAnalysisHuman RightsPolitics"));
        assert!(!is_run_together("McDonald met LaTeX users and an iPhone vendor"));
    }
}
