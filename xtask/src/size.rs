//! `cargo xtask size`: what a first visit downloads, and whether that was accepted.

use crate::{build, workspace::Workspace};
use anyhow::Result;
use xshell::cmd;

pub(crate) fn run(workspace: &Workspace, json: bool, accept: bool) -> Result<()> {
    build::run(workspace)?;
    let flags = [(json, "--json"), (accept, "--accept")];
    let flags = flags.into_iter().filter_map(|(given, flag)| given.then_some(flag));
    let shell = &workspace.shell;
    cmd!(shell, "node bench/ratchet.mjs {flags...}")
        .quiet()
        .env("FLINT_DIST", workspace.dist())
        .env("FLINT_REPORTS", workspace.reports())
        .run()?;
    Ok(())
}
