// Visited once, the page needs no network any more: a reload without one opens it, suggests and runs
// every language. New versions are offered, never forced, and never mixed.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { bundleServiceWorker } from "../../app/service_worker/bundle.mjs";
import { Playground } from "../pages/playground.mjs";
import { Runner } from "../pages/runner.mjs";
import { writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { story } from "../story.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const visitor = { serviceWorkers: "allow" };
const PROGRAMS = {
  "a.js": ['console.log("js");', "js"],
  "a.ts": ['console.log("ts" as string);', "ts"],
  "a.py": ['print("py")', "py"],
  "a.wat": ['(module (func (export "main") (result i32) i32.const 1))', "result: 1"],
  "a.html": ["<!doctype html><h1>html</h1>", "html"],
};
const texts = Object.fromEntries(Object.entries(PROGRAMS).map(([path, [text]]) => [path, text]));

let cases = 0;
let passed = 0;

/** A story on a server of its own, which it may stop and whose files it may change. */
function ownServer(name, options, tell) {
  story(name, { visitor, minutes: 4, ...options }, async ({ page, context }) => {
    cases += 1;
    const folder = await mkdtemp(join(tmpdir(), "flint-dist-"));
    await cp(dist, folder, { recursive: true });
    const server = await Server.start(folder);
    try {
      await tell({ page, context, server, folder, playground: new Playground(page, server.url) });
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
    passed += 1;
  });
}

/** The next version of the page in `folder`: another title. */
async function publish(folder, { page = true, worker = true }) {
  const index = join(folder, "index.html");
  const before = await readFile(index, "utf8");
  await writeFile(index, before.replace("<title>", "<title>New: "));
  if (worker) await bundleServiceWorker(folder, JSON.parse(await readFile(join(folder, "build.json"), "utf8")));
  if (!page) await writeFile(index, before);
}

/** No server, no network, and nothing in the browser's own cache. */
async function cutOff(context, page, server) {
  await server.stop();
  await context.setOffline(true);
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
}

/** Has the browser look for a new version now; resolves to what became of it. */
const look = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise((done) => registration.addEventListener("updatefound", () => done(registration.installing)));
    await registration.update();
    const worker = await found;
    while (worker.state === "installing") await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
    return worker.state;
  });

ownServer("after one visit everything works without a network", { expected: [/ERR_/] }, async ({ page, context, server, playground }) => {
  const runner = await new Runner(playground).project(texts);
  await playground.offlineReady();
  await cutOff(context, page, server);
  await page.reload();
  await playground.engine("ready");
  assert.equal(await page.evaluate(() => crossOriginIsolated), true, "the service worker isolates the page");
  for (const [path, [, printed]] of Object.entries(PROGRAMS)) {
    await playground.tab(path).click();
    if (path.endsWith(".html")) {
      await runner.run();
      await runner.document.getByText(printed).waitFor();
    } else {
      assert.deepEqual(await runner.result(), [printed]);
    }
  }
  await playground.tab("a.py").click();
  await playground.suggestion();
});

ownServer("a new version is offered and waits for the user", {}, async ({ page, server, folder, playground }) => {
  await playground.open();
  await playground.offlineReady();
  const model = JSON.parse(await readFile(join(folder, "models.json"), "utf8")).models[0].weights.url;
  await playground.fill("kept = 1");
  await publish(folder, {});
  const before = server.own.length;
  assert.equal(await look(page), "installed");
  await playground.notice.getByText("A new version of Flint is here.").waitFor();
  assert.doesNotMatch(await page.title(), /^New/);
  await page.reload();
  await playground.notice.getByText("A new version").waitFor();
  assert.doesNotMatch(await page.title(), /^New/, "a reload alone changes nothing");
  await playground.button("Reload").click();
  await page.waitForFunction(() => document.title.startsWith("New"));
  await playground.offlineReady();
  await playground.shows("kept = 1");
  const fetched = server.own.slice(before);
  assert.ok(!fetched.includes(`/${model}`), "an update fetches no file that has not changed");
  assert.ok(!fetched.some((path) => path.endsWith(".wasm")), "nor the page's own parts");
});

