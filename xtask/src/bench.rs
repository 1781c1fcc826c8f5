//! `cargo xtask bench`: figures of the built page, never a verdict.

use crate::{browser, build, setup, workspace::Workspace};
use anyhow::Result;

pub(crate) fn run(workspace: &Workspace, json: bool) -> Result<()> {
    build::run(workspace)?;
    build::probes(workspace)?;
    let browser = setup::browser(workspace)?;
    let mut arguments = vec!["bench/run.mjs"];
    if json {
        arguments.push("--json");
    }
    setup::peers(workspace)?;
    let node = browser::node(workspace, &browser, &arguments);
    node.env("FLINT_CACHE", &workspace.cache).run()?;
    Ok(())
}
