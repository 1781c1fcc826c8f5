//! `cargo xtask test`: every suite, in the order in which a mistake shows soonest.

use crate::{
    bigger, browser, build, documentation, engines, replay, report, servers, setup, size, tidy,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::time::Instant;
use xshell::cmd;

/// A suite of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Suite {
    /// The written invariants.
    Tidy,
    /// Pure crates, natively.
    Native,
    /// The sandbox's own parts and the editor's, without a browser.
    Scripts,
    /// Recorded editing sessions with the bundled model: a suggestion that flickers fails.
    Replay,
    /// Kernels in Chromium, once per SIMD build.
    Kernels,
    /// Real model servers, beside the scripted one of the stories: those that are built; in a long run, or
    /// named, all of them.
    Servers,
    /// The page in Chromium with the real model.
    Stories,
    /// Models that the user brings, from a hub on this machine, on the CPU and with WebGPU in software.
    Bigger,
    /// The core of the page in Firefox and WebKitGTK.
    Engines,
    /// Documentation that real tools have built, with playgrounds in it.
    Documentation,
    /// What a first visit downloads.
    Size,
}

const SUITES: [Suite; 11] = [
    Suite::Tidy,
    Suite::Native,
    Suite::Scripts,
    Suite::Replay,
    Suite::Kernels,
    Suite::Servers,
    Suite::Stories,
    Suite::Bigger,
    Suite::Engines,
    Suite::Documentation,
    Suite::Size,
];

/// How much more a long run does.
const LONG_FACTOR: u32 = 10;

pub(crate) fn run(workspace: &Workspace, long: bool, only: Option<Suite>) -> Result<()> {
    let scale = if long { LONG_FACTOR } else { 1 };
    workspace.shell.set_var("FLINT_TEST_SCALE", scale.to_string());
    for suite in SUITES {
        if only.is_some_and(|only| only != suite) {
            continue;
        }
        let started = Instant::now();
        eprintln!("── {suite:?}");
        run_suite(workspace, suite, long || only.is_some())
            .with_context(|| format!("the suite {suite:?} failed"))?;
        eprintln!("── {suite:?} passed in {:.0} s", started.elapsed().as_secs_f64());
    }
    report::run(workspace)
}

fn run_suite(workspace: &Workspace, suite: Suite, all: bool) -> Result<()> {
    match suite {
        Suite::Tidy => tidy::run(workspace),
        Suite::Native => native(workspace),
        Suite::Scripts => scripts(workspace),
        Suite::Replay => replay::run(workspace).map(drop),
        Suite::Kernels => kernels(workspace),
        Suite::Servers => servers::run(workspace, all),
        Suite::Stories => stories(workspace),
        Suite::Bigger => bigger::run(workspace),
        Suite::Engines => engines::run(workspace),
        Suite::Documentation => documentation::run(workspace),
        Suite::Size => size::run(workspace, false, false),
    }
}

fn native(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    Ok(cmd!(shell, "cargo test --quiet --workspace")
        .quiet()
        .env("FLINT_REPORTS", workspace.reports())
        .run()?)
}

/// The decoder's own tests, compiled for the browser with each set of instructions.
fn kernels(workspace: &Workspace) -> Result<()> {
    let tools = setup::build_tools(workspace)?;
    let browser = setup::browser(workspace)?;
    for features in ["relaxed-simd", "simd128"] {
        let target = workspace.target.join(features);
        let shell = &workspace.shell;
        cmd!(
            shell,
            "cargo test --package flint-decoder --lib --target wasm32-unknown-unknown
             --target-dir {target}"
        )
        .quiet()
        .env("RUSTFLAGS", format!("-Ctarget-feature=+{features}"))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &tools.wasm_bindgen_test_runner)
        .env("CHROMEDRIVER", &browser.chromedriver)
        .run()?;
    }
    Ok(())
}

fn stories(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    let browser = setup::browser(workspace)?;
    let stories = files(workspace, "e2e/stories")?;
    let mut arguments = vec!["--test", "--test-concurrency=1"];
    arguments.extend(stories.iter().map(String::as_str));
    Ok(browser::node(workspace, &browser, &arguments).run()?)
}

fn scripts(workspace: &Workspace) -> Result<()> {
    setup::build_tools(workspace)?;
    let mut tests = files(workspace, "sandbox/tests")?;
    tests.extend(files(workspace, "app/tests")?);
    let shell = &workspace.shell;
    Ok(cmd!(shell, "node --test {tests...}").quiet().run()?)
}

/// A folder's files, in order, relative to the root.
pub(crate) fn files(workspace: &Workspace, folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(workspace.root.join(folder))? {
        files.push(format!("{folder}/{}", entry?.file_name().to_string_lossy()));
    }
    files.sort();
    Ok(files)
}
