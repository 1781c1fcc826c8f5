//! Runs node programs that drive the browser over the built page.

use crate::{setup::Browser, workspace::Workspace};
use xshell::{Cmd, cmd};

/// `node` with what the programs under `e2e/` and `bench/` read from their environment.
pub(crate) fn node<'a>(workspace: &'a Workspace, browser: &Browser, arguments: &[&str]) -> Cmd<'a> {
    let shell = &workspace.shell;
    cmd!(shell, "node {arguments...}")
        .quiet()
        .env("FLINT_DIST", workspace.dist())
        .env("FLINT_REPORTS", workspace.reports())
        .env("CHROMIUM", &browser.chromium)
}
