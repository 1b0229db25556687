//! Checks that the JSON Schemas in `docs/schema` are those of the public types, and that the
//! program's output is valid.

use std::fs;
use std::path::PathBuf;

use boon::{Compiler, SchemaIndex, Schemas};
use pincite_core::wire::schema::schemas;
use serde_json::Value;

use crate::check::DRAFT;
use crate::desk::{Desk, Run};

/// Returns the file of a schema, such as `check-1.json` for `pincite/check/1`.
fn file(name: &str) -> PathBuf {
    let name = name.trim_start_matches("pincite/").replace('/', "-");
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema"))
        .join(name)
        .with_extension("json")
}

#[test]
fn the_schemas_are_those_of_the_types() {
    let update = std::env::var_os("PINCITE_UPDATE_SCHEMAS").is_some();
    for (name, schema) in schemas() {
        let file = file(name);
        let schema = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        if update {
            fs::write(&file, &schema).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
        let written = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            written == schema,
            "{} is not the schema of its type: run PINCITE_UPDATE_SCHEMAS=1 cargo test --test cli schema",
            file.display()
        );
        assert!(
            !schema.contains("[`") && !schema.contains("]("),
            "{}: a link for rustdoc",
            file.display()
        );
    }
    let files = fs::read_dir(file("x").with_file_name("")).expect("the schemas are there").count();
    assert_eq!(files, schemas().len(), "there are schemas of no document");
}

/// The schemas in `docs/schema`, compiled.
struct Contract {
    schemas: Schemas,
    names: Vec<(String, SchemaIndex)>,
}

impl Contract {
    fn new() -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        let compile = |name: &&str| {
            let file = file(name);
            let text = fs::read_to_string(&file).expect("the schema is there");
            let location = format!("https://schema.invalid/{name}");
            compiler
                .add_resource(&location, serde_json::from_str(&text).expect("it is JSON"))
                .expect("it is new");
            let index = compiler
                .compile(&location, &mut schemas)
                .unwrap_or_else(|error| panic!("{name}: {error:#}"));
            ((*name).to_owned(), index)
        };
        let names = pincite_core::wire::schema::schemas().keys().map(compile).collect();
        Self { schemas, names }
    }

    /// Validates a document by the schema that it names, and returns the error.
    fn fault(&self, document: &Value) -> Option<String> {
        let name = document["schema"].as_str().expect("it names its schema");
        let (_, index) =
            self.names.iter().find(|(known, _)| known == name).expect("it is a schema of ours");
        self.schemas.validate(document, *index).err().map(|error| format!("{error:#}"))
    }

    /// Returns the documents that `run` printed; panics if they do not have the schema `name`.
    fn hold(&self, run: &Run, name: &str) -> Vec<Value> {
        let documents: Vec<Value> = serde_json::Deserializer::from_str(&run.stdout)
            .into_iter()
            .collect::<Result<_, _>>()
            .expect("JSON");
        let documents: Vec<Value> = documents
            .into_iter()
            .flat_map(|document| match document {
                Value::Array(documents) => documents,
                document => vec![document],
            })
            .collect();
        assert!(!documents.is_empty(), "{run}");
        for document in &documents {
            assert_eq!(document["schema"], name);
            if let Some(fault) = self.fault(document) {
                panic!("{fault}\n{document:#}");
            }
        }
        documents
    }
}

#[test]
fn output_is_valid() {
    let contract = Contract::new();
    let desk = Desk::with_corpus();
    desk.write("corpus/broken.txt", b"\0\xff\xfe\0");
    desk.write("draft.md", DRAFT);
    desk.write("claims.csv", "id,claim\n1,the Durand Line\n2,zigzag ferries\n");
    let claims = [
        "Pakistan recognized the Taliban in 1997 and 1893",
        "The Durand Line is 2,640 km long",
        "Ferries are blue",
    ];
    let check = |more: &[&'static str]| [&["check"], more].concat();
    for (name, args) in [
        ("pincite/index/1", vec!["index", "corpus"]),
        ("pincite/sources/1", vec!["sources"]),
        ("pincite/stats/1", vec!["stats"]),
        ("pincite/doctor/1", vec!["doctor"]),
        ("pincite/doctor/1", vec!["doctor", "--repair"]),
        ("pincite/results/1", vec!["query", "Pakistan recognised the TTP in 1997", "--explain"]),
        ("pincite/results/1", vec!["query", "Durand Line"]),
        ("pincite/results/1", vec!["query", "--like", "durand-line#p2"]),
        ("pincite/batch/1", vec!["query", "--batch", "claims.csv"]),
        (
            "pincite/citation/1",
            vec!["cite", "recognition-1997#p1.1", "kabul-1996#p3", "durand-line#p2"],
        ),
        ("pincite/show/1", vec!["show", "recognition-1997"]),
        ("pincite/show/1", vec!["show", "recognition-1997#p1.1"]),
        ("pincite/check/1", check(&claims)),
        ("pincite/check/1", check(&["--draft", "draft.md", "--explain"])),
    ] {
        contract.hold(&desk.run(&[&args[..], &["--format", "json"]].concat()), name);
    }
    for (name, args) in [
        ("pincite/hit/1", vec!["query", "Durand Line", "--explain"]),
        ("pincite/batch/1", vec!["query", "--batch", "claims.csv"]),
        ("pincite/citation/1", vec!["cite", "recognition-1997#p1.1", "kabul-1996#p3"]),
        ("pincite/check/1", check(&["--draft", "draft.md"])),
    ] {
        contract.hold(&desk.run(&[&args[..], &["--format", "jsonl"]].concat()), name);
    }
    let quoted = desk.run(&["query", "Durand Line", "--format", "json"]).stdout;
    let verified = [quoted.as_str(), "“No such words were ever said.” (durand-line)"];
    for input in verified {
        contract.hold(
            &desk.run_with_input(&["verify", "-", "--format", "json"], input),
            "pincite/verify/1",
        );
    }
}

/// Makes sure that the schemas are not too permissive.
#[test]
fn documents_of_other_shapes_are_invalid() {
    let contract = Contract::new();
    let desk = Desk::indexed();
    let run = desk.run(&["query", "Durand Line", "--format", "jsonl"]);
    let hit = contract.hold(&run, "pincite/hit/1").swap_remove(0);
    for (place, value) in [
        ("/rank", Value::from(-1)),
        ("/rank", Value::Null),
        ("/details", Value::Null),
        ("/unknown", Value::from(1)),
        ("/passage/unknown", Value::from(1)),
        ("/passage/id", Value::from("durand-line")),
        ("/passage/matches/0/via", Value::from("guess")),
        ("/passage/matches/0/bytes", Value::from(vec![1])),
        ("/citation/schema", Value::from("pincite/citation/2")),
        ("/citation/locator/unknown", Value::from(1)),
        ("/citation/selectors/0/unknown", Value::from(1)),
    ] {
        let mut changed = hit.clone();
        let (parent, field) = place.rsplit_once('/').expect("a pointer");
        changed.pointer_mut(parent).expect("it is there")[field] = value;
        assert!(contract.fault(&changed).is_some(), "{place}: {changed:#}");
    }
}