ownServer("a host in the middle of an update does not mix versions", { expected: [/ERR_/] }, async ({ page, context, server, folder, playground }) => {
  await playground.open();
  await playground.offlineReady();
  await publish(folder, { page: false });
  assert.equal(await look(page), "redundant");
  await cutOff(context, page, server);
  await page.reload();
  await playground.engine("ready");
  assert.equal(await page.getByText("A new version").count(), 0);
});

const MIB = 1 << 20;
const WEIGHTS = "/models/flint-nano/model.gguf";
const COUNTS = "/models/flint-nano/counts.bin";

/** Flips a bit in stored pieces of a file, or takes them away; resolves to how many pieces it has. */
const tamper = (page, path, pieces, flip) =>
  page.evaluate(
    async ([path, pieces, flip]) => {
      const name = (await caches.keys()).find((name) => name.endsWith(" store"));
      const cache = await caches.open(name);
      const stored = (await cache.keys()).filter(({ url }) => new URL(url).pathname === path);
      for (const index of pieces) {
        const request = stored.find(({ url }) => url.endsWith(`.${index}`));
        const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
        bytes[bytes.length >> 1] ^= 1;
        if (flip) await cache.put(request, new Response(bytes));
        else await cache.delete(request);
      }
      return stored.length;
    },
    [path, pieces, flip],
  );

ownServer("a flipped bit is found before the first suggestion, and only its piece is fetched again", {}, async ({ page, server, playground }) => {
  await playground.open();
  await playground.offlineReady();
  await tamper(page, WEIGHTS, [2], true);
  const asked = server.own.length;
  server.ranges.length = 0;
  await page.reload();
  await playground.engine("ready");
  await playground.suggestion();
  assert.deepEqual(server.ranges, [`${WEIGHTS} ${2 * MIB}-${3 * MIB - 1}`]);
  assert.equal(server.own.slice(asked).filter((path) => path.includes("models")).length, 1);
  await page.reload();
  await playground.engine("ready");
  assert.equal(server.ranges.length, 1, "it is whole again");
});

ownServer("a download that broke off goes on where it was", {}, async ({ page, server, playground }) => {
  await playground.open();
  await playground.offlineReady();
  const pieces = await tamper(page, COUNTS, [], false);
  const gone = Array.from({ length: pieces - 3 }, (_, index) => index + 3);
  await tamper(page, COUNTS, gone, false);
  server.ranges.length = 0;
  await page.reload();
  await playground.engine("ready");
  await playground.offlineReady();
  assert.equal(server.ranges.length, pieces - 3);
  assert.ok(server.ranges[0].startsWith(`${COUNTS} ${3 * MIB}-`), server.ranges[0]);
});

ownServer("a host that knows no ranges is asked once for the whole file", { expected: [/ERR_/] }, async ({ page, context, server, folder, playground }) => {
  const bytes = await readFile(join(folder, COUNTS));
  server.fault(COUNTS, (response) => response.end(bytes));
  await playground.open();
  await playground.offlineReady();
  assert.ok(server.own.filter((path) => path === COUNTS).length <= 2, "for the page, and for the store");
  await cutOff(context, page, server);
  await page.reload();
  await playground.engine("ready");
});

story("a frame that nothing made opaque gets no program, and another one runs it", {}, async ({ playground, page }) => {
  cases += 1;
  await page.addInitScript(() => {
    if (self === top) Object.defineProperty(navigator.serviceWorker, "controller", { value: {} });
  });
  const runner = await new Runner(playground).project({ "main.js": "console.log(self.origin);" });
  assert.deepEqual(await runner.result(), ["null"]);
  const flags = await page.locator("iframe.hidden").getAttribute("sandbox");
  assert.doesNotMatch(flags, /allow-same-origin/);
  passed += 1;
});

after(() => writeReport("offline", { engines: ["chromium"], cases, passed }));
