//! `pincite-eval`: measures rankings and verdicts on test collections, fits weights, trains models.
//!
//! Reports go to standard output, everything else to standard error. Exit status: 0 done, 2 an
//! error.

mod args;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use pincite_core::check::Model;
use pincite_core::{Error, Result};
use pincite_eval::tables::{self, Table};
use pincite_eval::{
    Bm25, Checked, CitedClaims, CollectionReport, Compared, Examples, Extraction, Fitting, Half,
    IndexFolder, IndexedCollection, Labelled, Measurement, Mutations, Passages, Qrels, Run,
    Stances, TestCollection, compare, evaluate, json, train_on,
};
use pincite_render::{BAD, GOOD, WARN, paint, visible_lines};

use crate::args::{Args, ClaimsCommand, Command, HalfName, ReportForm, ReportFormat};

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{} {}", paint(BAD, "error:"), visible_lines(&error.to_string()));
            if let Some(hint) = error.suggestion() {
                anstream::eprintln!("{} {}", paint(GOOD, "hint:"), visible_lines(&hint));
            }
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<()> {
    match &args.command {
        None => measure_collections(args),
        Some(Command::Compare { a, b, qrels, format }) => compare_runs([a, b], qrels, *format),
        Some(Command::Claims { command: Some(command), .. }) => check_claims(command),
        Some(Command::Claims {
            command: None,
            files,
            train,
            folds,
            leave_one_out,
            save,
            format,
            given_evidence,
        }) => {
            let training = Training {
                files: train,
                folds: *folds,
                leave_one_out: *leave_one_out,
                save: save.as_deref(),
            };
            measure_claims(files, &training, *given_evidence, *format)
        }
        Some(Command::Sentences { file, form }) => {
            let report =
                CitedClaims::read(file)?.measure(&name(file), &IndexFolder::temporary()?, &())?;
            print_report(&report, *form);
            Ok(())
        }
        Some(Command::Extract { folder, per_page, format }) => {
            let report = Extraction::read(folder)?.measure();
            print_tables(
                *format,
                || tables::extraction(&report, *per_page),
                || json::extraction(&report),
            );
            Ok(())
        }
        Some(Command::Fit { collections, claims, leave_one_out, ablate, features, format }) => {
            let examples = all_examples(collections, claims)?;
            if let Some(folder) = features {
                write_features(folder, &examples)?;
            }
            let fitting = Fitting::new(&examples, *leave_one_out, *ablate);
            print_tables(*format, || tables::fitting(&fitting), || json::fitting(&fitting));
            if !matches!(format, ReportFormat::Json) {
                print(&fitting.to_toml());
            }
            Ok(())
        }
    }
}

/// The model to measure.
struct Training<'a> {
    files: &'a [PathBuf],
    folds: Option<usize>,
    leave_one_out: bool,
    save: Option<&'a Path>,
}

fn measure_claims(
    files: &[PathBuf],
    training: &Training<'_>,
    given_evidence: bool,
    format: ReportFormat,
) -> Result<()> {
    let others = compared(training.files)?;
    let others: Vec<&Compared> = others.iter().collect();
    let trained = if others.is_empty() { None } else { Some(train_on(&others)) };
    if let (Some(path), Some(model)) = (training.save, &trained) {
        let names: Vec<String> = training.files.iter().map(|file| name(file)).collect();
        let head =
            format!("Written by `pincite-eval claims --train … --save`, of {}.", names.join(", "));
        fs::write(path, model.to_toml(&head)).map_err(Error::io("write", path))?;
    }
    let measured = compared(files)?;
    for (i, (file, compared)) in files.iter().zip(&measured).enumerate() {
        let left: Vec<&Compared> = measured[..i].iter().chain(&measured[i + 1..]).collect();
        let model = trained.as_ref().unwrap_or(Model::shipped());
        let mut report = match training.folds {
            Some(folds) => compared.cross_validated(&name(file), folds, &others),
            None if training.leave_one_out => compared.measure(&name(file), &train_on(&left)),
            None => compared.measure(&name(file), model),
        };
        if !given_evidence && let Some(checked) = Checked::read(file)? {
            report.checked = Some(checked.measure(&())?);
        }
        print_tables(format, || tables::stances(&report), || json::stances(&report));
    }
    Ok(())
}

fn compared(files: &[PathBuf]) -> Result<Vec<Compared>> {
    files.iter().map(|file| Ok(Stances::read(file)?.compared())).collect()
}

fn check_claims(command: &ClaimsCommand) -> Result<()> {
    match command {
        ClaimsCommand::Mutate { folders, seed, per_edit, list, format } => {
            let report = Mutations { seed: *seed, per_edit: *per_edit }.measure(folders, &())?;
            write_list(list.as_deref(), || report.to_jsonl())?;
            print_tables(*format, || tables::mutations(&report), || json::mutations(&report));
        }
        ClaimsCommand::Labelled { file, corpus, half, list, format } => {
            let mut claims = Labelled::read(file)?;
            match half {
                Some(HalfName::Even) => claims = claims.half(Half::Even),
                Some(HalfName::Odd) => claims = claims.half(Half::Odd),
                None => {}
            }
            let report = claims.measure(corpus, &())?;
            write_list(list.as_deref(), || report.to_jsonl())?;
            print_tables(*format, || tables::labelled(&report), || json::labelled(&report));
        }
    }
    Ok(())
}

