// What the dialog of models says of this device before anything is fetched, and what becomes of a bigger model whose tab
// nobody looks at.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Models } from "../pages/models.mjs";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";
import { Hub } from "./hub.mjs";

const minutes = 4;
/** Longer than a tab may be hidden before its model rests. */
const LONG_MS = 61_000;
const hub = Hub.ofStories();

/** Models of four sizes, for the GPU and the CPU; the last one's size nobody knows. */
const suggested = [
  { name: "Small", hub: "flint/small", gpu_bytes: 5e8, cpu_bytes: 6e8, parameters: 5e8, layers: 24, recommend: true },
  { name: "For the CPU", hub: "flint/small-GGUF", gpu_bytes: 4e8, cpu_bytes: 4e8, parameters: 5e8, layers: 24, recommend: true },
  { name: "Huge", hub: "flint/huge", gpu_bytes: 9e10, cpu_bytes: 9e10, parameters: 9e10, layers: 80, recommend: true },
  { name: "Unknown", hub: "flint/unknown", gpu_bytes: 1, cpu_bytes: 1 },
].map((model) => ({ about: "", ...model }));

story("every suggested model says how fast it would be, and one is recommended", { minutes }, async ({ playground, server }) => {
  const list = JSON.parse(readFileSync(join(process.env.FLINT_DIST ?? "dist", "models.json"), "utf8"));
  server.fault("/models.json", (response) => response.end(JSON.stringify({ ...list, bigger: suggested })));
  const models = await Models.openAt(playground, hub);
  const predicted = models.dialog.locator(".predicted");
  await predicted.filter({ hasText: /tokens? a second|memory/ }).first().waitFor();
  const texts = await predicted.allTextContents();
  server.fault("/models.json", null);
  assert.equal(texts.length, suggested.length);
  const [small, cpu, huge, unknown] = texts;
  for (const text of [small, cpu]) assert.match(text, /^(About \d+ tokens a second here|Less than a token a second here)/);
  assert.match(huge, /^Needs \d+\.\d GB of memory/);
  assert.equal(unknown, "");
  const all = await models.dialog.textContent();
  assert.equal(all.split("Recommended for this device").length, 2, "one model is recommended");
  await models.leaveGpuAlone();
  await predicted.first().waitFor();
  assert.deepEqual(hub.requests, [], "nobody is asked");
  writeReport("device", { predicted: texts });
});

/** Our own model on onnxruntime is at work on a text. */
async function useNano(playground) {
  const models = await Models.openAt(playground, hub);
  await models.leaveGpuAlone();
  await models.add("flint/nano");
  await models.inUse("flint-nano");
  await models.close();
  await playground.fill("let a = 1;\n");
  // A clock that is turned on would find an answer overdue.
  await playground.settled();
}

const setHidden = (page, hidden) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, hidden);

story("a hidden tab's bigger model rests; the page's own is there at once, and the bigger one comes back", { minutes }, async ({ playground, page }) => {
  await page.clock.install();
  await useNano(playground);
  hub.requests.length = 0;

  await setHidden(page, true);
  await setHidden(page, false);
  await page.clock.fastForward(LONG_MS);
  assert.match(await playground.bar.textContent(), /onnxruntime/, "a look at another tab changes nothing");

  await setHidden(page, true);
  const hidden = Date.now();
  await page.clock.fastForward(LONG_MS);
  await page.locator(".notice", { hasText: /flint\/nano rests, because this tab was hidden/ }).waitFor();
  await playground.engine("ready");
  assert.match(await playground.bar.textContent(), /Flint nano/);
  const own_ready_ms = Date.now() - hidden;

  await setHidden(page, false);
  assert.equal(await playground.text(), "let a = 1;\n");
  await page.getByText("CPU onnxruntime int8").waitFor();
  await playground.suggestion();
  assert.deepEqual(hub.requests, [], "it comes back from this browser");
  writeReport("hidden", { own_ready_ms });
});

story("a bigger model's worker that dies for want of memory: the page's own is there, and the text stays", { minutes, expected: [/out of memory/] }, async ({ playground, page }) => {
  await useNano(playground);
  const worker = page.workers().find((worker) => /bigger_worker/.test(worker.url()));
  const died = Date.now();
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new RangeError("out of memory");
    });
  });
  await page.locator(".notice", { hasText: /flint\/nano cannot be used: its worker stopped/ }).waitFor();
  await playground.engine("ready");
  writeReport("memory", { own_ready_ms: Date.now() - died });
  assert.match(await playground.bar.textContent(), /Flint nano/);
  assert.equal(await playground.text(), "let a = 1;\n");
  await playground.suggestion();
});
