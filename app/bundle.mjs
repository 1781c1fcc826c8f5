// Bundles the page and its model worker from their wasm-bindgen packages into one static folder.

import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleEmbed } from "../embed/bundle.mjs";
import { bundleSandbox } from "../sandbox/bundle.mjs";
import { bundleBiggerWorker } from "../worker/bundle.mjs";
import { writeHeaders } from "./hosting/headers.mjs";
import { parseBudget } from "./parse_budget.mjs";
import { bundleServiceWorker } from "./service_worker/bundle.mjs";

const here = import.meta.dirname;
const root = resolve(here, "..");

const { values: options } = parseArgs({
  options: {
    "app-pkg": { type: "string" },
    "worker-pkg-relaxed": { type: "string" },
    "worker-pkg-simd128": { type: "string" },
    "worker-pkg-ort": { type: "string" },
    "wat-pkg": { type: "string" },
    "template-pkg": { type: "string" },
    static: { type: "string" },
    out: { type: "string", default: "dist" },
  },
});
if (!options["app-pkg"]) {
  throw new Error("Give --app-pkg DIR: the folder that `wasm-bindgen --target web` wrote for flint-app.");
}

const out = resolve(options.out);
const assets = join(out, "assets");

const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outdir: assets,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".wasm": "file", ".svg": "file" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  // wasm-bindgen names a module once for each function that it takes from it.
  logOverride: { "duplicate-object-key": "silent" },
};

/** A wasm-bindgen package under two names: its glue and its wasm file. */
function wasmPackage(name, folder, stem) {
  return { [name]: resolve(folder, `${stem}.js`), [`${name}/wasm`]: resolve(folder, `${stem}_bg.wasm`) };
}

/** What writes chat templates: fetched by a worker whose model has one. */
const templateWriter = {
  "flint-template-writer": join(root, "worker/js/template_writer.js"),
  ...wasmPackage("flint-template", options["template-pkg"] ?? "", "flint_template"),
};

/** Bundles the worker; null when no worker package was given, for a page without suggestions. */
async function bundleWorker() {
  const relaxed = options["worker-pkg-relaxed"];
  const simd128 = options["worker-pkg-simd128"];
  if (!relaxed || !simd128) return null;
  return build({
    ...common,
    splitting: true,
    entryPoints: [join(root, "worker/js/worker.js")],
    alias: {
      ...wasmPackage("flint-worker-relaxed", relaxed, "flint_worker"),
      ...wasmPackage("flint-worker-simd128", simd128, "flint_worker"),
      ...templateWriter,
    },
  });
}

/**
 * Parts of the page's wasm that are fetched when they are wanted: they are named by their content like all
 * files, so the script that fetches them gets their names from here.
 */
const lazyWasm = {
  name: "lazy wasm",
  setup({ onLoad }) {
    onLoad({ filter: /__wasm_split\.js$/ }, async ({ path }) => {
      const names = [];
      const script = (await readFile(path, "utf8")).replace(/new URL\("(\.\/\w+\.wasm)"/g, (_, file) => `new URL(part${names.push(file) - 1}`);
      return { contents: names.map((file, index) => `import part${index} from "${file}";\n`).join("") + script };
    });
  },
};
const isLazyWasm = ({ inputs }) => Object.keys(inputs).some((path) => /\/(split|chunk)_\w+\.wasm$/.test(path));

/** The modules that the Rust side calls, by the names it calls them. */
const rustModules = Object.fromEntries(
  ["archive", "diff", "divider", "editor", "embed", "errors", "formatter", "gallery", "locked", "models", "offline", "reorder", "sandbox_files", "socket", "transfer", "worker_url"].map((name) => [
    `flint-${name.replace("_", "-")}`,
    join(here, `js/${name}.js`),
  ]),
);

function bundlePage(workerFile, biggerWorkerFile, sandbox) {
  return build({
    ...common,
    splitting: true,
    entryPoints: [join(here, "js/main.js"), join(here, "css/main.css")],
    alias: {
      ...wasmPackage("flint-app", options["app-pkg"], "flint_app"),
      ...rustModules,
    },
    plugins: [lazyWasm, parseBudget],
    define: {
      FLINT_WORKER: JSON.stringify(workerFile ? `./${workerFile}` : ""),
      FLINT_BIGGER_WORKER: JSON.stringify(biggerWorkerFile ? `./${biggerWorkerFile}` : ""),
      FLINT_SANDBOX: JSON.stringify(sandbox),
    },
  });
}

/** The one script that runs before the first paint; not a module, so that it does. */
function bundleTheme() {
  return build({ ...common, format: "iife", entryPoints: [join(here, "js/first.js")] });
}

const outputs = (result) => Object.entries(result.metafile.outputs);
const name = ([path]) => basename(path);
const isEntry = (entry) => ([, output]) => output.entryPoint?.endsWith(entry);

/** The entry takes these in one after the other; they are wanted at once all the same. */
const isPartOfShell = (source) => source?.endsWith("js/editor.js") || source?.endsWith("flint_app.js");

/** What a browser fetches for an entry: itself and all that it imports; `follow` picks lazy imports. */
function reach(result, entry, follow = () => false) {
  const byPath = result.metafile.outputs;
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of byPath[path].imports) {
      const lazy = kind === "dynamic-import";
      if (byPath[next] && !isLazyWasm(byPath[next]) && (!lazy || follow(byPath[next].entryPoint))) visit(next);
    }
  };
  visit(outputs(result).find(isEntry(entry))[0]);
  return [...seen].map((path) => basename(path));
}