fn write_list(path: Option<&Path>, list: impl Fn() -> String) -> Result<()> {
    match path {
        Some(path) => fs::write(path, list()).map_err(Error::io("write", path)),
        None => Ok(()),
    }
}

fn print_tables(format: ReportFormat, tables: impl Fn() -> Vec<Table>, json: impl Fn() -> String) {
    let render = match format {
        ReportFormat::Human => Table::human,
        ReportFormat::Markdown => Table::markdown,
        ReportFormat::Json => return print(&json()),
    };
    for table in tables() {
        print(&(render(&table) + "\n"));
    }
}

fn measure_collections(args: &Args) -> Result<()> {
    let of_one = [&args.run, &args.queries, &args.qrels, &args.keep].into_iter().flatten().next();
    if let (Some(file), [_, _, ..]) = (of_one, &*args.collections) {
        let message = format!("{} can only be for one collection", file.display());
        return Err(Error::usage(message, "measure one collection at a time"));
    }
    for folder in &args.collections {
        let report = measure_collection(folder, args)?;
        if let Some(path) = &args.run {
            let run = report.ours.run.to_trec("pincite");
            fs::write(path, run).map_err(Error::io("write", path))?;
        }
        print_report(&report, args.form);
    }
    Ok(())
}

fn measure_collection(path: &Path, args: &Args) -> Result<CollectionReport> {
    let TestCollection { documents, topics, qrels } =
        collection(path, args.queries.as_deref(), args.qrels.as_deref())?;
    let folder = match &args.keep {
        Some(folder) => IndexFolder::kept(folder)?,
        None => IndexFolder::temporary()?,
    };
    let indexed = IndexedCollection::new(&documents, folder, &())?;
    for remark in indexed.skipped() {
        let text = format!("skipped {}: {}", remark.file, remark.message);
        anstream::eprintln!("{} {}", paint(WARN, "warning:"), visible_lines(&text));
    }
    let ours = Measurement::of(&topics, &qrels, |topic| indexed.rank(topic, args.depth))?;
    let baseline = if args.baseline {
        let bm25 = Bm25::new(&documents);
        Some(Measurement::of(&topics, &qrels, |topic| Ok(bm25.rank(topic, args.depth)))?)
    } else {
        None
    };
    Ok(CollectionReport { collection: name(path), ours, baseline })
}

fn compare_runs(paths: [&Path; 2], qrels: &Path, format: ReportFormat) -> Result<()> {
    let qrels = Qrels::read(qrels)?;
    let [a, b] = paths.map(|path| Run::read(path).map(|run| evaluate(&run, &qrels)));
    let comparison = compare(&a?, &b?);
    let names = paths.map(name);
    let names = [&*names[0], &*names[1]];
    match format {
        ReportFormat::Human => print(&tables::comparison(names, &comparison).human()),
        ReportFormat::Markdown => print(&tables::comparison(names, &comparison).markdown()),
        ReportFormat::Json => print(&json::comparison(names, &comparison)),
    }
    Ok(())
}

fn all_examples(paths: &[PathBuf], claims: &[PathBuf]) -> Result<Vec<Examples>> {
    let mut all = paths.iter().map(|path| examples(path)).collect::<Result<Vec<_>>>()?;
    for pair in claims.chunks_exact(2) {
        all.push(Passages::read(&pair[0], &pair[1])?.examples(&name(&pair[1]), &())?);
    }
    Ok(all)
}

fn write_features(folder: &Path, examples: &[Examples]) -> Result<()> {
    fs::create_dir_all(folder).map_err(Error::io("make", folder))?;
    for examples in examples {
        let path = folder.join(format!("{}.letor", examples.name()));
        fs::write(&path, examples.to_letor()).map_err(Error::io("write", &path))?;
    }
    Ok(())
}

/// Returns the features of a collection's candidates. A file may have claims with cited articles,
/// or claims with evidence.
fn examples(path: &Path) -> Result<Examples> {
    if path.is_file()
        && let Ok(claims) = CitedClaims::read(path)
    {
        return claims.examples(&name(path), &IndexFolder::temporary()?, &());
    }
    let collection = collection(path, None, None)?;
    IndexedCollection::new(&collection.documents, IndexFolder::temporary()?, &())?
        .examples(&name(path), &collection)
}

fn collection(path: &Path, queries: Option<&Path>, qrels: Option<&Path>) -> Result<TestCollection> {
    if path.is_file() && queries.is_none() && qrels.is_none() {
        return TestCollection::of_evidence(path);
    }
    TestCollection::read(path, queries, qrels)
}

fn print_report(report: &CollectionReport, ReportForm { per_query, format }: ReportForm) {
    print_tables(
        format,
        || tables::evaluation(report, per_query),
        || json::evaluation(report, per_query),
    );
}

fn print(text: &str) {
    anstream::print!("{text}");
}

/// Returns the name of a file or folder in reports: the last part of its path.
fn name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
