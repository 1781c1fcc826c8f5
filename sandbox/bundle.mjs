// Bundles the sandbox: its page with the script inside, twice, and one script for each runtime. Scripts of
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
  // Both Pythons ask for Node's modules where they run there.
  external: ["module", "fs", "path", "url", "node:*", "ws"],
  define: { "import.meta.url": '""' },
};

/**
 * A runtime: its script, and the files that it is handed with its `prepare`, most of them wasm modules.
 * A pack is fetched by those alone who want it.
 */
const RUNTIMES = {
  document: { entry: "document/main.js", wasm: [] },
  script: { entry: "language/script.js", wasm: [] },
  python: {
    entry: "language/python.js",
    wasm: ["node_modules/@micropython/micropython-webassembly-pyscript/micropython.wasm"],
  },
  wat: { entry: "language/wat.js", wasm: ["flint-wat/wasm"] },
  "full-python": {
    entry: "language/full_python.js",
    wasm: ["node_modules/pyodide/pyodide.asm.wasm", "node_modules/pyodide/python_stdlib.zip"],
    pack: true,
  },
};

/** What the page lets a program reach at most; `frame/network.js` narrows it to the hosts that are allowed. */
const CONNECT = {
  page: "",
  open: " https: wss: http://localhost:* ws://localhost:* http://127.0.0.1:* ws://127.0.0.1:*",
};

/**
 * Writes the sandbox into `out` and returns `{ page, open, runtimes }`: the page's file, that of the page for
 * projects whose programs may reach hosts, and each runtime's files and their bytes, relative to `out`. `wat` is the folder of the assembler's wasm-bindgen package.
 */
export async function bundleSandbox({ root, out, wat }) {
  const alias = wat ? { "flint-wat": join(wat, "flint_wat.js") } : {};
  const places = { "flint-wat/wasm": wat && join(wat, "flint_wat_bg.wasm") };
  const hook = await hookText();
  const write = (stem, ending, bytes) => writeHashed(out, stem, ending, bytes);
  const runtimes = {};
  for (const [name, { entry, wasm, pack = false }] of Object.entries(RUNTIMES)) {
    if (name === "wat" && !wat) continue;
    const script = await bundleText(entry, { format: "esm", alias, plugins: [textModule("flint-hook-text", hook)] });
    const paths = wasm.map((path) => places[path] ?? join(root, path));
    const modules = await Promise.all(paths.map(async (path) => ({ ending: path.split(".").at(-1), bytes: await readFile(path) })));
    runtimes[name] = {
      script: await write(`assets/run-${name}`, "js", script),
      wasm: await Promise.all(modules.map(({ ending, bytes }) => write(`assets/run-${name}`, ending, bytes))),
      bytes: modules.reduce((sum, { bytes }) => sum + bytes.length, Buffer.byteLength(script)),
      pack,
    };
  }
  const template = await readFile(join(here, "index.html"), "utf8");
  const script = (await bundleText("frame/main.js")).replaceAll("</script", "<\\/script").trim();
  const pages = Object.entries(CONNECT).map(async ([name, connect]) => {
    const html = template.replace("{{connect}}", connect).replace("{{script}}", () => script);
    return [name, await write("sandbox", "html", html)];
  });
  return { ...Object.fromEntries(await Promise.all(pages)), runtimes };
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
