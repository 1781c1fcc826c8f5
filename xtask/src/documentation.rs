//! The tools that documentation is built with: installed once, in versions that are named here, and
//! kept outside `target`. The stories build a small site with each and press its Run button.

use crate::{browser, build, setup, test, workspace::Workspace};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

const MDBOOK: &str = "0.5.4";
const SPHINX: &str = "9.0.4";

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    let shell = &workspace.shell;
    cmd!(shell, "cargo build --quiet --package mdbook-flint --package flint").quiet().run()?;
    let browser = setup::browser(workspace)?;
    let stories = test::files(workspace, "e2e/documentation")?;
    let mut arguments = vec!["--test", "--test-concurrency=1"];
    arguments.extend(stories.iter().map(String::as_str).filter(|path| path.ends_with(".test.mjs")));
    let mut node = browser::node(workspace, &browser, &arguments)
        .env("MDBOOK", mdbook(workspace)?)
        .env("FLINT", workspace.target.join("debug/flint"))
        .env("MDBOOK_FLINT", workspace.target.join("debug/mdbook-flint"))
        .env("SPHINX_BUILD", sphinx(workspace)?)
        .env("FLINT_NGINX", nginx(workspace)?);
    for tool in &NODE_TOOLS {
        node = node.env(tool.variable, node_tool(workspace, tool)?);
    }
    node.run()?;
    Ok(())
}

fn mdbook(workspace: &Workspace) -> Result<PathBuf> {
    // Unoptimised: it builds one page.
    let flags = ["--no-default-features", "--locked", "--profile", "dev"];
    setup::cargo_program(workspace, "mdbook", MDBOOK, &flags)
}

fn sphinx(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.cache.join(format!("tools/sphinx-{SPHINX}"));
    let program = root.join("bin/sphinx-build");
    if !program.is_file() {
        eprintln!("installing Sphinx {SPHINX}");
        setup::python_packages(workspace, &root, &[&format!("sphinx=={SPHINX}")])?;
    }
    Ok(program)
}

/// Where there is none, Debian's is unpacked and not installed: its service would start.
fn nginx(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(found) = setup::find("nginx") {
        return Ok(found);
    }
    let root = workspace.cache.join("tools/nginx");
    let program = root.join("usr/sbin/nginx");
    if !program.is_file() {
        eprintln!("unpacking Debian's nginx");
        let shell = &workspace.shell;
        let packages = root.join("packages");
        shell.create_dir(&packages)?;
        let _there = shell.push_dir(&packages);
        cmd!(shell, "apt-get -qq download nginx").quiet().ignore_stderr().run().context(
            "the gateway's configuration is tried in nginx, which is not installed and which apt could not fetch",
        )?;
        let package = shell.read_dir(&packages)?.pop().context("apt fetched nothing")?;
        cmd!(shell, "dpkg -x {package} {root}").quiet().run()?;
    }
    Ok(program)
}

/// A tool of Node's: its folder, its packages with their versions, and its program in `node_modules`.
struct NodeTool {
    variable: &'static str,
    folder: &'static str,
    packages: &'static [&'static str],
    program: &'static str,
}

const NODE_TOOLS: [NodeTool; 3] = [
    NodeTool {
        variable: "VITEPRESS",
        folder: "vitepress-1.6.4",
        packages: &["vitepress@1.6.4"],
        program: "vitepress/bin/vitepress.js",
    },
    NodeTool {
        variable: "DOCUSAURUS",
        folder: "docusaurus-3.10.2",
        packages: &[
            "@docusaurus/core@3.10.2",
            "@docusaurus/preset-classic@3.10.2",
            "react@19",
            "react-dom@19",
        ],
        program: "@docusaurus/core/bin/docusaurus.mjs",
    },
    NodeTool {
        variable: "ASTRO",
        folder: "starlight-0.37.7",
        packages: &["@astrojs/starlight@0.37.7", "astro@5.18.2"],
        program: "astro/astro.js",
    },
];

fn node_tool(workspace: &Workspace, tool: &NodeTool) -> Result<PathBuf> {
    setup::node_tool(workspace, tool.folder, tool.packages, tool.program)
}
