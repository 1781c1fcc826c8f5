//! Installs what a command needs and this machine lacks. What cannot be installed is an error that
//! says what to do; nothing is ever skipped.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use xshell::cmd;

const WASM: &str = "wasm32-unknown-unknown";

/// Tools that turn Rust into a page.
#[derive(Debug)]
pub(crate) struct BuildTools {
    pub(crate) wasm_bindgen: PathBuf,
    pub(crate) wasm_bindgen_test_runner: PathBuf,
    pub(crate) wasm_opt: PathBuf,
}

/// Everything that building the page needs.
pub(crate) fn build_tools(workspace: &Workspace) -> Result<BuildTools> {
    wasm_target(workspace)?;
    node_packages(workspace)?;
    let bin = wasm_bindgen(workspace)?;
    Ok(BuildTools {
        wasm_bindgen: bin.join("wasm-bindgen"),
        wasm_bindgen_test_runner: bin.join("wasm-bindgen-test-runner"),
        wasm_opt: workspace.root.join("node_modules/.bin/wasm-opt"),
    })
}

fn wasm_target(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    let library = cmd!(shell, "rustc --print target-libdir --target {WASM}").quiet().read()?;
    if PathBuf::from(library).is_dir() {
        return Ok(());
    }
    eprintln!("installing Rust's {WASM} target");
    cmd!(shell, "rustup target add {WASM}")
        .quiet()
        .run()
        .context("Rust's wasm target is missing and rustup could not add it")
}

/// `wasm-bindgen` must be of the very version of the crate. It is built once per version and kept
/// outside `target`.
fn wasm_bindgen(workspace: &Workspace) -> Result<PathBuf> {
    let version = locked_version(workspace, "wasm-bindgen")?;
    let root = workspace.cache.join(format!("tools/wasm-bindgen-{version}"));
    let bin = root.join("bin");
    if bin.join("wasm-bindgen").is_file() && bin.join("wasm-bindgen-test-runner").is_file() {
        return Ok(bin);
    }
    cargo_install(workspace, "wasm-bindgen-cli", &version, &root, &[])?;
    Ok(bin)
}

/// The program of cargo's that is named like its package, built once per version and kept outside
/// `target`.
pub(crate) fn cargo_program(
    workspace: &Workspace,
    package: &str,
    version: &str,
    flags: &[&str],
) -> Result<PathBuf> {
    let root = workspace.cache.join(format!("tools/{package}-{version}"));
    let program = root.join("bin").join(package);
    if !program.is_file() {
        cargo_install(workspace, package, version, &root, flags)?;
    }
    Ok(program)
}

fn cargo_install(
    workspace: &Workspace,
    package: &str,
    version: &str,
    root: &Path,
    flags: &[&str],
) -> Result<()> {
    eprintln!("building {package} {version} (once, up to three minutes)");
    let shell = &workspace.shell;
    cmd!(shell, "cargo install --quiet {package} --version {version} --root {root} {flags...}")
        .quiet()
        .run()
        .with_context(|| format!("{package} {version} could not be installed"))
}

fn locked_version(workspace: &Workspace, package: &str) -> Result<String> {
    let lock = workspace.shell.read_file("Cargo.lock")?;
    let entry = format!("name = \"{package}\"\nversion = \"");
    let version = lock.split_once(&entry).and_then(|(_, rest)| rest.split_once('"'));
    let (version, _) = version.with_context(|| format!("{package} is not in Cargo.lock"))?;
    Ok(version.to_owned())
}

/// `npm ci`, when the lock file has changed since the last one.
fn node_packages(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    let wanted = shell.read_file("package-lock.json")?;
    let installed = "node_modules/.installed-lock.json";
    if shell.path_exists(installed) && shell.read_file(installed)? == wanted {
        return Ok(());
    }
    eprintln!("installing npm packages");
    cmd!(shell, "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error")
        .quiet()
        .run()
        .context("npm ci failed; Node 20 or newer with npm must be installed")?;
    shell.write_file(installed, wanted)?;
    Ok(())
}

