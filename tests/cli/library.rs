//! Indexes files with a library of references beside them.

use serde_json::Value;

use crate::desk::Desk;

const BIB: &str = "@article{karu2019,
  title = {The Ferry at Karvo}, author = {Sample, Dana}, journal = {Lowland Post}, date = {2019-03-04},
  file = {Full Text:papers/one.txt:text/plain}
}
@online{bridge,
  title = {The Bridge}, author = {Example, Rowan}, url = {https://lowland.example/bridge}
}
@book{nowhere, title = {A Book That Nobody Has}}
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("papers/one.txt", "The ferry at Karvo ran twice a day, and took eight cars.\n");
    desk.write(
        "papers/two.md",
        "---\nurl: https://www.lowland.example/bridge/\n---\n\nThe bridge cost 40 million crowns.\n",
    );
    desk.write("papers/refs.bib", BIB);
    desk
}

/// Returns the metadata of each source, by its id.
fn sources(desk: &Desk) -> Vec<(String, Value, Value)> {
    let run = desk.run(&["sources", "--format", "json"]);
    let listed: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let listed = listed["sources"].as_array().expect("a list").iter();
    let told = |it: &Value| {
        let id = it["id"].as_str().expect("an id").to_owned();
        (id, it["metadata"].clone(), it["provenance"].clone())
    };
    listed.map(told).collect()
}

#[test]
fn a_library_declares_metadata_and_is_remembered() {
    let desk = desk();
    let run = desk.run(&["index", "papers", "--library", "papers/refs.bib"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("refs.bib: has 1 entry about no file: nowhere"), "{run}");
    let found = sources(&desk);
    let [(one, ferry, provenance), (two, bridge, _)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((one.as_str(), two.as_str()), ("one", "two"));
    assert_eq!(ferry["title"], "The Ferry at Karvo");
    assert_eq!(ferry["author"][0]["family"], "Sample");
    assert_eq!(ferry["library"], "refs.bib: karu2019");
    assert_eq!(provenance["title"], "declared");
    assert_eq!(
        (&bridge["title"], &bridge["library"]),
        (&"The Bridge".into(), &"refs.bib: bridge".into())
    );
    let cited = desk.run(&["cite", "one#p1.1", "--format", "jsonl"]);
    desk.write("record.json", &cited.stdout);
    assert_eq!(desk.run(&["verify", "record.json"]).code, Some(0));

    let again = desk.run(&["index", "papers"]);
    assert!(again.stdout.contains("0 added, 0 updated, 0 removed, 2 unchanged"), "{again}");
    // A change of the library is a change of what it declares.
    desk.write("papers/refs.bib", BIB.replace("The Ferry at Karvo", "Ferries"));
    let changed = desk.run(&["index", "papers"]);
    assert_eq!(changed.code, Some(0), "{changed}");
    assert_eq!(sources(&desk)[0].1["title"], "Ferries");
    // What cannot be read stays as it was.
    std::fs::remove_file(desk.path("papers/refs.bib")).expect("it can be removed");
    let gone = desk.run(&["index", "papers"]);
    assert!(gone.stderr.contains("what it declared stays as it was"), "{gone}");
    assert_eq!(sources(&desk)[0].1["title"], "Ferries");
    let none = desk.run(&["index", "papers", "--library", "none"]);
    assert!(none.stdout.contains("2 updated"), "{none}");
    assert_ne!(sources(&desk)[0].1["title"], "Ferries");
}

#[test]
fn an_error_in_a_library_names_its_line() {
    let desk = desk();
    desk.write("broken.ris", "TY  - JOUR\nTI  - A title\nno tag at all\nER  - \n");
    let run = desk.run(&["index", "papers", "--library", "broken.ris"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("broken.ris:3: is no line of RIS"), "{run}");
    let missing = desk.run(&["index", "papers", "--library", "none.bib"]);
    assert_eq!(missing.code, Some(2), "{missing}");
    assert!(missing.stderr.contains("cannot read none.bib"), "{missing}");
}
