// Bundles the sandbox: one page with its script inside, and one script for each runtime. Scripts of
// runtimes reach the frame as text, because a frame without an origin can fetch nothing.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const here = import.meta.dirname;

const common = {
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  platform: "browser",
  write: false,
  legalComments: "none",
  logLevel: "warning",
  // MicroPython asks for Node's modules where it runs there.
  external: ["module", "fs", "path", "url"],
  define: { "import.meta.url": '""' },
};

/** A runtime: its script, and the wasm modules that it is handed with its `prepare`. */
const RUNTIMES = {
  document: { entry: "document/main.js", wasm: [] },
  script: { entry: "language/script.js", wasm: [] },
  python: {
    entry: "language/python.js",
    wasm: ["node_modules/@micropython/micropython-webassembly-pyscript/micropython.wasm"],
  },
  wat: { entry: "language/wat.js", wasm: ["flint-wat/wasm"] },
};

/**
 * Writes the sandbox into `out` and returns `{ page, runtimes }`: the page's file and each runtime's
 * files, relative to `out`. `wat` is the folder of the assembler's wasm-bindgen package.
 */
export async function bundleSandbox({ root, out, wat }) {
  const alias = wat ? { "flint-wat": join(wat, "flint_wat.js") } : {};
  const places = { "flint-wat/wasm": wat && join(wat, "flint_wat_bg.wasm") };
  const hook = await hookText();
  const write = (stem, ending, bytes) => writeHashed(out, stem, ending, bytes);
  const runtimes = {};
  for (const [name, { entry, wasm }] of Object.entries(RUNTIMES)) {
    if (name === "wat" && !wat) continue;
    const script = await bundleText(entry, { format: "esm", alias, plugins: [textModule("flint-hook-text", hook)] });
    const modules = wasm.map((path) => places[path] ?? join(root, path));
    runtimes[name] = {
      script: await write(`assets/run-${name}`, "js", script),
      wasm: await Promise.all(modules.map(async (path) => write(`assets/run-${name}`, "wasm", await readFile(path)))),
    };
  }
  const template = await readFile(join(here, "index.html"), "utf8");
  const script = (await bundleText("frame/main.js")).replaceAll("</script", "<\\/script").trim();
  const page = await write("sandbox", "html", template.replace("{{script}}", () => script));
  return { page, runtimes };
}

async function bundleText(entry, options = {}) {
  const { outputFiles } = await build({ ...common, ...options, entryPoints: [join(here, entry)] });
  return outputFiles[0].text;
}

/** The document's first script as one expression on one line: a line more would move all others. */
async function hookText() {
  const options = { globalName: "flintHook", entryPoints: [join(here, "document/hook.js")] };
  const { outputFiles } = await build({ ...common, ...options });
  return `(0,eval)(${JSON.stringify(`(()=>{${outputFiles[0].text};return flintHook.hook})()`)})`;
}

/** A module whose default export is this text. */
const textModule = (name, text) => ({
  name,
  setup(bundle) {
    bundle.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: "text" }));
    bundle.onLoad({ filter: /.*/, namespace: "text" }, () => ({ contents: `export default ${JSON.stringify(text)}` }));
  },
});

async function writeHashed(out, stem, ending, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const file = `${stem}-${hash}.${ending}`;
  await writeFile(join(out, file), bytes);
  return file;
}
