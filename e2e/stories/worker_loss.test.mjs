// The model worker dies: typing goes on, and the worker comes back.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

/** Programs run in workers too, made from blobs; the model's worker is a file. */
const isModel = (worker) => !worker.url().startsWith("blob:");
const nextWorker = (page) => page.waitForEvent("worker", isModel);
const worker = (page) => page.workers().find(isModel) ?? nextWorker(page);

story("a crashed worker comes back while typing keeps working", {}, async ({ playground, page }) => {
  await playground.openReady();
  const restarted = nextWorker(page);
  await (await worker(page)).evaluate(() => {
    setTimeout(() => {
      throw new Error("crash");
    });
  });
  await playground.fill("typing goes on");
  assert.equal(await playground.text(), "typing goes on");
  await restarted;
  await playground.engine("ready");
  await playground.suggestion();
});

story("a worker that ends in silence is missed and comes back", {}, async ({ playground, page }) => {
  await playground.openReady();
  const restarted = nextWorker(page);
  await (await worker(page)).evaluate(() => self.close());
  await playground.fill("typing goes ");
  await playground.type("on");
  assert.equal(await playground.text(), "typing goes on");
  await restarted;
  await playground.engine("ready");
  await playground.suggestion();
});
