//! Scale words, currencies and units of measure, and the many ways to write each.

use crate::scan::{Small, char_at, char_before, letters, letters_back, skip_space, skip_space_back};

/// What a scale word multiplies a number by: `factor` times ten to the `power`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) factor: u32,
    pub(super) power: u32,
}

impl Scale {
    pub(super) const ONE: Scale = Scale { factor: 1, power: 0 };
    pub(super) const DOZEN: Scale = Scale { factor: 12, power: 0 };

    pub(super) fn power(power: u32) -> Scale {
        Scale { factor: 1, power }
    }

    pub(super) fn times(self, other: Scale) -> Option<Scale> {
        let power = self.power + other.power;
        (power <= 24).then_some(Scale { factor: self.factor.checked_mul(other.factor)?, power })
    }
}

/// Whether a scale or unit follows a number that ends at `at`.
pub(crate) fn is_measured(text: &str, at: usize) -> bool {
    scale_at(text, at, false).is_some() || unit_at(text, at).is_some()
}

/// The scale that follows a number that ends at `at`, and where it ends. `is_amount` says that a currency stands before
/// the number, so that `$5m` are millions and `5m` metres.
pub(super) fn scale_at(text: &str, at: usize, is_amount: bool) -> Option<(Scale, usize)> {
    let start = skip_joint(text, at);
    let word = letters(text, start);
    let end = start + word.len();
    if is_joined(text, end) {
        return None;
    }
    let power = match Small::new(word).as_str() {
        "hundred" => 2,
        "thousand" => 3,
        "lakh" | "lakhs" | "lac" | "lacs" => 5,
        "million" | "mn" | "mln" => 6,
        "crore" | "crores" => 7,
        "billion" | "bn" | "bln" => 9,
        "trillion" | "tn" | "trn" => 12,
        "dozen" => return Some((Scale::DOZEN, end)),
        "k" if start == at => 3,
        "m" if start == at && (is_amount || word == "M" || counts_money_or_people(text, end)) => 6,
        "b" if start == at && is_amount => 9,
        "cr" if is_amount => 7,
        _ => return None,
    };
    Some((Scale::power(power), end))
}

fn counts_money_or_people(text: &str, at: usize) -> bool {
    let start = skip_space(text, at);
    letters(text, start) == "people" || currency_name(text, start).is_some()
}

/// The currency whose sign or code stands before a number at `at`, and where it begins.
pub(super) fn currency_before(text: &str, at: usize, floor: usize) -> Option<(&'static str, usize)> {
    let (unit, start) = sign_before(text, at).or_else(|| {
        let end = skip_space_back(text, at);
        sign_before(text, end).or_else(|| code_before(text, end))
    })?;
    (start >= floor).then_some((unit, start))
}

/// `$`, `US$`, `€`, `£`, `₹`.
fn sign_before(text: &str, end: usize) -> Option<(&'static str, usize)> {
    let sign = char_before(text, end)?;
    let start = end - sign.len_utf8();
    if sign == '$' {
        let country = letters_back(text, start);
        let unit = match country {
            "US" | "U" | "" => "USD",
            "A" | "AU" => "AUD",
            "C" | "CA" => "CAD",
            "HK" => "HKD",
            "NZ" => "NZD",
            "S" => "SGD",
            _ => return Some(("USD", start)),
        };
        return Some((unit, start - country.len()));
    }
    currency_sign(sign).map(|unit| (unit, start))
}

fn currency_sign(c: char) -> Option<&'static str> {
    Some(match c {
        '$' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        '¥' | '￥' => "JPY",
        '₹' => "INR",
        '₨' => "Rs",
        '₽' => "RUB",
        '₺' => "TRY",
        '₩' => "KRW",
        '₪' => "ILS",
        '؋' => "AFN",
        _ => return None,
    })
}

/// `Rs`, `Rs.`, `USD`, `PKR`.
fn code_before(text: &str, end: usize) -> Option<(&'static str, usize)> {
    let end = end - usize::from(text[..end].ends_with('.'));
    let code = letters_back(text, end);
    let unit = match code {
        "Rs" | "rs" | "Re" => "Rs",
        "Afs" => "AFN",
        code => currency_code(code)?,
    };
    Some((unit, end - code.len()))
}

fn currency_code(code: &str) -> Option<&'static str> {
    const CODES: [&str; 19] = [
        "USD", "EUR", "GBP", "INR", "PKR", "AFN", "JPY", "CNY", "IRR", "AED", "SAR", "RUB", "TRY", "CHF", "CAD", "AUD",
        "HKD", "KRW", "BDT",
    ];
    if code == "RMB" { Some("CNY") } else { CODES.into_iter().find(|known| *known == code) }
}

