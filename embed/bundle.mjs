// Writes the loader of embedded playgrounds: `embed.js`, the same under its version, and its types.

import { build } from "esbuild";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";

/** Raised when the element's attributes, methods or events change for those who use them. */
const VERSION = 1;

/** Returns the files that were written, relative to `out`. */
export async function bundleEmbed(out) {
  const names = ["embed", `embed-${VERSION}`];
  await build({
    entryPoints: Object.fromEntries(names.map((name) => [name, join(import.meta.dirname, "main.js")])),
    outdir: out,
    bundle: true,
    minify: true,
    // No module: browsers take modules of another site only where its host says so in a header.
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
  for (const name of names) await copyFile(join(import.meta.dirname, "embed.d.ts"), join(out, `${name}.d.ts`));
  return names.map((name) => `${name}.js`);
}
