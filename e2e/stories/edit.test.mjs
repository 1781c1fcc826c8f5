// Changes by a model: nothing leaves without leave, and nothing is changed without being accepted.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

let model;
before(async () => (model = await ModelServer.start()));
after(() => model.stop());

const FILE = "const a = 1;\nconst b = 2;\nconst c = 3;\nconsole.log(a + b + c);\n";
const block = (search, replace) => `sum.js\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;
const TWO = block("const a = 1;", "const a = 10;") + block("const c = 3;", "const c = 30;\nconst d = 40;");

/** A page with one file and a server that it knows. */
async function open(playground, options) {
  model.requests.length = 0;
  model.key = null;
  model.cors = true;
  const changes = await new Changes(playground).connected(model.url, options);
  await new Runner(playground).project({ "sum.js": FILE });
  await playground.content.focus();
  return changes;
}

story("a change is asked for, allowed, accepted and refused by keys", {}, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.stream(TWO);
  const changes = await open(playground);
  await changes.ask("ten times as much");
  await changes.step("consent");
  assert.equal(model.requests.length, 0, "nothing has left yet");
  const payload = await changes.bar.locator(".payload").textContent();
  assert.match(payload, /ten times as much/);
  await playground.press("Enter");
  await changes.step("reviewing");
  assert.deepEqual(JSON.parse(payload.split("\n\n")[1]), model.requests[0].body, "what was shown is what was sent");
  assert.deepEqual(await changes.proposed(), ["const a = 10;", "const c = 30;\nconst d = 40;"]);
  assert.equal(await changes.gone.count(), 2);
  await playground.shows(FILE);
  await playground.press("Alt+KeyY");
  await playground.shows(FILE.replace("a = 1", "a = 10"));
  await playground.press("Alt+KeyN");
  await changes.step("closed");
  await page.locator(".cm-content:focus").waitFor();
  await playground.shows(FILE.replace("a = 1", "a = 10"));
  await playground.press("ControlOrMeta+z");
  await playground.shows(FILE);
  await playground.choose("What was sent");
  await playground.dialog.getByText("Answered.").waitFor();
  assert.match(await playground.dialog.locator(".payload").textContent(), /ten times as much/);
});

story("a small model writes the selected lines anew, and only what differs is a change", {}, async ({ playground }) => {
  model.answer = (exchange) => exchange.stream("Here it is:\n\n```js\nconst b = 20;\nconst c = 3;\n```\n");
  const changes = await open(playground, { allowed: true, tiers: { quick: { connection: "Script", model: "tiny-3b" } } });
  await playground.press("ControlOrMeta+Home");
  await playground.press("ArrowDown");
  await playground.press("Shift+ArrowDown");
  await playground.press("Shift+ArrowDown");
  await changes.ask("ten times as much");
  await changes.step("reviewing");
  const [rules, asked] = model.requests[0].body.messages.map(({ content }) => content);
  assert.ok(rules.includes("one code fence") && !rules.includes("SEARCH"), rules);
  assert.ok(asked.includes("It is about these lines of sum.js (2 to 3):\n```\nconst b = 2;\nconst c = 3;\n```"), asked);
  assert.deepEqual(await changes.proposed(), ["const b = 20;"]);
  await playground.press("Alt+KeyY");
  await changes.step("closed");
  await playground.shows(FILE.replace("b = 2", "b = 20"));
});

story("all changes are one undo, and what is typed meanwhile stays", {}, async ({ playground }) => {
  let finish;
  const held = new Promise((done) => (finish = done));
  model.answer = async (exchange) => {
    exchange.begin().piece(TWO.slice(0, -30));
    await held;
    exchange.piece(TWO.slice(-30)).end();
  };
  const changes = await open(playground, { allowed: true });
  await changes.ask("more");
  await changes.step("asking");
  await changes.proposals.nth(1).waitFor();
  await playground.press("ControlOrMeta+Home");
  await playground.type("// mine\n");
  finish();
  await changes.step("reviewing");
  await playground.press("Alt+Shift+KeyY");
  const accepted = FILE.replace("a = 1", "a = 10").replace("c = 3;", "c = 30;\nconst d = 40;");
  await playground.shows(`// mine\n${accepted}`);
  await playground.press("ControlOrMeta+z");
  await playground.shows(`// mine\n${FILE}`);
});

story("a change of lines that were typed into is dropped", {}, async ({ playground }) => {
  model.answer = (exchange) => exchange.say(TWO);
  const changes = await open(playground, { allowed: true });
  await changes.ask("more");
  await changes.step("reviewing");
  await playground.press("ControlOrMeta+Home");
  await playground.type("x");
  await changes.bar.getByText("1 change, 1 of lines that you have changed").waitFor();
  assert.deepEqual(await changes.proposed(), ["const c = 30;\nconst d = 40;"]);
  await changes.proposals.getByRole("button", { name: "Accept" }).click();
  const now = FILE.replace("c = 3;", "c = 30;\nconst d = 40;");
  await playground.shows(`x${now}`);
  await playground.press("ControlOrMeta+Home");
  await playground.press("Delete");
  await changes.bar.getByText("1 change left, 1 accepted").waitFor();
  await playground.press("Alt+KeyY");
  await playground.shows(now.replace("a = 1", "a = 10"));
});

story("Escape ends the request at once", {}, async ({ playground }) => {
  model.answer = (exchange) => exchange.begin().piece(TWO.slice(0, -20));
  const changes = await open(playground, { allowed: true });
  await changes.ask("more");
  await changes.proposals.nth(1).waitFor();
  const left = model.nextLeft();
  await playground.press("Escape");
  await left;
  await changes.step("reviewing");
  assert.deepEqual(await changes.proposed(), ["const a = 10;"], "what had not come whole is not proposed");
  assert.equal(model.open, 0);
});

