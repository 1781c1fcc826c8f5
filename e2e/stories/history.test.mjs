// The history: what was replaced or deleted can be looked at and gone back to.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

const BLOCK_DATABASE = () => {
  IDBFactory.prototype.open = () => {
    throw new DOMException("denied", "SecurityError");
  };
};

/** Writes a text and deletes its file for good: only the history has it now. */
async function loseText(playground) {
  await playground.fill("precious = 1\n");
  await playground.button("Delete primes.py").click();
  await playground.button("Close this notice").click();
}

async function goBack(playground, page) {
  await playground.choose("History");
  await playground.dialog.getByText("Before deleting a file").waitFor();
  await playground.dialog.getByText("primes.py (added)").waitFor();
  await playground.dialog.getByText("precious = 1").waitFor();
  await page.getByRole("button", { name: "Go back to this" }).click();
  await playground.tab("primes.py").click();
  assert.equal(await playground.text(), "precious = 1\n");
}

story("a deleted file comes back from the history, after a reload", {}, async ({ playground, page }) => {
  await playground.open();
  await loseText(playground);
  await page.reload();
  await playground.content.waitFor();
  await goBack(playground, page);
});

story("going back can itself be undone", {}, async ({ playground, page }) => {
  await playground.open();
  await loseText(playground);
  const without = await playground.tabs();
  await goBack(playground, page);
  await playground.button("Undo").click();
  assert.equal(await playground.tabs(), without);
  await playground.choose("History");
  assert.equal(await playground.dialog.getByText("Before going back").count(), 2);
});

story("a page without a database has a history while it is open", {}, async ({ playground, page }) => {
  await page.addInitScript(BLOCK_DATABASE);
  await playground.open();
  await loseText(playground);
  await goBack(playground, page);
});

story("the menu and its dialog need no mouse", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.button("Menu").focus();
  await playground.press("Enter");
  await page.getByRole("menuitem").first().waitFor();
  await playground.press("ArrowUp");
  await playground.press("Home");
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  assert.match(await focused(), /\w/);
  while (!/History/.test(await focused())) await playground.press("ArrowDown");
  await playground.press("Enter");
  await playground.dialog.getByText("Nothing yet").waitFor();
  await playground.press("Escape");
  await page.locator(".cm-content:focus").waitFor();
  await playground.type("typed at once");
  assert.match(await playground.text(), /typed at once/);
});
