// Writes the service worker of a built page, which knows every file of it by its content.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** `roles` are those of `build.json`: files by what they are for, relative to `out`. */
export async function bundleServiceWorker(out, roles) {
  const hashed = (paths) =>
    Promise.all(paths.map(async (path) => ({ path, hash: hashOf(await readFile(join(out, path))) })));
  const files = {
    shell: await hashed([...roles.app_shell, ...roles.install, ...roles.sandbox]),
    store: {
      relaxed: await hashed(roles.worker_relaxed_simd ?? []),
      simd128: await hashed(roles.worker_simd128 ?? []),
      any: await hashed([...(await modelFiles(out)), ...roles.runtimes, ...roles.lazy]),
    },
  };
  const version = hashOf(JSON.stringify(files)).slice(0, 16);
  await build({
    entryPoints: { service_worker: join(import.meta.dirname, "main.js") },
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    logLevel: "warning",
    define: { FLINT_FILES: JSON.stringify({ build: version, ...files }) },
  });
}

/** The list of models and the files of the one that loads unasked. */
async function modelFiles(out) {
  const list = "models.json";
  if (!existsSync(join(out, list))) return [];
  const catalogue = JSON.parse(await readFile(join(out, list), "utf8"));
  const { weights, tokenizer, counts } = catalogue.models.find(({ id }) => id === catalogue.default);
  return [list, ...[weights, tokenizer, counts].filter(Boolean).map(({ url }) => url)];
}
