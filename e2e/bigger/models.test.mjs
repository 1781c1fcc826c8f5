// A bigger model: chosen, fetched from a hub, used, kept without asking anyone again, deleted; and everything that
// can go wrong on the way. The CPU computes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Models } from "../pages/models.mjs";
import { story } from "../story.mjs";
import { Hub, folder } from "./hub.mjs";

const minutes = 4;
const hub = Hub.ofStories();

/** The dialog of a page whose own model is ready, with this hub. */
async function dialog(playground) {
  const models = await Models.openAt(playground, hub);
  await models.leaveGpuAlone();
  assert.deepEqual(hub.requests, [], "nobody is asked before the user says so");
  return models;
}

story("a model from a hub is fetched, used, kept and deleted", { minutes }, async ({ playground, page }) => {
  const models = await dialog(playground);
  await models.add("flint/nano");
  await models.inUse("flint-nano");
  assert.ok(hub.requests.includes("nano/onnx/model_quantized.onnx"), "the CPU has weights of eight bits");
  await models.close();
  assert.match(await playground.bar.textContent(), /CPU onnxruntime int8/);
  await playground.suggestion();

  hub.requests.length = 0;
  await page.reload();
  await page.getByText("CPU onnxruntime int8").waitFor();
  await playground.suggestion();
  assert.deepEqual(hub.requests, [], "what is kept needs nobody");

  await models.open();
  assert.match(await models.dialog.textContent(), /Models take 10\.1 MB/);
  await models.button("Delete", "flint-nano").click();
  await models.inUse("own");
  await models.dialog.getByText("Models take nothing").waitFor();
  await models.close();
  await playground.engine("ready");
  await playground.suggestion();
});

story("a model that was fetched is there with the network cut", { minutes, visitor: { serviceWorkers: "allow" } }, async ({ playground, page, context }) => {
  const models = await dialog(playground);
  await models.add("flint/nano");
  await models.inUse("flint-nano");
  await models.close();
  await playground.offlineReady();

  await context.setOffline(true);
  hub.requests.length = 0;
  await page.reload();
  await page.getByText("CPU onnxruntime int8").waitFor();
  await playground.suggestion();
  assert.deepEqual(hub.requests, []);
  await context.setOffline(false);
});

story("suggestions go on while a model comes, which can be paused, resumed and cancelled", { minutes }, async ({ playground }) => {
  const models = await dialog(playground);
  hub.holdAfter = 3_000_000;
  await models.add("flint/nano");
  await models.row("flint-nano").getByText(/(2\.[89]|3\.\d) MB of 10\.1 MB/).waitFor();
  await models.close();
  await playground.suggestion();

  await models.open();
  await models.button("Pause", "flint-nano").click();
  await models.button("Resume", "flint-nano").waitFor();
  hub.requests.length = 0;
  await models.button("Resume", "flint-nano").click();
  await models.row("flint-nano").getByText(/[56]\.\d MB of 10\.1 MB/).waitFor();
  const resumed = hub.requests.find((request) => /model_quantized\.onnx \d+/.test(request));
  assert.ok(resumed, `goes on where it stopped: ${hub.requests}`);

  await models.button("Cancel", "flint-nano").click();
  hub.release();
  await models.dialog.getByText("Models take nothing").waitFor();
});

story("a connection that breaks is made again, from where it broke", { minutes, expected: [/Failed to load resource|ERR_/] }, async ({ playground }) => {
  const models = await dialog(playground);
  hub.breaks = [4_000_000, 2_000_000];
  await models.add("flint/nano");
  await models.inUse("flint-nano");
  const parts = hub.requests.filter((request) => request.startsWith("nano/onnx/model_quantized.onnx"));
  assert.equal(parts.length, 3, `${parts}`);
});

story("a file that is not the published one is thrown away", { minutes }, async ({ playground, server }) => {
  const list = JSON.parse(readFileSync(join(process.env.FLINT_DIST ?? "dist", "models.json"), "utf8"));
  const path = "onnx/model_quantized.onnx";
  const { createHash } = await import("node:crypto");
  const sha256 = createHash("sha256").update(readFileSync(join(folder, "nano", path))).digest("hex");
  list.bigger = [{ name: "Listed", hub: "flint/nano", about: "", gpu_bytes: 1, cpu_bytes: 1, files: [{ path, sha256 }] }];
  server.fault("/models.json", (response) => response.end(JSON.stringify(list)));
  hub.damaged = `nano/${path}`;
  try {
    const models = await dialog(playground);
    await models.button("Download", "flint-nano").click();
    await models.said.getByText(/checksum is wrong/).waitFor();
    hub.damaged = null;
    await models.button("Use", "flint-nano").click();
    await models.inUse("flint-nano");
  } finally {
    server.fault("/models.json", null);
    hub.damaged = null;
  }
});

story("a part that has changed on the disk is fetched again, it alone", { minutes }, async ({ playground, page }) => {
  let models = await dialog(playground);
  await models.add("flint/nano");
  await models.inUse("flint-nano");
  const at = 5_000_000;
  await page.evaluate(async (at) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
    const file = await (await folder.getDirectoryHandle("flint-nano")).getFileHandle("onnx~model_quantized.onnx");
    const byte = new Uint8Array(await (await file.getFile()).slice(at, at + 1).arrayBuffer());
    const writer = await file.createWritable({ keepExistingData: true });
    await writer.write({ type: "write", position: at, data: byte.map((value) => value ^ 1) });
    await writer.close();
  }, at);

  hub.requests.length = 0;
  await page.reload();
  await page.locator(".notice", { hasText: /part of flint-nano has changed/ }).waitFor();
  assert.deepEqual(hub.requests, [], "nobody is asked without a word of the user");
  models = await models.open();
  await models.button("Use", "flint-nano").click();
  await models.inUse("flint-nano");
  assert.deepEqual(hub.requests, [`nano/onnx/model_quantized.onnx ${4 << 20}-${(8 << 20) - 1}`]);
  await models.close();
  await playground.suggestion();
});

const refusals = [
  ["flint/nothing", /it has no config\.json/],
  ["flint/hidden-q4", /four bits/],
  ["not a model", /owner\/name as at the hub/],
];
for (const [name, sentence] of refusals) {
  story(`“${name}” is refused with the reason, and suggestions go on`, { minutes, expected: [/404/] }, async ({ playground }) => {
    const models = await dialog(playground);
    await models.add(name);
    await models.said.getByText(sentence).waitFor();
    await models.close();
    await playground.suggestion();
  });
}

story("files from the disk make a model", { minutes }, async ({ playground, page }) => {
  const models = await dialog(playground);
  const chooser = page.waitForEvent("filechooser");
  await models.dialog.getByRole("button", { name: /From disk/ }).click();
  const files = ["config.json", "tokenizer.json", "onnx/model_quantized.onnx", "onnx/model_quantized.onnx_data"];
  await (await chooser).setFiles(files.map((file) => join(folder, "qwen2-like", file)));
  await models.dialog.locator('[data-model^="disk-"]').getByText("In use").waitFor();
  assert.deepEqual(hub.requests, []);
});

for (const layout of ["qwen2-like", "older-export"]) {
  story(`${layout}: weights beside the graph`, { minutes }, async ({ playground }) => {
    const models = await dialog(playground);
    await models.add(`flint/${layout}`);
    await models.inUse(`flint-${layout}`);
    assert.ok(hub.requests.includes(`${layout}/onnx/model_quantized.onnx_data`));
  });
}
