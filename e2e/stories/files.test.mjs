// A project is a list of named files: new, rename, delete, undo, by mouse and by keyboard.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

const EXAMPLE = "[primes.py] todo.js stack.rs index.html style.css add.wat";

story("the example project is there on a first visit", {}, async ({ playground }) => {
  await playground.open();
  assert.equal(await playground.tabs(), EXAMPLE);
});

story("a new file is named at once", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.button("New file").click();
  const name = page.getByRole("textbox", { name: "File name" });
  await name.waitFor();
  await name.fill("notes.md");
  await name.press("Enter");
  assert.equal(await playground.tabs(), `${EXAMPLE.replace(/[[\]]/g, "")} [notes.md]`);
  await playground.type("# Hello");
  assert.equal(await playground.text(), "# Hello");
});

story("on a phone the new name is in sight, and a written ending is the ending", { visitor: { viewport: { width: 360, height: 740 } } }, async ({ playground, page }) => {
  await playground.open();
  await playground.button("New file").click();
  const name = page.getByRole("textbox", { name: "File name" });
  await name.waitFor();
  const { x, width } = await name.boundingBox();
  assert.ok(x >= 0 && x + width <= 360, `from ${x}, ${width} wide`);
  await playground.type("sum.py");
  await playground.press("Enter");
  assert.match(await playground.tabs(), / \[sum\.py\]$/);
});

story("each file keeps its text and its history", {}, async ({ playground }) => {
  await playground.open();
  await playground.fill("first");
  await playground.tab("todo.js").click();
  await playground.fill("second");
  await playground.tab("primes.py").click();
  assert.equal(await playground.text(), "first");
  await playground.press("ControlOrMeta+z");
  assert.match(await playground.text(), /^"""Prime numbers/);
  await playground.tab("todo.js").click();
  assert.equal(await playground.text(), "second");
});

story("F2 renames, and a taken name is refused with a reason", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.tab("primes.py").focus();
  await playground.press("F2");
  const name = page.getByRole("textbox", { name: "File name" });
  await name.fill("todo.js");
  await name.press("Enter");
  await playground.notice.getByText("There is a todo.js already").waitFor();
  await name.fill("sieve.py");
  await name.press("Enter");
  await playground.notice.waitFor({ state: "detached" });
  assert.equal(await playground.tabs(), EXAMPLE.replace("primes", "sieve"));
});

story("double click renames, Escape leaves the name", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.tab("stack.rs").dblclick();
  const name = page.getByRole("textbox", { name: "File name" });
  await name.fill("other.rs");
  await name.press("Escape");
  await name.waitFor({ state: "detached" });
  assert.equal(await playground.tabs(), "primes.py todo.js [stack.rs] index.html style.css add.wat");
});

story("a deleted file comes back with its text", {}, async ({ playground }) => {
  await playground.open();
  await playground.fill("precious");
  await playground.button("Delete primes.py").click();
  await playground.notice.getByText("primes.py is deleted").waitFor();
  assert.equal(await playground.tabs(), "[todo.js] stack.rs index.html style.css add.wat");
  await playground.button("Undo").click();
  assert.equal(await playground.tabs(), EXAMPLE);
  assert.equal(await playground.text(), "precious");
});

story("arrow keys walk the tabs, Delete deletes", {}, async ({ playground }) => {
  await playground.open();
  await playground.tab("primes.py").focus();
  await playground.press("ArrowLeft");
  assert.match(await playground.tabs(), /\[add\.wat\]/);
  await playground.press("ArrowRight");
  await playground.press("ArrowRight");
  assert.match(await playground.tabs(), /\[todo\.js\]/);
  await playground.press("Delete");
  assert.equal(await playground.tabs(), "primes.py [stack.rs] index.html style.css add.wat");
});
