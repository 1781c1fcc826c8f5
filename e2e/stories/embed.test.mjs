// Playgrounds in somebody else's page: readable without a script, nothing fetched before a click,
// nothing moves, and a page's scripts drive them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { brotliCompressSync } from "node:zlib";
import axe from "axe-core";
import { Embed, HostSite } from "../pages/embed.mjs";
import { writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { story } from "../story.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const EMBEDS = 50;
const figures = { loader_br_bytes: brotliCompressSync(readFileSync(join(dist, "embed.js"))).length, embeds: 0 };

let app;
before(async () => (app = await Server.start(dist, { etag: true })));
after(() => app.stop());

/** A page with this body and the one line. */
async function host(body, tell) {
  const script = `<script async src="${app.url}embed.js"></script>`;
  const site = await HostSite.start(`<!doctype html><html lang="en"><title>Docs</title><main>${body}</main>${script}</html>`);
  try {
    await tell(site);
  } finally {
    await site.stop();
  }
}

const element = (attributes, code, more = "") => `<flint-playground ${attributes}><pre><code>${code}</code></pre>${more}</flint-playground>`;

/** What a browser does that gives third parties no storage. */
function blockStorage() {
  if (self === top) return;
  const refuse = () => {
    throw new DOMException("Storage is blocked.", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(window, name, { get: refuse });
  Object.defineProperty(navigator, "serviceWorker", { get: refuse });
}

story("without JavaScript the code is there to read", { visitor: { javaScriptEnabled: false } }, ({ page }) =>
  host(element('language="python"', "print(1)", "<pre data-output>1</pre>"), async (site) => {
    await page.goto(site.url);
    await page.getByText("print(1)").waitFor();
    assert.equal(await page.locator("[data-output]").isVisible(), true);
  }),
);

story("fifty on a page: nothing is fetched before a click, and nothing moves", {}, ({ page }) => {
  const block = (n) => `<p>Example ${n}</p><pre data-flint><code class="language-python">for n in range(${n}):\n    print(n)\nprint("end ${n}")</code></pre>`;
  return host(Array.from({ length: EMBEDS }, (_, n) => block(n)).join(""), async (site) => {
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().filter((entry) => !entry.hadRecentInput).map(({ value }) => value))).observe({
        type: "layout-shift",
        buffered: true,
      });
    });
    const before = app.own.length;
    await page.goto(site.url);
    await page.waitForFunction((count) => document.querySelectorAll("flint-playground [part], flint-playground").length >= count, EMBEDS);
    assert.deepEqual(app.own.slice(before), ["/embed.js"]);
    const first = new Embed(page, 2);
    assert.deepEqual(await first.run(), ["0", "1", "end 2"]);
    await page.waitForLoadState("networkidle");
    const sent = app.sent;
    const second = new Embed(page, 3);
    assert.deepEqual(await second.run(), ["0", "1", "2", "end 3"]);
    figures.second_embed_bytes = app.sent - sent;
    await page.mouse.wheel(0, 5_000);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    figures.embeds = await page.locator("flint-playground").count();
    figures.cls = await page.evaluate(() => window.shifts.reduce((sum, value) => sum + value, 0));
    assert.equal(await page.locator("flint-playground iframe").count(), 2);
    assert.equal(figures.embeds, EMBEDS);
    assert.equal(figures.second_embed_bytes, 0);
    assert.equal(figures.cls, 0);
  });
});

story("with third-party storage blocked it runs, suggests nothing by itself and keeps nothing", {}, ({ page }) =>
  host(element('language="js" expected="42"', "console.log(6 * 7);"), async (site) => {
    await page.addInitScript(blockStorage);
    const before = app.own.length;
    await page.goto(site.url);
    const embed = new Embed(page);
    assert.deepEqual(await embed.run(), ["42"]);
    await embed.frame.getByText("As expected", { exact: true }).waitFor();
    assert.ok(!app.own.slice(before).some((path) => path.includes("models")), "no model before somebody types");
    await embed.content.click();
    await page.keyboard.type(" ");
    await page.waitForResponse((response) => response.url().endsWith("model.gguf"));
  }),
);

story("no suggestions where the page does not want them, nor changes where it is read-only", {}, ({ page }) =>
  host(element('language="js" no-ai', "let a = 1;") + element('language="js" read-only', "let b = 2;"), async (site) => {
    const before = app.own.length;
    await page.goto(site.url);
    const [quiet, fixed] = [new Embed(page, 0), new Embed(page, 1)];
    for (const embed of [quiet, fixed]) {
      await embed.run();
      await embed.content.click();
      await page.keyboard.type("x");
    }
    await embed_text(quiet, /x/);
    await embed_text(fixed, /^let b = 2;$/);
    assert.ok(!app.own.slice(before).some((path) => path.includes("models")));
  }),
);

const embed_text = async (embed, pattern) => assert.match(await embed.content.innerText(), pattern);

