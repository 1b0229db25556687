//! `pincite eval`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::claim::Model;
use crate::cli::Outcome;
use crate::cli::args::{EvalArgs, EvalCommand, EvalForm, EvalFormat};
use crate::cli::printer::Printer;
use crate::cli::progress::Bar;
use crate::eval::{
    Bm25, Checked, Claims, Collection, Compared, Engine, Examples, Fitting, Folder, Measurement, Passages, Qrels,
    Report, Run, Stances, compare, evaluate, train_on,
};
use crate::output::{self, json};
use crate::{Error, Result};

pub(in crate::cli) fn run(args: &EvalArgs, printer: &Printer) -> Result<Outcome> {
    match &args.command {
        None => collections(args, printer)?,
        Some(EvalCommand::Compare { a, b, qrels, format }) => runs([a, b], qrels, *format, printer)?,
        Some(EvalCommand::Claims { files, train, folds, save, format, given_evidence }) => {
            let training = Training { files: train, folds: *folds, save: save.as_deref() };
            stances(files, &training, *given_evidence, *format, printer)?;
        }
        Some(EvalCommand::Sentences { file, form }) => {
            let bar = Bar::new(printer.is_quiet());
            let report = Claims::read(file)?.measure(&name(file), &Folder::temporary()?, &bar)?;
            drop(bar);
            print(&report, *form, printer)?;
        }
        Some(EvalCommand::Fit { collections, claims, ablate, features, format }) => {
            fit_weights(collections, claims, *ablate, features.as_deref(), *format, printer)?;
        }
    }
    Ok(Outcome::Yes)
}

/// What model is to be measured.
struct Training<'a> {
    files: &'a [PathBuf],
    folds: Option<usize>,
    save: Option<&'a Path>,
}

fn stances(
    files: &[PathBuf],
    training: &Training<'_>,
    given_evidence: bool,
    format: EvalFormat,
    printer: &Printer,
) -> Result<()> {
    let read = |path: &PathBuf| Ok(Stances::read(path)?.compared());
    let others: Vec<Compared> = training.files.iter().map(read).collect::<Result<_>>()?;
    let others: Vec<&Compared> = others.iter().collect();
    let trained = (!others.is_empty()).then(|| train_on(&others));
    if let (Some(path), Some(model)) = (training.save, &trained) {
        let names: Vec<String> = training.files.iter().map(|file| name(file)).collect();
        let head = format!("Written by `pincite eval claims --train … --save`, of {}.", names.join(", "));
        fs::write(path, model.to_toml(&head)).map_err(Error::io("write", path))?;
    }
    for file in files {
        let compared = read(file)?;
        let model = trained.as_ref().unwrap_or(Model::shipped());
        let mut report = match training.folds {
            Some(folds) => compared.cross_validated(&name(file), folds, &others),
            None => compared.measure(&name(file), model),
        };
        if let Some(checked) = Checked::read(file)?.filter(|_| !given_evidence) {
            report.checked = Some(checked.measure(model, &Bar::new(printer.is_quiet()))?);
        }
        match format {
            EvalFormat::Human => printer.styled(&tables(&output::stances(&report), output::Table::human))?,
            EvalFormat::Markdown => printer.document(&tables(&output::stances(&report), output::Table::markdown))?,
            EvalFormat::Json => printer.document(&json::stances(&report))?,
        }
    }
    Ok(())
}

fn tables(tables: &[output::Table], form: fn(&output::Table) -> String) -> String {
    tables.iter().map(|table| form(table) + "\n").collect()
}

fn collections(args: &EvalArgs, printer: &Printer) -> Result<()> {
    let of_one = [&args.run, &args.queries, &args.qrels, &args.keep].into_iter().flatten().next();
    if let (Some(file), [_, _, ..]) = (of_one, &*args.collections) {
        let message = format!("{} can only be for one collection", file.display());
        return Err(Error::Usage { message, hint: Some("measure one collection at a time".into()) });
    }
    for folder in &args.collections {
        let report = measure(folder, args, printer)?;
        if let Some(path) = &args.run {
            fs::write(path, report.ours.run.to_trec("pincite")).map_err(Error::io("write", path))?;
        }
        print(&report, args.form, printer)?;
    }
    Ok(())
}

