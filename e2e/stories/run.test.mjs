// Every language runs, says what went wrong and where, reads input, and can be stopped.

import assert from "node:assert/strict";
import { after } from "node:test";
import { Runner } from "../pages/runner.mjs";
import { readReport, writeReport } from "../report.mjs";
import { RustServer } from "../rust_server.mjs";
import { story } from "../story.mjs";

const open = (playground, files) => new Runner(playground).project(files);

const PROGRAMS = {
  "JavaScript modules and every kind of value": [
    {
      "main.js": 'import { add } from "./lib/math.js";\nimport data from "./data.json";\nconsole.log("sum", add(1, 2), [1, "a"], { deep: { er: [1] } }, new Map([["k", 1]]), null, undefined, 10n);\nconsole.log(data.name, await Promise.resolve("awaited"));\nsetTimeout(() => console.log("later"), 30);',
      "lib/math.js": "export const add = (a, b) => a + b;",
      "data.json": '{ "name": "from a file" }',
    },
    ['sum 3 [1, "a"] { deep: { er: [1] } } Map(1) { k: 1 } null undefined 10n', "from a file awaited", "later"],
  ],
  "console levels, groups, counts and repeats": [
    { "main.js": 'console.info("i"); console.warn("w");\nconsole.group("g"); console.log("in"); console.groupEnd();\nconsole.count(); console.count("x");\nfor (let i = 0; i < 3; i++) console.log("%s is %d", "it", 5.5);\nconsole.assert(1 > 2, "never");' },
    ["info: i @main.js:1", "warn: w @main.js:1", "group: g @main.js:2", "in", "default: 1", "x: 1", "it is 5 x3", "error: Assertion failed: never @main.js:5"],
  ],
  "a type is not a value": [
    { "main.ts": "interface Point { x: number }\nenum Colour { Red = 3 }\nconst point: Point = { x: Colour.Red };\nconsole.log(point satisfies Point);" },
    ["{ x: 3 }"],
  ],
  "an error has its place": [
    { "main.js": "function outer() {\n  inner();\n}\nfunction inner() {\n  null.x;\n}\nouter();" },
    ["error: Uncaught TypeError: Cannot read properties of null (reading 'x') @main.js:5"],
  ],
  "a mistake in the text has its place": [{ "main.ts": "let a: number = 1;\nlet b = ;" }, ["error: SyntaxError: Unexpected token @main.ts:2"]],
  "a file that is not there": [{ "main.js": 'import "./gone.js";' }, ["error: main.js imports “./gone.js”, but the project has no such file. @main.js:1"]],
  "a package that is not there": [{ "main.js": 'import "lodash";' }, ["error: “lodash” is a package, and packages are not available here: only files of this project can be imported. @main.js:1"]],
  "a rejection nobody handles": [{ "main.js": 'Promise.reject(new Error("lost"));' }, ["error: Uncaught Error: lost @main.js:1"]],
  "Python with modules, text and a traceback": [
    { "main.py": 'from util import double\nprint("é", double(21), end="!")\nprint()\ndef f():\n    return 1 // 0\nf()', "util.py": "def double(n):\n    return n * 2" },
    ["é 42!", "error: ZeroDivisionError: divide by zero @main.py:5"],
  ],
  "a mistake in Python": [{ "main.py": "def f(:\n    pass" }, ["error: SyntaxError: invalid syntax @main.py:1"]],
  "asyncio in Python": [{ "main.py": 'import asyncio\nasync def main():\n    await asyncio.sleep(0.05)\n    print("slept")\nasyncio.run(main())' }, ["slept"]],
  "WebAssembly text that prints": [
    { "main.wat": '(module (import "console" "log" (func $log (param i32)))\n  (func (export "main") (result i32) i32.const 7 call $log i32.const 42))' },
    ["7", "result: 42"],
  ],
  "a mistake in WebAssembly text": [{ "main.wat": "(module\n  (func i32.bogus))" }, ["error: WAT: unknown operator or unexpected token @main.wat:2"]],
  "a module without a main function": [
    { "main.wat": '(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))' },
    ["note: The module is valid. It exports add (function). Export a function named “main” to have it run."],
  ],
};

for (const [name, [files, printed]] of Object.entries(PROGRAMS)) {
  story(name, {}, async ({ playground }) => {
    assert.deepEqual(await (await open(playground, files)).result(), printed);
  });
}

