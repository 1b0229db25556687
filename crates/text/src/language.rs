//! Which language a text is in: what picks the stemmer.

use whatlang::Lang;

/// How much of a text is looked at, in bytes: more costs time and no longer changes the answer.
const SAMPLE: usize = 2048;

/// How many letters a text must have for a guess to mean anything.
const FEWEST_LETTERS: usize = 20;

/// Words that make up an eighth of English prose, and next to nothing of anything else.
const ENGLISH: [&str; 3] = ["the", "of", "and"];

/// How many words a text must have, and what share of them those have to be (one in so many), to be English at a glance.
const GLANCE: (usize, usize) = (50, 12);

/// The language `text` is in, as an ISO 639-1 code, or `None` where it cannot be told with confidence.
///
/// Only the beginning of `text` is looked at. A call costs some 100 µs where the text is not plainly English, so ask for a
/// source, not for each sentence.
///
/// ```
/// use pincite_text::language;
/// let text = "The government closed the border crossing after two days of fighting in the mountains.";
/// assert_eq!(language(text), Some("en"));
/// assert_eq!(language("1997"), None);
/// ```
pub fn language(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    // An ideograph says about as much as three letters.
    let letters = |c: char| {
        if matches!(c, '\u{2E80}'..='\u{D7AF}') { 3 } else { usize::from(c.is_alphabetic()) }
    };
    if sample.chars().map(letters).sum::<usize>() < FEWEST_LETTERS {
        return None;
    }
    if is_plainly_english(sample) {
        return Some("en");
    }
    whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|info| iso_639_1(info.lang()))
}

fn is_plainly_english(sample: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        words += 1;
        english += usize::from(ENGLISH.iter().any(|common| word.eq_ignore_ascii_case(common)));
    }
    words >= GLANCE.0 && english * GLANCE.1 >= words
}

/// Every language that whatlang knows has a two-letter code.
fn iso_639_1(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        for (text, code) in [
            (
                "The government closed the border crossing after two days of fighting in the mountains.",
                "en",
            ),
            (
                "Die Regierung schloss den Grenzübergang nach zwei Tagen der Kämpfe in den Bergen.",
                "de",
            ),
            (
                "Le gouvernement a fermé le poste-frontière après deux jours de combats dans les montagnes.",
                "fr",
            ),
            ("حکومت نے پہاڑوں میں دو دن کی لڑائی کے بعد سرحدی گزرگاہ بند کر دی ہے۔", "ur"),
            ("Правительство закрыло пограничный переход после двух дней боёв в горах.", "ru"),
            ("政府在山区两天的战斗之后关闭了边境口岸。", "zh"),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
    }

    #[test]
    fn abstains() {
        for text in ["", "Kabul", "1997 – 2001", "¶ § … \0", "OK, no."] {
            assert_eq!(language(text), None, "{text}");
        }
    }

    #[test]
    fn looks_at_the_beginning_only() {
        let text = format!("The border was closed again today. {}", "é".repeat(10 << 20));
        language(&text);
    }

    #[test]
    fn english_at_a_glance_takes_more_than_a_few_of_its_words() {
        let english =
            "The envoys of the two towns met by the river and signed the treaty. ".repeat(4);
        assert!(is_plainly_english(&english));
        let quoting = format!(
            "Die Zeitung heißt „The Voice of the Valley“. {}",
            "Niemand hat sie je gelesen. ".repeat(12)
        );
        assert!(!is_plainly_english(&quoting));
    }
}
