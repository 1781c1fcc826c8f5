// Bundles the worker of bigger models and puts onnxruntime-web's builds beside it.

import { build } from "esbuild";
import { cp, mkdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

const here = import.meta.dirname;
const runtime = resolve(here, "../node_modules/onnxruntime-web");

/** A GPU with stack switching in the engine; a GPU without; no GPU. */
const BUILDS = { jspi: "jspi", asyncify: "asyncify", wasm: "" };
const SCRIPTS = { jspi: "ort.jspi.min.mjs", asyncify: "ort.webgpu.min.mjs", wasm: "ort.wasm.min.mjs" };

/** Copies the builds into a folder of their version; their files by build, relative to `assets`. */
async function copyRuntimes(assets) {
  const { version } = JSON.parse(await readFile(join(runtime, "package.json"), "utf8"));
  const folder = `onnxruntime-${version}`;
  await mkdir(join(assets, folder), { recursive: true });
  const builds = {};
  for (const [name, part] of Object.entries(BUILDS)) {
    const stem = ["ort-wasm-simd-threaded", part].filter(Boolean).join(".");
    const files = { script: SCRIPTS[name], glue: `${stem}.mjs`, wasm: `${stem}.wasm` };
    for (const file of Object.values(files)) await cp(join(runtime, "dist", file), join(assets, folder, file));
    builds[name] = Object.fromEntries(Object.entries(files).map(([role, file]) => [role, `${folder}/${file}`]));
  }
  return builds;
}

/**
 * `common` are the bundler's options for workers, `pkg` is wasm-bindgen's package, `alias` names modules for it; the
 * script, its files, the runtimes.
 */
export async function bundleBiggerWorker({ common, assets, pkg, alias }) {
  const builds = await copyRuntimes(assets);
  const { metafile } = await build({
    ...common,
    entryPoints: { bigger_worker: join(here, "js/bigger_worker.js") },
    splitting: true,
    alias: {
      ...alias,
      "flint-worker-ort": resolve(pkg, "flint_worker.js"),
      "flint-worker-ort/wasm": resolve(pkg, "flint_worker_bg.wasm"),
      "flint-ort-runtime": join(here, "js/ort_runtime.js"),
    },
    define: { FLINT_ORT_RUNTIME: JSON.stringify(builds) },
  });
  const files = Object.keys(metafile.outputs).map((path) => basename(path));
  const runtimes = Object.fromEntries(Object.entries(builds).map(([name, files]) => [name, Object.values(files)]));
  return { script: files.find((file) => /^bigger_worker-.*\.js$/.test(file)), files, runtimes };
}
