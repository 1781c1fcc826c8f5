//! `cargo xtask eval`: what the bundled model's suggestions are worth, natively, as the tab's worker
//! would give them.

use crate::workspace::Workspace;
use anyhow::Result;
use std::{fs, path::PathBuf};
use xshell::cmd;

/// The cases that come with the project, from packages that nothing was trained on.
const SHIPPED: &str = "model/evaluation/test.jsonl.gz";
const MODEL: &str = "static/models/flint-nano";

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// JSON lines with id, language, path, prefix, suffix and middle; the shipped ones if left out.
    #[arg(long)]
    cases: Option<PathBuf>,
    /// Folder with model.gguf, tokenizer.json and counts.bin.
    #[arg(long, default_value = MODEL)]
    model: PathBuf,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
    /// Only every n-th case.
    #[arg(long, default_value_t = 1)]
    every: usize,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let shell = &workspace.shell;
    cmd!(shell, "cargo build --quiet --release --package flint").quiet().run()?;
    let flint = workspace.target.join("release/flint");
    let (model, every) = (&options.model, options.every.to_string());
    let cases = options.cases.clone().unwrap_or_else(|| PathBuf::from(SHIPPED));
    let report = cmd!(shell, "{flint} eval --cases {cases} --model {model} --every {every}");
    let report = report.quiet().read()?;
    if options.cases.is_none() && options.every == 1 {
        fs::create_dir_all(workspace.reports())?;
        fs::write(workspace.reports().join("eval.json"), format!("{report}\n"))?;
    }
    if options.json {
        println!("{report}");
    } else {
        print_table(&serde_json::from_str(&report)?);
    }
    Ok(())
}

/// One line for the product and each baseline, over all cases and by language.
fn print_table(report: &serde_json::Value) {
    const FIGURES: [&str; 7] = [
        "exact_line",
        "edit_similarity",
        "chars_saved",
        "syntax_error_rate",
        "silence_correct",
        "calibration_error",
        "shown",
    ];
    println!("{:<26} {}", "", FIGURES.map(|figure| format!("{figure:>18}")).join(""));
    let print = |name: &str, figures: &serde_json::Value| {
        let shown = FIGURES.map(|figure| match &figures[figure] {
            serde_json::Value::Null => format!("{:>18}", "-"),
            value => format!("{:>18}", value.to_string()),
        });
        println!("{name:<26} {}", shown.join(""));
    };
    let print_group = |name: &str, report: &serde_json::Value| {
        print(name, report);
        for (language, figures) in report["languages"].as_object().into_iter().flatten() {
            print(&format!("  {language}"), figures);
        }
    };
    print_group("flint", report);
    for (name, baseline) in report["baselines"].as_object().into_iter().flatten() {
        print_group(name, baseline);
    }
}
