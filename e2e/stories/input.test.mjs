// Ways of writing other than single keys: input methods, selections, halves of characters.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

story("nothing is suggested inside a composition, and something may be after it", {}, async (scene) => {
  const { playground, page, context } = scene;
  await playground.openReady();
  await playground.suggestion();
  const keyboard = await context.newCDPSession(page);
  const compose = (text) =>
    keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await compose("に");
  await playground.ghost.waitFor({ state: "detached" });
  const asked = await playground.requests();
  await compose("にほ");
  await compose("にほん");
  assert.equal(await playground.requests(), asked);
  await keyboard.send("Input.insertText", { text: "日本" });
  assert.match(await playground.text(), /日本$/);
  await page.waitForFunction(
    (asked) => Number(document.querySelector(".status-bar").dataset.requests) > asked,
    asked,
  );
});

story("a selection hides ghost text", {}, async ({ playground }) => {
  await playground.openReady();
  await playground.suggestion();
  await playground.press("Shift+ArrowLeft");
  await playground.ghost.waitFor({ state: "detached" });
});

story("half a surrogate pair leaves editor and assistant in step", {}, async ({ playground, page }) => {
  await playground.openReady();
  await playground.fill("half ");
  await page.evaluate(() => document.execCommand("insertText", false, "\ud83d"));
  await playground.type(" and more");
  assert.match(await playground.text(), /^half . and more$/);
  await playground.kept("half \ufffd and more");
});