fn measure(path: &Path, args: &EvalArgs, printer: &Printer) -> Result<Report> {
    let Collection { documents, topics, qrels } =
        Collection::read(path, args.queries.as_deref(), args.qrels.as_deref())?;
    let folder = args.keep.as_deref().map_or_else(Folder::temporary, Folder::kept)?;
    let bar = Bar::new(printer.is_quiet());
    let engine = Engine::new(&documents, folder, &bar)?;
    drop(bar);
    for remark in engine.skipped() {
        printer.warning(&format!("skipped {}: {}", remark.file, remark.message));
    }
    let ours = Measurement::of(&topics, &qrels, |topic| engine.rank(topic, args.depth))?;
    let measured = || {
        let bm25 = Bm25::new(&documents);
        Measurement::of(&topics, &qrels, |topic| Ok(bm25.rank(topic, args.depth)))
    };
    let baseline = args.baseline.then(measured).transpose()?;
    Ok(Report { collection: name(path), ours, baseline })
}

fn runs(paths: [&Path; 2], qrels: &Path, format: EvalFormat, printer: &Printer) -> Result<()> {
    let qrels = Qrels::read(qrels)?;
    let [a, b] = paths.map(|path| Run::read(path).map(|run| evaluate(&run, &qrels)));
    let comparison = compare(&a?, &b?);
    let names = paths.map(name);
    let names = [&*names[0], &*names[1]];
    match format {
        EvalFormat::Human => printer.styled(&output::comparison(names, &comparison).human()),
        EvalFormat::Markdown => printer.document(&output::comparison(names, &comparison).markdown()),
        EvalFormat::Json => printer.document(&json::comparison(names, &comparison)),
    }
}

fn fit_weights(
    paths: &[PathBuf],
    claims: &[PathBuf],
    ablate: bool,
    features: Option<&Path>,
    format: EvalFormat,
    printer: &Printer,
) -> Result<()> {
    let mut examples = paths.iter().map(|path| examples(path, printer)).collect::<Result<Vec<_>>>()?;
    for pair in claims.chunks_exact(2) {
        let bar = Bar::new(printer.is_quiet());
        examples.push(Passages::read(&pair[0], &pair[1])?.examples(&name(&pair[1]), &bar)?);
    }
    if let Some(folder) = features {
        fs::create_dir_all(folder).map_err(Error::io("make", folder))?;
        for examples in &examples {
            let path = folder.join(format!("{}.letor", examples.name()));
            fs::write(&path, examples.to_letor()).map_err(Error::io("write", &path))?;
        }
    }
    let fitting = Fitting::new(&examples, ablate);
    match format {
        EvalFormat::Human => printer.styled(&output::fitting(&fitting).human())?,
        EvalFormat::Markdown => printer.document(&output::fitting(&fitting).markdown())?,
        EvalFormat::Json => return printer.document(&json::fitting(&fitting)),
    }
    printer.document(&format!("\n{}", fitting.to_toml()))
}

/// What is measured of a collection's candidates: a folder as BEIR has them, or a file of claims with their articles.
fn examples(path: &Path, printer: &Printer) -> Result<Examples> {
    let bar = Bar::new(printer.is_quiet());
    if path.is_file() {
        return Claims::read(path)?.examples(&name(path), &Folder::temporary()?, &bar);
    }
    let Collection { documents, topics, qrels } = Collection::read(path, None, None)?;
    Engine::new(&documents, Folder::temporary()?, &bar)?.examples(&name(path), &topics, &qrels)
}

fn print(report: &Report, EvalForm { per_query, format }: EvalForm, printer: &Printer) -> Result<()> {
    let all = output::evaluation(report, per_query);
    match format {
        EvalFormat::Human => printer.styled(&tables(&all, output::Table::human)),
        EvalFormat::Markdown => printer.document(&tables(&all, output::Table::markdown)),
        EvalFormat::Json => printer.document(&json::evaluation(report, per_query)),
    }
}

/// What reports call a file or folder: the last part of its path.
fn name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
