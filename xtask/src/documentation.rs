//! The tools that documentation is built with: installed once, in versions that are named here, and
//! kept outside `target`. The stories build a small site with each and press its Run button.

use crate::{browser, build, setup, test, workspace::Workspace};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

const MDBOOK: &str = "0.5.4";
const SPHINX: &str = "9.0.4";
const VITEPRESS: &str = "1.6.4";

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    let shell = &workspace.shell;
    cmd!(shell, "cargo build --quiet --package mdbook-flint").quiet().run()?;
    let browser = setup::browser(workspace)?;
    let stories = test::files(workspace, "e2e/documentation")?;
    let mut arguments = vec!["--test", "--test-concurrency=1"];
    arguments.extend(stories.iter().map(String::as_str).filter(|path| path.ends_with(".test.mjs")));
    browser::node(workspace, &browser, &arguments)
        .env("MDBOOK", mdbook(workspace)?)
        .env("MDBOOK_FLINT", workspace.target.join("debug/mdbook-flint"))
        .env("SPHINX_BUILD", sphinx(workspace)?)
        .env("VITEPRESS", vitepress(workspace)?)
        .run()?;
    Ok(())
}

fn mdbook(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.cache.join(format!("tools/mdbook-{MDBOOK}"));
    let program = root.join("bin/mdbook");
    if !program.is_file() {
        eprintln!("building mdbook {MDBOOK} (once, about two minutes)");
        let shell = &workspace.shell;
        // Unoptimised: it builds one page.
        cmd!(
            shell,
            "cargo install --quiet mdbook --version {MDBOOK} --root {root} --no-default-features
             --locked --profile dev"
        )
        .quiet()
        .run()
        .context("mdbook could not be installed")?;
    }
    Ok(program)
}

fn sphinx(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.cache.join(format!("tools/sphinx-{SPHINX}"));
    let program = root.join("bin/sphinx-build");
    if !program.is_file() {
        eprintln!("installing Sphinx {SPHINX}");
        let shell = &workspace.shell;
        cmd!(shell, "python3 -m venv {root}").quiet().run().context("python3 has no venv")?;
        let pip = root.join("bin/pip");
        cmd!(shell, "{pip} install --quiet --disable-pip-version-check sphinx=={SPHINX}")
            .quiet()
            .run()
            .context("Sphinx could not be installed")?;
    }
    Ok(program)
}

fn vitepress(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.cache.join(format!("tools/vitepress-{VITEPRESS}"));
    let program = root.join("node_modules/vitepress/bin/vitepress.js");
    if !program.is_file() {
        eprintln!("installing VitePress {VITEPRESS}");
        let shell = &workspace.shell;
        shell.create_dir(&root)?;
        cmd!(
            shell,
            "npm install --prefix {root} --no-audit --no-fund --loglevel=error
             vitepress@{VITEPRESS}"
        )
        .quiet()
        .run()
        .context("VitePress could not be installed")?;
    }
    Ok(program)
}
