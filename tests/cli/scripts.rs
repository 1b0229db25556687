//! Scripts without spaces between words, and those whose vowels are points.

use crate::desk::Desk;

const ARTICLES: [(&str, &str); 6] = [
    (
        "zh",
        "市政府周二关闭了北京大学附近的旧图书馆。老师大声问什么时候开放。\n\n\
         水库的水位正在下降，专家每天测量两次。\n",
    ),
    (
        "ja",
        "議会は水曜日に新しい図書館の建設を承認した。「十年も待った」と住民は話した。\n\n\
         東京都の職員は会議に出席しなかった。\n",
    ),
    ("th", "รัฐบาลปิดโรงเรียนสามแห่งในเชียงใหม่เมื่อวันอังคาร\n\nในอนาคตจะมีห้องสมุดใหม่ใกล้สถานีรถไฟ\n"),
    (
        "ar",
        "أُغلِقت مَدرَسةٌ قديمةٌ قُرب النَّهر يوم الثلاثاء. وقال المدير إن المكتبة ستفتح أبوابها في الصيف.\n\n\
         وزارت الوزيرة المستشفى أمس، وتحدثت مع الأطباء عن الدواء الذي لا يجده الناس.\n",
    ),
    ("he", "הַסִּפְרִיָּה הַיְשָׁנָה נִסְגְּרָה בְּיוֹם שְׁלִישִׁי. צה״ל לא הגיב על כך.\n\nבית הספר נפתח בחודש מאי.\n"),
    ("en", "The council shut the old library on Tuesday.\n\nThe level of the lake is falling.\n"),
];

fn desk() -> Desk {
    let desk = Desk::new();
    for (name, text) in ARTICLES {
        desk.write(&format!("articles/{name}.txt"), text);
    }
    let run = desk.run(&["index", "articles"]);
    assert_eq!(run.code, Some(0), "{run}");
    desk
}

#[test]
fn a_query_of_one_word_finds_its_passage() {
    let desk = desk();
    for (word, place) in [
        ("图书馆", "zh#p1.1"),
        ("开放", "zh#p1.2"),
        ("水位", "zh#p2.1"),
        ("水曜日", "ja#p1.1"),
        ("図書館", "ja#p1.1"),
        ("東京", "ja#p2.1"),
        ("โรงเรียน", "th#p1.1"),
        ("ห้องสมุด", "th#p2.1"),
        ("المدرسة", "ar#p1.1"),
        ("مدرسه", "ar#p1.1"),
        ("وزيره", "ar#p2.1"),
        ("المستشفي", "ar#p2.1"),
        ("הספריה", "he#p1.1"),
        ("צה\"ל", "he#p1.2"),
        ("library", "en#p1.1"),
    ] {
        let run = desk.run(&["query", word, "--format", "jsonl"]);
        let first = run.stdout.lines().next().unwrap_or_default();
        assert!(first.contains(&format!("\"id\":\"{place}\"")), "{word}: {run}");
        let verified = desk.run_with_input(&["verify", "-"], &run.stdout);
        assert_eq!(verified.code, Some(0), "{word}: {verified}");
    }
}

#[test]
fn what_only_straddles_two_words_is_not_found() {
    let desk = desk();
    for straddling in ["师大", "位正", "京都", "นอน"] {
        let run = desk.run(&["query", straddling]);
        assert_eq!(run.code, Some(1), "{straddling}: {run}");
    }
}

#[test]
fn quotations_are_found_with_and_without_points() {
    let desk = desk();
    for quotation in [
        "老师大声问什么时候开放",
        "図書館の建設を承認した",
        "โรงเรียนสามแห่ง",
        "مدرسة قديمة قرب النهر",
        "הספריה הישנה נסגרה ביום שלישי",
    ] {
        let run = desk.run_with_input(&["verify", "--find", "-"], quotation);
        assert_eq!(run.code, Some(0), "{quotation}: {run}");
    }
}
