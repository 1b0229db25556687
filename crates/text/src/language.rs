//! Language detection, which picks the stemmer.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::{Lang, Script};

/// The length of the prefix that is examined, in bytes. More costs time and rarely changes the
/// result.
const SAMPLE: usize = 2048;

/// The minimum number of letters for a meaningful guess.
const MIN_LETTERS: usize = 20;

/// Words that are an eighth of English prose, and rare in all other languages.
const ENGLISH: [&str; 3] = ["the", "of", "and"];

/// The minimum number of words of a text to be recognised as English by [`ENGLISH`] alone.
const MIN_PLAIN_WORDS: usize = 50;

/// In such a text, at least one word in this number has to be in [`ENGLISH`].
const PLAIN_RATIO: usize = 12;

/// Or else at least one word in this number has to be among the [`COMMON_WORDS`] of English.
const COMMON_RATIO: usize = 10;

/// Common English words that are words of no other language.
const ENGLISH_ALONE: [&str; 9] =
    ["the", "and", "with", "that", "this", "from", "which", "were", "are"];

/// A text in which one word in this number is in [`ENGLISH_ALONE`], and there are at least two, is
/// English.
const ALONE_RATIO: usize = 8;

/// The number of letters from which a text has some of the most common words of its language.
const LONG: usize = 200;

/// Words that hardly any long text in a language goes without, and that are no words of the
/// languages next to it, for the languages that are written in Latin letters.
const COMMON_WORDS: [(&str, &str); 19] = [
    ("ca", "els amb és les dels aquest"),
    ("cs", "že jsou je který není se"),
    ("da", "og det er ikke af til"),
    ("de", "der und die nicht das ist"),
    ("en", "the and of to is that this with are were"),
    ("es", "el los las una del por"),
    ("fi", "ja on ei että oli"),
    ("fr", "les des est une dans du"),
    ("hu", "az és hogy nem egy"),
    ("id", "yang dan dengan untuk dari ini"),
    ("it", "il che della di gli per"),
    ("nb", "og det er ikke av til"),
    ("nl", "het een van niet dat is de"),
    ("pl", "nie się że jest oraz przez"),
    ("pt", "os não uma com do da"),
    ("ro", "și în nu este care din"),
    ("sv", "och att det som är"),
    ("tr", "ve bir bu için ile"),
    ("vi", "và của là các không"),
];

/// Detects the language of `text`, as an ISO 639-1 code. Returns `None` if the guess is not
/// reliable.
///
/// Most short texts in Latin letters are English, whatever names they have in them, unless their
/// own words say otherwise. Only the beginning of `text` is examined. A call takes about 100 µs if
/// the text is not plainly English, so detect the language of a source, not of each sentence.
///
/// ```
/// use pincite_text::language;
/// let text = "The government closed the border crossing after two days of fighting in the \
///             mountains.";
/// assert_eq!(language(text), Some("en"));
/// assert_eq!(language("1997"), None);
/// ```
pub fn language(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let letters = sample.chars().map(letters).sum::<usize>();
    if letters < MIN_LETTERS {
        return None;
    }
    if is_plainly_english(sample) {
        return Some("en");
    }
    // Take a short text in Latin letters for English by these, whatever its trigrams would say.
    if letters < LONG && sample.is_ascii() && is_most_english(sample) {
        return Some("en");
    }
    let guess = whatlang::detect(sample)?;
    let code = iso_639_1(guess.lang());
    let is_reliable = guess.is_reliable();
    if guess.script() != Script::Latin || letters >= LONG {
        return is_reliable.then_some(code);
    }
    let [own, english] = [code, "en"].map(|code| common_words(code, sample, usize::MAX));
    if code != "en" && own > 0 && own >= english {
        return is_reliable.then_some(code);
    }
    (english > 0 || (code == "en" && is_reliable)).then_some("en")
}

/// Returns how many of the most common words of a language `text` has, counted up to `most`; 0
/// where these are not known.
pub fn common_words(code: &str, text: &str, most: usize) -> usize {
    let Some((_, common)) = COMMON_WORDS.iter().find(|(other, _)| *other == code) else {
        return 0;
    };
    // Most words are longer than any of these.
    let is_common = |word: &&str| {
        (2..=8).contains(&word.len()) && common.split(' ').any(|it| it.eq_ignore_ascii_case(word))
    };
    text.split(|c: char| !c.is_alphabetic()).filter(is_common).take(most).count()
}

/// Returns the language of `text`, as [`language`] does, where `text` has at least `least` of the
/// most common words of it.
///
/// Where no language has so many there, that takes a tenth of the time.
pub fn language_with(least: usize, text: &str) -> Option<&'static str> {
    if counts(text).iter().all(|&count| count < least) {
        return None;
    }
    language(text).filter(|code| common_words(code, text, least) >= least)
}