story("what a program died of is changed", {}, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.say("sum.js\n<<<<<<< SEARCH\nmissing();\n=======\nconsole.log(1);\n>>>>>>> REPLACE\n");
  const changes = await new Changes(playground).connected(model.url, { allowed: true });
  const runner = await new Runner(playground).project({ "sum.js": "// first\nmissing();\n" });
  await runner.result();
  await page.getByRole("button", { name: "Fix…" }).click();
  assert.match(await changes.words.inputValue(), /missing is not defined.*line 2/);
  await playground.press("Enter");
  await changes.step("reviewing");
  await playground.press("Alt+KeyY");
  await playground.shows("// first\nconsole.log(1);\n");
});

story("a question is answered in words, and a review leads to its lines", {}, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.stream("It adds them up.");
  const changes = await open(playground, { allowed: true });
  await changes.ask("what is it?", { what: "Ask about" });
  await changes.step("answered");
  assert.match(await changes.bar.locator(".answer").textContent(), /It adds them up/);
  model.answer = (exchange) => exchange.say("sum.js:3: a longer name would help\n");
  await changes.ask("", { what: "Review" });
  await changes.bar.getByText("a longer name would help").waitFor();
  await changes.bar.getByRole("button", { name: "sum.js:3" }).click();
  await page.getByText("Ln 3, Col 1").waitFor();
  await playground.shows(FILE);
});

const FAULTS = [
  ["a wrong key", (exchange) => exchange.refuse(401, {}), /does not accept the key/],
  ["too many requests", (exchange) => exchange.refuse(429, { error: { message: "try again in 7s", code: "rate_limit_exceeded" } }), /Try again in 7 s/],
  ["a web page", (exchange) => exchange.response.writeHead(200, { "content-type": "text/html" }).end("<html>"), /not the answer of a model server/],
  ["a dropped connection", (exchange) => exchange.begin().piece("sum.js\n").drop(), /broke off/],
  ["an error in the stream", (exchange) => exchange.begin().event({ error: { message: "overloaded", type: "server_error" } }), /overloaded or broken/],
  ["no change", (exchange) => exchange.say("I would not change anything."), /not in a form that says what to change/],
  ["a change of what is not there", (exchange) => exchange.say(block("const z = 1;", "const z = 2;")), /not in the file/],
  ["a change that fits twice", (exchange) => exchange.say(block("const", "let")), /not in the file|more than one place/],
];

for (const [name, answer, expected] of FAULTS) {
  story(`${name} is said in words`, { expected: [/status of 4|ERR_/] }, async ({ playground }) => {
    model.answer = answer;
    const changes = await open(playground, { allowed: true });
    await changes.ask("more");
    assert.match(await changes.problems(), expected);
    await playground.shows(FILE);
    assert.equal(model.requests.length, 1, "nothing is sent again by itself");
  });
}

story("another server is chosen while the words are written", {}, async ({ playground, page }) => {
  const changes = await open(playground, { allowed: true });
  await playground.press("ControlOrMeta+i");
  await changes.bar.getByRole("button", { name: "Script · flint-script" }).click();
  await changes.field("Name").fill("Second");
  await changes.field("Model").fill("other");
  await playground.button("Save").click();
  await changes.found.getByText("Saved.").waitFor();
  await playground.press("Escape");
  await changes.bar.getByRole("button", { name: "Second · other" }).waitFor();
  await changes.words.fill("more");
  await playground.press("Enter");
  await changes.step("consent");
  assert.match(await changes.bar.locator(".payload").textContent(), /"model":"other"/);
});

story("a server is named, found out about and used", { expected: [/status of 4|ERR_|CORS/] }, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.say(TWO);
  model.key = "sk-right";
  model.cors = true;
  await new Runner(playground).project({ "sum.js": FILE });
  await playground.fill(`${FILE}// kept`);
  await playground.press("ControlOrMeta+i");
  const changes = new Changes(playground);
  await changes.bar.getByRole("button", { name: "Connections" }).click();
  await changes.field("Name").fill("Mine");
  await changes.field("Address").fill("http://example.com/v1");
  await playground.button("Save").click();
  await changes.found.getByText("without encryption").waitFor();
  await changes.field("Address").fill(model.url);
  await playground.button("Save").click();
  await changes.found.getByText("new to the page").waitFor();
  await page.getByRole("button", { name: "Reload" }).click();
  await playground.dialog.getByText("Mine").first().waitFor();
  const check = async (words) => {
    await playground.button("Check").click();
    await changes.found.getByText(words).waitFor();
  };
  await check("wants a key");
  await changes.field("Key").fill("sk-right");
  await check("2 models");
  model.cors = false;
  await check("does not allow this page");
  model.cors = true;
  await changes.field("Model").fill("flint-script");
  await playground.button("Save").click();
  await changes.found.getByText("Saved.").waitFor();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!stored.includes("sk-right"), "the key is in no storage");
  await playground.press("Escape");
  await playground.dialog.waitFor({ state: "detached" });
  assert.equal(await playground.text(), `${FILE}// kept`);
  await changes.ask("more");
  await changes.step("consent");
  assert.ok(!(await changes.bar.textContent()).includes("sk-right"));
  await changes.bar.getByRole("button", { name: "Allow and send" }).click();
  await changes.step("reviewing");
  assert.equal(model.requests.at(-1).key, "sk-right");
});
