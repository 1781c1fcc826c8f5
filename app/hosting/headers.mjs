// Writes what static hosts read of headers: `_headers` (Netlify, Cloudflare Pages and others), and
// `.nojekyll`, without which GitHub Pages leaves out files. Other servers: docs/hosting.md.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const FOR_EVER = "Cache-Control: public, max-age=31536000, immutable";

/** Paths of the built page and their headers; the page works without any of them. */
const HEADERS = {
  "/*": ["X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer"],
  "/assets/*": [FOR_EVER],
  // What `sandbox/index.html` says of itself, and an origin that is nobody's.
  "/sandbox-*": [FOR_EVER, "Content-Security-Policy: sandbox allow-scripts allow-forms allow-pointer-lock"],
  "/service_worker.js": ["Cache-Control: no-cache"],
  "/embed*": ["Cache-Control: public, max-age=86400"],
};

export async function writeHeaders(out) {
  const blocks = Object.entries(HEADERS).map(([path, headers]) => [path, ...headers.map((header) => `  ${header}`)].join("\n"));
  await writeFile(join(out, "_headers"), `${blocks.join("\n\n")}\n`);
  await writeFile(join(out, ".nojekyll"), "");
}
