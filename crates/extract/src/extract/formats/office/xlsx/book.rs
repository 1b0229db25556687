//! [`Book`]: what the sheets of a workbook share.

use super::super::super::package::Package;
use super::super::super::xml::{Token, Xml, decode, optional};
use super::super::relations::Relations;
use crate::extract::Unreadable;

/// The parts that the sheets of a workbook share.
pub(super) struct Book {
    /// The name of each sheet that is not hidden, and its entry.
    pub(super) sheets: Vec<(String, String)>,
    pub(super) strings: Vec<String>,
    pub(super) styles: Styles,
}

/// The meaning of numbers.
#[derive(Default)]
pub(super) struct Styles {
    /// Set for each style if numbers in it are days.
    are_dates: Vec<bool>,
    /// Set if days are counted from 1904.
    from_1904: bool,
}

impl Book {
    /// Reads it from the entry `main`.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged.
    pub(super) fn read(package: &Package<'_>, main: &str) -> Result<Self, Unreadable> {
        let relations = Relations::of(package, main)?;
        let text = decode(package.need(main)?, main)?;
        let mut xml = Xml::new(&text, main);
        let mut sheets = Vec::new();
        let mut from_1904 = false;
        while let Some(token) = xml.next()? {
            let Token::Open(element) = token else { continue };
            match element.name().as_str() {
                "workbookPr" => from_1904 = is_true(element.attribute("date1904")),
                "sheet" => {
                    let is_hidden = element.attribute("state").is_some_and(|it| it != "visible");
                    let entry = element.relation().and_then(|id| relations.by_id(&id));
                    if let (Some(name), Some(entry), false) =
                        (element.attribute("name"), entry, is_hidden)
                    {
                        sheets.push((name, entry.to_owned()));
                    }
                }
                _ => {}
            }
        }
        let strings = match optional(package, relations.of_kind("sharedStrings").next())? {
            Some((text, entry)) => strings(&text, &entry)?,
            None => Vec::new(),
        };
        let are_dates = match optional(package, relations.of_kind("styles").next())? {
            Some((text, entry)) => dates(&text, &entry)?,
            None => Vec::new(),
        };
        Ok(Self { sheets, strings, styles: Styles { are_dates, from_1904 } })
    }
}

fn is_true(value: Option<String>) -> bool {
    matches!(value.as_deref(), Some("1" | "true"))
}

/// Reads the texts that cells share, without how they are spoken.
fn strings(text: &str, entry: &str) -> Result<Vec<String>, Unreadable> {
    let mut xml = Xml::new(text, entry);
    let mut strings = Vec::new();
    let mut string = String::new();
    let mut is_text = false;
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(element) => match element.name().as_str() {
                "si" => string.clear(),
                "t" => is_text = true,
                "rPh" => xml.skip()?,
                _ => {}
            },
            Token::Close(name) if name == "si" => strings.push(std::mem::take(&mut string)),
            Token::Close(name) if name == "t" => is_text = false,
            Token::Text(part) if is_text => string.push_str(&part),
            _ => {}
        }
    }
    Ok(strings)
}

/// Reads which styles of cells are those of days.
fn dates(text: &str, entry: &str) -> Result<Vec<bool>, Unreadable> {
    let mut xml = Xml::new(text, entry);
    let mut own: Vec<(u32, bool)> = Vec::new();
    let mut are_dates = Vec::new();
    let mut in_cells = false;
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(element) => {
                let number = |name: &str| element.attribute(name).and_then(|it| it.parse().ok());
                match element.name().as_str() {
                    "numFmt" => {
                        let code = element.attribute("formatCode").unwrap_or_default();
                        own.extend(number("numFmtId").map(|id| (id, is_date(&code))));
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = number("numFmtId").unwrap_or(0);
                        let known = own.iter().find(|(known, _)| *known == id);
                        let built_in = matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                        are_dates.push(known.map_or(built_in, |(_, is_date)| *is_date));
                    }
                    _ => {}
                }
            }
            Token::Close(name) if name == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    Ok(are_dates)
}

/// Returns whether a format of numbers shows years or days.
fn is_date(code: &str) -> bool {
    let mut end = None;
    code.chars().any(|c| {
        match (end, c) {
            (Some(mark), _) if c == mark => end = None,
            (Some(_), _) => {}
            (None, '"') => end = Some('"'),
            (None, '[') => end = Some(']'),
            (None, _) => return matches!(c, 'y' | 'Y' | 'd' | 'D'),
        }
        false
    })
}

impl Styles {
    /// Returns a number as it is read in a style: a day or a moment in the notation of ISO 8601 if
    /// the style is that of one, or else as it is.
    pub(super) fn read(&self, number: &str, style: Option<usize>) -> String {
        let is_date = style.and_then(|style| self.are_dates.get(style)) == Some(&true);
        let moment = number.parse().ok().filter(|_| is_date);
        moment.and_then(|it| self.moment(it)).unwrap_or_else(|| number.to_owned())
    }

    fn moment(&self, number: f64) -> Option<String> {
        /// The last day of the year 9999, counted from 1900.
        const LAST: f64 = 2_958_466.0;
        if !(1.0..LAST).contains(&number) {
            return None;
        }
        let first = match self.from_1904 {
            true => jiff::civil::date(1904, 1, 1),
            // 1900 is taken for a leap year.
            false if number < 60.0 => jiff::civil::date(1899, 12, 31),
            false => jiff::civil::date(1899, 12, 30),
        };
        let seconds = (number.fract() * 86_400.0).round() as i64;
        let day = first.checked_add(jiff::Span::new().days(number.trunc() as i64)).ok()?;
        Some(match seconds {
            0 | 86_400 => day.to_string(),
            _ => {
                format!("{day}T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_by_their_style() {
        let styles = Styles { are_dates: vec![false, true], from_1904: false };
        for (number, style, read) in [
            ("43528", 1, "2019-03-04"),
            ("43528.5", 1, "2019-03-04T12:00:00"),
            ("1", 1, "1900-01-01"),
            ("43528", 0, "43528"),
            ("43528", 7, "43528"),
            ("-4", 1, "-4"),
            ("1e300", 1, "1e300"),
            ("NaN", 1, "NaN"),
        ] {
            assert_eq!(styles.read(number, Some(style)), read);
        }
        let old = Styles { are_dates: vec![true], from_1904: true };
        assert_eq!(old.read("42066", Some(0)), "2019-03-04");
        for (code, expected) in
            [("yyyy\\-mm\\-dd", true), ("[Red]0.00", false), ("0 \"days\"", false), ("D. M.", true)]
        {
            assert_eq!(is_date(code), expected, "{code}");
        }
    }
}
