// Who answers: each task's tier, the selector, what happens when one is slow, spent or out of reach.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

let model;
before(async () => (model = await ModelServer.start()));
after(() => model.stop());

const TIERS = {
  quick: { connection: "Script", model: "fast" },
  heavy: { connection: "Script", model: "deep", effort: "high" },
  economical: { connection: "Script", model: "cheap" },
};

async function open(playground, tiers = TIERS) {
  model.requests.length = 0;
  const changes = await new Changes(playground).connected(model.url, { allowed: true, tiers });
  await new Runner(playground).project({ "a.js": "let a = 1;\n", "b.js": "let b = 2;\n" });
  await playground.content.focus();
  return changes;
}

const reason = (changes) => changes.bar.locator(".edit-route .edit-reason");
const asked = () => model.requests.map(({ body }) => body.model);

story("each task goes to its tier, and the selector goes before it", {}, async ({ playground }) => {
  model.answer = (exchange) => exchange.say("All well.");
  const changes = await open(playground);
  await playground.press("ControlOrMeta+i");
  await reason(changes).getByText("Quick for a change in one file").waitFor();
  await changes.bar.getByRole("button", { name: "Script · fast" }).waitFor();
  await changes.bar.getByLabel("All files").check();
  await reason(changes).getByText("Heavy for a change across files").waitFor();
  await changes.bar.getByLabel("What to do").selectOption("Review");
  await reason(changes).getByText("Economical for a review").waitFor();
  await changes.words.focus();
  await playground.press("Alt+ArrowDown");
  await playground.press("Alt+ArrowDown");
  assert.ok(await changes.bar.getByLabel("Heavy").isChecked());
  await reason(changes).getByText("Heavy, as you chose").waitFor();
  await changes.bar.getByRole("button", { name: "Script · deep" }).waitFor();
  await playground.press("Enter");
  await changes.step("answered");
  assert.deepEqual(asked(), ["deep"]);
  assert.equal(model.requests[0].body.reasoning_effort, "high");
  await playground.choose("What was sent");
  await playground.dialog.getByText("Heavy, as you chose").waitFor();
});

story("a tier that is spent stands in nobody's way", { expected: [/status of 429/] }, async ({ playground }) => {
  model.answer = (exchange) => exchange.refuse(429, { error: { message: "no credit", code: "insufficient_quota" } });
  const changes = await open(playground);
  await changes.ask("more");
  assert.match(await changes.problems(), /nothing left to spend/);
  model.answer = (exchange) => exchange.say("Well.");
  await playground.content.focus();
  await changes.ask("why?", { what: "Ask about" });
  await changes.step("answered");
  await playground.content.focus();
  await changes.ask("", { what: "Review" });
  await changes.bar.getByText("Well.").waitFor();
  await playground.choose("What was sent");
  await playground.dialog.getByText("Heavy, as Quick has used up its quota").waitFor();
  await playground.dialog.getByText("Economical for a review").waitFor();
  assert.deepEqual(asked(), ["fast", "deep", "cheap"]);
});

story("three failures in a row degrade a tier, which is said", { expected: [/status of 500/] }, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.refuse(500, { error: { message: "down" } });
  const changes = await open(playground);
  for (let at = 0; at < 3; at++) {
    await playground.content.focus();
    await changes.ask(`try ${at}`);
    await changes.problems();
  }
  await page.getByText("Quick was too slow or failed three times in a row").first().waitFor();
  model.answer = (exchange) => exchange.say("Well.");
  await playground.content.focus();
  await changes.ask("why?", { what: "Ask about" });
  await changes.step("answered");
  assert.deepEqual(asked(), ["fast", "fast", "fast", "deep"]);
});

story("without a network that is said at once, and nothing is tried", {}, async ({ playground, page, context }) => {
  model.requests.length = 0;
  const elsewhere = JSON.stringify([{ name: "Far", address: "https://models.example/v1", model: "m", allowed: true }]);
  await page.addInitScript((list) => self === top && localStorage.setItem("flint:connections:1", list), elsewhere);
  await (await new Runner(playground).project({ "a.js": "let a = 1;\n" })).warm();
  await playground.engine("ready");
  await playground.content.focus();
  await context.setOffline(true);
  const changes = new Changes(playground);
  await changes.ask("more");
  assert.match(await changes.problems(), /offline.*Suggestions go on in the tab/);
  assert.equal(model.requests.length, 0);
});

story("connections answer for tiers as the dialog says", {}, async ({ playground }) => {
  const changes = await open(playground, {});
  await playground.press("ControlOrMeta+i");
  await changes.bar.getByLabel("Heavy").check();
  await reason(changes).getByText("Quick, as Heavy has no server").waitFor();
  await changes.bar.getByRole("button", { name: "Script · flint-script" }).click();
  await playground.dialog.getByLabel("Connection of Heavy").selectOption("Script");
  await playground.dialog.getByLabel("Model of Heavy").fill("deep");
  await playground.press("Tab");
  await playground.press("Escape");
  await reason(changes).getByText("Heavy, as you chose").waitFor();
  await changes.bar.getByRole("button", { name: "Script · deep" }).waitFor();
});

story("keys are kept only locked, and open with their passphrase alone", {}, async ({ playground, page }) => {
  const changes = await open(playground, {});
  await playground.choose("Connections");
  await changes.field("Key").fill("sk-mine");
  await playground.button("Save").click();
  await changes.found.getByText("Saved.").waitFor();
  await changes.field("Passphrase").fill("short");
  await playground.button("Keep locked").click();
  await changes.found.getByText("8 characters or more").waitFor();
  await changes.field("Passphrase").fill("a long passphrase");
  await playground.button("Keep locked").click();
  await changes.found.getByText("kept in this browser, locked").waitFor();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(stored.includes("locked-keys") && !stored.includes("sk-mine") && !stored.includes("passphrase"));
  await page.reload();
  await playground.content.waitFor();
  await playground.choose("Connections");
  await changes.field("Passphrase").fill("another passphrase");
  await playground.button("Unlock").click();
  await changes.found.getByText("does not open them").waitFor();
  await changes.field("Passphrase").fill("a long passphrase");
  await playground.button("Unlock").click();
  await changes.found.getByText("Unlocked").waitFor();
  await playground.press("Escape");
  await playground.content.focus();
  model.answer = (exchange) => exchange.say("Well.");
  await changes.ask("why?", { what: "Ask about" });
  await changes.step("answered");
  assert.equal(model.requests.at(-1).key, "sk-mine");
  await playground.choose("Connections");
  await playground.button("Forget kept keys").click();
  await changes.found.getByText("No key is kept any more").waitFor();
  assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes("locked-keys"));
});
