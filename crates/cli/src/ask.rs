//! `flint edit`, `flint ask`, `flint review`: files and a sentence to a model server.

use crate::apply;
use crate::project::Project;
use crate::server::Server;
use anyhow::{Context, Result, bail};
use flint_placement::parse;
use flint_remote::{Document, Finish, Prompt, Task};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Edit {
    /// What shall be different.
    instruction: String,
    /// The files that may be changed.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print the answer and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object instead of sentences.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    question: String,
    /// The files that it is about.
    files: Vec<PathBuf>,
    #[command(flatten)]
    server: Server,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Review {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    server: Server,
}

pub(crate) fn edit(options: &Edit) -> Result<ExitCode> {
    let prompt = prompt(Task::Edit, &options.instruction, &options.files)?;
    let mut answer = String::new();
    let finish = options.server.ask(&prompt.ask, |text| answer.push_str(text))?;
    check(finish)?;
    if options.dry_run {
        println!("{}", answer.trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let only: Vec<_> = options.files.iter().map(name).collect();
    apply::apply(&Project::open(Path::new("."))?, &parse(&answer), Some(&only), options.json)
}

pub(crate) fn ask(options: &Ask) -> Result<()> {
    say(&prompt(Task::Ask, &options.question, &options.files)?, &options.server)
}

pub(crate) fn review(options: &Review) -> Result<()> {
    say(&prompt(Task::Review, "Review these files.", &options.files)?, &options.server)
}

/// Prints an answer as it comes.
fn say(prompt: &Prompt, server: &Server) -> Result<()> {
    let mut out = io::stdout().lock();
    let mut written = Ok(());
    let asked = server.ask(&prompt.ask, |text| {
        if written.is_ok() {
            written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        }
    });
    if written.is_ok() {
        written = writeln!(out);
    }
    check(asked?)?;
    written.context("cannot print the answer")
}

fn check(finish: Finish) -> Result<()> {
    match finish {
        Finish::Stop => Ok(()),
        Finish::Length => bail!("The model may write no more, so the answer ends in the middle."),
        Finish::Filtered => bail!("The server held the answer back."),
    }
}

fn prompt(task: Task, words: &str, files: &[PathBuf]) -> Result<Prompt> {
    let document = |path: &PathBuf| {
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read {} as text", path.display()))?;
        Ok(Document { path: name(path), text, selected: None })
    };
    let documents = files.iter().map(document).collect::<Result<Vec<_>>>()?;
    let prompt = Prompt::new(task, words, &documents);
    if prompt.redacted > 0 {
        eprintln!("{} things that look like secrets do not go along.", prompt.redacted);
    }
    Ok(prompt)
}

/// A path as answers name it.
fn name(path: impl AsRef<Path>) -> String {
    let name = path.as_ref().to_string_lossy().replace('\\', "/");
    name.trim_start_matches("./").to_owned()
}
