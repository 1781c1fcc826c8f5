// GGUF files by the dialog of models: from a hub's list, by name, from the disk. The decoder that every page has runs them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { Models } from "../pages/models.mjs";
import { story } from "../story.mjs";
import { Hub, folder } from "./hub.mjs";

const minutes = 4;
const hub = Hub.ofStories();

story("of a hub's GGUF files the best is fetched, used and kept", { minutes }, async ({ playground, page }) => {
  const models = await Models.openAt(playground, hub);
  await models.add("flint/nano-GGUF");
  await models.inUse("flint-nano-GGUF");
  assert.deepEqual(hub.requests, ["list of nano-GGUF", "nano-GGUF/nano-q4_0.gguf"]);
  await models.close();
  assert.match(await playground.bar.textContent(), /nano-GGUF.*CPU .*GGUF/);
  await playground.suggestion();

  hub.requests.length = 0;
  await page.reload();
  await page.getByText(/CPU .*GGUF/).waitFor();
  await playground.suggestion();
  assert.deepEqual(hub.requests, [], "what is kept needs nobody");
});

story("a file is named by hand, and a damaged one is refused", { minutes }, async ({ playground }) => {
  const models = await Models.openAt(playground, hub);
  await models.add("flint/cut/cut.gguf");
  await models.said.getByText(/cannot be used/).waitFor();
  await models.add(`${hub.url}/flint/nano-GGUF/blob/main/nano-q2_k.gguf`);
  await models.said.getByText(/cannot be used/).waitFor();
  await models.add("flint/nano-GGUF/nano-q4_0.gguf");
  await models.inUse("flint-nano-GGUF-nano-q4-0.gguf");
  assert.deepEqual(hub.requests, ["cut/cut.gguf", "nano-GGUF/nano-q2_k.gguf", "nano-GGUF/nano-q4_0.gguf"]);
  await models.close();
  await playground.suggestion();
});

story("a GGUF file from the disk", { minutes }, async ({ playground, page }) => {
  const models = await Models.openAt(playground, hub);
  const chooser = page.waitForEvent("filechooser");
  await models.dialog.getByRole("button", { name: /From disk/ }).click();
  await (await chooser).setFiles(join(folder, "nano-GGUF", "nano-q4_0.gguf"));
  await models.inUse("disk-nano-q4-0.gguf");
  assert.deepEqual(hub.requests, []);
});
