//! Checks that output depends on the sources alone, not on the history of the index.

use std::fs;

use crate::desk::Desk;

const QUERIES: [&[&str]; 14] = [
    &["Pakistan recognized the Taliban in 1997"],
    &["Islamabad recognised the Taliban", "--explain"],
    &["Spin Buldak ceasefire", "-n", "30"],
    &["Hibatullah Akhundzada rules from Kandahar", "--explain", "--format", "json"],
    &["How long is the Durand Line?", "--format", "json"],
    &["Taliban", "-n", "200", "--format", "jsonl"],
    &["\"Durand Line\" +2,640"],
    &["TTP -ceasefire", "--exact"],
    &["recogni* Afganistan~2 -1996", "-n", "50"],
    &["title:\"Taliban\" OR date:2025..", "-n", "50", "--format", "csl-json"],
    &["publisher:sample", "-n", "100"],
    &["$3 billion in Afghanistan", "--format", "markdown"],
    &["--like", "durand-line#p2", "-n", "50"],
    &["--like", "kabul-1996#p3", "--explain", "--format", "json", "--since", "2025"],
];

fn answers(desk: &Desk, index: &str) -> Vec<String> {
    let answer = |query: &&[&str]| {
        let run = desk.run(&[&["--index", index, "query"], *query].concat());
        assert!(run.code == Some(0), "{query:?}: {run}");
        run.stdout
    };
    QUERIES.iter().map(answer).collect()
}

fn index(desk: &Desk, args: &[&str]) {
    let run = desk.run(&[&["index", "corpus", "--index"], args].concat());
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn answers_do_not_depend_on_the_history_of_the_index() {
    let desk = Desk::with_corpus();
    index(&desk, &["one", "--threads", "1"]);
    index(&desk, &["four", "--threads", "4"]);

    // One file at a time, in reverse order, some of them changed and changed back.
    let articles = fs::read_dir(desk.path("corpus")).expect("it can be read");
    let mut names: Vec<_> = articles
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    names.retain(|name| name.ends_with(".txt") || name.ends_with(".md"));
    names.sort_by(|a, b| b.cmp(a));
    for i in 0..names.len() {
        let include: Vec<&str> = names[..=i].iter().flat_map(|name| ["--include", name]).collect();
        index(&desk, &[&["many", "--threads", "2"], &include[..]].concat());
    }
    let changed = desk.path("corpus/kabul-1996.txt");
    let text = fs::read(&changed).expect("it can be read");
    desk.write(
        "corpus/kabul-1996.txt",
        "The Taliban took Kabul in 1996, and something else stood here.\n",
    );
    index(&desk, &["many"]);
    desk.write("corpus/kabul-1996.txt", text);
    index(&desk, &["many"]);

    let expected = answers(&desk, "one");
    assert!(expected.iter().all(|answer| !answer.is_empty()));
    let differing = |name: &str| {
        let answers = answers(&desk, name);
        let differing = QUERIES
            .iter()
            .zip(answers.iter().zip(&expected))
            .filter(|(_, (answer, expected))| answer != expected);
        differing.map(|(query, _)| *query).collect::<Vec<_>>()
    };
    assert_eq!(differing("four"), [[""; 0]; 0]);
    assert_eq!(differing("many"), [[""; 0]; 0]);
    index(&desk, &["many", "--rebuild"]);
    assert_eq!(differing("many"), [[""; 0]; 0]);
}
