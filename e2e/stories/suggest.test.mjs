// Ghost text from the real model: it comes, it is accepted in whole and in part, it is dismissed.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

story("a first visit asks where the example is left open, without a keystroke", {}, async ({ playground, page }) => {
  await playground.openReady();
  await page.waitForFunction(() => document.querySelector(".status-bar").dataset.requests === "1");
  await playground.settled();
});

story("typing brings ghost text, and Tab takes it", {}, async ({ playground }) => {
  await playground.openReady();
  const ghost = await playground.suggestion();
  const before = await playground.text();
  await playground.press("Tab");
  assert.ok((await playground.text()).startsWith(before + ghost));
});

story("the word key takes one word and leaves the rest", {}, async ({ playground }) => {
  await playground.openReady();
  const ghost = await playground.suggestion(/.{6,}/);
  const before = await playground.text();
  const asked = await playground.requests();
  await playground.press("ControlOrMeta+ArrowRight");
  const taken = (await playground.text()).slice(before.length);
  assert.ok(taken.trim() !== "" && ghost.startsWith(taken), `${taken} of ${ghost}`);
  if (taken !== ghost) {
    assert.equal(taken + (await playground.ghostText()), ghost);
    assert.equal(await playground.requests(), asked);
  }
});

story("the line key takes one line", {}, async ({ playground }) => {
  await playground.openReady();
  const ghost = await playground.suggestion();
  const before = await playground.text();
  await playground.press("ControlOrMeta+ArrowDown");
  assert.equal(await playground.text(), before + ghost.split("\n")[0]);
});

story("Escape dismisses it until the next keystroke", {}, async ({ playground }) => {
  await playground.openReady();
  await playground.suggestion();
  const before = await playground.text();
  await playground.press("Escape");
  await playground.ghost.waitFor({ state: "detached" });
  assert.equal(await playground.text(), before);
});

story("a mistake taken back brings the ghost text back in the next frame, without asking", {}, async ({ playground, page }) => {
  await playground.openReady();
  const ghost = await playground.suggestion();
  const known = await playground.cacheHits();
  await playground.type("§");
  await playground.settled();
  await page.evaluate(() => {
    addEventListener("keydown", () => {
      requestAnimationFrame(() => (window.next_frame = document.querySelector(".ghost-text")?.textContent));
    }, { once: true });
  });
  await playground.press("Backspace");
  await page.waitForFunction(() => "next_frame" in window);
  assert.equal(await page.evaluate(() => window.next_frame), ghost);
  assert.equal(await playground.cacheHits(), known + 1);
});

story("what was dismissed does not come back where it was", {}, async ({ playground }) => {
  await playground.openReady();
  const ghost = await playground.suggestion(/^\w{3,}/);
  await playground.press("Escape");
  await playground.ghost.waitFor({ state: "detached" });
  await playground.type(ghost[0]);
  await playground.settled();
  const shown = (await playground.ghost.count()) > 0 ? await playground.ghostText() : "";
  assert.notEqual(shown.split("\n")[0], ghost.slice(1).split("\n")[0]);
});

story("the buttons in the status bar do what the keys do", {}, async ({ playground }) => {
  await playground.openReady();
  const ghost = await playground.suggestion();
  const before = await playground.text();
  await playground.button("accept").click();
  assert.ok((await playground.text()).startsWith(before + ghost));
});

story("without ghost text Tab indents, and Escape then Tab leaves the editor", {}, async ({ playground, page }) => {
  await playground.open();
  await page.getByRole("switch", { name: "Suggestions" }).click();
  await playground.fill("x");
  await playground.press("Home");
  await playground.press("Tab");
  assert.match(await playground.text(), /^\s+x$/);
  await playground.press("Escape");
  await playground.press("Tab");
  assert.equal(await playground.content.evaluate((content) => content === document.activeElement), false);
});

story("switched off, nothing is suggested, now and after a reload", {}, async ({ playground, page }) => {
  await playground.openReady();
  await playground.suggestion();
  const suggestions = page.getByRole("switch", { name: "Suggestions" });
  await suggestions.click();
  await playground.ghost.waitFor({ state: "detached" });
  const asked = await playground.requests();
  await playground.content.focus();
  await playground.type(" x");
  assert.equal(await playground.requests(), asked);
  await page.reload();
  await playground.engine("ready");
  assert.equal(await suggestions.getAttribute("aria-checked"), "false");
  assert.equal(await playground.requests(), 0);
});
