// A model server that is quick: what the page adds to it, and that a request which is stopped is over.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { readReport, writeReport } from "../report.mjs";
import { story } from "../story.mjs";

const SCALE = Number(process.env.FLINT_TEST_SCALE ?? 1);
const CANCELS = Math.min(1_000, 100 * SCALE);
const FIRST_TOKENS = 20;

let model;
const figures = {};
before(async () => (model = await ModelServer.start()));
after(async () => {
  await model.stop();
  // Those of the suite before this one.
  const { real_servers = [] } = readReport("servers") ?? {};
  writeReport("remote", { ...figures, real_servers });
});

const clock = () => performance.timeOrigin + performance.now();
const p95 = (times) => Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] * 10) / 10;

const functions = (count) =>
  Array.from({ length: count }, (_, n) => `export function part${n}(value) {\n  return value + ${n};\n}\n`).join("\n");
const block = (n) => `<<<<<<< SEARCH\n  return value + ${n};\n=======\n  return value * ${n + 1};\n>>>>>>> REPLACE\n`;
const blocks = (count) => `part.js\n${Array.from({ length: count }, (_, n) => block(n)).join("")}`;

async function open(playground, count = 40) {
  const changes = await new Changes(playground).connected(model.url, { allowed: true });
  await new Runner(playground).project({ "part.js": functions(count) });
  await playground.engine("ready");
  await playground.content.focus();
  return changes;
}

story(`${CANCELS} requests are stopped, and none goes on`, { minutes: 10 }, async ({ playground }) => {
  const changes = await open(playground);
  const times = [];
  let arrived;
  model.answer = (exchange) => {
    exchange.begin().piece("part.js\n");
    arrived();
  };
  for (let at = 0; at < CANCELS; at++) {
    const asked = new Promise((done) => (arrived = done));
    await changes.ask(at === 0 ? "more" : "");
    await asked;
    await changes.step("asking");
    const left = model.nextLeft();
    const pressed = clock();
    await playground.press("Escape");
    await left;
    times.push(clock() - pressed);
    await changes.step("closed");
  }
  assert.equal(model.left, CANCELS);
  assert.equal(model.open, 0);
  Object.assign(figures, { cancels: CANCELS, abort_p95_ms: p95(times), orphaned_streams: model.open });
});

/**
 * Runs in the page: notes when bytes of an answer arrive, when a proposed line is in the document, and when the frame
 * with it is painted. It asks for no frame before that: a page that draws all the time has the next one later.
 */
const WATCH = () => {
  const now = () => performance.timeOrigin + performance.now();
  window.seen = { longTasks: 0 };
  new PerformanceObserver((list) => (window.seen.longTasks += list.getEntries().length)).observe({ type: "longtask" });
  addEventListener("keydown", ({ key, code }) => (window.seen[`key ${key === "Enter" ? key : code}`] = now()), true);
  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = function () {
    const reading = read.call(this);
    const note = () => (window.seen.drawn ? null : (window.seen.bytes = now()));
    // What is read is the page's concern, and so is that nothing is.
    reading.then(note, () => {});
    return reading;
  };
  let inFrame = false;
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (act) =>
    request((time) => {
      inFrame = true;
      try {
        act(time);
      } finally {
        // After whoever watches the document has heard.
        queueMicrotask(() => (inFrame = false));
      }
    });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (window.seen.painted ??= now());
  const proposed = () => Boolean(document.querySelector(".proposal pre")?.textContent);
  const observer = new MutationObserver(() => {
    if (window.seen.drawn || !proposed()) return;
    window.seen.drawn = now();
    // The first task after the frame, which may be this one.
    if (inFrame) port2.postMessage(null);
    else requestAnimationFrame(() => port2.postMessage(null));
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
};

/** Runs in the page: notes when a step is reached. */
const STEPS = () => {
  const frame = () => {
    const step = document.querySelector(".edit-bar")?.dataset.step;
    window.seen[`step ${step}`] ??= performance.timeOrigin + performance.now();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
};
const seen = (page) => page.evaluate(() => window.seen);
const forget = (page) => page.evaluate(() => (window.seen = { longTasks: 0 }));

story("the first changed token shows soon after it has come", {}, async ({ playground, page }) => {
  await page.addInitScript(WATCH);
  const changes = await open(playground);
  const [drawn, shown, whole] = [[], [], []];
  let sent;
  model.answer = async (exchange) => {
    const [before, behind] = blocks(1).split(/(?<========\n)/);
    exchange.begin().piece(before);
    await changes.step("asking");
    sent = clock();
    exchange.piece("  return");
    await changes.proposals.first().waitFor();
    exchange.piece(behind.slice("  return".length)).end();
  };
  for (let at = 0; at < FIRST_TOKENS; at++) {
    await forget(page);
    await changes.ask("more");
    await changes.step("reviewing");
    await page.waitForFunction(() => window.seen.painted);
    const times = await seen(page);
    drawn.push(times.drawn - times.bytes);
    shown.push(times.painted - times.bytes);
    whole.push(times.painted - sent);
    await playground.press("Alt+Shift+KeyN");
    await changes.step("closed");
    model.requests.length = 0;
  }
  // From the bytes' arrival in the page: in the document, and painted with the frame after that, whose turn comes every
  // 16.7 ms; and from when the server wrote them, which has the browser's network in it.
  figures.first_token_drawn_p95_ms = p95(drawn);
  figures.first_token_overhead_p95_ms = p95(shown);
  figures.first_token_from_server_p95_ms = p95(whole);
});

story("an edit of 180 tokens is made", {}, async ({ playground, page }) => {
  await page.addInitScript(WATCH);
  await page.addInitScript(STEPS);
  const changes = await open(playground);
  const answer = blocks(7);
  const pieces = answer.match(new RegExp(`[^]{1,${Math.ceil(answer.length / 180)}}`, "g"));
  model.answer = async (exchange) => {
    exchange.begin();
    for (let at = 0; at < pieces.length; at += 5) {
      pieces.slice(at, at + 5).forEach((piece) => exchange.piece(piece));
      await new Promise((done) => setTimeout(done, 5));
    }
    exchange.end();
  };
  await changes.ask("more");
  await changes.step("reviewing");
  await playground.press("Alt+Shift+KeyY");
  await changes.step("closed");
  assert.match(await playground.text(), /return value \* 7;/);
  const times = await seen(page);
  const shown = times["step reviewing"] - times["key Enter"];
  const made = times["step closed"] === undefined ? 0 : Math.max(0, times["step closed"] - times["key KeyY"]);
  figures.edit_180_tokens_ms = Math.round(shown + made);
});

story("thousands of tokens stream in and the page stays quick", {}, async ({ playground, page }) => {
  await page.addInitScript(WATCH);
  await page.addInitScript(STEPS);
  const changes = await open(playground, 120);
  const answer = blocks(120);
  const pieces = Math.ceil(answer.length / 4);
  model.answer = (exchange) => exchange.stream(answer, 2_000);
  await changes.ask("more");
  await changes.step("asking");
  await forget(page);
  const started = clock();
  await changes.step("reviewing");
  const times = await seen(page);
  figures.sustained_tok_s = Math.round((pieces * 1_000) / (times["step reviewing"] - started));
  figures.long_tasks = times.longTasks;
  assert.equal(await changes.bar.locator(".edit-count").textContent(), "120 changes");
});
