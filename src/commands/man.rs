//! `pincite man`.

use std::fs;
use std::path::Path;

use clap::builder::Resettable;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::Exit;
use crate::args::{Args, ManArgs};
use pincite_core::{Error, Result};

/// The date of the pages, which changes with what the program can do.
const DATE: &str = "2026-11-29";

/// The longest line of roff, in bytes.
const LONGEST: usize = 78;

pub(crate) fn run(args: &ManArgs) -> Result<Exit> {
    fs::create_dir_all(&args.dir).map_err(Error::io("create", &args.dir))?;
    // Of the commands, those of clap's own (`help`) are left out.
    let mut program = Args::command().disable_help_subcommand(true);
    program.build();
    for command in program.get_subcommands() {
        write(command, &args.dir)?;
    }
    write(&program, &args.dir)?;
    Ok(Exit::Yes)
}

/// Writes the page of a command.
fn write(command: &Command, dir: &Path) -> Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let version = format!("pincite {}", env!("CARGO_PKG_VERSION"));
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = command.clone().after_help(Resettable::Reset);
    let man = Man::new(command).title(name.to_uppercase()).date(DATE).source(version);
    let path = dir.join(format!("{name}.1"));
    let mut page = Vec::new();
    man.render(&mut page).map_err(Error::io("write", &path))?;
    let page = tidied(&(String::from_utf8_lossy(&page).into_owned() + &noted(&notes)));
    fs::write(&path, page).map_err(Error::io("write", &path))
}

/// Returns the text below the options as a section: paragraphs are filled, and indented lines, such
/// as examples, are kept as they are.
fn noted(notes: &str) -> String {
    let mut out = String::new();
    let mut is_kept = false;
    for line in notes.lines() {
        if line.starts_with(' ') != is_kept {
            is_kept = !is_kept;
            out.push_str(if is_kept { ".nf\n" } else { ".fi\n" });
        }
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        let is_request = line.starts_with(['.', '\'']);
        out.extend([if is_request { "\\&" } else { "" }, &line, "\n"]);
    }
    let end = if is_kept { ".fi\n" } else { "" };
    if out.is_empty() { out } else { format!(".SH NOTES\n{out}{end}") }
}

/// Returns a page without what `mandoc -T lint` objects to: spaces at the ends of lines, long lines,
/// and breaks beside blank lines.
fn tidied(page: &str) -> String {
    let lines: Vec<&str> = page.lines().map(str::trim_end).collect();
    let is_blank = |at: usize| lines.get(at).is_some_and(|line| line.is_empty());
    let mut out = String::with_capacity(page.len());
    let mut is_kept = false;
    for (at, line) in lines.iter().enumerate() {
        let beside_blank = is_blank(at + 1) || at > 0 && is_blank(at - 1);
        match *line {
            ".br" if beside_blank => {}
            "" => out.push_str(".sp\n"),
            line if line.starts_with('.') => {
                is_kept = line == ".nf" || is_kept && line != ".fi";
                out.extend([line, "\n"]);
            }
            line => push_text(&mut out, line, is_kept),
        }
    }
    out
}

/// Adds a line of text, broken at spaces where it is long. In text that is not filled the break is
/// escaped. No line begins as a request does.
fn push_text(out: &mut String, line: &str, is_kept: bool) {
    let text = line.trim_start();
    let mut length = line.len() - text.len();
    out.push_str(&line[..length]);
    for (nth, word) in text.split(' ').enumerate() {
        // As `mandoc` counts: other characters are written as escapes.
        let width: usize = word.chars().map(|c| if c.is_ascii() { 1 } else { 8 }).sum();
        if nth > 0 && length + 1 + width > LONGEST {
            let is_request = word.starts_with(['.', '\'']);
            out.push_str(if is_kept { " \\\n" } else { "\n" });
            out.push_str(if is_request { "\\&" } else { "" });
            length = 0;
        } else if nth > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += width;
    }
    out.push('\n');
}
