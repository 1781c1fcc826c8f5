//! `cargo xtask bench`: figures of the built page, never a verdict.

use crate::{browser, build, replay, setup, workspace::Workspace};
use anyhow::Result;
use serde_json::Value;

pub(crate) fn run(workspace: &Workspace, json: bool) -> Result<()> {
    // Compressed, as hosts send it.
    build::publish(workspace)?;
    build::probes(workspace)?;
    let browser = setup::browser(workspace)?;
    let mut arguments = vec!["bench/run.mjs"];
    if json {
        arguments.push("--json");
    }
    setup::peers(workspace)?;
    let replayed = replay::run(workspace)?;
    let node = browser::node(workspace, &browser, &arguments);
    let lighthouse = setup::lighthouse(workspace)?;
    let node = node.env("FLINT_CACHE", &workspace.cache).env("LIGHTHOUSE", lighthouse);
    let measured = node.read()?;
    if !json {
        println!("{measured}\nreplayed sessions: {replayed:#}");
        return Ok(());
    }
    let last = measured.lines().last().unwrap_or_default();
    let mut figures: serde_json::Map<String, Value> = serde_json::from_str(last)?;
    figures.insert("flicker".to_owned(), replayed["flicker"].clone());
    figures.insert("replay".to_owned(), replayed);
    println!("{}", Value::Object(figures));
    Ok(())
}
