//! Generates text with the statistics of prose for benches.

/// A pseudorandom number generator (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The most frequent words of English, in descending order. Without them, the text would not be
/// recognized as English, and language detection would cost more.
const COMMONEST: &str = "the of and to in a is that for it was on are as with his they at be this \
    from have or by one had not but what all were when we there can an your which their said if do \
    will each about how";

/// Writes articles from a vocabulary of 50,000 words with Zipf's frequencies, the most frequent
/// English and the others made up, with capitals, commas, years and figures.
pub(crate) struct TextSource {
    random: Random,
    words: Vec<String>,
    /// The cumulated relative frequency of each word and those before it.
    cumulated: Vec<f64>,
}

impl TextSource {
    const VOCABULARY: usize = 50_000;

    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let invented = (0..Self::VOCABULARY).map(|rank| word(&mut random, rank));
        let words = COMMONEST
            .split(' ')
            .map(str::to_owned)
            .chain(invented)
            .take(Self::VOCABULARY)
            .collect();
        let mut cumulated: Vec<f64> = Vec::with_capacity(Self::VOCABULARY);
        let mut sum = 0.0;
        for rank in 1..=Self::VOCABULARY {
            sum += 1.0 / rank as f64;
            cumulated.push(sum);
        }
        cumulated.iter_mut().for_each(|share| *share /= sum);
        Self { random, words, cumulated }
    }

    /// Writes an article in Markdown: 40 paragraphs of about 80 words, with a heading before every
    /// tenth.
    pub(crate) fn article(&mut self) -> String {
        let mut article = String::new();
        for nth in 0..40 {
            if nth % 10 == 0 {
                article.push_str("## ");
                self.words_into(&mut article, 4);
                article.push_str("\n\n");
            }
            article.push_str(&self.paragraph());
            article.push_str("\n\n");
        }
        article
    }

    /// Writes a paragraph of four sentences, about 80 words.
    pub(crate) fn paragraph(&mut self) -> String {
        let mut paragraph = String::new();
        for nth in 0..4 {
            if nth > 0 {
                paragraph.push(' ');
            }
            let length = 12 + self.random.below(17);
            self.words_into(&mut paragraph, length);
            paragraph.push('.');
        }
        paragraph
    }

    /// Appends words, the first with a capital.
    fn words_into(&mut self, text: &mut String, count: u64) {
        let mut capital = true;
        for nth in 0..count {
            if nth > 0 {
                text.push_str(if self.random.below(12) == 0 { ", " } else { " " });
            }
            match self.random.below(100) {
                0 => text.push_str(&format!("{}", 1900 + self.random.below(126))),
                1 => text.push_str(&format!(
                    "{}.{} percent",
                    self.random.below(100),
                    self.random.below(10)
                )),
                2 => text.push_str(&format!("${} million", 1 + self.random.below(900))),
                _ => {
                    let share = self.random.unit();
                    let rank = self.cumulated.partition_point(|cumulated| *cumulated < share);
                    let word = &self.words[rank.min(Self::VOCABULARY - 1)];
                    // Some words are names.
                    if capital || self.random.below(15) == 0 {
                        text.push_str(&word[..1].to_ascii_uppercase());
                        text.push_str(&word[1..]);
                    } else {
                        text.push_str(word);
                    }
                }
            }
            capital = false;
        }
    }
}

/// Makes a pronounceable word, shorter for lower ranks, with an ending that stemmers remove.
fn word(random: &mut Random, rank: usize) -> String {
    const ONSETS: [&str; 16] =
        ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"];
    const VOWELS: [&str; 6] = ["a", "e", "i", "o", "u", "ea"];
    const ENDINGS: [&str; 8] = ["", "", "", "s", "ed", "ing", "ation", "ly"];
    let syllables = 1 + (rank as f64).log10() as u64 / 2 + random.below(2);
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(ONSETS[random.below(16) as usize]);
        word.push_str(VOWELS[random.below(6) as usize]);
    }
    word.push_str(["", "n", "r", "s", "l"][random.below(5) as usize]);
    word.push_str(ENDINGS[random.below(8) as usize]);
    word
}
