// Key to paint on the real page: typing a fixture into the middle of a file of 300 lines and watching the ghost text.

import { readFileSync } from "node:fs";
import { percentile } from "./figures.mjs";

const LINES = 40;
const GHOST = ".ghost-text";
const PATIENCE_MS = 1500;

export async function measureTyping(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(watch);
  await page.addInitScript((draft) => localStorage.setItem("flint:draft:1", draft), JSON.stringify(longFile()));
  await page.goto(url);
  await page.waitForSelector('.status-bar[data-engine="ready"]');
  await page.locator(".cm-content").focus();

  await page.evaluate(() => (window.ghostWatch.longestTask = 0));
  const text = read("fixtures/todo.js");
  const ghost = [];
  const typedThrough = [];
  const cacheHit = [];
  let [misses, silent] = [0, 0];
  const lines = text.split("\n").filter((line) => line.trim().length > 8);
  for (const line of lines.slice(0, LINES)) {
    const half = Math.floor(line.length / 2);
    await page.keyboard.insertText(line.slice(0, half));
    const shown = await press(page, line[half]);
    if (shown === "late") misses += 1;
    if (shown === "silent") silent += 1;
    if (typeof shown === "number") {
      ghost.push(shown);
      const through = await typeThrough(page);
      if (through !== null) typedThrough.push(through);
      const hit = await takeBack(page);
      if (hit !== null) cacheHit.push(hit);
    }
    await page.keyboard.press("Escape");
    await page.keyboard.press("End");
    await page.keyboard.insertText(`${line.slice(half + 1)}\n`);
  }
  const longestTask = await page.evaluate(() => window.ghostWatch.longestTask);
  await page.close();
  return {
    ghost_p50_ms: percentile(ghost, 0.5),
    ghost_p95_ms: percentile(ghost, 0.95),
    ghost_shown: ghost.length,
    ghost_silent: silent,
    ghost_misses: misses,
    typed_through_p95_ms: percentile(typedThrough, 0.95),
    cache_hit_p95_ms: percentile(cacheHit, 0.95),
    cache_hits: cacheHit.length,
    longest_task_ms: longestTask,
  };
}

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

/** 300 lines of our own as a draft, the cursor on an empty one in the middle of them. */
function longFile() {
  const lines = read("../app/js/editor.js").split("\n").slice(0, 300);
  const middle = lines.findIndex((line, number) => number >= lines.length / 2 && line === "  }") + 1;
  const above = `${lines.slice(0, middle).join("\n")}\n`;
  return { files: [{ path: "editor.js", text: `${above}\n${lines.slice(middle).join("\n")}`, cursor: above.length }], open: 0 };
}

/** Types one character and waits for the ghost text that stays. */
async function press(page, character) {
  await page.evaluate(() => window.ghostWatch.begin());
  await page.keyboard.type(character);
  return page.evaluate((patience) => window.ghostWatch.settled(patience), PATIENCE_MS);
}

/** Types the ghost text's own first character: how long until the frame that shows the rest? */
async function typeThrough(page) {
  const text = await page.locator(GHOST).first().textContent();
  const [first] = text;
  if (!first || !/[\x20-\x7e]/.test(first) || text.length < 3) return null;
  await page.evaluate(() => window.ghostWatch.begin());
  await page.keyboard.type(first);
  const rest = text.slice(first.length);
  return page.evaluate((rest) => window.ghostWatch.showed(rest), rest);
}

/** A slip and its correction: how long until the frame that shows the ghost text again? */
async function takeBack(page) {
  if ((await page.locator(GHOST).count()) === 0) return null;
  const text = await page.locator(GHOST).first().textContent();
  await page.keyboard.type("~");
  await page.evaluate((patience) => window.ghostWatch.settled(patience), PATIENCE_MS);
  await page.evaluate(() => window.ghostWatch.begin());
  await page.keyboard.press("Backspace");
  return page.evaluate((text) => window.ghostWatch.showed(text), text);
}

/** Runs in the page before anything else: records every frame's ghost text after a key. */
function watch() {
  const state = { key: null, frames: [] };
  const current = () => document.querySelector(".ghost-text")?.textContent ?? "";
  addEventListener("keydown", (event) => (state.key ??= event.timeStamp), true);
  const frame = () => {
    const text = current();
    const last = state.frames.at(-1);
    // A frame's content is on screen when the next one begins.
    if (state.key !== null && text !== last?.text) state.frames.push({ at: performance.now(), text });
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const idle = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  window.ghostWatch = {
    /** Tasks of up to 50 ms are reported by no browser and count as none. */
    longestTask: 0,
    begin() {
      state.key = null;
      state.frames = [];
    },
    /** When the answer is whole: the first frame with its first line, "silent", or "late". */
    async settled(patience) {
      const limit = performance.now() + patience;
      const bar = document.querySelector(".status-bar");
      do {
        if (performance.now() > limit) return "late";
        await idle();
      } while (bar.dataset.awaiting === "true");
      await idle();
      const [line] = current().split("\n");
      if (!line) return "silent";
      return state.frames.find(({ text }) => text.split("\n")[0] === line).at - state.key;
    },
    noteTask(ms) {
      this.longestTask = Math.max(this.longestTask, ms);
    },
    async showed(rest) {
      for (let tries = 0; tries < 60; tries++) {
        const frame = state.frames.find(({ text }) => text === rest);
        if (frame) return frame.at - state.key;
        await idle();
      }
      return null;
    },
  };
  const noted = (list) => list.getEntries().forEach(({ duration }) => window.ghostWatch.noteTask(duration));
  new PerformanceObserver(noted).observe({ type: "longtask" });
}
