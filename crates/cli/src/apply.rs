//! `flint apply`: an answer with edits, or a patch, into a folder of files.

use crate::project::{Project, Text};
use anyhow::{Context, Result};
use flint_placement::{Answer, Candidate, Change, File, Plan, Refusal, parse, plan};
use serde::Serialize;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The patch: search/replace blocks, apply_patch or a unified diff; `-` reads it from stdin.
    patch: PathBuf,
    /// The folder that its paths are relative to.
    #[arg(long, default_value = ".")]
    dir: PathBuf,
    /// Print one JSON object instead of sentences.
    #[arg(long)]
    json: bool,
}

/// What is printed.
#[derive(Debug, Serialize)]
struct Output<'a> {
    applied: Vec<Applied<'a>>,
    refused: Vec<Refused<'a>>,
}

#[derive(Debug, Serialize)]
struct Applied<'a> {
    path: &'a str,
    what: &'static str,
    edits: usize,
}

#[derive(Debug, Serialize)]
struct Refused<'a> {
    path: Option<&'a str>,
    code: &'static str,
    reason: String,
    candidates: Vec<Place<'a>>,
}

/// Lines counted from 1, both ends included.
#[derive(Debug, Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    end_line: usize,
    matched: &'static str,
    score: f32,
    text: String,
}

/// Applies the patch whole, or refuses it and leaves every file as it is.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let patch = read(options)?;
    let project = Project::open(&options.dir)?;
    apply(&project, &parse(&patch), None, options.json)
}

/// Applies an answer and prints what came of it. Of the files that are there, only these may be
/// changed, when there are any.
pub(crate) fn apply(
    project: &Project,
    answer: &Answer,
    only: Option<&[String]>,
    json: bool,
) -> Result<ExitCode> {
    let mut texts = texts(project, answer)?;
    texts.retain(|text| only.is_none_or(|only| only.contains(&text.path)));
    let files: Vec<_> = texts.iter().map(|Text { path, text }| File { path, text }).collect();
    let plan = plan(answer, &files);
    if plan.is_whole() {
        project.change(&plan.changes)?;
    }
    let output = output(&plan, &texts);
    if json {
        println!("{}", serde_json::to_string(&output)?);
    } else {
        print(&output);
    }
    Ok(if plan.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(Options { patch, .. }: &Options) -> Result<String> {
    let bytes = if patch.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("cannot read stdin")?;
        bytes
    } else {
        fs::read(patch).with_context(|| format!("cannot read {}", patch.display()))?
    };
    String::from_utf8(bytes).context("the patch is not UTF-8 text")
}

/// The files that the answer may mean: those with the names that it names, or all.
fn texts(project: &Project, answer: &Answer) -> Result<Vec<Text>> {
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut names = Vec::new();
    for edit in &answer.edits {
        let Some(path) = &edit.path else { return project.texts(|_| true) };
        names.push(last(path));
        if let Change::Move { to } = &edit.change {
            names.push(last(to));
        }
    }
    project.texts(|name| names.iter().any(|wanted| wanted == name))
}

fn output<'a>(plan: &'a Plan, texts: &'a [Text]) -> Output<'a> {
    let changes = if plan.is_whole() { plan.changes.as_slice() } else { &[] };
    let applied = changes.iter().map(|change| Applied {
        path: &change.path,
        what: match (&change.before, &change.after, &change.moved_to) {
            (_, _, Some(_)) => "moved",
            (None, _, _) => "created",
            (_, None, _) => "deleted",
            _ => "changed",
        },
        edits: change.edits.len(),
    });
    let refused = plan.refused.iter().map(|refusal: &Refusal| Refused {
        path: refusal.path.as_deref(),
        code: refusal.reason.code(),
        reason: refusal.reason.to_string(),
        candidates: refusal.candidates.iter().map(|place| shown(place, texts)).collect(),
    });
    Output { applied: applied.collect(), refused: refused.collect() }
}

fn shown<'a>(candidate: &'a Candidate, texts: &[Text]) -> Place<'a> {
    let file = texts.iter().find(|text| text.path == candidate.path);
    let lines = file.map_or("", |file| &file.text).lines();
    let lines = lines.skip(candidate.from).take(candidate.to - candidate.from);
    Place {
        path: &candidate.path,
        line: candidate.from + 1,
        end_line: candidate.to,
        matched: candidate.tier.name(),
        score: candidate.score,
        text: lines.collect::<Vec<_>>().join("\n"),
    }
}

fn print(output: &Output<'_>) {
    for Applied { path, what, .. } in &output.applied {
        println!("{path}: {what}");
    }
    for Refused { path, reason, candidates, .. } in &output.refused {
        eprintln!("{}: {reason}", path.unwrap_or("the answer"));
        for place in candidates {
            eprintln!("  {}:{}-{} ({})", place.path, place.line, place.end_line, place.matched);
        }
    }
    if !output.refused.is_empty() {
        eprintln!("Nothing was changed.");
    }
}
