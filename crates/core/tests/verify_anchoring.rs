//! Measures anchoring on quotations with a given share of their words changed, and on texts made to
//! mislead it.

use pincite_core::text::{Span, words};
use pincite_core::verify::{Anchor, Fit, Haystack, Hints, Occurrence};

/// A pseudorandom number generator (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    /// Returns a made-up word. Lower numbers are more frequent, as in real text.
    fn word(&mut self) -> String {
        let most = 1 + self.below(2_000);
        let number = self.below(most);
        let syllables =
            ["ka", "ro", "mi", "ten", "sul", "bar", "ne", "vo", "shi", "lat", "pe", "du"];
        let mut word = String::new();
        let mut rest = number + 12;
        while rest > 0 {
            word.push_str(syllables[rest % syllables.len()]);
            rest /= syllables.len();
        }
        word
    }

    fn sentence(&mut self) -> String {
        let len = 8 + self.below(22);
        let sentence: Vec<String> = (0..len).map(|_| self.word()).collect();
        format!("{}.", sentence.join(" "))
    }
}

/// Generates a text of at least `bytes` bytes, and returns the spans of its sentences.
fn text(bytes: usize, random: &mut Random) -> (String, Vec<Span>) {
    let (mut text, mut sentences) = (String::new(), Vec::new());
    while text.len() < bytes {
        let sentence = random.sentence();
        sentences.push(Span::new(text.len(), text.len() + sentence.len()));
        text += &sentence;
        text += if random.below(6) == 0 { "\n\n" } else { " " };
    }
    (text, sentences)
}

/// Drops, replaces or inserts about `percent` percent of the words of `quote`.
fn edited(quote: &str, percent: usize, random: &mut Random) -> String {
    let mut made: Vec<String> = Vec::new();
    for word in words(quote) {
        if random.below(100) >= percent {
            made.push(word.text.to_owned());
            continue;
        }
        match random.below(3) {
            0 => {}
            1 => made.push(random.word()),
            _ => made.extend([word.text.to_owned(), random.word()]),
        }
    }
    made.join(" ")
}

#[test]
fn edited_quotations_are_never_anchored_in_the_wrong_place() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (text, sentences) = text(400_000, &mut random);
    let haystack = Haystack::new(text);
    for (percent, expected) in [(0, 100), (5, 97), (10, 90), (20, 45), (30, 5)] {
        let (mut right, mut unsure, mut wrong) = (0, 0, Vec::new());
        for _ in 0..120 {
            let sentence = sentences[random.below(sentences.len())];
            let quote = edited(sentence.of(haystack.text()), percent, &mut random);
            match haystack.anchor(&quote, &Hints::default()) {
                Anchor::At(place) if place.span.overlaps(sentence) => right += 1,
                Anchor::At(place) => wrong.push((quote, place)),
                Anchor::Ambiguous(_) | Anchor::Missing => unsure += 1,
            }
        }
        eprintln!(
            "{percent} words in 100 edited: {right} anchored, {unsure} not, {} wrongly, of 120",
            wrong.len()
        );
        assert!(wrong.is_empty(), "{percent}: {wrong:?}");
        assert!(right * 100 >= expected * 120, "{percent}: only {right} of 120");
    }
}

#[test]
fn sentences_that_are_not_in_the_text_are_missing() {
    let mut random = Random(7);
    let (text, _) = text(400_000, &mut random);
    let haystack = Haystack::new(text);
    for _ in 0..200 {
        let quote = random.sentence();
        let anchor = haystack.anchor(quote.trim_end_matches('.'), &Hints::default());
        assert_eq!(anchor, Anchor::Missing, "{quote}");
    }
}

/// Sentences that differ in a year, mixed with others.
const YEARS: &str = "The valley lay quiet for a long time before that. The council opened the northern road to carts in May 1996. \
    Nobody remembered who had paid for it. The council opened the northern road to carts in May 1997. Then the rains came.";

#[test]
fn near_identical_sentences_are_not_confused() {
    let haystack = Haystack::new(YEARS);
    let anchor = |quote: &str, hints: Hints| haystack.anchor(quote, &hints);
    let none = Hints::default();
    let third = "The council opened the northern road to carts in May 1998.";
    assert!(matches!(anchor(third, none), Anchor::Ambiguous(places) if places.len() == 2));

    let second = YEARS.rfind("The council").expect("it is there");
    let said = Hints { position: Some(second), ..none };
    let Anchor::At(place) = anchor(third, said) else { panic!("its place decides") };
    let Fit::Altered { differences, .. } = &place.fit else { panic!("it is altered") };
    assert_eq!(differences.len(), 1);
    assert_eq!((differences[0].source.of(YEARS), differences[0].quote.of(third)), ("1997", "1998"));

    let context = Hints { prefix: "Nobody remembered who had paid for it. ", ..none };
    let Anchor::At(place) = anchor(third, context) else { panic!("its context decides") };
    assert_eq!(place.span.start, second);

    let verbatim = anchor("the council opened the northern road to carts in May 1997", none);
    assert!(
        matches!(verbatim, Anchor::At(place) if place.span.start == second && place.fit == Fit::Normalized)
    );
}

#[test]
fn repeated_sentences_are_ambiguous_but_for_their_context() {
    let text = "First came the frost. The bridge was closed again. Then came the thaw. The bridge was closed again.";
    let haystack = Haystack::new(text);
    let quote = "The bridge was closed again.";
    assert!(
        matches!(haystack.anchor(quote, &Hints::default()), Anchor::Ambiguous(places) if places.len() == 2)
    );
    let hints = Hints { prefix: "Then came the thaw. ", ..Hints::default() };
    let last = text.rfind(quote).expect("it is there");
    assert!(
        matches!(haystack.anchor(quote, &hints), Anchor::At(place) if place.span.start == last)
    );
    let hints = Hints { position: Some(last), ..Hints::default() };
    assert!(
        matches!(haystack.anchor(quote, &hints), Anchor::At(place) if place.span.start == last)
    );
}

