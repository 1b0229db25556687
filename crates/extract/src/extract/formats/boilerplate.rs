//! The closed vocabulary of page furniture: what saved web pages say beside the article.
//!
//! A line is furniture by its words only if all of it is known: a button, a form field, a notice. Words that may as well
//! head a section of an article (“Comments”, “Related”) are [`Control::Weak`], and count only in such company.

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

/// Words that may stand for themselves in an article too.
const WEAK: &[&str] = &[
    "about",
    "about us",
    "all",
    "archive",
    "categories",
    "close",
    "comment",
    "comments",
    "contact",
    "copy",
    "e-mail",
    "email",
    "enquiry",
    "enquiries",
    "facebook",
    "feedback",
    "flipboard",
    "help",
    "home",
    "instagram",
    "latest",
    "like",
    "likes",
    "linkedin",
    "live",
    "loading",
    "login",
    "mail",
    "menu",
    "messenger",
    "more",
    "name",
    "news",
    "newsletter",
    "newsletters",
    "next",
    "opinion",
    "photo",
    "photos",
    "pinterest",
    "popular",
    "previous",
    "print",
    "reddit",
    "register",
    "related",
    "reply",
    "save",
    "search",
    "send",
    "share",
    "shares",
    "signal",
    "skype",
    "sport",
    "submit",
    "subscribe",
    "tag",
    "tags",
    "telegram",
    "threads",
    "topics",
    "tumblr",
    "tweet",
    "twitter",
    "video",
    "videos",
    "viber",
    "vk",
    "website",
    "whatsapp",
    "world",
    "x",
    "youtube",
];

/// Lines that only a page around an article says.
const STRONG: &[&str] = &[
    "ad",
    "advertisement",
    "advertisements",
    "article continues below",
    "bookmark",
    "click here",
    "copy link",
    "copy url",
    "dark mode",
    "listen",
    "listen to article",
    "listen to this article",
    "log in",
    "next article",
    "next post",
    "next story",
    "open in app",
    "previous article",
    "previous post",
    "previous story",
    "print article",
    "print this article",
    "promoted",
    "promoted content",
    "read full article",
    "read full story",
    "read more",
    "recommended for you",
    "scroll to continue",
    "send push",
    "share via",
    "sign in",
    "skip advert",
    "skip ad",
    "skip to content",
    "skip to main content",
    "sponsored",
    "sponsored content",
    "story continues below",
    "story continues below advertisement",
    "this article is more than 1 year old",
    "view all",
    "view comments",
    "watch live",
];

/// Lines that begin what follows an article.
const FOOTER: &[&str] = &[
    "add a comment",
    "all rights reserved",
    "also on",
    "back to top",
    "back to top button",
    "be the first to comment",
    "cancel reply",
    "contact us",
    "cookie policy",
    "follow us",
    "go to top",
    "join the conversation",
    "leave a comment",
    "leave a reply",
    "like this",
    "load comments",
    "loading comments",
    "more from this author",
    "more stories",
    "most popular",
    "most read",
    "no comments",
    "no comments yet",
    "notify me of follow-up comments by email",
    "notify me of new posts by email",
    "popular posts",
    "post a comment",
    "post comment",
    "privacy policy",
    "related articles",
    "related news",
    "related posts",
    "related stories",
    "reporter login",
    "reporter registration",
    "required fields are marked",
    "save my name, email, and website in this browser for the next time i comment",
    "share this",
    "share this article",
    "share this article on",
    "share this post",
    "share this story",
    "show comments",
    "sign up",
    "submit a comment",
    "terms and conditions",
    "terms of service",
    "terms of use",
    "to the top",
    "trending",
    "trending now",
    "this site uses akismet to reduce spam. learn how your comment data is processed",
    "you may also like",
    "you may have missed",
    "you might also like",
    "you must be logged in to post a comment",
    "your email address will not be published",
];

