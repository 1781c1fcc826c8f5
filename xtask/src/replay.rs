//! Recorded editing sessions, replayed with the bundled model: what suggestions are worth, and that
//! none of them flickers.

use crate::{test, workspace::Workspace};
use anyhow::Result;
use std::fs;
use xshell::cmd;

const TRACES: &str = "bench/traces";

/// The figures as JSON, also written to the reports.
///
/// # Errors
/// When a suggestion flickered.
pub(crate) fn run(workspace: &Workspace) -> Result<serde_json::Value> {
    let shell = &workspace.shell;
    cmd!(shell, "cargo build --quiet --release --package flint").quiet().run()?;
    let flint = workspace.target.join("release/flint");
    let traces = test::files(workspace, TRACES)?;
    let report = cmd!(shell, "{flint} replay {traces...}").quiet().read()?;
    fs::create_dir_all(workspace.reports())?;
    fs::write(workspace.reports().join("replay.json"), format!("{report}\n"))?;
    Ok(serde_json::from_str(&report)?)
}
