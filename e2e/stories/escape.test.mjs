// Attempts to get out of the sandbox, one by one, with a foreign host that listens; each in both kinds
// of frame, that of a first visit and that of a page whose service worker answers.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { Runner } from "../pages/runner.mjs";
import { ESCAPES } from "../programs/escapes.mjs";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

/**
 * Another origin on this machine; a request that reaches it has got out. Browsers open connections for
 * navigations that a policy then stops: those carry nothing, and docs/security.md says so.
 */
const heard = [];
const host = createServer((request, response) => {
  heard.push(request.url);
  response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" }).end("export {}");
});
before(() => new Promise((done) => host.listen(0, "127.0.0.1", done)));
after(() => host.close());

let cases = 0;
let blocked = 0;

/** What makes the frame opaque, and how a page gets there. */
const WALLS = {
  attribute: {
    visitor: {},
    flags: "allow-scripts allow-forms allow-pointer-lock",
    visit: (playground) => playground.engine("ready"),
  },
  policy: {
    visitor: { serviceWorkers: "allow" },
    flags: "allow-scripts allow-forms allow-pointer-lock allow-same-origin",
    async visit(playground) {
      await playground.controlled();
      await playground.page.reload();
      await playground.engine("ready");
    },
  },
};

for (const [wall, { visitor, flags, visit }] of Object.entries(WALLS)) {
  for (const [name, files] of Object.entries(ESCAPES)) {
    story(`${name} (${wall})`, { visitor, expected: [/./] }, async ({ playground, page }) => {
      cases += 1;
      const address = `http://localhost:${host.address().port}`;
      const evil = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll("HOST", address)]));
      const runner = new Runner(playground);
      const windows = [];
      page.context().on("page", (opened) => windows.push(opened));
      let downloads = 0;
      page.on("download", () => (downloads += 1));
      await runner.project(evil);
      await visit(playground);
      heard.length = 0;
      const told = () => page.waitForFunction(() => [...document.querySelectorAll(".console .row")].some((row) => row.textContent.includes("verdict:")));
      await runner.run();
      await told();
      const walls = await page.locator("iframe:is(.shown, .hidden)").getAttribute("sandbox");
      const printed = await runner.output();
      const verdict = printed.find((row) => row.includes("verdict:"));
      // What the attempt set going has had its time when the next run has come and gone.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
      await runner.run();
      await told();

      assert.equal(walls, flags);
      assert.match(verdict, /verdict: blocked/);
      assert.ok(!printed.some((row) => row.startsWith("forged")), "nothing speaks in the frame's name");
      assert.deepEqual(heard, [], "the foreign host heard of it");
      assert.equal(downloads, 0, "a download began");
      assert.equal(windows.length, 0, "a window opened");
      assert.equal(page.url(), playground.url, "the page is where it was");
      assert.equal(await page.evaluate(() => window.evil), undefined, "the page was changed");
      assert.equal(await page.locator(".console img:not(.picture)").count(), 0, "output became markup");
      blocked += 1;
    });
  }
}

story("the sandbox's page does nothing outside a sandbox", {}, async ({ playground, page }) => {
  cases += 1;
  await playground.open();
  const address = await page.evaluate(() => document.querySelector("iframe")?.src ?? "");
  await playground.engine("ready");
  await new Runner(playground).warm();
  const src = address || (await page.locator("iframe.spare").getAttribute("src"));
  const answered = await page.evaluate(async (src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    document.body.append(frame);
    await new Promise((done) => (frame.onload = done));
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((done) => (port1.onmessage = () => done(true)));
    frame.contentWindow.postMessage({ nonce: "evil" }, "*", [port2]);
    // A frame that listens answers before a second frame has loaded.
    const other = frame.cloneNode();
    const loaded = new Promise((done) => (other.onload = () => done(false)));
    document.body.append(other);
    return Promise.race([answer, loaded]);
  }, src);
  assert.equal(answered, false);
  blocked += 1;
});

after(() => writeReport("escape", { cases, blocked }));
