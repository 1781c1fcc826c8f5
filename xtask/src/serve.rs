//! `cargo xtask serve`.

use crate::{build, workspace::Workspace};
use anyhow::Result;
use xshell::cmd;

pub(crate) fn run(workspace: &Workspace, port: u16) -> Result<()> {
    build::run(workspace)?;
    let (shell, dist) = (&workspace.shell, workspace.dist());
    let port = port.to_string();
    cmd!(shell, "node app/serve.mjs {dist} {port}").quiet().run()?;
    Ok(())
}
