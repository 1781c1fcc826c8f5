// The full Python: a pack that is fetched when it is wanted, runs what CPython runs, and is there
// without a network from then on.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import { Runner } from "../pages/runner.mjs";
import { readReport, writeReport } from "../report.mjs";
import { story } from "../story.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const { packs } = JSON.parse(await readFile(join(dist, "build.json"), "utf8"));
const isPack = (path) => packs.some((pack) => path === `/${pack}`);

/** CPython loads for seconds, on a loaded machine for many. */
const PATIENCE_MS = 120_000;

/** A project that is opened by somebody who has chosen the full Python. */
async function chosen(playground, files) {
  playground.page.setDefaultTimeout(PATIENCE_MS);
  await playground.page.addInitScript(() => {
    if (self === top) localStorage.setItem("flint:settings:1", JSON.stringify({ full_python: true }));
  });
  return new Runner(playground).project(files);
}

const UTIL = "def double(n):\n    return n * 2\n\ndef half(n):\n    # a comment\n    return 1 // n";
/** Programs and what they print. */
const PROGRAMS = {
  // Classes, f-strings and the standard library.
  "classes.py": [
    'from dataclasses import dataclass, field\nfrom util import double\nimport collections, json, re, statistics\n@dataclass(order=True)\nclass Point:\n    x: int\n    tags: list = field(default_factory=list)\np = Point(3)\nprint(f"{p=} {double(21):>4} {1/3:.3f}")\nprint(json.dumps({"a": [1, None]}), re.sub(r"(\\w+)@", r"\\1 at ", "me@x"), statistics.mean([1, 2, 6]))\nprint(collections.Counter("banana").most_common(1), end="!")',
    ["p=Point(x=3, tags=[])   42 0.333", '{"a": [1, null]} me at x 3', "[('a', 3)]!"],
  ],
  "await.py": [
    'import asyncio\nmatch {"kind": "circle", "r": 2}:\n    case {"kind": "circle", "r": r} if (area := r * r) > 3:\n        print("area", area)\nprint(sum(n for n in range(5)))\nawait asyncio.sleep(0.01)\nprint("awaited")',
    ["area 4", "10", "awaited"],
  ],
  "tasks.py": [
    'import asyncio\nasync def say(text, after):\n    await asyncio.sleep(after)\n    print(text)\nasync def main():\n    await asyncio.gather(say("two", 0.06), say("one", 0.02))\nasyncio.run(main())\nasyncio.ensure_future(say("last", 0.08))',
    ["one", "two", "last"],
  ],
  "trace.py": ["from util import half\ndef f(n):\n    return half(n)\nf(0)", ["error: ZeroDivisionError: division by zero @util.py:6"]],
  "chain.py": ['try:\n    {}["a"]\nexcept KeyError as error:\n    raise ValueError("two\\nlines") from error', ["error: ValueError: two\nlines @chain.py:4"]],
  "mistake.py": ["x = 1\ndef f(:\n    pass", ["error: SyntaxError: invalid syntax @mistake.py:2"]],
  "exit.py": ['import sys\nprint("bye")\nsys.exit()', ["bye"]],
  "cold.py": ['import sys\nsys.exit("too cold")', ["error: SystemExit: too cold"]],
  "files.py": [
    'open("data.txt", "w").write("kept")\nprint(open("data.txt").read())\nimport urllib.request\ntry:\n    urllib.request.urlopen("https://example.org/")\nexcept Exception as error:\n    print("no network")',
    ["kept", "no network"],
  ],
};

story("full Python runs what CPython runs", { expected: [/Content Security Policy|ERR_/], minutes: 5 }, async ({ playground }) => {
  const texts = Object.fromEntries(Object.entries(PROGRAMS).map(([path, [text]]) => [path, text]));
  const runner = await chosen(playground, { ...texts, "util.py": UTIL });
  for (const [path, [, printed]] of Object.entries(PROGRAMS)) {
    await playground.tab(path).click();
    const rows = (await runner.result()).filter((row) => !row.startsWith("note: This program may not reach"));
    assert.deepEqual(rows, printed, path);
  }
});

story("full Python waits for a line in the middle of a loop", { minutes: 5 }, async ({ playground, page }) => {
  const runner = await chosen(playground, { "main.py": 'def ask():\n    return input("Name? ")\nfor n in range(2):\n    print(n, ask())' });
  await runner.run();
  for (const [name, printed] of [["Ada", "0 Ada"], ["Grace", "1 Grace"]]) {
    await page.getByRole("textbox", { name: "Name?" }).fill(name);
    await playground.press("Enter");
    await page.getByText(printed).waitFor();
  }
  await runner.step("finished");
});

