// Changes of several files by one instruction, and plans whose steps are written anew one by one.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

let model;
before(async () => (model = await ModelServer.start()));
after(() => model.stop());

const SUM = "export const sum = (a, b) => a + b;\nexport const zero = 0;\n";
const MAIN = 'import { sum } from "./sum.js";\n\nconsole.log(sum(1, 2));\n';
const OLD = "unused\n";

const block = (path, search, replace) => `${path}\n<<<<<<< SEARCH\n${search}${search && "\n"}=======\n${replace}\n>>>>>>> REPLACE\n\n`;
const RENAMED = block("sum.js", "export const sum = (a, b) => a + b;", "export const add = (a, b) => a + b;");
const IMPORTED = block("main.js", 'import { sum } from "./sum.js";', 'import { add } from "./sum.js";');
const USED = block("main.js", "console.log(sum(1, 2));", "console.log(add(1, 2));");
const NEW = block("test.js", "", 'import { add } from "./sum.js";\nconsole.assert(add(1, 1) === 2);');

const SUM_AFTER = SUM.replace("sum =", "add =");
const MAIN_AFTER = MAIN.replaceAll("{ sum }", "{ add }").replace("sum(1", "add(1");

async function open(playground) {
  model.requests.length = 0;
  const changes = await new Changes(playground).connected(model.url, { allowed: true });
  await new Runner(playground).project({ "main.js": MAIN, "sum.js": SUM, "old.txt": OLD });
  await playground.content.focus();
  return changes;
}

/** The files' texts as the visitor finds them, tab by tab. */
async function texts(playground, names) {
  const found = {};
  for (const name of names) {
    await playground.tab(name).click();
    await playground.page.locator(`[role="tab"][aria-selected="true"]`, { hasText: name }).waitFor();
    found[name] = await playground.text();
  }
  return found;
}

story("one instruction changes several files, and one undo takes it back", {}, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.stream(RENAMED + IMPORTED + USED + NEW);
  const changes = await open(playground);
  await changes.ask("call it add", { allFiles: true });
  await changes.step("reviewing");
  const { content } = model.requests[0].body.messages[1];
  for (const text of [MAIN, SUM, OLD]) assert.ok(content.includes(text), "every file goes along");
  assert.equal(await changes.bar.locator(".edit-count").textContent(), "4 changes in 3 files");
  assert.deepEqual(await changes.proposed(), ['import { add } from "./sum.js";', "console.log(add(1, 2));"]);
  await playground.press("F7");
  await playground.press("F7");
  await changes.proposals.getByText("export const add").waitFor();
  assert.match(await playground.tabs(), /\[sum\.js\]/, "the next change is in the next file");
  await playground.press("Alt+Shift+KeyY");
  await changes.step("closed");
  await page.getByText("3 files are changed.").waitFor();
  assert.deepEqual(await texts(playground, ["main.js", "sum.js", "test.js"]), {
    "main.js": MAIN_AFTER,
    "sum.js": SUM_AFTER,
    "test.js": 'import { add } from "./sum.js";\nconsole.assert(add(1, 1) === 2);\n',
  });
  await playground.tab("main.js").click();
  await playground.content.focus();
  await playground.press("ControlOrMeta+z");
  await page.getByText("So is what was changed along with it").waitFor();
  assert.deepEqual(await texts(playground, ["main.js", "sum.js"]), { "main.js": MAIN, "sum.js": SUM });
  assert.equal(await playground.tab("test.js").count(), 0);
});

story("files are decided one by one, and Undo in the notice takes back the last", {}, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.say(RENAMED + IMPORTED + USED + NEW);
  const changes = await open(playground);
  await changes.ask("call it add", { allFiles: true });
  await changes.step("reviewing");
  await changes.bar.getByRole("button", { name: "Reject all in main.js" }).click();
  await changes.bar.getByRole("button", { name: "Accept all in test.js" }).click();
  await page.getByText("test.js is changed.").waitFor();
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone.").waitFor();
  assert.equal(await playground.tab("test.js").count(), 0);
  await changes.bar.getByRole("button", { name: "sum.js", exact: true }).click();
  await playground.press("Alt+KeyY");
  await changes.step("closed");
  assert.deepEqual(await texts(playground, ["main.js", "sum.js"]), { "main.js": MAIN, "sum.js": SUM_AFTER });
});