const preload = (file) =>
  file.endsWith(".wasm")
    ? `<link rel="preload" href="./assets/${file}" as="fetch" type="application/wasm" crossorigin />`
    : `<link rel="modulepreload" href="./assets/${file}" />`;

/** What a browser wants of a page that is installed. */
const INSTALL = ["manifest.webmanifest", "icon-180.png", "icon-192.png", "icon-512.png", "icon-maskable-512.png"];

/** What a first visit shows, as `app/src/example.rs` has it open. */
const FIRST = "primes.py";
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

async function writeIndex(files) {
  const icon = "icon.svg";
  for (const file of [icon, ...INSTALL]) await cp(join(here, "install", file), join(out, file));
  const first = await readFile(join(here, "example", FIRST), "utf8");
  const fill = {
    first_path: FIRST,
    first_text: escape(first),
    first_lines: first.split("\n").map((_, index) => index + 1).join("\n"),
    icon: `./${icon}`,
    style: `./assets/${files.style}`,
    theme: `./assets/${files.theme}`,
    script: `./assets/${files.script}`,
    preloads: files.shell.map(preload).join("\n    "),
  };
  const template = await readFile(join(here, "index.html"), "utf8");
  await writeFile(join(out, "index.html"), template.replace(/{{(\w+)}}/g, (_, key) => fill[key]));
}

await rm(out, { recursive: true, force: true });
await mkdir(assets, { recursive: true });
if (options.static) await cp(resolve(options.static), out, { recursive: true });

const worker = await bundleWorker();
const workerFile = worker && name(outputs(worker).find(isEntry("worker/js/worker.js")));
const sandbox = await bundleSandbox({ root, out, wat: options["wat-pkg"] && resolve(options["wat-pkg"]) });
const bigger = options["worker-pkg-ort"] && (await bundleBiggerWorker({ common, assets, pkg: options["worker-pkg-ort"], alias: templateWriter }));
const page = await bundlePage(workerFile, bigger?.script, sandbox);
const files = {
  script: name(outputs(page).find(isEntry("js/main.js"))),
  style: name(outputs(page).find(isEntry("css/main.css"))),
  theme: name(outputs(await bundleTheme())[0]),
  shell: reach(page, "js/main.js", isPartOfShell),
};
await writeIndex(files);

/** The files by role, relative to the output folder: for the size report and the bench. */
const inAssets = (list) => list.map((file) => `assets/${file}`).sort();
const workerFiles = (folder) =>
  worker && inAssets(reach(worker, "worker/js/worker.js", (source) => resolve(source).startsWith(resolve(folder))));
const runtimeFiles = (which) => Object.values(sandbox.runtimes).filter(which).flatMap(({ script, wasm }) => [script, ...wasm]);
const lazy = outputs(page).map(name).filter((file) => !files.shell.includes(file) && file !== files.style);
const roles = {
  app_shell: ["index.html", "icon.svg", ...inAssets([...files.shell, files.style, files.theme])],
  install: INSTALL,
  embed: await bundleEmbed(out),
  lazy: inAssets(lazy),
  worker: worker && `assets/${workerFile}`,
  // Fetched by those alone who want a bigger model; a browser takes one of the runtimes.
  bigger: bigger && inAssets(bigger.files),
  bigger_runtimes: bigger && Object.fromEntries(Object.entries(bigger.runtimes).map(([name, list]) => [name, inAssets(list)])),
  // Fetched by those alone whose model answers questions.
  chat_templates: worker && inAssets(outputs(worker).map(name).filter((file) => file.startsWith("flint_template"))),
  worker_relaxed_simd: workerFiles(options["worker-pkg-relaxed"]),
  sandbox: [sandbox.page, sandbox.open],
  runtimes: runtimeFiles(({ pack }) => !pack),
  // Fetched by those alone who want the full language.
  packs: runtimeFiles(({ pack }) => pack),
  worker_simd128: workerFiles(options["worker-pkg-simd128"]),
};
await writeFile(join(out, "build.json"), `${JSON.stringify(roles, null, 2)}\n`);
await bundleServiceWorker(out, roles);
await writeHeaders(out);
console.log(`bundled ${relative(process.cwd(), out) || out}`);