/// The unit that follows a number that ends at `at`, and where it ends.
pub(super) fn unit_at(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let start = skip_joint(text, at);
    if let Some(found) = unit_sign(text, start) {
        return Some(found);
    }
    if text[at..].starts_with('-') && matches!(letters(text, start), "pound" | "pounds") {
        return Some(("lb", start + letters(text, start).len()));
    }
    let (unit, end) = currency_name(text, start).or_else(|| unit_name(text, start, start == at))?;
    Some((unit, end)).filter(|_| !is_joined(text, end))
}

/// `%`, `°C`, `€` behind its number.
fn unit_sign(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let sign = char_at(text, at)?;
    let end = at + sign.len_utf8();
    match sign {
        '%' | '٪' | '％' => Some(("%", end)),
        '℃' => Some(("°C", end)),
        '℉' => Some(("°F", end)),
        '°' => {
            let next = skip_space(text, end);
            match letters(text, next) {
                "C" => Some(("°C", next + 1)),
                "F" => Some(("°F", next + 1)),
                _ => Some(("°", end)),
            }
        }
        // What stands before the next number belongs to that: `in 2014 $5`.
        sign => currency_sign(sign).map(|unit| (unit, end)).filter(|_| !precedes_number(text, end)),
    }
}

fn currency_name(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let word = letters(text, at);
    let end = at + word.len();
    if let Some(code) = currency_code(word) {
        return (!precedes_number(text, end)).then_some((code, end));
    }
    if let Some((next, next_end)) = word_after(text, end) {
        let unit = match (Small::new(word).as_str(), Small::new(next).as_str()) {
            ("us" | "american", "dollar" | "dollars") => Some("USD"),
            ("australian", "dollar" | "dollars") => Some("AUD"),
            ("canadian", "dollar" | "dollars") => Some("CAD"),
            ("pakistani", "rupee" | "rupees") => Some("PKR"),
            ("indian", "rupee" | "rupees") => Some("INR"),
            ("british", "pound" | "pounds") | ("pounds", "sterling") => Some("GBP"),
            ("pound" | "pounds", "of") => return None,
            _ => None,
        };
        if let Some(unit) = unit {
            return Some((unit, next_end));
        }
    }
    let unit = match Small::new(word).as_str() {
        "dollar" | "dollars" => "USD",
        "euro" | "euros" => "EUR",
        "pound" | "pounds" => "GBP",
        "rupee" | "rupees" => "Rs",
        "yen" => "JPY",
        "yuan" | "renminbi" => "CNY",
        "rouble" | "roubles" | "ruble" | "rubles" => "RUB",
        "afghani" | "afghanis" => "AFN",
        "rial" | "rials" => "IRR",
        "riyal" | "riyals" => "SAR",
        "dirham" | "dirhams" => "AED",
        "taka" => "BDT",
        _ => return None,
    };
    Some((unit, end))
}

/// The unit of measure named at `at`. `is_attached` says that it stands right behind its number, where single letters do.
fn unit_name(text: &str, at: usize, is_attached: bool) -> Option<(&'static str, usize)> {
    let word = letters(text, at);
    let end = at + word.len();
    if let Some((next, next_end)) = word_after(text, end) {
        let (first, second) = (Small::new(word), Small::new(next));
        if let Some(unit) = two_words(first.as_str(), second.as_str()) {
            return Some((unit, next_end));
        }
    }
    let unit = symbol(word, is_attached).or_else(|| one_word(Small::new(word).as_str()))?;
    Some(raised(text, unit, end).unwrap_or((unit, end)))
}

fn two_words(first: &str, second: &str) -> Option<&'static str> {
    Some(match (first, second) {
        ("per", "cent") => "%",
        ("percentage", "point" | "points") => "pp",
        ("basis", "point" | "points") => "bp",
        ("square" | "sq", _) => squared(symbol(second, false).or_else(|| one_word(second))?)?,
        ("cubic" | "cu", "metre" | "metres" | "meter" | "meters" | "m") => "m³",
        ("cubic" | "cu", "foot" | "feet" | "ft") => "ft³",
        ("metric", "ton" | "tons" | "tonne" | "tonnes") => "t",
        ("nautical", "mile" | "miles") => "nmi",
        ("degree" | "degrees", "celsius" | "centigrade") => "°C",
        ("degree" | "degrees", "fahrenheit") => "°F",
        _ => return None,
    })
}

fn squared(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "km" => "km²",
        "m" => "m²",
        "cm" => "cm²",
        "ft" => "ft²",
        "yd" => "yd²",
        "mi" => "mi²",
        _ => return None,
    })
}

