// Questions to a model in the tab: answered without a server, without leave, without a network, while suggestions go on
// afterwards. What these models say was decided when they were made (`reciter.py`).

import assert from "node:assert/strict";
import { Changes } from "../pages/changes.mjs";
import { Models } from "../pages/models.mjs";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";
import { Hub } from "./hub.mjs";

const minutes = 4;
const FILE = "const b = 2;\n";
const ANSWER = "It has one constant, named b.";
const QUESTION = { what: "Ask about" };
const hub = Hub.ofStories();

/** A page whose suggestions come from this model, with one file. */
async function open(playground, name, id = `flint-${name}`) {
  await new Runner(playground).project({ "sum.js": FILE });
  const models = await Models.openAt(playground, hub);
  await models.leaveGpuAlone();
  await models.add(`flint/${name}`);
  await models.inUse(id);
  const talks = await models.row(id).locator(".talks").textContent();
  await models.close();
  await playground.content.focus();
  return { changes: new Changes(playground), talks };
}

const answer = async (changes) => (await changes.bar.locator(".answer").textContent()).trim();

for (const [name, id] of [["talker"], ["talker-GGUF", "flint-talker-GGUF"]]) {
  story(`${name} answers with the network cut, and suggestions go on`, { minutes }, async ({ playground, page, context, server }) => {
    const { changes, talks } = await open(playground, name, id);
    assert.equal(talks, "Answers questions too");
    await changes.ask("what does this do?", QUESTION);
    await changes.step("answered");
    assert.equal(await answer(changes), ANSWER);
    assert.match(await playground.suggestion(), /total/, "a completion reads its own text");

    hub.requests.length = 0;
    const before = server.own.length;
    await context.setOffline(true);
    await page.locator('.edit-bar button[aria-label="Close the bar"]').click();
    await changes.ask("what does this do?", QUESTION);
    await changes.step("answered");
    assert.equal(await answer(changes), ANSWER);
    assert.match(await playground.suggestion(), /total/);
    await changes.bar.getByRole("button", { name: "Ask more" }).click();
    await page.keyboard.type("and why?");
    await page.keyboard.press("Enter");
    await changes.step("answered");
    assert.equal(await answer(changes), ANSWER);
    assert.deepEqual(hub.requests, [], "nobody was asked");
    assert.equal(server.own.length, before);
    await context.setOffline(false);
    await playground.choose("What was sent");
    assert.equal(await playground.dialog.locator(".payload").count(), 0, "nothing has left");
  });
}

story("an answer streams, is stopped at once, and suggestions go on", { minutes }, async ({ playground }) => {
  const { changes } = await open(playground, "long-talker");
  await changes.ask("what does this do?", QUESTION);
  await changes.step("asking");
  await changes.bar.getByText(/In this tab for a question/).waitFor();
  await changes.bar.locator(".answer").waitFor();
  const begun = await answer(changes);
  await playground.press("Escape");
  await changes.step("answered");
  await changes.bar.getByText("Stopped.").waitFor();
  const stopped = await answer(changes);
  assert.ok(stopped.startsWith(begun) && begun.length > 0, `${begun} … ${stopped}`);
  assert.match(await playground.suggestion(), /total/);
  assert.equal(await answer(changes), stopped, "nothing comes after");

  // What was typed meanwhile is suggested for once the answer is there or stopped.
  await changes.bar.getByRole("button", { name: "Ask more" }).click();
  await changes.words.fill("again");
  await playground.press("Enter");
  await changes.step("asking");
  await changes.bar.locator(".answer").waitFor();
  await playground.content.focus();
  await playground.type("\nlet x = ");
  await changes.bar.getByRole("button", { name: /stop/ }).click();
  await changes.step("answered");
  await playground.ghost.waitFor();
});

story("one file is changed by a model in the tab, and the change is reviewed", { minutes }, async ({ playground }) => {
  const { changes } = await open(playground, "changer");
  await changes.ask("ten times as much");
  await changes.step("reviewing");
  assert.deepEqual(await changes.proposed(), ["const b = 20;"]);
  await playground.press("Alt+KeyY");
  await playground.shows("const b = 20;\n");
});

story("a model that was not taught to talk says so, and nobody is asked", { minutes }, async ({ playground }) => {
  const { changes, talks } = await open(playground, "nano");
  assert.equal(talks, "Answers no questions: it has no chat template");
  await playground.press("ControlOrMeta+i");
  await changes.bar.getByText(/flint\/nano has no chat template, so it answers no questions/).waitFor();
  await changes.bar.getByRole("button", { name: "Models…" }).click();
  await playground.dialog.getByText("Models for suggestions").first().waitFor();
});
