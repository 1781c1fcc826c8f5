//! The stories of bigger models: their files are made here, so that nothing is fetched.

use crate::{browser, build, setup, test, workspace::Workspace};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

/// Chromium computes WebGPU in software where it is told to.
const SOFTWARE_GPU: &str =
    "--enable-unsafe-webgpu --use-webgpu-adapter=swiftshader --enable-features=Vulkan";
/// What writes ONNX files and reads our own.
const PACKAGES: [&str; 4] = ["gguf==0.19.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.31.1"];

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    let hub = models(workspace)?;
    let browser = setup::browser(workspace)?;
    let stories = test::files(workspace, "e2e/bigger")?;
    let mut arguments = vec!["--test", "--test-concurrency=1"];
    arguments.extend(stories.iter().map(String::as_str).filter(|path| path.ends_with(".test.mjs")));
    Ok(browser::node(workspace, &browser, &arguments)
        .env("FLINT_HUB", hub)
        .env("FLINT_PYTHON", python(workspace))
        .env("FLINT_CACHE", &workspace.cache)
        .env("FLINT_CHROMIUM_FLAGS", SOFTWARE_GPU)
        .run()?)
}

fn tools(workspace: &Workspace) -> PathBuf {
    workspace.cache.join("tools/onnx-1.23.2")
}

/// What makes the models, and computes with them natively.
fn python(workspace: &Workspace) -> PathBuf {
    tools(workspace).join("bin/python")
}

/// The folder of the models, made when they are not there.
fn models(workspace: &Workspace) -> Result<PathBuf> {
    let python = python(workspace);
    if !python.is_file() {
        eprintln!("installing onnx 1.23.2");
        setup::python_packages(workspace, &tools(workspace), &PACKAGES)?;
    }
    let hub = workspace.target.join("hub");
    let shell = &workspace.shell;
    cmd!(shell, "{python} e2e/bigger/make_models.py {hub}")
        .quiet()
        .run()
        .context("the models of the stories could not be made")?;
    Ok(hub)
}
