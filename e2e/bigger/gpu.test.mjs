// The GPU, in software: a model's suggestions from it, and what happens when it is lost.

import assert from "node:assert/strict";
import { Models } from "../pages/models.mjs";
import { story } from "../story.mjs";
import { Hub } from "./hub.mjs";

const minutes = 5;
/** WebGPU in software translates a model's programs for a minute. */
const SLOW_MS = 240_000;
/** The browser itself says it, and so does the runtime. */
const expected = [/WebGPU|GPU process|device|onnxruntime|Aborted|^\x1B\[m$/i];
const hub = Hub.ofStories();

story("a lost GPU: the page's own model takes over, and the text stays", { minutes, expected }, async ({ playground, page, context }) => {
  await playground.openReady();
  const models = await new Models(playground).open();
  await models.setHub(hub.url);
  await models.add("flint/qwen2-like");
  await models.row("flint-qwen2-like").getByText("In use").waitFor({ timeout: SLOW_MS });
  assert.ok(hub.requests.includes("qwen2-like/onnx/model_q4.onnx_data"), "a GPU has weights of four bits");
  await models.close();
  assert.match(await playground.bar.textContent(), /GPU .*q4/);
  await playground.fill("let a = 1;\n");

  const browser = await context.browser().newBrowserCDPSession();
  const lost = Date.now();
  await browser.send("Browser.crashGpuProcess");
  await page.locator(".notice", { hasText: /GPU was lost.*page's own model's again/ }).waitFor();
  await playground.engine("ready");
  const took = Date.now() - lost;
  console.log(JSON.stringify({ recovered_ms: took }));
  assert.match(await playground.bar.textContent(), /Flint nano/);
  assert.equal(await playground.text(), "let a = 1;\n");
  await playground.suggestion();
});