story("a page's script drives it", {}, ({ page }) =>
  host(element('language="python" expected="3"', "print(total)", '<script type="text/plain" data-setup>import math\ntotal = 3</script>'), async (site) => {
    await page.goto(site.url);
    const told = await page.evaluate(async () => {
      const playground = document.querySelector("flint-playground");
      const told = [];
      for (const event of ["ready", "code", "console", "tests", "destroy"]) playground.watch(event, (detail) => told.push([event, detail ?? null]));
      told.push(["static", await playground.getCode()]);
      told.push(["run", await playground.run()]);
      told.push(["runTests", await playground.runTests()]);
      await playground.setCode("\nprint(1/0)");
      told.push(["failing", await playground.run()]);
      await playground.setCode("x=1");
      told.push(["format", await playground.format()]);
      told.push(["getCode", await playground.getCode()]);
      playground.destroy();
      return told;
    });
    const of = (name) => told.filter(([event]) => event === name).map(([, detail]) => detail);
    assert.deepEqual(of("static"), [{ files: { "main.py": "print(total)" }, code: "print(total)" }]);
    assert.deepEqual(of("run"), [{ ok: true, output: "3\n" }]);
    assert.deepEqual(of("runTests"), [{ passed: true, expected: "3", output: "3\n", tests: [{ name: "What it prints", passed: true }] }]);
    assert.equal(of("failing")[0].ok, false);
    assert.deepEqual(of("format"), ["x = 1\n"]);
    assert.deepEqual(of("getCode"), [{ files: { "main.py": "x = 1\n" }, code: "x = 1\n" }]);
    assert.equal(of("ready").length, 1);
    assert.deepEqual(of("tests").map(({ passed }) => passed), [true, true, false]);
    assert.equal(of("console").length, 3);
    assert.ok(of("code").length > 0);
    assert.equal(of("destroy").length, 1);
    await page.getByText("print(total)").waitFor();
  }),
);

story("an error's line is that of the code that is shown", {}, ({ page }) =>
  host(element('language="python" setup="import math"', "x = 1\nprint(x / 0)"), async (site) => {
    await page.goto(site.url);
    const embed = new Embed(page);
    await embed.run();
    await embed.frame.locator(".console > .row > .place-link", { hasText: "main.py:2" }).waitFor();
  }),
);

story("several files, and a page that is shown", {}, ({ page }) =>
  host(
    '<flint-playground><pre data-file="index.html"><code>&lt;h1&gt;Hi&lt;/h1&gt;&lt;script src="a.js"&gt;&lt;/script&gt;</code></pre><script type="text/plain" data-file="a.js">document.querySelector("h1").textContent += "!";</script></flint-playground>',
    async (site) => {
      await page.goto(site.url);
      const embed = new Embed(page);
      await embed.button.click();
      await embed.frame.frameLocator("iframe.shown").frameLocator("iframe").getByText("Hi!").waitFor();
    },
  ),
);

story("Rust leads to a page of its own, with the code", {}, ({ page, context }) =>
  host(element('language="rust"', "fn main() {}"), async (site) => {
    await page.goto(site.url);
    const embed = new Embed(page);
    assert.match((await embed.run()).join(), /Open this in Flint/);
    const opened = context.waitForEvent("page");
    await embed.frame.getByRole("button", { name: "Open in Flint" }).click();
    await (await opened).locator(".cm-content", { hasText: "fn main() {}" }).waitFor();
  }),
);

story("messages from anybody but the playground's own frame are not heard", {}, ({ page }) =>
  host(element('language="js"', "let a = 1;"), async (site) => {
    await page.goto(site.url);
    const embed = new Embed(page);
    await embed.run();
    const connected = await page.evaluate(async () => {
      const playground = document.querySelector("flint-playground");
      let ready = 0;
      playground.addEventListener("ready", () => (ready += 1));
      const fake = document.createElement("iframe");
      fake.srcdoc = "<script>parent.postMessage('flint:hello', '*')</script>";
      const heard = new Promise((done) => addEventListener("message", done, { once: true }));
      document.body.append(fake);
      await heard;
      postMessage("flint:hello", "*");
      await new Promise((done) => addEventListener("message", done, { once: true }));
      return { ready, code: (await playground.getCode()).code };
    });
    assert.deepEqual(connected, { ready: 0, code: "let a = 1;" });
  }),
);

for (const [look, background] of [["light", "#fff"], ["dark", "#101418"]]) {
  story(`it looks like the page around it and axe finds nothing: ${look}`, {}, ({ page }) =>
    host(`<style>body{background:${background};color:gray}</style>${element('language="js"', 'console.log("a");')}`, async (site) => {
      await page.goto(site.url);
      const embed = new Embed(page);
      await embed.run();
      const scheme = embed.frame.locator(`:root[data-theme="${look}"]`);
      await scheme.waitFor({ state: "attached" });
      const frame = page.frames().find((frame) => frame.url().includes("?embed"));
      await frame.evaluate(axe.source);
      const { violations } = await frame.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), []);
      const [other, behind] = look === "light" ? ["dark", "#000"] : ["light", "#eee"];
      await page.evaluate((behind) => (document.body.style.background = behind), behind);
      await embed.frame.locator(`:root[data-theme="${other}"]`).waitFor({ state: "attached" });
    }),
  );
}

after(() => writeReport("embed", figures));

story("a playground with tests checks them, and takes them along to a page of its own", {}, ({ page, context }) => {
  const tests = "<script type=\"text/plain\" data-tests>test('twice', () => equal(double(2), 4));</script>";
  return host(element('language="javascript"', "const double = (n) => n + 1;", tests), async (site) => {
    await page.goto(site.url);
    const results = await page.evaluate(async () => {
      const playground = document.querySelector("flint-playground");
      const before = await playground.runTests();
      await playground.setCode("const double = (n) => 2 * n;");
      return [before, await playground.runTests()].map(({ passed, tests }) => ({ passed, tests }));
    });
    assert.deepEqual(results, [
      { passed: false, tests: [{ name: "twice", passed: false, got: "3", expected: "4" }] },
      { passed: true, tests: [{ name: "twice", passed: true }] },
    ]);
    const { frame } = new Embed(page);
    await frame.locator(".verdict").getByText("Passed").waitFor();
    const opened = context.waitForEvent("page");
    await frame.getByRole("button", { name: "Open in Flint" }).click();
    const own = await opened;
    await own.locator(".panel").getByRole("button", { name: "Check" }).click();
    await own.locator(".verdict").getByText("Passed").waitFor();
  });
});
