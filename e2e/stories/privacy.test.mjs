// Nothing goes to anyone but the page's own host: a whole session, request by request.

import assert from "node:assert/strict";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

story("a whole session asks no third party", {}, async ({ playground, page, server }) => {
  const before = server.own.length;
  await playground.openReady();
  await playground.suggestion();
  await playground.press("Tab");
  for (const name of ["todo.js", "stack.rs", "index.html", "style.css", "add.wat"]) {
    await playground.tab(name).click();
    await playground.content.press("Control+End");
    await playground.type("\n ");
  }
  await playground.button("New file").click();
  await page.reload();
  await playground.engine("ready");
  const total = server.own.length - before;
  const third_party = server.foreign.length;
  writeReport("requests", { total, third_party });
  assert.ok(total > 10, "the session was recorded");
  assert.equal(third_party, 0);
});

story("the recorder would have noticed", { expected: [/Content Security Policy|CSP/i] }, async ({ playground, page, server }) => {
  await playground.open();
  const blocked = await page.evaluate(() => fetch("http://third-party.test/").then(() => false, () => true));
  assert.ok(blocked, "the page's policy lets no request out");
  const other = await page.context().newPage();
  await other.goto("http://third-party.test/").catch(() => {});
  assert.equal(server.foreign.length, 1);
  server.foreign.length = 0;
});
