//! Builds the page into `dist/`: the app, the worker in two SIMD variants, one bundle.

use crate::split::{self, Split};
use crate::{setup, setup::BuildTools, workspace::Workspace};
use anyhow::Result;
use std::{fs, path::Path, time::SystemTime};
use xshell::cmd;

/// A crate that becomes a wasm module.
struct Module {
    package: &'static str,
    /// What cargo calls the wasm file: a program keeps its dash, a library does not.
    file: &'static str,
    profile: &'static str,
    /// `wasm32` target features, none for those that every browser has.
    features: &'static str,
    /// The package's own features.
    with: &'static str,
    /// Folder under `target/pkg`.
    folder: &'static str,
    /// How `wasm-opt` trades size for speed.
    optimize: &'static str,
    /// Whether parts of it are fetched when they are wanted: `#[wasm_split]` says which.
    split: bool,
}

const PAGE: [Module; 6] = [
    Module {
        package: "flint-app",
        file: "flint-app.wasm",
        profile: "app",
        features: "",
        with: "",
        folder: "app",
        optimize: "-Oz",
        split: true,
    },
    Module {
        package: "flint-wat",
        file: "flint_wat.wasm",
        profile: "app",
        features: "",
        with: "",
        folder: "wat",
        optimize: "-Oz",
        split: false,
    },
    Module {
        package: "flint-template",
        file: "flint_template.wasm",
        profile: "app",
        features: "",
        with: "",
        folder: "template",
        optimize: "-Oz",
        split: false,
    },
    simd("flint-worker", "flint_worker.wasm", "relaxed-simd", "worker-relaxed"),
    simd("flint-worker", "flint_worker.wasm", "simd128", "worker-simd128"),
    // Whoever wants this one has a newer browser, and its arithmetic is done elsewhere.
    Module { with: "ort", ..simd("flint-worker", "flint_worker.wasm", "simd128", "worker-ort") },
];

/// The decoder alone, for the bench.
const PROBES: [Module; 2] = [
    simd("flint-probe", "flint_probe.wasm", "relaxed-simd", "probe-relaxed"),
    simd("flint-probe", "flint_probe.wasm", "simd128", "probe-simd128"),
];

/// A module with the decoder in it: fast first.
const fn simd(
    package: &'static str,
    file: &'static str,
    features: &'static str,
    folder: &'static str,
) -> Module {
    Module {
        package,
        file,
        profile: "worker",
        features,
        with: "",
        folder,
        optimize: "-O2",
        split: false,
    }
}

/// What every supported browser has; LLVM uses the same set by default.
const WASM_FEATURES: [&str; 9] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-relaxed-simd",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Builds, and puts compressed files beside the others for hosts that send them.
pub(crate) fn publish(workspace: &Workspace) -> Result<()> {
    run(workspace)?;
    let (dist, cache) = (workspace.dist(), workspace.target.join("compressed"));
    cmd!(workspace.shell, "node app/hosting/compress.mjs {dist} {cache}").quiet().run()?;
    Ok(())
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    compile_all(workspace, &PAGE)?;
    let shell = &workspace.shell;
    let packages = workspace.target.join("pkg");
    let [app, wat, template, relaxed, simd128, ort] =
        ["app", "wat", "template", "worker-relaxed", "worker-simd128", "worker-ort"]
            .map(|f| packages.join(f));
    let dist = workspace.dist();
    cmd!(
        shell,
        "node app/bundle.mjs --app-pkg {app} --wat-pkg {wat} --template-pkg {template} --worker-pkg-relaxed {relaxed}
         --worker-pkg-simd128 {simd128} --worker-pkg-ort {ort} --static static --out {dist}"
    )
    .quiet()
    .run()?;
    Ok(())
}

/// Builds the bench's modules into `target/pkg`.
pub(crate) fn probes(workspace: &Workspace) -> Result<()> {
    compile_all(workspace, &PROBES)
}

fn compile_all(workspace: &Workspace, modules: &[Module]) -> Result<()> {
    let tools = setup::build_tools(workspace)?;
    modules.iter().try_for_each(|module| compile(workspace, &tools, module))
}

/// Compiles, binds and optimizes; the last two only when the compiler wrote something new.
fn compile(workspace: &Workspace, tools: &BuildTools, module: &Module) -> Result<()> {
    let Module { package, file, profile, features, with, folder, optimize, split } = module;
    // Builds that differ in anything but the profile do not share a folder, or each would undo the other.
    let target = match [*features, *with].join("-").trim_matches('-') {
        "" => workspace.target.clone(),
        different => workspace.target.join(different),
    };
    let shell = &workspace.shell;
    let mut build = cmd!(
        shell,
        "cargo build --quiet --package {package} --target wasm32-unknown-unknown
         --profile {profile} --target-dir {target} --features={with}"
    );
    if !features.is_empty() {
        build = build.env("RUSTFLAGS", format!("-Ctarget-feature=+{features}"));
    }
    eprintln!("building {package} {features} {with}");
    build.quiet().run()?;

    let name = package.replace('-', "_");
    let compiled = target.join(format!("wasm32-unknown-unknown/{profile}/{file}"));
    let out = workspace.target.join("pkg").join(folder);
    let bound = out.join(format!("{name}_bg.wasm"));
    let done = out.join("optimized");
    if modified(&done) > modified(&compiled) {
        return Ok(());
    }
    shell.remove_path(&out)?;
    let Split { main, parts } = if *split {
        split::split(workspace, &compiled, &out, &name)?
    } else {
        Split { main: compiled, parts: vec![] }
    };
    let bindgen = &tools.wasm_bindgen;
    // The parts share the main module's table and memory.
    let keep = split.then_some("--keep-lld-exports");
    cmd!(
        shell,
        "{bindgen} --target web --no-typescript {keep...} --out-name {name} --out-dir {out} {main}"
    )
    .quiet()
    .run()?;
    let wasm_opt = &tools.wasm_opt;
    for wasm in parts.iter().chain([&bound]) {
        cmd!(
            shell,
            "{wasm_opt} {optimize} {WASM_FEATURES...} --strip-debug --strip-producers {wasm} -o {wasm}"
        )
        .quiet()
        .ignore_stderr()
        .run()?;
    }
    shell.write_file(done, "")?;
    Ok(())
}

/// The moment a file was last written; long ago when there is none.
fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}