story("a file that is not what it was stops the whole change", {}, async ({ playground, page }) => {
  model.answer = (exchange) => exchange.say(RENAMED + IMPORTED + USED);
  const changes = await open(playground);
  await changes.ask("call it add", { allFiles: true });
  await changes.step("reviewing");
  await playground.press("ControlOrMeta+Home");
  await playground.type("// ");
  await playground.tab("sum.js").click();
  await changes.proposals.first().waitFor();
  await playground.press("Alt+Shift+KeyY");
  await changes.bar.getByText("main.js is not what it was when it was asked about, so nothing was changed.").waitFor();
  assert.deepEqual(await texts(playground, ["main.js", "sum.js"]), { "main.js": `// ${MAIN}`, "sum.js": SUM });
  await playground.tab("main.js").click();
  await page.locator(".proposal-gone").first().waitFor();
});

story("a file is renamed along with what it is used by, and gets its old name back", {}, async ({ playground, page }) => {
  const patch = `*** Begin Patch
*** Update File: main.js
@@
-import { sum } from "./sum.js";
+import { sum } from "./add.js";
*** Update File: sum.js
*** Move to: add.js
-export const zero = 0;
+export const nothing = 0;
*** Update File: old.txt
*** Move to: older.txt
*** End Patch
`;
  model.answer = (exchange) => exchange.stream(patch);
  const changes = await open(playground);
  await changes.ask("call it add", { allFiles: true });
  await changes.step("reviewing");
  await changes.bar.getByText("becomes add.js, 2 changes").waitFor();
  await changes.bar.getByText("becomes older.txt").waitFor();
  await changes.bar.getByRole("button", { name: "Accept all in old.txt" }).click();
  await page.getByText("old.txt is older.txt now.").waitFor();
  await playground.press("Alt+Shift+KeyY");
  await changes.step("closed");
  assert.deepEqual(await texts(playground, ["main.js", "add.js", "older.txt"]), {
    "main.js": MAIN.replace("./sum.js", "./add.js"),
    "add.js": SUM.replace("zero", "nothing"),
    "older.txt": OLD,
  });
  await playground.tab("add.js").click();
  await playground.content.focus();
  await playground.press("ControlOrMeta+z");
  await page.getByText("So is what was changed along with it").waitFor();
  assert.deepEqual(await texts(playground, ["main.js", "sum.js"]), { "main.js": MAIN, "sum.js": SUM });
  assert.equal(await playground.tab("add.js").count(), 0);
});

story("a change that adds a syntax error says so", {}, async ({ playground }) => {
  model.answer = (exchange) => exchange.say(block("main.js", "console.log(sum(1, 2));", "console.log(sum(1, 2);"));
  const changes = await open(playground);
  await changes.ask("shorter");
  await changes.step("reviewing");
  await changes.bar.getByText("main.js has a syntax error that it does not have now, near line 3").waitFor();
});

const PLAN = `## Step 1: Rename the function\n${RENAMED}## Step 2: Use the new name\n${IMPORTED}${USED}## Step 3: Test it\n${NEW}`;

story("a step of a plan is written anew and the others keep their state", {}, async ({ playground }) => {
  model.answer = (exchange) => exchange.stream(PLAN);
  const changes = await open(playground);
  await changes.ask("call it add", { what: "Plan", allFiles: true });
  await changes.step("reviewing");
  const steps = () => changes.bar.locator(".edit-steps > li .edit-name").allTextContents();
  assert.deepEqual(await steps(), ["Rename the function 1 left", "Use the new name 2 left", "Test it 1 left"]);
  await changes.bar.getByRole("button", { name: "Accept Rename the function" }).click();
  await changes.bar.getByRole("button", { name: "Reject Test it" }).click();
  assert.deepEqual(await steps(), ["Rename the function 1 accepted", "Use the new name 2 left", "Test it 1 rejected"]);
  model.answer = (exchange) => exchange.say(USED.replace("add(1, 2)", "add(3, 4)") + IMPORTED);
  await changes.bar.getByRole("button", { name: "Revise Use the new name" }).click();
  await changes.bar.getByLabel("How the step shall be different").fill("with larger numbers");
  await playground.press("Enter");
  await changes.proposals.getByText("add(3, 4)").waitFor();
  await changes.step("reviewing");
  const asked = model.requests.at(-1).body.messages.map(({ content }) => content).join("\n");
  assert.match(asked, /The step is “Use the new name”[^]*- Rename the function\n- Test it[^]*with larger numbers/);
  assert.ok(asked.includes(SUM_AFTER), "what is accepted is what the model sees");
  assert.deepEqual(await steps(), ["Rename the function 1 accepted", "Use the new name 2 left", "Test it 1 rejected"]);
  await playground.press("Alt+Shift+KeyY");
  await changes.step("closed");
  assert.deepEqual(await texts(playground, ["main.js", "sum.js"]), {
    "main.js": MAIN_AFTER.replace("add(1, 2)", "add(3, 4)"),
    "sum.js": SUM_AFTER,
  });
});
