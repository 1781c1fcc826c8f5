// axe finds nothing in any main state, light or dark, wide or narrow.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import axe from "axe-core";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

let model;
before(async () => {
  model = await ModelServer.start();
  model.answer = (exchange) => exchange.say("<<<<<<< SEARCH\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> REPLACE\n");
});
after(() => model.stop());

const STATES = {
  async suggesting({ playground }) {
    await playground.openReady();
    await playground.suggestion();
  },
  async renaming({ playground, page }) {
    await playground.open();
    await playground.button("Rename").click();
    await page.getByRole("textbox", { name: "File name" }).waitFor();
  },
  async deleted({ playground }) {
    await playground.open();
    await playground.button("Delete").click();
    await playground.notice.waitFor();
  },
  async searching({ playground, page }) {
    await playground.open();
    await playground.press("ControlOrMeta+f");
    await page.locator(".cm-search").waitFor();
  },
  async printing({ playground }) {
    const code = 'console.log({ a: [1] }, "b");\nconsole.table([{ a: 1 }]);\nconsole.warn("w");\nnull.x;';
    const runner = await new Runner(playground).project({ "main.js": code });
    await runner.result();
  },
  async asking({ playground, page }) {
    const runner = await new Runner(playground).project({ "main.js": 'await readLine("Name?");' });
    await runner.run();
    await page.getByRole("textbox", { name: "Name?" }).waitFor();
  },
  async naming({ playground, page }) {
    const runner = await new Runner(playground).project({ "main.rs": "fn main() {}" });
    await runner.run();
    await page.getByRole("textbox", { name: "Address" }).waitFor();
  },
  async previewing({ playground }) {
    const page = '<!doctype html><html lang="en"><title>Page</title><main><h1>Hello</h1></main></html>';
    const runner = await new Runner(playground).project({ "index.html": page });
    await runner.run();
    await runner.document.getByText("Hello").waitFor();
  },
  async menu({ playground, page }) {
    await playground.open();
    await playground.button("Menu").click();
    await page.getByRole("menuitem").first().waitFor();
  },
  async history({ playground }) {
    await playground.open();
    await playground.fill("something = 1\n");
    await playground.button("Delete").click();
    await playground.choose("History");
    await playground.dialog.getByText("something = 1").waitFor();
  },
  async sharing({ playground }) {
    await playground.open();
    await playground.choose("Share");
    await playground.dialog.getByRole("textbox").waitFor();
  },
  async importing({ playground, page }) {
    await playground.open();
    await playground.fill("mine");
    const chooser = page.waitForEvent("filechooser");
    await playground.choose("Import files");
    const file = (name, content) => ({ name, mimeType: "", buffer: Buffer.from(content) });
    await (await chooser).setFiles([file("primes.py", "theirs"), file("dot.png", "\0")]);
    await playground.dialog.getByText("is not text").waitFor();
  },
  async examples({ playground }) {
    await playground.open();
    await playground.choose("Examples");
    await playground.dialog.getByText("Game of Life").waitFor();
  },
  async settings({ playground, page }) {
    await playground.open();
    await playground.choose("Settings");
    await page.getByLabel("Vim keys").waitFor();
  },
  async connecting({ playground }) {
    await playground.open();
    await playground.choose("Connections");
    await playground.dialog.getByLabel("Address").waitFor();
  },
  async consenting({ playground }) {
    const changes = await new Changes(playground).connected(model.url);
    await playground.open();
    await changes.ask("shorter names");
    await changes.step("consent");
  },
  async reviewing({ playground }) {
    const changes = await new Changes(playground).connected(model.url, { allowed: true });
    await new Runner(playground).project({ "a.js": "const a = 1;\nconst b = 2;\n" });
    await changes.ask("more");
    await changes.step("reviewing");
    await changes.proposals.first().waitFor();
  },
  async failed({ playground, server }) {
    server.fault("/models.json", (response) => response.writeHead(404).end());
    await playground.open();
    await playground.engine("failed");
    server.fault("/models.json", null);
  },
};

const VISITORS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { colorScheme: "dark", viewport: { width: 360, height: 740 } },
};

let states = 0;
let violations = 0;

for (const [state, enter] of Object.entries(STATES)) {
  for (const [look, visitor] of Object.entries(VISITORS)) {
    story(`${state}, ${look}`, { visitor, expected: [/404/] }, async (scene) => {
      await enter(scene);
      await scene.page.evaluate(axe.source);
      const results = await scene.page.evaluate(() => window.axe.run());
      states += 1;
      violations += results.violations.length;
      const found = results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      assert.deepEqual(found, []);
    });
  }
}

after(() => writeReport("axe", { states, violations }));