/// How lines begin that go on with what only the page knows: a name, a language, the title of another article.
const OPENINGS: &[(&str, Control)] = &[
    ("also read:", Control::Strong),
    ("also see:", Control::Strong),
    ("click here to", Control::Strong),
    ("read also:", Control::Strong),
    ("read more:", Control::Strong),
    ("related:", Control::Strong),
    ("see also:", Control::Strong),
    ("watch:", Control::Strong),
    ("contact:", Control::Footer),
    ("e-mail:", Control::Footer),
    ("email:", Control::Footer),
    ("fax:", Control::Footer),
    ("filed under:", Control::Footer),
    ("follow us on", Control::Footer),
    ("more in", Control::Weak),
    ("phone:", Control::Footer),
    ("posted in", Control::Weak),
    ("powered by", Control::Footer),
    ("read less", Control::Footer),
    ("share on", Control::Strong),
    ("share this article", Control::Footer),
    ("share this post", Control::Footer),
    ("share this story", Control::Footer),
    ("sign up for our", Control::Footer),
    ("skip to", Control::Strong),
    ("subscribe to our", Control::Footer),
    ("tags:", Control::Footer),
    ("tel:", Control::Footer),
    ("translate in", Control::Strong),
    ("translate to", Control::Strong),
    ("your email address will not be published.", Control::Footer),
];

/// Words that tell an advertisement for the page's own app.
const APP: &[&str] = &["download the app", "download our app", "download app", "get the app", "install the app"];

/// How a notice about cookies begins, however long it is.
const COOKIES: &[&str] =
    &["we use cookies", "this site uses cookies", "this website uses cookies", "our website uses cookies"];

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
    let is_in = |list: &[&str]| list.contains(&&*line);
    if line.is_empty() {
        return Some(Control::Strong);
    }
    if is_in(FOOTER) || copyright(&line) || COOKIES.iter().any(|notice| line.starts_with(notice)) {
        return Some(Control::Footer);
    }
    if is_in(STRONG) || is_menu(&line) || is_count(&line) {
        return Some(Control::Strong);
    }
    if is_in(WEAK) {
        return Some(Control::Weak);
    }
    if line.split(' ').count() > SHORT {
        return None;
    }
    if APP.iter().any(|advert| line.contains(advert)) {
        return Some(Control::Footer);
    }
    let opening = |&&(opening, _): &&(&str, Control)| {
        line.strip_prefix(opening)
            .is_some_and(|rest| rest.is_empty() || opening.ends_with(':') || rest.starts_with(' '))
    };
    // Without a colon these words may also begin a sentence.
    let sentence = |control: &Control| *control == Control::Weak || !line.ends_with('.');
    OPENINGS.iter().find(opening).map(|&(_, control)| control).filter(sentence)
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
    line.strip_suffix('.').filter(|line| FOOTER.contains(line)).unwrap_or(line).to_owned()
}

fn copyright(line: &str) -> bool {
    let head = line.split('©').next().unwrap_or_default().trim();
    let mark = line.contains('©') && (head.is_empty() || head == "copyright" || control(head).is_some());
    let words =
        line.strip_prefix("copyright ").is_some_and(|rest| rest.starts_with(|c: char| c == '(' || c.is_ascii_digit()));
    let reserved = line.ends_with("all rights reserved") || line.ends_with("all rights reserved.");
    (mark || words || reserved) && line.split(' ').count() <= 2 * SHORT
}

/// A trail of links (`Home > World`), or the names of categories run together as their links were.
fn is_menu(line: &str) -> bool {
    let trail = line.strip_prefix("home ").is_some_and(|rest| rest.starts_with(['>', '»', '›', '/', '|', '→']));
    trail && line.split(' ').count() <= LONGEST_MENU
}

/// `3 comments`, `5 min read`, `1.2k shares`, `2 hours ago`.
fn is_count(line: &str) -> bool {
    let Some((number, what)) = line.split_once(' ') else { return false };
    number.starts_with(|c: char| c.is_ascii_digit())
        && matches!(
            what,
            "comment"
                | "comments"
                | "min read"
                | "mins read"
                | "minute read"
                | "minutes read"
                | "shares"
                | "views"
                | "likes"
                | "hour ago"
                | "hours ago"
                | "day ago"
                | "days ago"
                | "minutes ago"
                | "min"
                | "replies"
        )
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
        for line in ["SHARE—", "Your email address will not be published. Every field needs an answer", "Leave a Reply"]
        {
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
        for line in
            ["Enjoyed this? Download the app now", "Home > World > Asia", "5 min read", "Read less Translate in Pashto"]
        {
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