/// Other engines and the models of the shapes, which the bench measures ours beside: a folder that
/// outlives `target`.
pub(crate) fn peers(workspace: &Workspace) -> Result<()> {
    let folder = workspace.cache.join("peers");
    let shell = &workspace.shell;
    shell.create_dir(&folder)?;
    let python = folder.join("venv/bin/python");
    if !folder.join("node_modules").is_dir() || !python.is_file() {
        eprintln!("installing the engines to compare with");
        for file in ["package.json", "package-lock.json"] {
            shell.copy_file(format!("bench/peers/{file}"), folder.join(file))?;
        }
        cmd!(
            shell,
            "npm ci --prefix {folder} --ignore-scripts --no-audit --no-fund --loglevel=error"
        )
        .quiet()
        .run()
        .context("npm could not install bench/peers/package.json")?;
        let packages = ["-r", "bench/peers/requirements.txt"];
        python_packages(workspace, &folder.join("venv"), &packages)?;
    }
    cmd!(shell, "{python} bench/peers/make.py a b qwen2")
        .quiet()
        .env("FLINT_CACHE", &workspace.cache)
        .run()
        .context("the models of the shapes could not be made")?;
    Ok(())
}

/// A tool of Node's, installed in a folder of its own: its packages with their versions, and its
/// program in `node_modules`.
pub(crate) fn node_tool(
    workspace: &Workspace,
    folder: &str,
    packages: &[&str],
    program: &str,
) -> Result<PathBuf> {
    let root = workspace.cache.join("tools").join(folder);
    let program = root.join("node_modules").join(program);
    if !program.is_file() {
        eprintln!("installing {folder}");
        let shell = &workspace.shell;
        shell.create_dir(&root)?;
        cmd!(
            shell,
            "npm install --prefix {root} --no-audit --no-fund --loglevel=error {packages...}"
        )
        .quiet()
        .run()
        .with_context(|| format!("{folder} could not be installed"))?;
    }
    Ok(program)
}

/// Lighthouse, for the bench.
pub(crate) fn lighthouse(workspace: &Workspace) -> Result<PathBuf> {
    let packages = ["lighthouse@13.5.0"];
    node_tool(workspace, "lighthouse-13.5.0", &packages, "lighthouse/cli/index.js")
}

/// Makes a folder with a Python of its own and these packages, as `pip install` names them.
pub(crate) fn python_packages(workspace: &Workspace, root: &Path, packages: &[&str]) -> Result<()> {
    let shell = &workspace.shell;
    cmd!(shell, "python3 -m venv {root}").quiet().run().context("python3 has no venv")?;
    let pip = root.join("bin/pip");
    cmd!(shell, "{pip} install --quiet --disable-pip-version-check {packages...}")
        .quiet()
        .run()
        .with_context(|| format!("pip could not install {}", packages.join(" ")))
}

/// A browser and its driver.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// Finds Chromium, or installs Debian's when this is root on a machine with apt.
pub(crate) fn browser(workspace: &Workspace) -> Result<Browser> {
    if let Some(found) = find_browser() {
        return Ok(found);
    }
    if !can_install(workspace)? {
        bail!(
            "the tests drive Chromium, which is not installed: install the packages chromium and \
             chromium-driver (Debian: sudo apt-get install chromium chromium-driver)"
        );
    }
    // The fonts are only recommended there, and without any a page has no text to see.
    install(workspace, &["chromium", "chromium-driver", "fonts-liberation"])?;
    find_browser().context("Chromium was installed but is not on the PATH")
}

/// Whether this is root on a machine with apt.
pub(crate) fn can_install(workspace: &Workspace) -> Result<bool> {
    let shell = &workspace.shell;
    Ok(find("apt-get").is_some() && cmd!(shell, "id -u").quiet().read()? == "0")
}

/// Installs packages of Debian.
pub(crate) fn install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    eprintln!("installing Debian's {}", packages.join(", "));
    let shell = &workspace.shell;
    shell.set_var("DEBIAN_FRONTEND", "noninteractive");
    cmd!(shell, "apt-get -qq update").quiet().ignore_stdout().run()?;
    let install = cmd!(shell, "apt-get -qq install -y --no-install-recommends {packages...}");
    Ok(install.quiet().ignore_stdout().run()?)
}

fn find_browser() -> Option<Browser> {
    Some(Browser {
        chromium: find("chromium").or_else(|| find("chromium-browser"))?,
        chromedriver: find("chromedriver")?,
    })
}

pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
