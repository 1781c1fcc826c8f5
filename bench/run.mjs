// Measures the built page in Chromium. Figures, never verdicts: node bench/run.mjs [--json]

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { measureEngine } from "./engine.mjs";
import { measureTyping } from "./typing.mjs";
import { measureSize } from "./size.mjs";
import { serve } from "./server.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const reports = process.env.FLINT_REPORTS ?? "target/report";

const server = await serve(dist);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const figures = {
    ...(await measureEngine(browser, server.url, dist)),
    ...(await measureTyping(browser, server.url)),
    ...measureSize(dist),
  };
  mkdirSync(reports, { recursive: true });
  writeFileSync(join(reports, "bench.json"), `${JSON.stringify(figures, null, 2)}\n`);
  console.log(process.argv.includes("--json") ? JSON.stringify(figures) : figures);
} finally {
  await browser.close();
  server.close();
}
