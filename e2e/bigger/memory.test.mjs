// What a tab's memory grows by while a bigger model is loaded: all of it, the runtime's, the page's and the worker's.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { Hub, folder } from "./hub.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const MODEL = "135m";
/**
 * Bytes of memory for a byte of model: its weights in the runtime, what that makes of them, and what waits for the garbage
 * collector; about two. Four with a copy in JavaScript and one in the parser.
 */
const MOST = 3;

const roles = JSON.parse(readFileSync(join(dist, "build.json"), "utf8"));
const hub = Hub.ofStories();
let server;
let browser;

before(async () => {
  server = await Server.start(dist);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Bytes that a process has in memory, and the most that it had since `forgetMost`; null when it has ended. */
function memory(pid) {
  if (!existsSync(`/proc/${pid}`)) return null;
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const [now, most] = ["VmRSS", "VmHWM"].map((name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) * 1024);
  return { now, most };
}

const forgetMost = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, "5");

async function renderers() {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

function load(page) {
  const script = server.url + roles.bigger.find((file) => file.endsWith(".js"));
  const source = { id: MODEL, base_url: `${hub.url}/flint/${MODEL}/resolve/main/`, device: "cpu", may_fetch: true };
  return page.evaluate(
    ({ script, source }) =>
      new Promise((done, fail) => {
        const worker = new Worker(script, { type: "module", name: JSON.stringify(source) });
        worker.onerror = ({ message }) => fail(new Error(message));
        worker.onmessage = ({ data }) => {
          const message = JSON.parse(data);
          if (message.type === "ready") done(message.load_ms);
          else if (message.type === "failed") fail(new Error(message.error.message));
        };
      }),
    { script, source },
  );
}

test("a model is in memory once, and what is made of it", { timeout: 180_000 }, async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}build.json`);
  const running = (await renderers()).map((pid) => [pid, memory(pid)?.now]);
  const before = new Map(running.filter(([, now]) => now));
  for (const pid of before.keys()) forgetMost(pid);
  const load_ms = await load(page);
  const grown = [...before].map(([pid, now]) => (memory(pid)?.most ?? now) - now);
  const model_bytes = statSync(join(folder, MODEL, "onnx/model_quantized.onnx")).size;
  const peak_bytes = Math.max(...grown);
  writeReport("memory", { model_bytes, peak_bytes, per_byte: Math.round((peak_bytes / model_bytes) * 100) / 100, load_ms });
  assert.ok(peak_bytes > model_bytes, "the right process was looked at");
  assert.ok(peak_bytes < MOST * model_bytes, `${peak_bytes} bytes of memory for a model of ${model_bytes}`);
});
