//! The written invariants, as far as a program can check them. ARCHITECTURE.md lists them all.

use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::{fs, path::Path};
use xshell::cmd;

/// A file of the project, as text.
struct Source {
    path: String,
    text: String,
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let sources = sources(workspace)?;
    let mut found = Vec::new();
    for source in &sources {
        check(source, &mut found);
    }
    dependencies(workspace, &mut found)?;
    if found.is_empty() {
        println!("tidy: {} files keep the invariants", sources.len());
        return Ok(());
    }
    bail!("tidy found:\n  {}", found.join("\n  "));
}

/// Tracked and new files that hold code.
fn sources(workspace: &Workspace) -> Result<Vec<Source>> {
    let shell = &workspace.shell;
    let list = cmd!(shell, "git ls-files --cached --others --exclude-standard").quiet().read()?;
    let mut sources = Vec::new();
    for path in list.lines() {
        let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
        let full = workspace.root.join(path);
        if matches!(extension, Some("rs" | "js" | "mjs" | "py" | "toml")) && full.is_file() {
            sources.push(Source { path: path.to_owned(), text: fs::read_to_string(full)? });
        }
    }
    Ok(sources)
}

fn check(source: &Source, found: &mut Vec<String>) {
    let Source { path, text } = source;
    let mut complain = |what: &str| found.push(format!("{path}: {what}"));
    let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
    if ["util", "utils", "helper", "helpers", "common", "misc", "types"].contains(&&*name) {
        complain("a name that says nothing");
    }
    if text.lines().count() > 400 {
        complain("over 400 lines");
    }
    if path.ends_with(".rs") && !text.starts_with("//!") && name != "tests" {
        complain("begins without //! to say what it owns");
    }
    // Invariant 3: one file names each engine.
    if path.ends_with(".rs") && !path.starts_with("xtask/") {
        if has_word(text, "ort::") && !path.ends_with("backend/ort.rs") {
            complain("names ort; only worker/src/backend/ort.rs may");
        }
        if text.contains("tokenizers::") && !path.starts_with("crates/tokenizer/tests/") {
            complain("names tokenizers; only the tests of crates/tokenizer may");
        }
    }
    // Invariant 7: UTF-16 exists at the DOM edge alone.
    if path.ends_with(".rs")
        && text.contains("utf16")
        && !["app/src/editor.rs", "app/src/editor/report.rs"].contains(&path.as_str())
        && !path.starts_with("xtask/")
    {
        complain("speaks of UTF-16; only app/src/editor may");
    }
}

/// Whether `word` stands in the text with no letter before it.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

/// Invariant 1: the pure crates stay pure, whatever their dependencies bring along.
fn dependencies(workspace: &Workspace, found: &mut Vec<String>) -> Result<()> {
    const IMPURE: [&str; 8] =
        ["web-sys", "js-sys", "wasm-bindgen", "getrandom", "rand", "tokio", "chrono", "ort"];
    let shell = &workspace.shell;
    let format = "{p}";
    const PURE: [&str; 7] = [
        "flint-protocol",
        "flint-assist",
        "flint-share",
        "flint-decoder",
        "flint-placement",
        "flint-exercise",
        "flint-remote",
    ];
    for package in PURE {
        let tree = cmd!(
            shell,
            "cargo tree --package {package} --edges normal --prefix none --format {format}
             --target wasm32-unknown-unknown"
        )
        .quiet()
        .read()?;
        for line in tree.lines() {
            let name = line.split(' ').next().unwrap_or_default();
            if IMPURE.contains(&name) {
                found.push(format!("{package} depends on {name} and is not pure any more"));
            }
        }
    }
    Ok(())
}
