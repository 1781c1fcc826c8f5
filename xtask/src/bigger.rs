//! The stories of bigger models: their files are made here, so that nothing is fetched.

use crate::{browser, build, setup, test, workspace::Workspace};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

/// Chromium computes WebGPU in software where it is told to.
const SOFTWARE_GPU: &str =
    "--enable-unsafe-webgpu --use-webgpu-adapter=swiftshader --enable-features=Vulkan";
/// What writes and reads the forms of a model.
const PACKAGES: [&str; 6] = [
    "gguf==0.19.0",
    "numpy==2.4.6",
    "onnx==1.23.2",
    "onnxruntime==1.31.1",
    "safetensors==0.8.0",
    "tokenizers==0.23.3",
];

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    let hub = models(workspace)?;
    forms(workspace)?;
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
    workspace.cache.join("tools/model-forms-1")
}

/// What makes the models, and computes with them natively.
fn python(workspace: &Workspace) -> PathBuf {
    tools(workspace).join("bin/python")
}

/// The folder of the models, made when they are not there.
fn models(workspace: &Workspace) -> Result<PathBuf> {
    let python = python(workspace);
    if !python.is_file() {
        eprintln!("installing what makes and reads models");
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

/// Every form of our own checkpoint is made and computes what the checkpoint does.
fn forms(workspace: &Workspace) -> Result<()> {
    let (python, out) = (python(workspace), workspace.target.join("forms"));
    let report = workspace.reports().join("exports.json");
    let shell = &workspace.shell;
    cmd!(shell, "{python} model/test_exports.py model/weights/nano.safetensors {out} {report}")
        .quiet()
        .ignore_stdout()
        .run()
        .context("an export of our model is not the model")
}
