// The page gets no heavier unnoticed: what a first visit downloads, compared with what was accepted.
// node bench/ratchet.mjs [--json] [--accept]

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { writeReport } from "../e2e/report.mjs";
import { measureSize } from "./size.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const place = join(import.meta.dirname, "accepted_size.json");
/** More than this part over what was accepted is a failure. */
const TOLERANCE = 0.02;

const { app_shell_br_bytes, worker_br_bytes } = measureSize(dist);
const embed_loader_br_bytes = brotliCompressSync(readFileSync(join(dist, "embed.js"))).length;
const sizes = { app_shell_br_bytes, worker_br_bytes, embed_loader_br_bytes };
writeReport("size", sizes);

if (process.argv.includes("--accept")) writeFileSync(place, `${JSON.stringify(sizes, null, 2)}\n`);
const accepted = JSON.parse(readFileSync(place, "utf8"));
const heavier = Object.entries(sizes).filter(([name, bytes]) => bytes > accepted[name] * (1 + TOLERANCE));

if (process.argv.includes("--json")) console.log(JSON.stringify(sizes));
else for (const [name, bytes] of Object.entries(sizes)) console.log(`${name.padEnd(24)} ${bytes} (accepted ${accepted[name]})`);
for (const [name, bytes] of heavier) {
  console.error(`${name} is ${bytes}, over the accepted ${accepted[name]} by more than ${TOLERANCE * 100} %. Make it smaller, or accept it: cargo xtask size --accept`);
}
process.exitCode = heavier.length > 0 ? 1 : 0;