/// Returns how many of the most common words of each of [`COMMON_WORDS`]' languages `text` has.
fn counts(text: &str) -> [usize; COMMON_WORDS.len()] {
    static LANGUAGES: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut languages = FxHashMap::<&str, Vec<usize>>::default();
        for (language, (_, common)) in COMMON_WORDS.iter().enumerate() {
            common.split(' ').for_each(|word| languages.entry(word).or_default().push(language));
        }
        languages
    });
    let mut counts = [0; COMMON_WORDS.len()];
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()) {
        if (2..=8).contains(&word.len()) {
            lower.clear();
            lower.push_str(word);
            lower.make_ascii_lowercase();
            let languages = LANGUAGES.get(&*lower).into_iter().flatten();
            languages.for_each(|&language| counts[language] += 1);
        }
    }
    counts
}

/// Returns whether a text has more of the most common words of English than of any other language.
fn is_most_english(text: &str) -> bool {
    let counts = counts(text);
    let others = COMMON_WORDS.iter().zip(counts).filter(|((code, _), _)| *code != "en");
    let most = others.map(|(_, count)| count).max().unwrap_or(0);
    COMMON_WORDS.iter().zip(counts).any(|((code, _), count)| *code == "en" && count > most)
}

/// Returns whether the most common words of a language are known: see [`common_words`].
pub fn has_common_words(code: &str) -> bool {
    COMMON_WORDS.iter().any(|(other, _)| *other == code)
}

/// Returns the number of letters that a character counts as: an ideograph carries about as much
/// information as three.
fn letters(c: char) -> usize {
    match c {
        '\u{2E80}'..='\u{D7AF}' => 3,
        _ => usize::from(c.is_alphabetic()),
    }
}

fn is_plainly_english(sample: &str) -> bool {
    let (mut words, mut english, mut alone) = (0, 0, 0);
    for word in sample.split_ascii_whitespace() {
        words += 1;
        if (2..=5).contains(&word.len()) {
            let is_one_of = |all: &[&str]| all.iter().any(|it| word.eq_ignore_ascii_case(it));
            english += usize::from(is_one_of(&ENGLISH));
            alone += usize::from(is_one_of(&ENGLISH_ALONE));
        }
    }
    let has_many = words >= MIN_PLAIN_WORDS && english * PLAIN_RATIO >= words;
    if has_many {
        return true;
    }
    // Scripts without spaces have few words between these.
    let foreign = sample.bytes().filter(|byte| !byte.is_ascii()).count();
    if foreign * 10 > sample.len() {
        return false;
    }
    alone >= 2 && alone * ALONE_RATIO >= words
        || words >= MIN_PLAIN_WORDS && common_words("en", sample, words) * COMMON_RATIO >= words
}

/// Returns the ISO 639-1 code of the language that is called so in English or in itself, or that
/// has this ISO 639-3 code, in lower case.
///
/// ```
/// use pincite_text::language_named;
/// assert_eq!(language_named("german"), Some("de"));
/// assert_eq!(language_named("deutsch"), Some("de"));
/// assert_eq!(language_named("deu"), Some("de"));
/// assert_eq!(language_named("klingon"), None);
/// ```
pub fn language_named(name: &str) -> Option<&'static str> {
    let is_called = |lang: &&Lang| {
        [lang.code(), lang.eng_name(), lang.name()].iter().any(|it| it.to_lowercase() == name)
    };
    Lang::all().iter().find(is_called).map(|&lang| iso_639_1(lang))
}

/// Returns the two-letter code, which every language that whatlang knows has.
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
    fn detects_languages() {
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
    fn short_texts_are_english_unless_their_words_say_otherwise() {
        for (text, code) in [
            ("Gianluca Bertolini was the mayor of Castelvetro.", Some("en")),
            ("The Ardennes, Antwerp and Bruges are in Belgium.", Some("en")),
            ("Der Bürgermeister war nicht zu Hause, und niemand wusste Rat.", Some("de")),
            (
                "Il sindaco di Castelvetro non era in casa, e nessuno sapeva che cosa fare.",
                Some("it"),
            ),
            ("Castelvetro Bertolini Gianluca Modena", None),
        ] {
            assert_eq!(language(text), code, "{text}");
        }
    }

    #[test]
    fn abstains_if_there_is_too_little_text() {
        for text in ["", "Kabul", "1997 – 2001", "¶ § … \0", "OK, no."] {
            assert_eq!(language(text), None, "{text}");
        }
    }

    #[test]
    fn examines_only_the_beginning() {
        let text = format!("The border was closed again today. {}", "é".repeat(10 << 20));
        language(&text);
    }

    #[test]
    fn a_few_english_words_are_not_plainly_english() {
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
