// axe finds nothing in any main state, light or dark, wide or narrow, enlarged and in forced colours, and
// no state scrolls sideways.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import axe from "axe-core";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Embed, HostSite } from "../pages/embed.mjs";
import { Exercise } from "../pages/exercise.mjs";
import { Runner } from "../pages/runner.mjs";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

const BLOCK = "<<<<<<< SEARCH\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> REPLACE\n";

let model;
before(async () => {
  model = await ModelServer.start();
  model.answer = (exchange) => exchange.say(BLOCK);
});
after(() => model.stop());

/** Each brings the page, or the frame that it returns, into a state. */
const STATES = {
  async early({ page, server }) {
    await page.route("**/flint_app_bg-*.wasm", () => {});
    await page.goto(server.url);
    await page.locator(".early pre").waitFor();
  },
  async empty({ playground }) {
    await playground.open();
    await playground.fill("");
  },
  async running({ playground }) {
    const runner = await new Runner(playground).project({ "main.js": 'console.log("begun"); while (true) {}' });
    await runner.run();
    await runner.rows.first().waitFor();
  },
  async embedded({ page, server }) {
    const site = await HostSite.start(`<!doctype html><script async src="${server.url}embed-1.js"></script>
      <pre data-flint data-flint-expected="3"><code class="language-python">print(3)</code></pre>`);
    try {
      await page.goto(site.url);
      await new Embed(page).run();
      return page.frames().find((frame) => frame.url().includes("?embed"));
    } finally {
      await site.stop();
    }
  },
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
  async exercising({ playground }) {
    await playground.open();
    await (await new Exercise(playground).fromGallery("2. Leap years")).check();
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
  async choosing_models({ playground }) {
    await playground.open();
    await playground.choose("Models for suggestions");
    await playground.dialog.getByText("SmolLM2 135M").waitFor();
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
  async wording({ playground, page }) {
    const changes = await new Changes(playground).connected(model.url, { allowed: true });
    await new Runner(playground).project({ "a.js": "const a = 1;\n", "b.js": "const b = 2;\n" });
    await playground.content.focus();
    await playground.press("ControlOrMeta+i");
    await changes.bar.getByLabel("All files").check();
    await page.getByText("as Heavy has no server").waitFor();
  },
  async planning({ playground }) {
    const answer = model.answer;
    model.answer = (exchange) => exchange.say(`## Step 1: More\n${BLOCK}\n## Step 2: New\nb.js\n<<<<<<< SEARCH\n=======\nlet b;\n>>>>>>> REPLACE\n`);
    const changes = await new Changes(playground).connected(model.url, { allowed: true });
    await new Runner(playground).project({ "a.js": "const a = 1;\nconst b = 2;\n" });
    await changes.ask("more", { what: "Plan" });
    await changes.step("reviewing");
    await changes.bar.getByRole("button", { name: "Revise More" }).click();
    model.answer = answer;
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
  // A window of 1280 by 800 at 200 %, with the system's own colours and nothing that moves.
  enlarged: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, forcedColors: "active", reducedMotion: "reduce" },
};

let states = 0;
let violations = 0;

for (const [state, enter] of Object.entries(STATES)) {
  for (const [look, visitor] of Object.entries(VISITORS)) {
    story(`${state}, ${look}`, { visitor, expected: [/404/] }, async (scene) => {
      const place = (await enter(scene)) ?? scene.page;
      await place.evaluate(axe.source);
      const results = await place.evaluate(() => window.axe.run());
      states += 1;
      violations += results.violations.length;
      const found = results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      assert.deepEqual(found, []);
      const sideways = await scene.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(sideways, false, "the page scrolls sideways");
    });
  }
}

after(() => writeReport("axe", { states, violations }));
