// A device on which no model runs: the quick tier makes the suggestions, with leave and at a pace.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { story } from "../story.mjs";

let model;
before(async () => (model = await ModelServer.start()));
after(() => model.stop());

/** The page on a device that cannot have a model. */
async function open(playground, server) {
  model.requests.length = 0;
  server.fault("/models.json", (response) => response.writeHead(404).end());
  await new Changes(playground).connected(model.url, { allowed: true });
  await playground.open();
}

async function allowed(playground, server) {
  await open(playground, server);
  await playground.engine("failed");
  await playground.notice.getByRole("button", { name: "Allow" }).click();
  await playground.engine("remote");
}

const LINE = "const total = price * quantity + shipping - discount";

story("it is asked for leave, then suggests, and says that it is remote", { expected: [/status of 404/] }, async ({ playground, page, server }) => {
  model.answer = (exchange) => exchange.say("```js\nconst answer = 42;\n```");
  await open(playground, server);
  await playground.engine("failed");
  await page.getByText("Shall Script · flint-script make suggestions?").waitFor();
  await playground.fill("const answer = ");
  await playground.shows("const answer = ");
  assert.equal(model.requests.length, 0, "nothing is sent before leave is given");
  await playground.notice.getByRole("button", { name: "Allow" }).click();
  await playground.engine("remote");
  await playground.bar.getByText("Remote: Script · flint-script").waitFor();
  await playground.notice.waitFor({ state: "detached" });
  await playground.ghost.getByText("42;").waitFor();
  const { messages, max_tokens } = model.requests[0].body;
  assert.match(messages[1].content, /^const answer = \{\{HERE\}\}/);
  assert.ok(max_tokens > 0);
  await playground.press("Tab");
  await playground.shows("const answer = 42;");
  await playground.choose("What was sent");
  await playground.dialog.getByText("Quick, as the model in this tab does not run here").first().waitFor();
  await playground.press("Escape");
  await page.reload();
  await playground.engine("remote");
  server.fault("/models.json", null);
  await playground.button("Try again").click();
  await playground.engine("ready");
});

story("what is typed quickly is asked for once in a while, and what nobody waits for is over", { expected: [/status of 404/] }, async ({ playground, server }) => {
  let whole;
  const asked = new Promise((done) => (whole = done));
  model.answer = (exchange) => {
    if (!model.requests.at(-1).body.messages[1].content.includes(`${LINE}{{HERE}}`)) return exchange.say("");
    exchange.begin().piece(" ");
    whole();
  };
  await allowed(playground, server);
  await playground.fill("// Sums.\n");
  await playground.type(LINE);
  await asked;
  assert.ok(model.requests.length < LINE.length / 2, `${model.requests.length} requests for ${LINE.length} keys`);
  await playground.press("ArrowLeft");
  while (model.open > 0) await model.nextLeft();
});

story("a server that has no room is left alone, and typing goes on", { expected: [/status of 4/] }, async ({ playground, server, page }) => {
  let refused;
  const first = new Promise((done) => (refused = done));
  model.answer = (exchange) => {
    exchange.refuse(429, { error: { message: "no credit", code: "insufficient_quota" } });
    refused();
  };
  await allowed(playground, server);
  await playground.fill("const answer = ");
  await first;
  await playground.choose("What was sent");
  await playground.dialog.getByText("nothing left to spend").first().waitFor();
  await playground.press("Escape");
  const sent = model.requests.length;
  const wanted = await playground.bar.getAttribute("data-requests");
  await playground.content.focus();
  await playground.type("other");
  await page.locator(`.status-bar:not([data-requests="${wanted}"])[data-awaiting="false"]`).waitFor();
  assert.equal(model.requests.length, sent, "its quota is used up, so it is not asked again");
});
