// Exercises: checked in every language, with lines that stay as they are, in links and in the gallery.

import assert from "node:assert/strict";
import { Exercise } from "../pages/exercise.mjs";
import { story } from "../story.mjs";

/** What is written in the place of which line, and what is found before. */
const GALLERY = {
  "1. Double it": ['"?"', "  return 2 * number;", "0 of 4 passed"],
  "2. Leap years": ["return year", "    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)", "2 of 4 passed"],
  "3. The longest word": ["for (const word", "  for (const word of words) if (word.length > found.length) found = word;\n  for (const _ of []) {", "2 of 4 passed"],
  "4. An invoice": ["print(name, price)", '    print(f"{name:<10}{price:>8.2f}")\nprint("-" * 18)\nprint(f"{\'total\':<10}{sum(price for _, price in basket):>8.2f}")', "0 of 1 passed"],
  "5. How often each word": ["new Map", "  const counts = new Map<string, number>();\n  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);", "1 of 3 passed"],
  "6. Between two bounds": [
    "local.get $n",
    "    (if (result i32) (i32.lt_s (local.get $n) (local.get $low)) (then local.get $low)\n      (else (if (result i32) (i32.gt_s (local.get $n) (local.get $high)) (then local.get $high) (else local.get $n))))",
    "1 of 4 passed",
  ],
};

for (const [title, [part, solution, before]] of Object.entries(GALLERY)) {
  story(`the gallery's exercise “${title}” is found wanting, and then solved`, {}, async ({ playground }) => {
    await playground.open();
    const exercise = await new Exercise(playground).fromGallery(title);
    assert.equal(await exercise.check(), before);
    await exercise.write(part, solution);
    assert.match(await exercise.check(), /^(All \d passed|Passed)$/);
    assert.ok((await exercise.found()).every((test) => test.length === 1));
  });
}

story("what failed says what came and what was expected, and it is read aloud", {}, async ({ playground, page }) => {
  await playground.open();
  const exercise = await new Exercise(playground).fromGallery("2. Leap years");
  await exercise.check();
  assert.deepEqual(await exercise.found(), [
    ["Not yet: What it prints", "expected 1900 False", "got 1900 True", "2000 True", "2023 False", "2024 True"],
    ["Passed: every fourth year"],
    ["Not yet: a full century has none", "expected [False, False]", "got [True, True]"],
    ["Passed: every fourth century has one"],
  ]);
  await page.getByRole("status").filter({ hasText: "2 of 4 passed. First of those that did not: What it prints." }).waitFor({ state: "attached" });
  await exercise.write("return year", "    return yaer");
  assert.equal(await exercise.check(), "0 of 2 passed");
  await page.getByRole("button", { name: /^Output/ }).click();
  await page.locator(".console .place-link").filter({ hasText: "leap.py:2" }).first().waitFor();
});

story("given lines stay, whatever is done to them", {}, async ({ playground, page }) => {
  await playground.open();
  const exercise = await new Exercise(playground).fromGallery("1. Double it");
  await exercise.given.first().waitFor();
  const start = 'function double(number) {\n  return "?";\n}\n\nconsole.log(double(21));\n';
  await playground.shows(start);
  await exercise.given.first().click();
  await playground.type("x");
  await page.getByRole("status").filter({ hasText: "These lines are given and cannot be changed." }).waitFor({ state: "attached" });
  await playground.fill("all of it is mine");
  await playground.shows(start);
  await playground.press("ControlOrMeta+a");
  await playground.press("Delete");
  const emptied = "function double(number) {\n\n}\n\nconsole.log(double(21));\n";
  await playground.shows(emptied);
  await page.reload();
  await exercise.given.first().waitFor();
  await playground.shows(emptied);
  await playground.press("ControlOrMeta+Home");
  await playground.type("y");
  await playground.press("ControlOrMeta+End");
  await playground.type("z");
  await playground.shows(emptied);
  await exercise.panel.getByRole("button", { name: "Start over" }).click();
  await playground.shows(start);
  await playground.press("ControlOrMeta+z");
  await playground.shows(emptied);
  await playground.press("ControlOrMeta+a");
  await playground.press("Delete");
  await playground.shows(emptied);
});

story("a link carries the exercise and what was written, and nothing of it runs by itself", {}, async ({ playground, page, context }) => {
  await playground.open();
  const exercise = await new Exercise(playground).fromGallery("3. The longest word");
  await exercise.write("for (const word", "  for (const word of words) if (word.length > found.length) found = word;\n  {");
  await playground.choose("Share…");
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const other = await context.newPage();
  await other.goto(link);
  const opened = new Exercise(new playground.constructor(other, playground.url));
  await opened.task.waitFor();
  assert.match(await opened.task.textContent(), /longest\(words\) gives/);
  assert.equal(await other.locator(".outcome").getAttribute("data-step"), "idle");
  await opened.given.first().waitFor();
  assert.equal(await opened.check(), "All 4 passed");
  await other.getByRole("button", { name: /^Output/ }).click();
  assert.deepEqual(await other.locator(".console .row .parts").allTextContents(), ["elephant"]);
});

story("an author marks a file, tries it and goes on writing", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.choose("Make an exercise");
  await playground.notice.filter({ hasText: "has the marks" }).waitFor();
  await playground.fill("# flint: task\n# Say hello.\n# flint: open\nprint('hullo')\n# flint: expected\n# hello\n");
  await playground.choose("Make an exercise");
  const exercise = new Exercise(playground);
  await exercise.task.getByText("Say hello.").waitFor();
  await playground.shows("print('hullo')\n");
  assert.equal(await exercise.check(), "0 of 1 passed");
  await exercise.panel.getByRole("button", { name: "Edit exercise" }).click();
  await playground.shows("# flint: task\n# Say hello.\n# flint: open\nprint('hullo')\n# flint: expected\n# hello\n");
  assert.equal(await page.getByRole("button", { name: "Exercise", exact: true }).count(), 0);
});
