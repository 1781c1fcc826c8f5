// A small site built by each documentation system: its code is readable as it is, and its Run button
// runs it, hidden lines included; `flint test` runs it too.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before } from "node:test";
import sirv from "sirv";
import { Embed } from "../pages/embed.mjs";
import { writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { story } from "../story.mjs";
import { builders } from "./builders.mjs";
import { flintTest } from "./examples.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const passed = [];
let app;
before(async () => (app = await Server.start(dist)));
after(() => app.stop());

/** Serves a built site while `tell` looks at it. */
async function site(system, tell) {
  const { root, folder, page } = await builders[system](app.url.replace(/\/$/, ""));
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => files(request, response, () => response.writeHead(404).end()));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    await tell(`http://127.0.0.1:${server.address().port}/${page}`, folder);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await rm(root, { recursive: true });
  }
}

for (const system of Object.keys(builders).filter((name) => name !== "rustdoc")) {
  story(`${system}: the Run button runs the code that is shown, after the lines that are not`, { expected: [/404/] }, ({ page }) =>
    site(system, async (url, folder) => {
      await page.goto(url);
      await page.locator("pre", { hasText: "print(total)" }).first().waitFor();
      assert.equal(await page.locator("flint-playground iframe").count(), 0);
      const embed = new Embed(page);
      assert.deepEqual(await embed.run(), ["3"]);
      assert.equal((await embed.content.innerText()).trim(), "assert total\nprint(total)");
      if (system !== "html") await embed.frame.getByText("As expected", { exact: true }).waitFor();
      const { code, report } = await flintTest(folder);
      assert.deepEqual([code, report.passed, report.failed], [0, 1, 0], "flint test on the built site");
      passed.push(system);
    }),
  );
}

story("rustdoc: its Run link opens the example", { expected: [/404/] }, ({ page }) =>
  site("rustdoc", async (url) => {
    await page.goto(url);
    const link = await page.locator("a.test-arrow").getAttribute("href");
    await page.goto(link);
    await page.locator(".cm-content", { hasText: 'println!("{total}");' }).waitFor();
    await page.locator(".cm-content", { hasText: "let total = 3;" }).waitFor();
    await page.getByRole("tab", { name: "main.rs" }).waitFor();
    passed.push("rustdoc");
  }),
);

after(() => writeReport("docs_systems", { systems: passed.toSorted(), passed: passed.length }));