/// `km²`, `km2`, `m³`, `km/h`: what follows a symbol that ends at `end` and makes another unit of it.
fn raised(text: &str, unit: &'static str, end: usize) -> Option<(&'static str, usize)> {
    let rest = &text[end..];
    match unit {
        _ if rest.starts_with('²') => Some((squared(unit)?, end + '²'.len_utf8())),
        _ if rest.starts_with('2') => Some((squared(unit)?, end + 1)),
        "m" if rest.starts_with('³') => Some(("m³", end + '³'.len_utf8())),
        "m" if rest.starts_with('3') => Some(("m³", end + 1)),
        "km" if rest.starts_with("/h") => Some(("km/h", end + 2)),
        "km" if rest.starts_with(" per hour") => Some(("km/h", end + " per hour".len())),
        "mi" if rest.starts_with(" per hour") => Some(("mph", end + " per hour".len())),
        "m" if rest.starts_with("/s") => Some(("m/s", end + 2)),
        _ => None,
    }
}

/// Symbols, which mean what they mean in one case only.
fn symbol(word: &str, is_attached: bool) -> Option<&'static str> {
    Some(match word {
        "km" => "km",
        "m" => "m",
        "cm" => "cm",
        "mm" => "mm",
        "kg" => "kg",
        "mg" => "mg",
        "ha" => "ha",
        "ft" => "ft",
        "mi" => "mi",
        "lb" | "lbs" => "lb",
        "oz" => "oz",
        "kW" => "kW",
        "MW" => "MW",
        "GW" => "GW",
        "TW" => "TW",
        "kWh" => "kWh",
        "MWh" => "MWh",
        "GWh" => "GWh",
        "TWh" => "TWh",
        "kV" => "kV",
        "mph" => "mph",
        "kmh" | "kph" => "km/h",
        "bpd" => "bbl/d",
        "hrs" | "hr" => "h",
        "min" | "mins" => "min",
        "g" if is_attached => "g",
        "h" if is_attached => "h",
        "pc" if is_attached => "%",
        _ => return None,
    })
}

fn one_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "percent" | "pct" => "%",
        "kilometre" | "kilometres" | "kilometer" | "kilometers" | "kms" => "km",
        "metre" | "metres" | "meter" | "meters" => "m",
        "centimetre" | "centimetres" | "centimeter" | "centimeters" => "cm",
        "millimetre" | "millimetres" | "millimeter" | "millimeters" => "mm",
        "mile" | "miles" => "mi",
        "foot" | "feet" => "ft",
        "inch" | "inches" => "in",
        "yard" | "yards" => "yd",
        "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" | "kilo" | "kilos" | "kgs" => "kg",
        "gram" | "grams" | "gramme" | "grammes" => "g",
        "tonne" | "tonnes" => "t",
        "ton" | "tons" => "ton",
        "ounce" | "ounces" => "oz",
        "pound" | "pounds" => "lb",
        "hectare" | "hectares" => "ha",
        "acre" | "acres" => "acre",
        "litre" | "litres" | "liter" | "liters" => "l",
        "gallon" | "gallons" => "gal",
        "barrel" | "barrels" => "bbl",
        "kilowatt" | "kilowatts" => "kW",
        "megawatt" | "megawatts" => "MW",
        "gigawatt" | "gigawatts" => "GW",
        "degree" | "degrees" => "°",
        "knot" | "knots" => "kn",
        "second" | "seconds" => "s",
        "minute" | "minutes" => "min",
        "hour" | "hours" => "h",
        "day" | "days" => "day",
        "week" | "weeks" => "week",
        "month" | "months" => "month",
        "year" | "years" => "year",
        "decade" | "decades" => "decade",
        "century" | "centuries" => "century",
        _ => return None,
    })
}

/// The word that white space, a full stop or a hyphen parts from one that ends at `end`, and where it ends.
fn word_after(text: &str, end: usize) -> Option<(&str, usize)> {
    let point = end + usize::from(text[end..].starts_with(['.', '-']));
    let start = skip_space(text, point);
    let word = letters(text, start);
    (start > end && !word.is_empty()).then_some((word, start + word.len()))
}

/// Behind the white space or hyphen that may part a number from its unit.
fn skip_joint(text: &str, at: usize) -> usize {
    if text[at..].starts_with('-') { at + 1 } else { skip_space(text, at) }
}

fn precedes_number(text: &str, at: usize) -> bool {
    text.as_bytes().get(skip_space(text, at)).is_some_and(u8::is_ascii_digit)
}

/// Whether a word that ends at `at` goes on.
fn is_joined(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| c.is_alphanumeric() || c == '_')
}
