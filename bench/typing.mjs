// Key to paint on the real page: typing a fixture into the editor and watching the ghost text.

import { readFileSync } from "node:fs";
import { percentile } from "./figures.mjs";

const LINES = 40;
const GHOST = ".ghost-text";
const PATIENCE_MS = 1500;

export async function measureTyping(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForSelector('.status-bar[data-engine="ready"]');
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");

  const text = readFileSync(new URL("fixtures/todo.js", import.meta.url), "utf8");
  const ghost = [];
  const typedThrough = [];
  let misses = 0;
  const lines = text.split("\n").filter((line) => line.trim().length > 8);
  for (const line of lines.slice(0, LINES)) {
    const half = Math.floor(line.length / 2);
    await page.keyboard.insertText(line.slice(0, half));
    const shown = await press(page, line[half]);
    if (shown === null) {
      misses += 1;
    } else {
      ghost.push(shown.ms);
      const through = await typeThrough(page);
      if (through !== null) typedThrough.push(through);
    }
    await page.keyboard.press("Escape");
    await page.keyboard.press("End");
    await page.keyboard.insertText(`${line.slice(half + 1)}\n`);
  }
  await page.close();
  return {
    ghost_p50_ms: percentile(ghost, 0.5),
    ghost_p95_ms: percentile(ghost, 0.95),
    ghost_shown: ghost.length,
    ghost_misses: misses,
    typed_through_p95_ms: percentile(typedThrough, 0.95),
  };
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
    begin() {
      state.key = null;
      state.frames = [];
    },
    /** The first frame whose ghost text has the final first line; null when none comes in time. */
    async settled(patience) {
      const limit = performance.now() + patience;
      let quiet = 0;
      while (quiet < 20 && performance.now() < limit) {
        const before = state.frames.length;
        await idle();
        quiet = state.frames.length === before && current() ? quiet + 1 : 0;
      }
      const [line] = current().split("\n");
      const first = line && state.frames.find(({ text }) => text.split("\n")[0] === line);
      return first ? { ms: first.at - state.key, text: line } : null;
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
}
