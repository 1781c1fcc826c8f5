// What the user decides about suggestions: another one, other keys, not in this language, said aloud.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

story("another suggestion is shown when asked for, and the first comes back", {}, async ({ playground, page }) => {
  await playground.openReady();
  const first = await playground.suggestion();
  await playground.press("Alt+]");
  await page.waitForFunction((first) => document.querySelector(".ghost-text")?.textContent !== first, first);
  const second = await playground.ghostText();
  assert.notEqual(second, first);
  await page.getByText(/other \d\/\d/).waitFor();
  await playground.press("Alt+[");
  assert.equal(await playground.ghostText(), first);
  const before = await playground.text();
  await playground.press("Tab");
  assert.ok((await playground.text()).startsWith(before + first));
});

story("a key is given to another deed, and one that is taken is refused", {}, async ({ playground, page }) => {
  await playground.openReady();
  await playground.choose("Settings…");
  const accept = playground.dialog.getByRole("button", { name: /^Accept all/ });
  await accept.click();
  await playground.press("Escape");
  await playground.dialog.getByText("“Dismiss” has this key").waitFor();
  await accept.click();
  await playground.press("Control+j");
  await playground.dialog.getByRole("button", { name: "Accept all: Ctrl j" }).waitFor();
  await playground.dialog.getByRole("button", { name: "Close" }).click();
  const ghost = await playground.suggestion();
  const before = await playground.text();
  await playground.press("Control+j");
  assert.ok((await playground.text()).startsWith(before + ghost));
  await page.reload();
  await playground.engine("ready");
  await page.locator(".ghost-keys kbd", { hasText: "Ctrl j" }).waitFor({ state: "attached" });
});

story("suggestions are off in one language and on in the others", {}, async ({ playground, page }) => {
  await playground.openReady();
  await playground.suggestion();
  await playground.choose("Settings…");
  await playground.dialog.getByLabel("Python", { exact: true }).uncheck();
  await playground.dialog.getByRole("button", { name: "Close" }).click();
  const suggestions = page.getByRole("switch", { name: "Suggestions" });
  assert.equal(await suggestions.getAttribute("aria-checked"), "false");
  const asked = await playground.requests();
  await playground.fill("import os\nimport s");
  assert.equal(await playground.requests(), asked);
  await suggestions.click();
  assert.equal(await suggestions.getAttribute("aria-checked"), "true");
  await playground.choose("Settings…");
  assert.equal(await playground.dialog.getByLabel("Python", { exact: true }).isChecked(), true);
});

story("a suggestion is read aloud when that is asked for, and not before", {}, async ({ playground, page }) => {
  await playground.openReady();
  const ghost = await playground.suggestion();
  const said = page.locator(".unseen[role=status]");
  assert.doesNotMatch(await said.textContent(), /Suggestion/);
  await playground.press("Alt+/");
  await page.waitForFunction((ghost) => document.querySelector(".unseen[role=status]").textContent.includes(ghost), ghost.trim());
});
