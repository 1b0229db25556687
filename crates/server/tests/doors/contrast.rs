//! Contrast of the pages' colours: at least 4.5 for text (WCAG 2.2, level AA), computed from the
//! style sheet, in both schemes.

use std::collections::{BTreeMap, BTreeSet};

const STYLE: &str = include_str!("../../assets/pincite.css");

/// The least contrast of text with what is behind it.
const TEXT: f64 = 4.5;

/// The least contrast of the borders of controls, and of the outline of what has the focus.
const CONTROL: f64 = 3.0;

/// Backgrounds of text, colour by colour.
const BEHIND: [(&str, &[&str]); 7] = [
    ("ink", &["ground", "card", "mark", "differs", "asked"]),
    ("dim", &["ground", "card", "asked"]),
    ("link", &["ground", "card", "asked"]),
    ("good", &["ground", "card"]),
    ("bad", &["ground", "card"]),
    ("warn", &["ground", "card"]),
    // Of the main button, and of what is said in passing.
    ("ground", &["link", "ink"]),
];

/// Colours that nothing is to be read in: borders of boxes.
const NOT_TEXT: [&str; 1] = ["line"];

type Colours = BTreeMap<String, [f64; 3]>;

/// Returns the colours that a rule for `:root` defines, `--ink: #1d1d1f` as red, green and blue from
/// 0 to 1.
fn colours(rule: &str) -> Colours {
    let body = rule.split('}').next().unwrap_or_default();
    let defined =
        body.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    let defined = defined.map(|(name, value)| {
        let digits = value.trim().strip_prefix('#').expect("a colour of hexadecimal digits");
        let width = digits.len() / 3;
        let part = |at: usize| {
            let digits = digits[at * width..(at + 1) * width].repeat(3 - width);
            f64::from(u8::from_str_radix(&digits, 16).expect("digits")) / 255.0
        };
        (name.to_owned(), [part(0), part(1), part(2)])
    });
    defined.collect()
}

/// Returns the colours of the light and of the dark scheme.
fn schemes() -> [Colours; 2] {
    let mut rules = STYLE.split(":root {").skip(1);
    let light = colours(rules.next().expect("a light scheme"));
    let mut dark = light.clone();
    dark.extend(colours(rules.next().expect("a dark scheme")));
    [light, dark]
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_can_be_read_in_both_schemes() {
    for (scheme, colours) in ["light", "dark"].into_iter().zip(schemes()) {
        for (text, behind) in BEHIND {
            for &ground in behind {
                let found = contrast(colours[text], colours[ground]);
                assert!(found >= TEXT, "{scheme}: {text} on {ground} has a contrast of {found:.2}");
            }
        }
        for edge in ["dim", "link"] {
            for ground in ["ground", "card"] {
                let found = contrast(colours[edge], colours[ground]);
                assert!(found >= CONTROL, "{scheme}: {edge} beside {ground}: {found:.2}");
            }
        }
    }
}

#[test]
fn no_colour_of_the_style_sheet_is_left_out() {
    let [light, dark] = schemes();
    let known: BTreeSet<&str> = BEHIND
        .iter()
        .flat_map(|(text, behind)| std::iter::once(text).chain(*behind))
        .chain(&NOT_TEXT)
        .copied()
        .collect();
    assert_eq!(light.keys().map(String::as_str).collect::<BTreeSet<_>>(), known);
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>());
    assert!(STYLE.contains("@media screen and (prefers-color-scheme: dark)"), "paper is light");
    // Others are named for print alone.
    let (screen, _) = STYLE.split_once("@media print").expect("styles for print");
    let rules = screen.split(":root {").skip(1);
    let outside: String = rules.map(|rule| rule.split_once('}').map_or("", |(_, it)| it)).collect();
    assert!(!outside.contains('#') || outside.split('#').skip(1).all(is_id), "{outside}");
}

/// Returns whether what follows a `#` is the name of an element, not a colour.
fn is_id(after: &str) -> bool {
    after.starts_with(|c: char| c.is_ascii_alphabetic())
        && !after.split(|c: char| !c.is_ascii_alphanumeric()).next().is_some_and(|name| {
            matches!(name.len(), 3 | 6 | 8) && name.chars().all(|c| c.is_ascii_hexdigit())
        })
}

#[test]
fn contrast_is_computed_as_wcag_says() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    let gray = [0x77 as f64 / 255.0; 3];
    assert!((contrast(gray, [1.0; 3]) - 4.478).abs() < 1e-3);
}
