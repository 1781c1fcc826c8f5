//! `flint edit`, `flint ask`, `flint review`: files and a sentence to a model server.

use crate::project::Project;
use crate::tiers::{Answered, Options};
use crate::{apply, local};
use anyhow::{Context, Result, bail};
use flint_assist::routing::{Wanted, Work};
use flint_placement::{Answer, Region, parse, parse_region};
use flint_remote::{Document, Finish, Format, Prompt, Task};
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
    servers: Options,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    question: String,
    /// The files that it is about.
    files: Vec<PathBuf>,
    /// A GGUF file that answers on this machine, in place of a server; nothing is sent.
    #[arg(long, conflicts_with_all = ["server", "servers", "tier"])]
    gguf: Option<PathBuf>,
    #[command(flatten)]
    servers: Options,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Review {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    servers: Options,
}

pub(crate) fn edit(options: &Edit) -> Result<ExitCode> {
    let work = if options.files.len() > 1 { Work::EditFiles } else { Work::Edit };
    let request = Request::new(Task::Edit, work, &options.instruction, &options.files)?;
    let mut answer = String::new();
    let asked = request.ask(&options.servers, |text| answer.push_str(text))?;
    if options.dry_run {
        println!("{}", answer.trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let only: Vec<_> = options.files.iter().map(name).collect();
    let answer = request.read(&answer, &asked.model);
    apply::apply(&Project::open(Path::new("."))?, &answer, Some(&only), options.json)
}

pub(crate) fn ask(options: &Ask) -> Result<()> {
    let request = Request::new(Task::Ask, Work::Ask, &options.question, &options.files)?;
    match &options.gguf {
        Some(file) => local::answer(file, &request.prompt("")),
        None => say(&request, &options.servers),
    }
}

pub(crate) fn review(options: &Review) -> Result<()> {
    let words = "Review these files.";
    let request = Request::new(Task::Review, Work::Review, words, &options.files)?;
    say(&request, &options.servers)
}

/// Prints an answer as it comes.
fn say(request: &Request<'_>, servers: &Options) -> Result<()> {
    let mut out = io::stdout().lock();
    let mut written = Ok(());
    let asked = request.ask(servers, |text| {
        if written.is_ok() {
            written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        }
    });
    if written.is_ok() {
        written = writeln!(out);
    }
    asked?;
    written.context("cannot print the answer")
}

fn check(finish: Finish) -> Result<()> {
    match finish {
        Finish::Stop => Ok(()),
        Finish::Length => bail!("The model may write no more, so the answer ends in the middle."),
        Finish::Filtered => bail!("The server held the answer back."),
    }
}

/// What is asked, before anybody knows of whom.
struct Request<'a> {
    task: Task,
    work: Work,
    words: &'a str,
    documents: Vec<Document>,
}

impl<'a> Request<'a> {
    fn new(task: Task, work: Work, words: &'a str, files: &[PathBuf]) -> Result<Self> {
        let document = |path: &PathBuf| {
            let text = fs::read_to_string(path)
                .with_context(|| format!("cannot read {} as text", path.display()))?;
            Ok(Document { path: name(path), text, selected: None })
        };
        let documents = files.iter().map(document).collect::<Result<Vec<_>>>()?;
        Ok(Self { task, work, words, documents })
    }

    fn format(&self, model: &str) -> Format {
        Format::of(model).fitting(self.task, &self.documents)
    }

    fn ask(&self, servers: &Options, text: impl FnMut(&str)) -> Result<Answered> {
        let bytes = self.documents.iter().map(|document| document.text.len()).sum::<usize>();
        let wanted = Wanted { work: self.work, bytes: bytes + self.words.len(), chosen: None };
        let asked = servers.open()?.ask(wanted, |model| self.prompt(model), text)?;
        check(asked.finish)?;
        Ok(asked)
    }

    fn prompt(&self, model: &str) -> Prompt {
        let prompt = Prompt::new(self.task, self.format(model), self.words, &self.documents);
        if prompt.redacted > 0 {
            eprintln!("{} things that look like secrets do not go along.", prompt.redacted);
        }
        prompt
    }

    /// The edits of an answer.
    fn read(&self, answer: &str, model: &str) -> Answer {
        match (self.format(model), &self.documents[..]) {
            (Format::Region, [Document { path, text, .. }]) => {
                parse_region(answer, Region::new(path, text, 0, usize::MAX))
            }
            _ => parse(answer),
        }
    }
}

/// A path as answers name it.
fn name(path: impl AsRef<Path>) -> String {
    let name = path.as_ref().to_string_lossy().replace('\\', "/");
    name.trim_start_matches("./").to_owned()
}
