// Measures the built page in Chromium. Figures, never verdicts:
// node bench/run.mjs [--json] [--only NAME], a name of `parts`.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { measureAborts } from "./aborts.mjs";
import { measureEdits } from "./edits.mjs";
import { measureEngine } from "./engine.mjs";
import { measureLighthouse } from "./lighthouse.mjs";
import { measureLookup } from "./lookup.mjs";
import { writePerformance } from "./performance.mjs";
import { measureShapes } from "./shapes.mjs";
import { measureSize } from "./size.mjs";
import { measureTyping } from "./typing.mjs";
import { serve } from "./server.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const reports = process.env.FLINT_REPORTS ?? "target/report";
// As `bench/peers/shapes.py` has it.
const cache = join(process.env.FLINT_CACHE ?? join(homedir(), ".cache/flint"), "peers");
const { values: options } = parseArgs({ options: { json: { type: "boolean" }, only: { type: "string" } } });

const server = await serve({
  "/": dist,
  "/bench/": "bench",
  "/probe-relaxed/": "target/pkg/probe-relaxed",
  "/probe-simd128/": "target/pkg/probe-simd128",
  "/modules/": join(cache, "node_modules"),
  "/cache/": cache,
});
const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ["--no-sandbox"],
});
const read = (name) => JSON.parse(readFileSync(join(dist, name), "utf8"));
const worker = `${server.url}${read("build.json").worker}`;
const parts = {
  engine: () => measureEngine(browser, server, worker),
  edits: () => measureEdits(browser, server, worker),
  aborts: () => measureAborts(browser, server, worker),
  lookup: () => measureLookup(browser, server, read("models.json")),
  typing: () => measureTyping(browser, server.url),
  shapes: () => measureShapes(browser, server, cache, read("models.json")),
  size: () => measureSize(dist),
  lighthouse: () => measureLighthouse(process.env.LIGHTHOUSE, chromiumPath, server.url),
};
try {
  const figures = {};
  for (const [name, measure] of Object.entries(parts)) {
    if (options.only && options.only !== name) continue;
    console.error(`measuring ${name}`);
    Object.assign(figures, await measure());
  }
  mkdirSync(reports, { recursive: true });
  writeFileSync(join(reports, "bench.json"), `${JSON.stringify(figures, null, 2)}\n`);
  if (!options.only) writePerformance(figures, browser.version());
  console.log(options.json ? JSON.stringify(figures) : figures);
} finally {
  await browser.close();
  server.close();
}
