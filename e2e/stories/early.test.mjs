// The first visit's text can be read and changed before the editor is there; nothing typed is lost.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

/** Opens the page with its Rust side held back; resolves to the early text and what lets the rest come. */
async function openEarly({ page, server, playground }) {
  let release;
  const released = new Promise((done) => (release = done));
  await page.route("**/flint_app_bg-*.wasm", async (route) => {
    await released;
    await route.continue().catch(() => {}); // the page may be gone by then
  });
  await page.goto(server.url);
  const early = page.locator(".early pre");
  await early.waitFor();
  assert.equal(await playground.content.count(), 0);
  return { early, release };
}

/** Types a line after the first. */
async function typeLine({ page, early }, line) {
  await early.click({ position: { x: 40, y: 20 } });
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type(line);
}

const FIRST = '"""Prime numbers, with a sieve."""';

story("what is typed before the editor is there goes on in it, with the cursor where it was", {}, async ({ page, server, playground }) => {
  const { early, release } = await openEarly({ page, server, playground });
  await typeLine({ page, early }, "early = 1");
  release();
  await playground.content.waitFor();
  await page.keyboard.type("23");
  await page.waitForFunction(() => document.querySelectorAll(".cm-line")[1]?.textContent === "early = 123");
  assert.ok((await playground.text()).startsWith(`${FIRST}\nearly = 123\n`));
  assert.equal(await early.count(), 0);
  await playground.kept("early = 123");
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll(".cm-line")[1]?.textContent === "early = 123");
});

story("leaving before the editor is there keeps what was typed", {}, async ({ page, server, playground }) => {
  const { early, release } = await openEarly({ page, server, playground });
  await typeLine({ page, early }, "left = 1");
  await page.unroute("**/flint_app_bg-*.wasm");
  await page.reload();
  release();
  await playground.content.waitFor();
  assert.ok((await playground.text()).startsWith(`${FIRST}\nleft = 1\n`));
  assert.equal(await early.count(), 0, "the text is the visitor's own now");
});

story("a visitor who comes back sees no text but their own", {}, async ({ page, server, playground }) => {
  await playground.open();
  await playground.fill("mine = 1");
  await playground.kept("mine = 1");
  await page.reload({ waitUntil: "commit" });
  assert.equal(await page.locator(".early pre").isVisible(), false);
  await playground.shows("mine = 1");
});

story("an editor that cannot be fetched says so, and the text stays", { expected: [/ERR_FAILED/, /Failed to fetch/] }, async ({ page, server, playground }) => {
  await page.route("**/flint_app_bg-*.wasm", (route) => route.abort());
  await page.goto(server.url);
  const early = page.locator(".early pre");
  await page.locator(".early-bar[role=alert]").waitFor();
  await typeLine({ page, early }, "still = 1");
  await page.unroute("**/flint_app_bg-*.wasm");
  await page.reload();
  await playground.content.waitFor();
  assert.ok((await playground.text()).startsWith(`${FIRST}\nstill = 1\n`));
});
