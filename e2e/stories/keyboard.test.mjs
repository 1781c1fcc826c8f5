// The whole way by keyboard alone: edit, accept, run, leave the editor, share, come back. No pointer is used.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());

/** Presses Tab until this has the focus; fails where the ring of stops closes without it. */
async function tabTo(page, name) {
  const passed = [];
  for (let stop = 0; stop < 60; stop++) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (here === name) return;
    passed.push(here);
  }
  assert.fail(`${name} is no stop; these are: ${passed.join(", ")}`);
}

for (const [look, viewport] of Object.entries({ wide: { width: 1280, height: 800 }, "at 360 px": { width: 360, height: 740 } })) {
  story(`edit, accept, run and share by keyboard, ${look}`, { visitor: { viewport } }, async ({ playground, page }) => {
    await playground.openReady();
    // The editor has the focus from the start.
    await page.waitForFunction(() => document.activeElement?.matches(".cm-content"));
    await playground.press("ControlOrMeta+a");
    await playground.type("remaining_distance = 10\nprint(remaining_distance)\nprint(remaining_distance)\n");
    await playground.typeUntilSuggested("print(remaining_distance)");
    if (await playground.ghost.isVisible()) await playground.press("Tab");
    const written = await playground.text();
    assert.match(written, /^remaining_distance = 10\n/);

    // What the model makes of it may be no program; it runs all the same.
    await playground.press("ControlOrMeta+Enter");
    await page.locator('.outcome[data-step="finished"], .outcome[data-step="failed"]').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.matches(".cm-content")), true);

    await playground.press("Escape");
    await tabTo(page, "Menu");
    await playground.press("Enter");
    await page.waitForFunction(() => document.activeElement?.matches('[role="menuitem"]'));
    assert.equal(await focused(page), "Share…");
    await playground.press("Enter");
    await playground.dialog.getByRole("textbox").waitFor();
    assert.equal(await page.evaluate(() => document.querySelector("dialog").contains(document.activeElement)), true);
    await playground.press("Escape");
    await playground.dialog.waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.matches(".cm-content"));
    assert.equal(await playground.text(), written);
  });
}
