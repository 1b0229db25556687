//! Cuts text in scripts without spaces between words into words.
//!
//! UAX #29 leaves these scripts to dictionaries: by its own rules, each character of them would be
//! a word. The dictionaries are those of ICU, of which the longest entry is taken, from left to
//! right. Its neural networks are not used: they are slower, and floating-point numbers could cut
//! the same text in two ways on two machines.

use std::sync::LazyLock;

use icu_segmenter::WordSegmenter;
use icu_segmenter::WordSegmenterBorrowed;
use icu_segmenter::iterators::WordBreakIterator;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::scaffold::Utf8;

/// Returns whether a character is of a script without spaces between words: Chinese, Japanese,
/// Thai, Lao, Khmer or Burmese.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{E00}'
        && matches!(c,
            '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
            | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}'
            | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}'
            | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The words of a run of text in scripts without spaces, with their offsets.
pub(crate) struct Cut<'a> {
    run: &'a str,
    start: usize,
    breaks: WordBreakIterator<'static, 'a, Utf8>,
}

impl<'a> Cut<'a> {
    /// Cuts a run into words, which together are all of it.
    pub(crate) fn new(run: &'a str) -> Self {
        static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
            LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
        Self { run, start: 0, breaks: SEGMENTER.segment_str(run) }
    }
}

impl<'a> Iterator for Cut<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        // The first break is the start of the run.
        let end = self.breaks.find(|&end| end > self.start)?;
        let start = std::mem::replace(&mut self.start, end);
        Some((start, &self.run[start..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_into_words() {
        for words in [
            "市政府 周二 关闭 了 北京 大学 附近 的 图书 馆",
            "議会 は 水曜日 に 新しい 図書館 の 建設 を 承認 した",
            "รัฐบาล ปิด โรงเรียน สาม แห่ง ใน เชียงใหม่",
            "ລັດຖະບານ ປິດ ໂຮງຮຽນ",
            "រដ្ឋាភិបាល បាន បិទ សាលារៀន",
            "အစိုးရ သည် ကျောင်း များ ကို ပိတ် ခဲ့ သည်",
        ] {
            let run = words.replace(' ', "");
            assert_eq!(Cut::new(&run).map(|(_, word)| word).collect::<Vec<_>>().join(" "), words);
        }
    }
}
