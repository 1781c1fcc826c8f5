// The next edit: a name that was changed at one place is changed at the others with Tab, as far as it reaches.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

const FILE = "def f(sum):\n    print(sum)\n    return sum + 1\n\n\ndef g(sum):\n    return sum";

async function rename(playground) {
  await playground.openReady();
  await playground.fill(FILE);
  await playground.press("ControlOrMeta+Home");
  await playground.press("End");
  for (const key of ["ArrowLeft", "ArrowLeft", "Backspace", "Backspace", "Backspace"]) await playground.press(key);
  await playground.type("total");
}

story("Tab goes where a new name is missing, and writes it there", {}, async ({ playground, page }) => {
  await rename(playground);
  await page.locator(".next-hint", { hasText: "go to line 2 (2 left)" }).waitFor();
  await playground.press("Alt+/");
  await page.getByText("Next change, of 2: line 2, sum becomes total.").waitFor();
  for (const hint of ["change (2 left)", "go to line 3", "change"]) {
    await playground.press("Tab");
    await page.locator(".next-hint", { hasText: hint }).waitFor();
  }
  await playground.press("Tab");
  await playground.shows("def f(total):\n    print(total)\n    return total + 1\n\n\ndef g(sum):\n    return sum");
  assert.equal(await page.locator(".next-hint, .next-old, .next-new").count(), 0);
  await playground.press("ControlOrMeta+z");
  await playground.shows("def f(total):\n    print(total)\n    return sum + 1\n\n\ndef g(sum):\n    return sum");
});

story("Escape puts the next edit away, and then Tab indents", {}, async ({ playground, page }) => {
  await rename(playground);
  await page.locator(".next-hint").waitFor();
  await playground.press("Escape");
  await page.locator(".next-hint").waitFor({ state: "detached" });
  await playground.press("Home");
  const before = await playground.text();
  await playground.press("Tab");
  assert.notEqual(await playground.text(), before);
});

story("the next edit's buttons do what its keys do", { visitor: { viewport: { width: 360, height: 640 }, hasTouch: true } }, async ({ playground, page }) => {
  await rename(playground);
  await page.getByRole("button", { name: /line 2/ }).tap();
  await page.getByRole("button", { name: /change/ }).tap();
  await page.locator(".cm-line", { hasText: "print(total)" }).waitFor();
});
