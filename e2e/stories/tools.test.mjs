// Formatting, settings, the gallery, and tabs that move.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

const UNFORMATTED = {
  "primes.py": ["def f( a ):\n  return  a", "def f(a):\n    return a\n"],
  "todo.js": ["let a={b:1}\nf( a )", "let a = { b: 1 };\nf(a);\n"],
  "index.html": ["<p>a<b>b</b>\n</p>", "<p>a<b>b</b></p>\n"],
  "style.css": ["a{color:red}", "a {\n  color: red;\n}\n"],
};

story("every language with a formatter is formatted", {}, async ({ playground }) => {
  await playground.open();
  for (const [name, [before, after]] of Object.entries(UNFORMATTED)) {
    await playground.tab(name).click();
    await playground.fill(before);
    await playground.choose("Format file");
    await playground.shows(after);
  }
});

story("formatting is one undo and leaves the cursor where it was", {}, async ({ playground }) => {
  await playground.open();
  await playground.fill("x=1\ny =  2\nz=3");
  await playground.press("ArrowUp");
  await playground.press("End");
  await playground.press("Shift+Alt+f");
  await playground.shows("x = 1\ny = 2\nz = 3\n");
  await playground.type("0");
  assert.equal(await playground.text(), "x = 1\ny = 20\nz = 3\n");
  await playground.press("ControlOrMeta+z");
  await playground.press("ControlOrMeta+z");
  assert.equal(await playground.text(), "x=1\ny =  2\nz=3");
});

story("a mistake is said with its place, and the cursor goes there", {}, async ({ playground }) => {
  await playground.open();
  await playground.fill("x = 1\ndef f(:\n    pass\n");
  await playground.choose("Format file");
  await playground.notice.getByText("primes.py cannot be formatted: line 2").waitFor();
  await playground.bar.getByText("Ln 2").waitFor();
  await playground.tab("add.wat").click();
  await playground.choose("Format file");
  await playground.notice.getByText("no formatter for WebAssembly text").waitFor();
});

story("settings work at once and after a reload", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.choose("Settings");
  await page.getByLabel("Theme").selectOption("dark");
  await page.getByLabel("Code size").selectOption("18");
  await page.getByLabel("Wrap long lines").check();
  await playground.press("Escape");
  const looks = async () => {
    await page.locator(".cm-lineWrapping").first().waitFor();
    return page.evaluate(() => [
      document.documentElement.dataset.theme,
      getComputedStyle(document.querySelector(".cm-editor")).fontSize,
    ]);
  };
  assert.deepEqual(await looks(), ["dark", "18px"]);
  await page.reload();
  await playground.content.waitFor();
  assert.deepEqual(await looks(), ["dark", "18px"]);
});

story("vim keys are there for those who want them", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.choose("Settings");
  await page.getByLabel("Vim keys").check();
  await playground.press("Escape");
  await page.locator(".cm-vim-panel").waitFor();
  await playground.fill("one\ntwo");
  await playground.content.focus();
  await playground.press("Escape");
  await playground.type("ggdd");
  assert.equal(await playground.text(), "two");
});

story("the way out of the editor is Escape, then Tab, with vim keys too, and the settings say so", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.choose("Settings");
  await playground.dialog.getByText("Leave the editor, with vim keys too").waitFor();
  // Nothing for Tab to take.
  await page.getByRole("checkbox", { name: /^Suggestions/ }).uncheck();
  await page.getByLabel("Vim keys").check();
  await playground.press("Escape");
  await page.locator(".cm-vim-panel").waitFor();
  const inEditor = () => page.evaluate(() => document.activeElement.matches(".cm-content"));
  await playground.fill("one");
  const text = () => playground.text();
  for (const shift of ["", "Shift+"]) {
    await playground.content.focus();
    // In insert mode the key is the text's.
    await playground.press("Escape");
    await playground.type("Go");
    await playground.press("Tab");
    assert.equal(await inEditor(), true);
    assert.match(await text(), /\n\s+$/);
    await playground.press("Escape");
    await playground.press(`${shift}Tab`);
    assert.equal(await inEditor(), false);
  }
});

story("the gallery is searched, and nothing is lost by opening from it", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.fill("mine");
  await playground.choose("Examples");
  await playground.dialog.waitFor();
  await playground.type("canvas");
  await playground.dialog.getByText("1 example", { exact: true }).waitFor();
  await playground.press("Enter");
  assert.equal(await playground.tabs(), "[drawing.html]");
  await playground.choose("History");
  await playground.dialog.getByText("Before opening an example").waitFor();
  await playground.dialog.getByText("primes.py (added)").waitFor();
  await page.getByRole("button", { name: "Go back to this" }).click();
  await playground.tab("primes.py").click();
  assert.equal(await playground.text(), "mine");
});

story("a tab moves by keys, and says where it is", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.tab("primes.py").focus();
  await playground.press("ControlOrMeta+Shift+ArrowRight");
  assert.equal(await playground.tabs(), "todo.js [primes.py] stack.rs index.html style.css add.wat");
  await page.getByText("primes.py is file 2 of 6").waitFor({ state: "attached" });
  await playground.press("ControlOrMeta+Shift+End");
  assert.equal(await playground.tabs(), "todo.js stack.rs index.html style.css add.wat [primes.py]");
  await page.reload();
  await playground.content.waitFor();
  assert.equal(await playground.tabs(), "todo.js stack.rs index.html style.css add.wat [primes.py]");
});

const centre = async (tab) => {
  const { x, y, width, height } = await tab.boundingBox();
  return [x + width / 2, y + height / 2];
};

story("a tab is dragged by the mouse", {}, async ({ playground, page }) => {
  await playground.open();
  await page.mouse.move(...(await centre(playground.tab("stack.rs"))));
  await page.mouse.down();
  const [x, y] = await centre(playground.tab("primes.py"));
  await page.mouse.move(x + 10, y, { steps: 5 });
  await page.mouse.move(x - 20, y, { steps: 5 });
  await page.mouse.up();
  assert.equal(await playground.tabs(), "stack.rs [primes.py] todo.js index.html style.css add.wat");
});

story("a tab is dragged by a finger that has rested", { visitor: { hasTouch: true } }, async ({ playground, page, context }) => {
  await playground.open();
  const hand = await context.newCDPSession(page);
  const touch = (type, ...points) =>
    hand.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  const [x, y] = await centre(playground.tab("primes.py"));
  const [to] = await centre(playground.tab("stack.rs"));
  await touch("touchStart", [x, y]);
  await page.locator(".tab[data-dragged]").waitFor();
  for (let step = 1; step <= 5; step++) await touch("touchMove", [x + ((to + 20 - x) * step) / 5, y]);
  await touch("touchEnd");
  assert.equal(await playground.tabs(), "todo.js stack.rs [primes.py] index.html style.css add.wat");
});