#[test]
fn spliced_quotations_are_taken_apart() {
    let text = "The minister said that the pass would stay shut until spring. Traders along the border had waited for weeks. \
        He added that no lorry had been turned back by his own guards.";
    let haystack = Haystack::new(text);
    for (quote, pieces) in [
        ("The minister said that the pass would stay shut … no lorry had been turned back", 2),
        ("the pass would stay shut [...] had waited for weeks [...] by his own guards", 3),
        ("the pass would stay shut until no lorry had been turned back by his own guards", 2),
        ("no lorry had been turned back ... The minister said that", 2),
    ] {
        let Anchor::At(place) = haystack.anchor(quote, &Hints::default()) else {
            panic!("{quote}: not found")
        };
        let Fit::Stitched(found) = place.fit else { panic!("{quote}: {:?}", place.fit) };
        assert_eq!(found.len(), pieces, "{quote}");
    }
}

#[test]
fn the_usual_changes_of_quoting_are_typography() {
    let text =
        "The minister recognised the council in cross-border talks. Traders had waited for weeks.";
    let haystack = Haystack::new(text);
    for quote in [
        "[t]he minister recognised the council",
        "recog-\nnised the council in cross-border talks",
        "the council in cross-\nborder talks",
        "recog-\r\n  nised the council",
        "[...] recognised the council in cross-border talks …",
        "... traders had waited for weeks [...]",
    ] {
        let Anchor::At(place) = haystack.anchor(quote, &Hints::default()) else {
            panic!("{quote}: not found")
        };
        assert_eq!(place.fit, Fit::Normalized, "{quote}");
    }
    let Anchor::At(place) =
        haystack.anchor("The minister . . . had waited for weeks", &Hints::default())
    else {
        panic!("both parts are there")
    };
    assert!(matches!(place.fit, Fit::Stitched(pieces) if pieces.len() == 2));
    let replaced = "The minister recognised [the mayor] in cross-border talks.";
    assert!(matches!(
        haystack.anchor(replaced, &Hints::default()),
        Anchor::At(Occurrence { fit: Fit::Altered { .. }, .. })
    ));
}

#[test]
fn words_and_numbers_are_not_cut() {
    let text = "They opposed the warning of 5,000 men, and can't say why.";
    let haystack = Haystack::new(text);
    for cut in ["They opposed the war", "the warning of 5", "000 men", "men, and can"] {
        let anchor = haystack.anchor(cut, &Hints::default());
        let is_cut = matches!(
            anchor,
            Anchor::At(Occurrence { fit: Fit::Exact | Fit::Normalized | Fit::Stitched(_), .. })
        );
        assert!(!is_cut && !matches!(anchor, Anchor::Ambiguous(_)), "{cut}: {anchor:?}");
    }
    let chinese = Haystack::new("巴基斯坦在一九九七年承认了塔利班政权。");
    assert!(
        matches!(chinese.anchor("承认了塔利班", &Hints::default()), Anchor::At(place) if place.fit == Fit::Exact)
    );
}

#[test]
fn an_added_word_at_an_end_is_not_the_next_sentences_first() {
    let text = "It all began in the old harbour town. The crew mended the torn sails by night. Morning came late.";
    let haystack = Haystack::new(text);
    let quote = "Sadly the crew mended the torn sails by night alone";
    let Anchor::At(place) = haystack.anchor(quote, &Hints::default()) else {
        panic!("it is like one place")
    };
    assert_eq!(place.span.of(text), "The crew mended the torn sails by night.");
    let Fit::Altered { differences, .. } = place.fit else { panic!("it is altered") };
    assert!(differences.iter().all(|difference| difference.source.is_empty()));
}

#[test]
fn hostile_quotations_and_texts() {
    let texts = [
        "",
        " ",
        "\u{0}\u{1b}[2J",
        "\u{301}\u{301}",
        "a",
        "…",
        "\u{feff}a\r\nb",
        "😀 😀 😀 😀 😀 😀",
        "ﬁ ½ İ ß",
    ];
    for text in texts {
        let haystack = Haystack::new(text);
        for quote in texts {
            for position in [None, Some(0), Some(1), Some(usize::MAX)] {
                let hints = Hints { position, prefix: "\u{301}", suffix: quote };
                let _ = haystack.anchor(quote, &hints);
            }
        }
    }
    let repeated = Haystack::new("a ".repeat(500_000));
    let _ = repeated.anchor(&"a a a b ".repeat(400), &Hints::default());
    let _ = repeated.anchor("a", &Hints::default());
    let _ = repeated.anchor(&"a … ".repeat(7), &Hints::default());
    let marks = Haystack::new("\u{301}".repeat(200_000));
    let _ = marks.anchor("e\u{301} b c d e f", &Hints::default());
}

#[test]
fn ten_megabytes_in_one_line() {
    let mut random = Random(3);
    let (text, sentences) = text(10_000_000, &mut random);
    let haystack = Haystack::new(text.replace('\n', " "));
    for i in [0, sentences.len() / 2, sentences.len() - 1] {
        let sentence = sentences[i];
        let exact = haystack.anchor(sentence.of(haystack.text()), &Hints::default());
        assert!(matches!(exact, Anchor::At(place) if place.span == sentence));
        let altered = edited(sentence.of(haystack.text()), 8, &mut random);
        assert!(
            matches!(haystack.anchor(&altered, &Hints::default()), Anchor::At(place) if place.span.overlaps(sentence))
        );
    }
}
