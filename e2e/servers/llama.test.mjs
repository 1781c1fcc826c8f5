// The page and llama.cpp's own server, with the bundled model on both sides: an answer in words, and that Escape
// reaches the server.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { freePort } from "../free_port.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { readReport, writeReport } from "../report.mjs";
import { story } from "../story.mjs";

const STOPS = 20;

let llama;
let url;

before(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  // The same answer every time, and one that does not end at once.
  const same = ["--temp", "0", "--ignore-eos"];
  const place = ["--model", process.env.FLINT_GGUF, "--host", "127.0.0.1", "--port", String(port)];
  llama = spawn(process.env.FLINT_LLAMA_SERVER, [...place, "--threads", "1", "--parallel", "1", "--slots", ...same], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  for await (const line of createInterface({ input: llama.stderr })) {
    if (line.includes("listening on")) break;
  }
  setImmediate(() => llama.stderr.resume());
});

after(async () => {
  const gone = new Promise((done) => llama.once("exit", done));
  llama.kill("SIGKILL");
  await gone;
});

async function isBusy() {
  const slots = await (await fetch(`${url}/slots`)).json();
  return slots.some((slot) => slot.is_processing);
}

async function until(test) {
  while (!(await test()));
}

async function open(playground) {
  const changes = await new Changes(playground).connected(`${url}/v1`, { allowed: true });
  await new Runner(playground).project({ "add.py": "def add(a, b):\n    return a + b\n" });
  await playground.content.focus();
  return changes;
}

story("it answers, and what it says is shown", {}, async ({ playground }) => {
  const changes = await open(playground);
  await changes.ask("what is it?", { what: "Ask about" });
  await changes.bar.locator(".answer").waitFor();
  await changes.step("answered");
  assert.notEqual((await changes.bar.locator(".answer").textContent()).trim(), "");
});

story("the connection's check finds its model", {}, async ({ playground }) => {
  const changes = await open(playground);
  await playground.choose("Connections");
  await playground.button("Check").click();
  await changes.found.getByText("It works: the server has 1 model.").waitFor();
});

story(`${STOPS} answers are stopped, and the server stops too`, {}, async ({ playground }) => {
  const changes = await open(playground);
  const times = [];
  for (let at = 0; at < STOPS; at++) {
    await playground.content.focus();
    // The words of the time before are still there.
    await changes.ask(at === 0 ? "what is it?" : "", { what: "Ask about" });
    await changes.bar.locator(".answer").waitFor();
    const isOver = () => changes.bar.locator('xpath=self::*[@data-step!="asking"]').waitFor({ state: "attached" });
    if (!(await isBusy())) {
      await isOver(); // the model has come to an end by itself
      continue;
    }
    const pressed = performance.now();
    await playground.press("Escape");
    await until(async () => !(await isBusy()));
    times.push(performance.now() - pressed);
    await isOver();
  }
  assert.ok(times.length > 0, "answers were stopped before their end");
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)];
  writeReport("servers", { ...readReport("servers"), page_aborts: times.length, page_abort_p95_ms: Math.round(p95 * 10) / 10 });
});
