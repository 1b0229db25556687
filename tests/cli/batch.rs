//! Many claims at once, and a few fields of each answer.

use serde_json::{Value, json};

use crate::desk::Desk;

const CLAIMS: &str = "id,claim,who\r\n\
    a1,Pakistan recognized the Taliban in 1997,x\r\n\
    \r\n\
    b2,\"=The Durand Line, 2,640 km\",y\r\n\
    c3,Ferries zigzag,z\r\n\
    d4,,z\r\n";

fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().collect::<Result<_, _>>().expect("rows of one length")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn each_claim_of_a_table_has_its_rows() {
    let desk = Desk::indexed();
    desk.write("claims.csv", CLAIMS);
    let run = desk.run(&["query", "--batch", "claims.csv", "--format", "csv", "-n", "2"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.starts_with("claim_id,claim_line,claim,rank,id,quote,"), "{run}");
    let rows = rows(&run.stdout);
    let ids: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(ids, ["a1", "a1", "b2", "b2", "c3"]);
    assert_eq!((&rows[0][1], &rows[0][4]), ("2", "recognition-1997#p1.1"));
    assert_eq!(&rows[2][2], "'=The Durand Line, 2,640 km");
    assert!(rows[4].iter().skip(3).all(str::is_empty), "{run}");
    assert_eq!(run.stderr, "something found for 2 of 3 claims; 1 row or sentence skipped\n");
    // Quotations are exact in a table, too.
    let cited = desk.run(&["cite", &rows[0][4], "--format", "json"]);
    let cited: Value = serde_json::from_str(&cited.stdout).expect("JSON");
    assert_eq!(cited[0]["quote"], rows[0][5]);
}

#[test]
fn each_claim_has_the_answer_that_it_has_alone() {
    let desk = Desk::indexed();
    desk.write("claims.csv", CLAIMS);
    let run = desk.run(&["query", "--batch", "claims.csv", "--format", "jsonl"]);
    let answers = lines(&run.stdout);
    assert_eq!(answers.len(), 3, "{run}");
    let first = &answers[0]["answers"][0];
    assert_eq!(
        (&first["id"], &first["line"], &first["claim"]),
        (&json!("a1"), &json!(2), &json!("Pakistan recognized the Taliban in 1997"))
    );
    let alone = desk.run(&["query", "Pakistan recognized the Taliban in 1997", "--format", "json"]);
    let alone: Value = serde_json::from_str(&alone.stdout).expect("JSON");
    assert_eq!((&first["hits"], &first["total"]), (&alone["hits"], &alone["total"]));
    let whole = desk.run(&["query", "--batch", "claims.csv", "--format", "json"]);
    let whole_text = whole.stdout;
    let whole: Value = serde_json::from_str(&whole_text).expect("JSON");
    let one_by_one: Vec<&Value> = answers.iter().map(|it| &it["answers"][0]).collect();
    assert_eq!(whole["answers"].as_array().expect("a list").iter().collect::<Vec<_>>(), one_by_one);
    // What was quoted is verified as it comes.
    let verified = desk.run_with_input(&["verify", "-"], &whole_text);
    assert_eq!(
        (verified.code, verified.stderr.as_str()),
        (Some(0), "20 of 20 intact\n"),
        "{verified}"
    );
}

#[test]
fn claims_come_out_of_all_that_check_reads() {
    let desk = Desk::indexed();
    desk.write("claims.jsonl", "{\"id\": 7, \"text\": \"the Durand Line\"}\n");
    desk.write("draft.md", "# The line\n\nThe Durand Line is 2,640 km long. Is it?\n");
    let claims = |args: &[&str], input: &str| {
        let format = ["--format", "jsonl", "--fields", "claim_id,claim_line,claim", "-n", "1"];
        let run = desk.run_with_input(&[&["query", "--batch"], args, &format].concat(), input);
        lines(&run.stdout)
    };
    assert_eq!(
        claims(&["claims.jsonl", "--column", "text"], ""),
        [json!({"claim_id": "7", "claim_line": 1, "claim": "the Durand Line"})]
    );
    assert_eq!(
        claims(&["draft.md"], ""),
        [json!({"claim_id": null, "claim_line": 3, "claim": "The Durand Line is 2,640 km long."})]
    );
    assert_eq!(
        claims(&["-"], "\nzigzag ferries\n"),
        [json!({"claim_id": null, "claim_line": 2, "claim": "zigzag ferries"})]
    );
    let nothing =
        desk.run_with_input(&["query", "--batch", "-", "--format", "jsonl"], "zigzag ferries\n");
    assert_eq!(nothing.code, Some(1), "{nothing}");
}

#[test]
fn fields_are_those_of_the_whole_document() {
    let desk = Desk::indexed();
    let query = |more: &[&str]| {
        desk.run(&[&["query", "durand line", "-n", "2", "--format"], more].concat())
    };
    let whole: Value = serde_json::from_str(&query(&["json"]).stdout).expect("JSON");
    let few = query(&["json", "--fields", "rank,quote,locator.lines,source.title,deep_link"]);
    assert_eq!(few.stdout.lines().count(), 1, "{few}");
    let few: Vec<Value> = serde_json::from_str(&few.stdout).expect("JSON");
    for (hit, record) in whole["hits"].as_array().expect("a list").iter().zip(&few) {
        let citation = &hit["citation"];
        let expected = json!({
            "rank": hit["rank"],
            "quote": citation["quote"],
            "locator": {"lines": citation["locator"]["lines"]},
            "source": {"title": citation["source"]["title"]},
            "deep_link": null,
        });
        assert_eq!(*record, expected);
    }
    let one_by_one = query(&["jsonl", "--fields", "rank,quote"]);
    assert_eq!(one_by_one.stdout.lines().count(), 2);
    let table = query(&["csv", "--fields", "rank,locator.lines"]);
    assert!(table.stdout.starts_with("rank,locator.lines\r\n1,\"["), "{table}");
    let cited = desk.run(&["cite", "durand-line#p2.1", "--format", "jsonl", "--fields", "id"]);
    assert_eq!(cited.stdout, "{\"id\":\"durand-line#p2.1\"}\n");
    for (args, part) in [
        (["query", "x", "--fields", "titel", "--format", "json"], "there is no field “titel”"),
        (["query", "x", "--fields", "id", "--format", "ris"], "--fields needs --format json"),
    ] {
        let run = desk.run(&args);
        assert!(run.code == Some(2) && run.stderr.contains(part), "{run}");
    }
}
