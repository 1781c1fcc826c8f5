// Parts of the page that are fetched when they are wanted: what one sees when they cannot be.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { story } from "../story.mjs";

const { lazy } = JSON.parse(readFileSync(join(process.env.FLINT_DIST ?? "dist", "build.json"), "utf8"));
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
