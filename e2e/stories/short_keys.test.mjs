// Keys that live for a short time, from an address that gives them: fetched when needed, kept nowhere.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

let model;
before(async () => (model = await ModelServer.start()));
after(() => model.stop());

const soon = () => Math.floor(Date.now() / 1000) + 600;

async function open(playground) {
  model.minted = 0;
  model.requests.length = 0;
  model.mint = (exchange) => exchange.json({ value: `ek-${model.minted}`, expires_at: soon() });
  model.answer = (exchange) => exchange.say("Well.");
  const token = new URL("/key", model.url).href;
  const changes = await new Changes(playground).connected(model.url, { allowed: true, token });
  await new Runner(playground).project({ "a.js": "let a = 1;\n" });
  return changes;
}

async function why(playground, changes) {
  await playground.content.focus();
  await changes.ask("why?", { what: "Ask about" });
}

const keys = () => model.requests.map(({ key }) => key);

story("a key is fetched once, renewed when it is not accepted any more, and kept nowhere", { expected: [/status of 401/] }, async ({ playground, page }) => {
  const changes = await open(playground);
  model.key = "ek-1";
  for (let at = 0; at < 2; at++) {
    await why(playground, changes);
    await changes.step("answered");
  }
  assert.equal(model.minted, 1);
  model.key = "ek-2";
  await why(playground, changes);
  await changes.step("answered");
  assert.deepEqual(keys(), ["ek-1", "ek-1", "ek-1", "ek-2"]);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!stored.includes("ek-"), stored);
  model.key = "nobody's";
  await why(playground, changes);
  assert.match(await changes.problems(), /does not accept the key/);
  assert.equal(model.minted, 3, "a key that was never accepted is not asked for again and again");
});

story("a key that is over is fetched anew before it is used", {}, async ({ playground }) => {
  const changes = await open(playground);
  model.key = null;
  model.mint = (exchange) => exchange.json({ access_token: `ek-${model.minted}`, expires_in: 5 });
  for (let at = 0; at < 2; at++) {
    await why(playground, changes);
    await changes.step("answered");
  }
  assert.deepEqual(keys(), ["ek-1", "ek-2"]);
});

story("an address that gives no key is said in words, by the check too", { expected: [/status of 40/] }, async ({ playground }) => {
  const changes = await open(playground);
  model.key = "ek-1";
  model.mint = (exchange) => exchange.refuse(401, {});
  await why(playground, changes);
  assert.match(await changes.problems(), /gave none.*not signed in/);
  assert.equal(model.requests.length, 0);
  await playground.choose("Connections");
  assert.match(await changes.field("Keys from").inputValue(), /\/key$/);
  await playground.button("Check").click();
  await changes.found.getByText("you are not signed in there").waitFor();
  model.mint = (exchange) => exchange.json({ hello: 1 });
  await playground.button("Check").click();
  await changes.found.getByText("there is no value in its answer").waitFor();
  model.mint = (exchange) => exchange.json({ value: "ek-1", expires_at: soon() });
  await playground.button("Check").click();
  await changes.found.getByText("It works: the server has 2 models.").waitFor();
  await changes.field("Keys from").fill("http://example.com/key");
  await playground.button("Save").click();
  await changes.found.getByText("Key address: Only this machine may be reached without encryption").waitFor();
});