story("a document with its files, shown as it is typed", { expected: [/boom/] }, async ({ playground, page }) => {
  const runner = await open(playground, {
    "index.html": '<!doctype html>\n<link rel="stylesheet" href="style.css">\n<h1>Hello</h1>\n<button onclick="boom()">go</button>\n<script type="module" src="app.js"></script>',
    "style.css": "h1 { color: rgb(1, 2, 3); }",
    "app.js": 'import { greet } from "./greet.js";\ndocument.querySelector("h1").textContent += greet();\nfetch("style.css").then((file) => file.text()).then((text) => console.log(text.length));',
    "greet.js": 'export const greet = () => ", world";',
  });
  await runner.run();
  const heading = runner.document.locator("h1");
  await heading.getByText("Hello, world").waitFor();
  assert.equal(await heading.evaluate((element) => getComputedStyle(element).color), "rgb(1, 2, 3)");
  await runner.document.locator("button").click();
  await page.getByRole("button", { name: /^Output/ }).click();
  assert.deepEqual(await runner.output(), ["27", "error: Uncaught ReferenceError: boom is not defined @index.html:4"]);
  await page.getByRole("button", { name: "Preview", exact: true }).click();
  await playground.tab("greet.js").click();
  await playground.fill('export const greet = () => ", reader";');
  await heading.getByText("Hello, reader").waitFor();
});

story("what is run while it is typed runs once", {}, async ({ playground, page }) => {
  const document = (word) => `<p>${word}</p><script>setTimeout(() => console.log("rested"), 1_000);</script>`;
  const runner = await open(playground, { "index.html": document("before") });
  await runner.run();
  await runner.rows.getByText("rested").waitFor({ state: "attached" });
  await page.evaluate(() => {
    window.shown = new Set();
    const note = (records) => records.forEach(({ target }) => target.matches("iframe.shown") && window.shown.add(target));
    new MutationObserver(note).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });
    // Within the pause after which the preview would follow by itself.
    const run = (_, observer) => {
      observer.disconnect();
      document.querySelector(".run-button").click();
    };
    new MutationObserver(run).observe(document.querySelector(".cm-content"), { subtree: true, childList: true, characterData: true });
  });
  await playground.press("ControlOrMeta+a");
  await page.keyboard.insertText(document("after"));
  await runner.document.getByText("after").waitFor();
  await runner.rows.getByText("rested").waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => window.shown.size), 1);
});

story("an error leads to its line", {}, async ({ playground, page }) => {
  const runner = await open(playground, { "main.js": 'import "./lib.js";', "lib.js": "\n\nthrow new Error('here');" });
  await runner.result();
  await page.locator(".console > .row > .place-link").click();
  assert.equal(await playground.tabs(), "main.js [lib.js]");
  await page.getByText("Ln 3, Col 7").waitFor();
});

story("input that was written beforehand", {}, async ({ playground, page }) => {
  const runner = await open(playground, { "main.py": 'name = input("Who? ")\nprint("Hi", name)\ninput()' });
  await runner.result();
  assert.match((await runner.output())[0], /EOFError: the program asked for a line of input/);
  await page.getByText("Input", { exact: true }).click();
  await page.getByRole("textbox", { name: /^Input/ }).fill("Ada\nmore\n");
  assert.deepEqual(await runner.result(), ["Who? ", "input: Ada", "Hi Ada", "input: more"]);
});

story("input that is asked for", {}, async ({ playground, page }) => {
  const runner = await open(playground, { "main.js": 'const name = await readLine("Who?");\nconsole.log("Hi", name);' });
  await runner.run();
  await page.getByRole("textbox", { name: "Who?" }).fill("Grace");
  await playground.press("Enter");
  await runner.step("finished");
  assert.deepEqual(await runner.output(), ["Who?", "input: Grace", "Hi Grace"]);
});

story("only what is selected, and its value", {}, async ({ playground }) => {
  const runner = await open(playground, { "main.js": "nonsense(\n[1, 2].map((n) => n * 2)" });
  await playground.press("ControlOrMeta+End");
  await playground.press("Shift+Home");
  await playground.press("ControlOrMeta+Shift+Enter");
  await runner.step("finished");
  assert.deepEqual(await runner.output(), ["result: [2, 4]"]);
});

story("by keys alone: run, stop", {}, async ({ playground }) => {
  const runner = await open(playground, { "main.js": "while (true);" });
  await playground.press("ControlOrMeta+Enter");
  await runner.step("running");
  await playground.press("ControlOrMeta+.");
  await runner.step("stopped");
});

story("a long program is asked about and may go on", {}, async ({ playground, page }) => {
  const runner = await open(playground, { "main.js": 'const until = Date.now() + 7_000;\nwhile (Date.now() < until);\nconsole.log("done");' });
  await runner.run();
  await page.getByRole("button", { name: "Keep going" }).click();
  await runner.step("finished");
  assert.deepEqual(await runner.output(), ["done"]);
});

