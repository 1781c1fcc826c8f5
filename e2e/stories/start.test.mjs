// A run that cannot begin: what it needs fails, comes late or never. It ends with a sentence that says
// what to do, and the next run works when the fault is gone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

const { sandbox, runtimes } = JSON.parse(await readFile(join(process.env.FLINT_DIST ?? "dist", "build.json"), "utf8"));
const PAGE = `/${sandbox[0]}`;
const SCRIPT = `/${runtimes.find((path) => /run-script-.*\.js$/.test(path))}`;

/** Never answers. */
const hang = () => {};
const program = { "main.js": 'console.log("ran");' };

story("a frame whose page is not there is tried again", { expected: [/404/] }, async ({ playground, server }) => {
  const runner = new Runner(playground);
  let asked = 0;
  server.fault(PAGE, (response) => {
    asked += 1;
    // Nobody waits for the first, a spare's: three frames of the run's own get no page of ours either.
    if (asked === 4) server.fault(PAGE, null);
    response.writeHead(404, { "content-type": "text/html" }).end("<p>Not found</p>");
  });
  await runner.project(program);
  assert.deepEqual(await runner.result(), ["ran"]);
  assert.equal(asked, 4);
});

const FAULTS = {
  "a frame that never opens": [PAGE, hang, /^error: The frame that programs run in did not open\. Run it again/],
  "a language that never arrives": [SCRIPT, hang, /^error: What runs this language has not arrived\. Check the connection/],
  "a language that never starts": [SCRIPT, (response) => response.writeHead(200, { "content-type": "text/javascript" }).end("for (;;);"), /^error: What runs this language did not start\. Run it again/],
  "a language that breaks as it starts": [SCRIPT, (response) => response.writeHead(200, { "content-type": "text/javascript" }).end("throw new Error('broken');"), /^error: What runs this language did not start: .*broken\. Run it again/],
};

for (const [name, [path, answer, sentence]] of Object.entries(FAULTS)) {
  story(name, { expected: [/broken/], minutes: 3 }, async ({ playground, page, server }) => {
    const runner = new Runner(playground);
    server.fault(path, answer);
    await runner.project(program);
    await playground.content.focus();
    await runner.run();
    await page.locator('.outcome[data-step="failed"]').waitFor({ timeout: 90_000 });
    const [row, ...more] = await runner.output();
    assert.match(row, sentence);
    assert.deepEqual(more, []);
    server.fault(path, null);
    assert.deepEqual(await runner.result(), ["ran"]);
  });
}
