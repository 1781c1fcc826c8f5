// Model files that are missing, broken or late: a clear message, and an editor that works.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { story } from "../story.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const catalogue = JSON.parse(readFileSync(join(dist, "models.json"), "utf8"));
const model = catalogue.models.find(({ id }) => id === catalogue.default);
const weights = `/${model.weights.url}`;
const missing = (response) => response.writeHead(404).end();
const expected = [/404/];

/** The page says what is wrong, the editor works, and “Try again” works once the cause is gone. */
async function failsClearly({ playground, server }, path, fault, message) {
  server.fault(path, fault);
  try {
    await playground.open();
    await playground.engine("failed");
    assert.match(await playground.notice.textContent(), message);
    await playground.fill("typing goes on");
    assert.equal(await playground.text(), "typing goes on");
  } finally {
    server.fault(path, null);
  }
  await playground.button("Try again").first().click();
  await playground.engine("ready");
  await playground.suggestion();
}

story("a missing list of models", { expected }, (scene) =>
  failsClearly(scene, "/models.json", missing, /models\.json/),
);

story("a missing model file", { expected }, (scene) => failsClearly(scene, weights, missing, /model/i));

story("a model file cut short", {}, (scene) => {
  const half = readFileSync(join(dist, weights)).subarray(0, model.weights.bytes / 2);
  return failsClearly(scene, weights, (response) => response.end(half), /model/i);
});

for (const kind of ["weights", "tokenizer", "counts"]) {
  story(`a file of ${kind} with one byte changed`, {}, (scene) => {
    const path = `/${model[kind].url}`;
    const bytes = readFileSync(join(dist, path));
    bytes[bytes.length >> 1] ^= 0x01;
    return failsClearly(scene, path, (response) => response.end(bytes), /damaged/);
  });
}

story("a slow download shows how far it is", {}, async ({ playground, page, server }) => {
  const bytes = readFileSync(join(dist, weights));
  let finish;
  server.fault(weights, (response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2));
    finish = () => response.end(bytes.subarray(bytes.length / 2));
  });
  try {
    await playground.open();
    await page.waitForFunction(() => {
      const bar = document.querySelector("progress");
      return bar && bar.value > 0 && bar.value < bar.max;
    });
    await playground.fill("typing does not wait");
    assert.equal(await playground.text(), "typing does not wait");
    finish();
    await playground.engine("ready");
  } finally {
    server.fault(weights, null);
  }
});