story("pictures and tables", {}, async ({ playground, page }) => {
  const runner = await open(playground, { "main.js": 'display(\'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>\');\nconsole.table([{ a: 1, b: 2 }, { a: 3 }]);' });
  await runner.result();
  assert.equal(await page.locator(".picture").evaluate((image) => image.complete && image.naturalWidth), 20);
  assert.deepEqual(await page.locator(".console td").allTextContents(), ["1", "2", "3", ""]);
});

story("what does not run says so", {}, async ({ playground }) => {
  const runner = await open(playground, { "notes.md": "# Notes" });
  await runner.run();
  await playground.notice.getByText("notes.md is not something that runs").waitFor();
});

story("Rust asks before anything is sent, and then runs with the real compiler", {}, async ({ playground, page, server }) => {
  const rust = await RustServer.start();
  try {
    const runner = await open(playground, {
      "main.rs": 'mod shape;\nfn main() {\n    println!("area {}", shape::area(3));\n}\n',
      "shape.rs": "pub fn area(side: u32) -> u32 { side * side }\n",
    });
    await runner.run();
    await page.getByText("Rust is compiled and run by a server").waitFor();
    assert.equal(rust.requests.length, 0);
    await page.getByRole("textbox", { name: "Address" }).fill(rust.url);
    await page.getByRole("button", { name: "Allow and run" }).click();
    await runner.step("finished");
    assert.deepEqual(await runner.output(), ["area 9"]);
    await playground.fill("fn main() {\n    let n: u32 = \"no\";\n}\n");
    await runner.run();
    await runner.step("failed");
    assert.match((await runner.output())[0], /^error: error\[E0308\]: mismatched types.*@main\.rs:2$/s);
    assert.deepEqual(server.foreign, []);
  } finally {
    await rust.stop();
  }
});

story("with the network cut, every language still runs", {}, async ({ playground, page, context }) => {
  const fetched = Promise.all(
    ["run-script", "run-document", "run-python", "run-wat"].map((name) => page.waitForResponse((response) => response.url().includes(name))),
  );
  const runner = await open(playground, {
    "a.js": 'console.log("js");',
    "a.ts": 'console.log("ts" as string);',
    "a.py": 'print("py")',
    "a.wat": '(module (func (export "main") (result i32) i32.const 1))',
    "a.html": "<!doctype html><h1>html</h1>",
  });
  await playground.engine("ready");
  await fetched;
  await runner.warm();
  await context.setOffline(true);
  for (const [file, printed] of [["a.js", "js"], ["a.ts", "ts"], ["a.py", "py"], ["a.wat", "result: 1"]]) {
    await playground.tab(file).click();
    assert.deepEqual(await runner.result(), [printed]);
  }
  await playground.tab("a.html").click();
  await runner.run();
  await runner.document.getByText("html").waitFor();
});

story("a runtime is fetched once, also when a frame wants it that is under way", {}, async ({ playground, page }) => {
  const fetched = [];
  let arrive;
  await page.route(/run-script-.*\.js$/, async (route) => {
    fetched.push(route.request().url());
    arrive = () => route.continue();
    if (fetched.length > 1) await route.continue();
  });
  const runner = await open(playground, { "main.js": 'console.log("once");' });
  await page.locator("iframe.spare").waitFor({ state: "attached" });
  await runner.run();
  await page.locator("iframe.hidden").waitFor({ state: "attached" });
  await arrive();
  await runner.step("finished");
  assert.deepEqual(await runner.output(), ["once"]);
  assert.equal(fetched.length, 1);
});

const FIRST_OUTPUT = {
  js_first_output_ms: { "main.js": 'console.log("first");' },
  python_first_output_ms: { "main.py": 'print("first")' },
  wat_first_output_ms: { "main.wat": '(module (func (export "main") (result i32) i32.const 1))' },
};
const figures = {};

for (const [name, files] of Object.entries(FIRST_OUTPUT)) {
  story(`how soon: ${name}`, {}, async ({ playground, page }) => {
    const runner = await open(playground, files);
    await playground.engine("ready");
    const times = [];
    for (let run = 0; run < 7; run += 1) {
      await runner.warm();
      const time = page.evaluate(
        () =>
          new Promise((done) => {
            const button = document.querySelector(".run-button");
            button.addEventListener("click", ({ timeStamp }) => {
              const look = () => (document.querySelector(".outcome[data-step='running'], .outcome[data-step='finished']") && document.querySelector(".console .row") ? done(performance.now() - timeStamp) : setTimeout(look, 1));
              setTimeout(look, 1);
            }, { once: true, capture: true });
          }),
      );
      await runner.run();
      times.push(await time);
      await runner.step("finished");
      await page.getByRole("button", { name: "Clear output" }).click();
    }
    figures[name] = Math.round(times.sort((a, b) => a - b)[3]);
    assert.equal(times.length, 7);
  });
}

// The full Python has a figure here too.
after(() => writeReport("run", { ...readReport("run"), ...figures }));
