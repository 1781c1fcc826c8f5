// Lighthouse's verdict on a first visit by a phone on a slow line, and when text and editor were there.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeReport } from "../e2e/report.mjs";
import { median } from "./figures.mjs";

const RUNS = 3;
const CATEGORIES = { performance: "performance", accessibility: "accessibility", best_practices: "best-practices" };

/** `program` is Lighthouse's; `url` serves compressed files, as hosts do. */
export async function measureLighthouse(program, chromium, url) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await lighthouse(program, chromium, url, "simulate"));
  const middle = (figure) => median(runs.map(figure));
  const score = (name) => Math.round(Math.min(...runs.map(({ categories }) => categories[name].score)) * 100);
  const audit = (name) => middle(({ audits }) => audits[name].numericValue);
  // What is simulated has no marks of ours; the same line, really slow, has.
  const slow = await lighthouse(program, chromium, url, "devtools");
  const marks = slow.audits["user-timings"].details.items;
  const figures = {
    ...Object.fromEntries(Object.entries(CATEGORIES).map(([key, name]) => [key, score(name)])),
    lcp_ms: audit("largest-contentful-paint"),
    tbt_ms: audit("total-blocking-time"),
    cls: middle(({ audits }) => audits["cumulative-layout-shift"].numericValue),
    text_ms: audit("first-contentful-paint"),
    editor_ms: audit("interactive"),
    slow_text_ms: Math.round(slow.audits["first-contentful-paint"].numericValue),
    slow_editor_ms: Math.round(marks.find(({ name }) => name === "flint:editor").startTime),
  };
  writeReport("lighthouse", figures);
  return { lighthouse: figures };
}

async function lighthouse(program, chromium, url, throttling) {
  const folder = await mkdtemp(join(tmpdir(), "flint-lighthouse-"));
  const report = join(folder, "report.json");
  try {
    const categories = `--only-categories=${Object.values(CATEGORIES).join()}`;
    const browser = "--chrome-flags=--headless --no-sandbox --disable-background-networking";
    const options = [url, categories, `--throttling-method=${throttling}`, "--output=json", `--output-path=${report}`, "--quiet", browser];
    await promisify(execFile)(program, options, { env: { ...process.env, CHROME_PATH: chromium } });
    return JSON.parse(await readFile(report, "utf8"));
  } finally {
    await rm(folder, { recursive: true });
  }
}
