// One story: a fresh visitor, a fresh page, and three rules that hold in every story.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { Playground } from "./pages/playground.mjs";
import { Server } from "./server.mjs";

const TIMEOUT_MS = 30_000;

/** More of the browser's own, where a suite asks for them: WebGPU without a GPU. */
const flags = process.env.FLINT_CHROMIUM_FLAGS?.split(" ").filter(Boolean) ?? [];

let browser;
let server;

before(async () => {
  server = await Server.start(process.env.FLINT_DIST ?? "dist");
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Chromium itself asks its maker about form fields; what the page asks is what counts.
    args: ["--no-sandbox", "--disable-features=AutofillServerCommunication", ...flags],
  });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/**
 * Tells a story. `visitor` holds Playwright's context options; `expected` the errors that the story
 * means to cause, as patterns; `minutes` how long it may take.
 */
export function story(name, { visitor = {}, expected = [], minutes = 2 }, tell) {
  test(name, { timeout: minutes * 60_000 }, async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      proxy: { server: server.url, bypass: "127.0.0.1" },
      // A first visit; stories of the second say `serviceWorkers: "allow"`.
      serviceWorkers: "block",
      ...visitor,
    });
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();
    const errors = collectErrors(page);
    try {
      await tell({ playground: new Playground(page, server.url), page, context, server });
      const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
      assert.deepEqual(unexpected, [], "the page reported errors");
      assert.deepEqual(server.foreign, [], "the page asked a third party");
    } finally {
      await context.close();
    }
  });
}

/** Uncaught errors and everything in the console that is one, violations of the page's policy too. */
function collectErrors(page) {
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}
