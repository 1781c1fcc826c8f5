// Files in and out: chosen, dropped, pasted, zipped; refused with a sentence; clashes asked about.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { strToU8, unzipSync, zipSync } from "fflate";
import { story } from "../story.mjs";

const file = (name, content) => ({ name, mimeType: "", buffer: Buffer.from(content) });

/** Chooses files by the menu. */
async function importFiles(playground, page, files) {
  const chooser = page.waitForEvent("filechooser");
  await playground.choose("Import files");
  await (await chooser).setFiles(files);
}

/** Downloads by the menu; the file's bytes. */
async function exported(playground, page, item) {
  const download = page.waitForEvent("download");
  await playground.choose(item);
  return readFile(await (await download).path());
}

/** Drops or pastes files, as the browser would. */
const give = (page, type, files) =>
  page.evaluate(
    ([type, files]) => {
      const data = new DataTransfer();
      for (const [name, text] of files) data.items.add(new File([text], name));
      const init = { bubbles: true, cancelable: true, [type === "paste" ? "clipboardData" : "dataTransfer"]: data };
      const event = type === "paste" ? new ClipboardEvent(type, init) : new DragEvent(type, init);
      document.querySelector(".cm-content").dispatchEvent(event);
    },
    [type, files],
  );

story("files replace the untouched example, and what was there can be had back", {}, async ({ playground, page }) => {
  await playground.open();
  await importFiles(playground, page, [file("a.py", "a = 1\r\n"), file("b.md", "# b\n")]);
  await playground.notice.getByText("2 files are imported").waitFor();
  assert.equal(await playground.tabs(), "[a.py] b.md");
  assert.equal(await playground.text(), "a = 1\n");
  await playground.button("Undo").click();
  assert.match(await playground.tabs(), /primes\.py/);
});

story("a taken name is asked about", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.fill("mine");
  await importFiles(playground, page, [file("primes.py", "theirs"), file("todo.js", "theirs too"), file("new.js", "new")]);
  await playground.dialog.getByText("1 file is new").waitFor();
  await page.getByLabel("What becomes of todo.js").selectOption("Replace");
  await playground.button("Import").click();
  const tabs = "primes.py todo.js stack.rs index.html style.css add.wat [primes-2.py] new.js";
  assert.equal(await playground.tabs(), tabs);
  assert.equal(await playground.text(), "theirs");
  await playground.tab("primes.py").click();
  assert.equal(await playground.text(), "mine");
  await playground.tab("todo.js").click();
  assert.equal(await playground.text(), "theirs too");
});

story("what is no text or too large is refused with a sentence", {}, async ({ playground, page }) => {
  await playground.open();
  const large = file("large.txt", "x".repeat((1 << 20) + 1));
  const image = { name: "dot.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0, 0xff]) };
  await importFiles(playground, page, [large, image, file("broken.zip", "no zip")]);
  for (const sentence of ["large.txt is larger", "dot.png is not text", "broken.zip is not a zip file"]) {
    await playground.dialog.getByText(sentence).waitFor();
  }
  await playground.press("Escape");
  assert.match(await playground.tabs(), /^\[primes\.py\]/);
});

story("dropped and pasted files come in, and text stays the editor's", {}, async ({ playground, page }) => {
  await playground.open();
  await give(page, "drop", [["dropped.js", "let dropped;"]]);
  await playground.tab("dropped.js").waitFor();
  assert.equal(await playground.text(), "let dropped;");
  await give(page, "paste", [["pasted.js", "let pasted;"]]);
  await playground.tab("pasted.js").waitFor();
  assert.equal(await playground.tabs(), "dropped.js [pasted.js]");
});

story("a zip file comes in without its folder, and nothing in it can leave the project", {}, async ({ playground, page }) => {
  await playground.open();
  const entry = (text) => strToU8(text);
  const zip = zipSync({
    "site-main/index.html": entry("<p>hi</p>"),
    "site-main/js/app.js": entry("1"),
    "site-main/../../evil.js": entry("2"),
    "site-main/.git/config": entry("3"),
  });
  await importFiles(playground, page, [file("site.zip", zip)]);
  await playground.notice.getByText("3 files are imported").waitFor();
  assert.equal(await playground.tabs(), "[index.html] js/app.js evil.js");
});

story("the zip that comes out holds every file", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.fill("größe = 1\n");
  const files = unzipSync(await exported(playground, page, "Export as zip"));
  assert.deepEqual(Object.keys(files), ["primes.py", "todo.js", "stack.rs", "index.html", "style.css", "add.wat"]);
  assert.equal(Buffer.from(files["primes.py"]).toString(), "größe = 1\n");
});

story("the page that comes out runs where it is opened", {}, async ({ playground, page, context }) => {
  await playground.open();
  const files = [
    file("index.html", '<!doctype html>\n<link rel="stylesheet" href="s.css">\n<b></b>\n<script type="module" src="m.js"></script>\n'),
    file("s.css", "b { color: rgb(1, 2, 3) }"),
    file("m.js", 'import { word } from "./w.js";\ndocument.querySelector("b").textContent = word;\n'),
    file("w.js", 'export const word = "it runs";\n'),
  ];
  await importFiles(playground, page, files);
  await playground.notice.getByText("4 files are imported").waitFor();
  const html = await exported(playground, page, "Export as one page");
  const alone = await context.newPage();
  await alone.setContent(html.toString());
  await alone.getByText("it runs").waitFor();
  assert.equal(await alone.evaluate(() => getComputedStyle(document.querySelector("b")).color), "rgb(1, 2, 3)");
});

story("a program comes out as a page that shows and runs it", {}, async ({ playground, page, context }) => {
  await playground.open();
  await importFiles(playground, page, [file("main.ts", 'const n: number = 6;\nconsole.log("six times seven:", n * 7);\n')]);
  await playground.notice.getByText("main.ts is imported").waitFor();
  const html = await exported(playground, page, "Export as one page");
  const alone = await context.newPage();
  await alone.setContent(html.toString());
  await alone.getByText("six times seven: 42").waitFor();
  await alone.getByText("const n: number = 6;").waitFor();
});