story("full Python is stopped in an endless loop, and the next run works", { minutes: 5 }, async ({ playground }) => {
  const runner = await chosen(playground, { "main.py": "while True: pass", "good.py": 'print("good")' });
  await runner.run();
  await runner.step("running");
  await runner.stop();
  await runner.step("stopped");
  await playground.tab("good.py").click();
  assert.deepEqual(await runner.result(), ["good"]);
});

story("what the small Python lacks leads to the full one, whose coming is shown", { minutes: 5 }, async ({ playground, page, server }) => {
  page.setDefaultTimeout(PATIENCE_MS);
  const before = server.own.length;
  const runner = await new Runner(playground).project({ "main.py": "import statistics\nprint(statistics.mean([1, 3]))" });
  assert.match((await runner.result())[0], /^error: ImportError: no module named 'statistics'\. .*“Full Python” in the settings/);
  assert.ok(!server.own.slice(before).some(isPack), "nobody who has not asked for it fetches it");

  const module = packs.find((path) => path.endsWith(".wasm"));
  const bytes = await readFile(join(dist, module));
  let finish;
  server.fault(`/${module}`, (response) => {
    response.writeHead(200, { "content-type": "application/wasm" }).write(bytes.subarray(0, bytes.length / 2));
    finish = () => response.end(bytes.subarray(bytes.length / 2));
  });
  await playground.choose("Settings");
  const total = (await Promise.all(packs.map(async (path) => (await readFile(join(dist, path))).length))).reduce((sum, length) => sum + length);
  const choice = page.getByRole("checkbox", { name: "Full Python" });
  assert.ok((await page.locator("label", { has: choice }).textContent()).includes(`${Math.round(total / 1e6)} MB`), "its size is said");
  await choice.check();
  await playground.press("Escape");
  await runner.run();
  await page.locator(".outcome").getByText(/^Fetching what runs it: [4-6]0 %$/).waitFor();
  finish();
  server.fault(`/${module}`, null);
  await runner.step("finished");
  assert.deepEqual(await runner.output(), ["2"]);
});

/** Notes when a frame comes and when its runtime is loaded. */
const watchFrames = () => {
  window.readyAfter = [];
  const begun = new Map();
  const look = () => {
    for (const frame of document.querySelectorAll("iframe")) {
      if (!begun.has(frame)) begun.set(frame, performance.now());
      if (frame.dataset.prepared === undefined || begun.get(frame) === null) continue;
      window.readyAfter.push(performance.now() - begun.get(frame));
      begun.set(frame, null);
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-prepared"] });
};

/** Runs in the page: whether each of these files is kept, or none of them. */
const kept = async ([paths, wanted]) => {
  const found = await Promise.all(paths.map((path) => caches.match(new URL(path, location.href), { ignoreSearch: true })));
  return found.every((response) => Boolean(response) === wanted);
};

story("full Python without a network, once it is there, and gone when it is not wanted", { visitor: { serviceWorkers: "allow" }, expected: [/ERR_/], minutes: 6 }, async ({ playground, page, context, server }) => {
  await page.addInitScript(watchFrames);
  page.setDefaultTimeout(PATIENCE_MS);
  const before = server.own.length;
  const runner = await new Runner(playground).project({ "main.py": "import fractions\nprint(fractions.Fraction(2, 6))" });
  await playground.offlineReady();
  assert.ok(!server.own.slice(before).some(isPack), "it is not among what everybody gets");
  await playground.choose("Settings");
  await page.getByRole("checkbox", { name: "Full Python" }).check();
  await playground.press("Escape");
  assert.deepEqual(await runner.result(), ["1/3"]);
  await page.waitForFunction(kept, [packs, true]);
  await context.setOffline(true);
  await page.reload();
  await playground.content.waitFor();
  assert.deepEqual(await runner.result(), ["1/3"]);
  await runner.warm();
  figures.push(...(await page.evaluate(() => window.readyAfter)));

  await playground.choose("Settings");
  await page.getByRole("checkbox", { name: "Full Python" }).uncheck();
  await playground.press("Escape");
  await page.waitForFunction(kept, [packs, false]);
  assert.match((await runner.result())[0], /^error: ImportError/);
});

const figures = [];
after(() => writeReport("run", { ...readReport("run"), ...(figures.length && { pyodide_ready_ms: Math.round(Math.min(...figures)) }) }));
