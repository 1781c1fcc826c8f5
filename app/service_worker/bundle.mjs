// Writes the service worker of a built page, which knows every file of it by its content.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Files that take minutes on a slow line are fetched and checked in pieces of this size. */
const CHUNK_BYTES = 1 << 20;

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
      any: [...(await inChunks(out, await modelFiles(out))), ...(await hashed([...roles.runtimes, ...roles.lazy]))],
    },
    packs: await hashed(roles.packs),
    bigger: await hashed([...new Set([roles.bigger, roles.chat_templates, ...Object.values(roles.bigger_runtimes ?? {})].flatMap((paths) => paths ?? []))]),
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
    define: { FLINT_FILES: JSON.stringify({ build: version, CHUNK_BYTES, ...files }) },
  });
}

/** Files with the hashes of their pieces, where there is more than one. */
function inChunks(out, paths) {
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(join(out, path));
      const file = { path, hash: hashOf(bytes) };
      if (bytes.length <= CHUNK_BYTES) return file;
      const count = Math.ceil(bytes.length / CHUNK_BYTES);
      const piece = (_, index) => hashOf(bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
      return { ...file, bytes: bytes.length, chunks: Array.from({ length: count }, piece) };
    }),
  );
}

/** The list of models and the files of the one that loads unasked. */
async function modelFiles(out) {
  const list = "models.json";
  if (!existsSync(join(out, list))) return [];
  const catalogue = JSON.parse(await readFile(join(out, list), "utf8"));
  const { weights, tokenizer, counts } = catalogue.models.find(({ id }) => id === catalogue.default);
  return [list, ...[weights, tokenizer, counts].filter(Boolean).map(({ url }) => url)];
}
