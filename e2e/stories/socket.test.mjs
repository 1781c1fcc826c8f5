// Responses over a WebSocket: one socket for many answers, only what is new sent on it, and every way that one ends.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

let model;
before(async () => (model = await ModelServer.start()));
after(() => model.stop());

const FILE = "const a = 1;\nconst b = 2;\n";
const EDIT = "a.js\n<<<<<<< SEARCH\nconst a = 1;\n=======\nconst a = 10;\n>>>>>>> REPLACE\n";

async function open(playground, { hasSockets = true } = {}) {
  Object.assign(model, { hasSockets, sockets: [], frames: [], requests: [], left: 0 });
  const changes = await new Changes(playground).connected(model.url, { allowed: true, speech: "socket" });
  await new Runner(playground).project({ "a.js": FILE });
  await playground.content.focus();
  return changes;
}

const said = (changes, text) => changes.bar.locator(".answer").getByText(text).waitFor();

story("answers come over one socket, and a further question sends only what is new", {}, async ({ playground }) => {
  let turn;
  model.answer = (exchange) => {
    turn = exchange;
    exchange.stream(`Answer ${model.frames.length}.`);
  };
  const changes = await open(playground);
  await changes.ask("why?", { what: "Ask about" });
  await said(changes, "Answer 1.");
  await changes.step("answered");
  await playground.content.focus();
  await changes.ask("how?", { what: "Ask about" });
  await said(changes, "Answer 2.");
  await changes.step("answered");
  assert.equal(model.sockets.length, 1);
  const [first, second] = model.frames;
  assert.ok(first.type === "response.create" && first.stream === undefined && first.store === false);
  assert.deepEqual(first.input.map(({ role }) => role), ["system", "user"]);
  assert.equal(second.previous_response_id, "resp_1");
  assert.deepEqual(second.input, [{ role: "user", content: "how?\n" }]);
  // The server has forgotten: all of it is sent, once.
  turn.forget();
  await playground.content.focus();
  await changes.ask("when?", { what: "Ask about" });
  await said(changes, "Answer 4.");
  assert.equal(model.frames[2].previous_response_id, "resp_2");
  assert.deepEqual(model.frames[3].input.map(({ role }) => role), ["system", "user", "assistant", "user", "assistant", "user"]);
  assert.equal(model.requests.length, 0, "nothing went over HTTP");
});

story("a change streams in over a socket, and Escape closes it", {}, async ({ playground }) => {
  model.answer = (exchange) => exchange.stream(EDIT);
  const changes = await open(playground);
  await changes.ask("ten times as much");
  await changes.step("reviewing");
  assert.deepEqual(await changes.proposed(), ["const a = 10;"]);
  await playground.press("Alt+KeyY");
  await changes.step("closed");
  model.answer = (exchange) => exchange.begin().piece("a.js\n");
  await changes.ask("more");
  await changes.bar.getByText("1 tokens").waitFor();
  const left = model.nextLeft();
  await playground.press("Escape");
  await left;
  assert.equal(model.open, 0);
});

story("a server without sockets is asked over HTTP, and from then on at once", { expected: [/WebSocket/] }, async ({ playground }) => {
  model.answer = (exchange) => exchange.stream("Well.");
  const changes = await open(playground, { hasSockets: false });
  for (const words of ["why?", "how?"]) {
    await playground.content.focus();
    await changes.ask(words, { what: "Ask about" });
    await said(changes, "Well.");
    await changes.step("answered");
  }
  assert.deepEqual(model.requests.map(({ path }) => path), ["/v1/responses", "/v1/responses"]);
});

const ENDS = [
  ["dropped (1006)", (exchange) => exchange.socket.drop(), /failed or broke off/],
  ["refused (1008)", (exchange) => exchange.socket.close(1008, "not allowed here"), /refuses the request. It says: not allowed here/],
  ["too long (1009)", (exchange) => exchange.socket.close(1009), /longer than this model reads/],
  ["overloaded (1013)", (exchange) => exchange.socket.close(1013, "try later"), /overloaded or broken.*try later/],
  ["failed", (exchange) => exchange.event({ type: "response.failed", response: { error: { code: "server_error", message: "x" } } }), /overloaded or broken/],
  ["no event", (exchange) => exchange.socket.send("<html>"), /not the answer of a model server/],
];

for (const [name, end, expected] of ENDS) {
  story(`a socket that ends in the middle is said in words: ${name}`, { expected: [/WebSocket/] }, async ({ playground }) => {
    model.answer = (exchange) => end(exchange.begin().piece(EDIT));
    const changes = await open(playground);
    await changes.ask("more");
    await changes.step("reviewing");
    await changes.bar.getByText(expected).first().waitFor();
    assert.deepEqual(await changes.proposed(), ["const a = 10;"], "what had come is kept");
    assert.deepEqual([model.frames.length, model.requests.length], [1, 0], "nothing is sent again");
    await playground.shows(FILE);
  });
}
