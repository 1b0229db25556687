//! `pincite check` over the sample corpus, and `pincite eval claims` over a few pairs.

use serde_json::Value;

use crate::desk::{Desk, Run};

fn assert_snapshot(name: &str, args: &[&str], run: Run) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description(format!("pincite {}", args.join(" ")));
    settings.set_omit_expression(true);
    // A better model may be surer or less sure; what it says has to stay.
    settings.add_filter(r"\b\d+ % · ", "[n] % · ");
    settings.bind(|| insta::assert_snapshot!(name, run));
}

fn snapshot(desk: &Desk, name: &str, args: &[&str]) {
    assert_snapshot(name, args, desk.run(args).without(desk));
}

#[test]
fn both_sides_are_shown_with_what_differs() {
    let desk = Desk::indexed();
    snapshot(&desk, "check_disputed", &["check", "Pakistan recognized the Taliban in 1997"]);
    snapshot(&desk, "check_contradicted", &["check", "The Doha agreement was signed in 2018"]);
    snapshot(
        &desk,
        "check_several",
        &["check", "The Salma Dam was opened in 2016", "The Taliban exported uranium to Brazil"],
    );
}

#[test]
fn json_has_the_shape_that_is_promised() {
    let desk = Desk::indexed();
    let run = desk.run(&["check", "--format", "json", "--explain", "Pakistan never recognized the Taliban"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    assert_eq!(json["schema"], "pincite/check/1");
    let check = &json["checks"][0];
    assert_eq!(check["verdict"], "contradicted", "{run}");
    let evidence = &check["evidence"][0];
    assert_eq!(evidence["stance"], "contradicts");
    assert_eq!(evidence["citation"]["schema"], "pincite/citation/1");
    assert!(evidence["features"]["cover"].as_f64().is_some_and(|cover| cover > 0.5));
    let polarity = evidence["reasons"].as_array().and_then(|all| all.iter().find(|it| it["slot"] == "polarity"));
    assert_eq!(polarity.map(|it| &it["claim"]), Some(&"never … recognized".into()), "{run}");
}

#[test]
fn the_exit_status_tells_the_verdict() {
    let desk = Desk::indexed();
    let code = |args: &[&str]| desk.run(&[&["check"], args].concat()).code;
    assert_eq!(code(&["The Salma Dam was opened in June 2016"]), Some(0));
    assert_eq!(code(&["The Salma Dam was opened in June 2014"]), Some(1));
    assert_eq!(code(&["The Salma Dam was opened in June 2014", "--fail-on", "not_found,partial"]), Some(0));
    assert_eq!(code(&["The Salma Dam was opened in June 2014", "--fail-on", "contradicted"]), Some(1));
    assert_eq!(code(&["--fail-on", "wrong", "x"]), Some(2));
    desk.write("claims.txt", "The Salma Dam was opened in June 2016\n\nWork on a fence began in 2017\n");
    assert_eq!(code(&["--file", "claims.txt"]), Some(0));
    assert_eq!(code(&["--file", "nowhere.txt"]), Some(2));
}

#[test]
fn judged_pairs_are_measured() {
    let desk = Desk::new();
    let pair = |claim: &str, evidence: &str, label: &str| {
        format!("{{\"claim\": \"{claim}\", \"evidence\": [\"{evidence}\"], \"label\": \"{label}\"}}\n")
    };
    let pairs = [
        pair("The bridge opened in 1932.", "The bridge opened in 1932.", "SUPPORTS"),
        pair("The bridge opened in 1933.", "The bridge opened in 1932.", "REFUTES"),
        pair("The ferry sank.", "The ferry sank off the cape.", "SUPPORTS"),
        pair("The mill is a film.", "The mill is a book.", "REFUTES"),
    ];
    desk.write("pairs.jsonl", pairs.concat());
    let run = desk.run(&["eval", "claims", "pairs.jsonl", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    assert_eq!((&json["schema"], &json["pairs"]), (&"pincite/eval-claims/1".into(), &4.into()));
    assert_eq!(json["metrics"]["accuracy"], 1.0, "{run}");
    assert_eq!(json["metrics"]["accuracy_without_evidence"], 0.5, "{run}");
    let run = desk.run(&["eval", "claims", "--train", "pairs.jsonl", "--save", "model.toml"]);
    assert_eq!(run.code, Some(0), "{run}");
    let model = std::fs::read_to_string(desk.path("model.toml")).unwrap();
    desk.run(&["eval", "claims", "--train", "pairs.jsonl", "--save", "again.toml"]);
    assert_eq!(model, std::fs::read_to_string(desk.path("again.toml")).unwrap());
    assert_eq!(desk.run(&["eval", "claims", "pairs.jsonl", "--folds", "2"]).code, Some(0));
}
