// The core on every engine beside Chromium: edit, ghost text, run, offline, embed. The other stories
// are told in Chromium alone.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { HostSite } from "../pages/embed.mjs";
import { BEGINNINGS } from "../pages/playground.mjs";
import { readReport, writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { engines } from "./engines.mjs";
import { Visitor } from "./visitor.mjs";
import { Browser } from "./webdriver.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const passed = {};
/** Programs and what they print. */
const PROGRAMS = {
  "a.js": ['console.log("js");', "js"],
  "a.ts": ['console.log("ts" as string);', "ts"],
  "a.py": ['print("py")', "py"],
  "a.wat": ['(module (func (export "main") (result i32) i32.const 1))', "1"],
};
const ENDLESS = { "endless.js": ['console.log("begun");\nwhile (true) {}'] };

const STORIES = {
  async edit({ visitor, browser }) {
    await visitor.open();
    await visitor.fill("kept = 1");
    await browser.press("End");
    await browser.type("23");
    await visitor.holds("kept = 123");
    await browser.press("Control", "z");
    await visitor.holds("kept = 1");
    await browser.type("4");
    await visitor.holds("kept = 14");
    await visitor.reload();
    await visitor.holds("kept = 14");
  },

  async "ghost text"({ visitor, browser }) {
    await visitor.open();
    await visitor.engine("ready");
    const ghost = await visitor.suggestion(BEGINNINGS);
    const before = await visitor.text();
    await browser.press("Tab");
    assert.equal(await visitor.text(), before + ghost);
    await visitor.suggestion(BEGINNINGS);
    await browser.press("Escape");
    assert.equal(await visitor.ghostText(), "");
  },

  async run({ visitor, browser }) {
    await visitor.finds({ ...PROGRAMS, ...ENDLESS });
    await runAll(visitor);
    await visitor.tab("endless.js");
    await browser.click(".run-button");
    await browser.until(() => document.querySelector(".console .row .parts")?.textContent === "begun");
    await browser.click(".run-button");
    await visitor.shows('.outcome[data-step="stopped"]');
  },

  async offline({ visitor, browser, server, engine }) {
    await visitor.finds(PROGRAMS);
    await visitor.offlineReady();
    await server.stop();
    await visitor.reload();
    await visitor.engine("ready");
    assert.equal(await browser.run(() => crossOriginIsolated), engine === "firefox", "only WebKit is not isolated");
    await runAll(visitor);
    await visitor.suggestion(BEGINNINGS);
  },

  async embed({ browser, server }) {
    const site = await HostSite.start(`<!doctype html><script async src="${server.url}embed-1.js"></script>
      <pre data-flint data-flint-setup="total = 3" data-flint-expected="3"><code class="language-python">assert total\nprint(total)</code></pre>`);
    try {
      await browser.open(site.url.replace("127.0.0.1", "localhost"));
      await browser.until(() => Boolean(document.querySelector("flint-playground")));
      await browser.run(() => {
        const element = document.querySelector("flint-playground");
        element.addEventListener("tests", ({ detail }) => (window.verdict = detail));
        element.shadowRoot.querySelector("button").click();
      });
      const { passed, output } = await browser.until(() => window.verdict);
      assert.deepEqual([passed, output.trim()], [true, "3"]);
    } finally {
      await site.stop();
    }
  },
};

async function runAll(visitor) {
  for (const [path, [, printed]] of Object.entries(PROGRAMS)) {
    await visitor.tab(path);
    assert.deepEqual(await visitor.result(), [printed]);
  }
}

for (const [engine, how] of Object.entries(engines)) {
  passed[engine] = [];
  for (const [name, tell] of Object.entries(STORIES)) {
    test(`${engine}: ${name}`, { timeout: 180_000 }, async () => {
      const server = await Server.start(dist);
      let browser;
      try {
        // A browser of its own has no storage of another story.
        browser = await Browser.start(how);
        const visitor = new Visitor(browser, server.url);
        await tell({ visitor, browser, server, engine });
        if (name !== "embed") assert.deepEqual(await visitor.errors(), [], "the page reported errors");
        passed[engine].push(name);
      } finally {
        await browser?.stop();
        await server.stop();
      }
    });
  }
}

after(() => {
  writeReport("engines", { engines: Object.keys(engines), stories: Object.keys(STORIES), passed });
  const offline = readReport("offline");
  const also = Object.keys(engines).filter((engine) => passed[engine].includes("offline"));
  if (offline) writeReport("offline", { ...offline, engines: [...new Set([...offline.engines, ...also])] });
});
