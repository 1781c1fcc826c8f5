// Parts of the page that are fetched when they are wanted: what one sees when they cannot be.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { story } from "../story.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const { lazy } = JSON.parse(readFileSync(join(dist, "build.json"), "utf8"));
const part = (name) => `/${lazy.find((path) => path.startsWith(`assets/split_${name}-`))}`;
const gone = (response) => response.writeHead(503).end();
const expected = [/503/, /WebAssembly/];

story("a dialog that cannot be fetched says so, and opens when it can", { expected }, async ({ playground, server }) => {
  server.fault(part("dialogs"), gone);
  await playground.open();
  await playground.choose("Settings…");
  await playground.notice.getByText("This part of Flint could not be fetched").waitFor();
  assert.equal(await playground.dialog.count(), 0);
  await playground.fill("still = 1");
  assert.equal(await playground.text(), "still = 1");
  server.fault(part("dialogs"), null);
  await playground.choose("Settings…");
  await playground.dialog.waitFor();
});

story("what is typed before a dialog is there does not go into the text", {}, async ({ playground, server }) => {
  const path = part("dialogs");
  const asked = new Promise((resolve) => server.fault(path, resolve));
  await playground.open();
  await playground.fill("mine");
  await playground.choose("Settings…");
  const response = await asked;
  await playground.page.waitForFunction(() => !document.activeElement.closest(".cm-editor"));
  await playground.type("lost");
  response.writeHead(200, { "content-type": "application/wasm" }).end(readFileSync(join(dist, path)));
  await playground.dialog.waitFor();
  assert.equal(await playground.text(), "mine");
});
