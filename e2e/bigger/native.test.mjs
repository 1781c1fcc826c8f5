// Native ONNX Runtime and onnxruntime-web give the same greedy tokens on our model, but where two are as likely as each
// other. That ours are onnxruntime-web's, tokens.test.mjs says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { Hub, folder } from "./hub.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const [PROMPTS, TOKENS, LONGEST] = [200, 6, 60];
/** Nats; 32-bit floats, added in another order. */
const TIE = 1e-3;
const MINUTES = 5;

let server;
let hub;
let browser;

before(async () => {
  server = await Server.start(dist);
  hub = new Hub();
  await hub.start();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  await hub?.stop();
  await server?.stop();
});

/** Prompts of different lengths, the same every time. */
const prompts = Array.from({ length: PROMPTS }, (_, index) =>
  Array.from({ length: 1 + ((index * 31) % LONGEST) }, (_, at) => 30 + ((index * 7919 + at * at * 104_729) % 4000)),
);

function native(model) {
  const child = spawn(process.env.FLINT_PYTHON ?? "python3", ["e2e/bigger/native.py"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ model, prompts, tokens: TOKENS }));
  let text = "";
  child.stdout.on("data", (part) => (text += part));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done(JSON.parse(text)) : fail(new Error(`native.py ended with ${code}`))));
  });
}

async function inBrowser(model) {
  const page = await browser.newPage();
  const roles = JSON.parse(readFileSync(join(dist, "build.json"), "utf8"));
  await page.goto(`${server.url}build.json`);
  const script = `${server.url}assets/${roles.bigger_runtimes.wasm.find((file) => file.endsWith("min.mjs")).replace("assets/", "")}`;
  return page.evaluate(
    async ({ script, model, prompts, tokens }) => {
      const ort = await import(script);
      ort.env.wasm.wasmPaths = script.slice(0, script.lastIndexOf("/") + 1);
      ort.env.wasm.numThreads = 1;
      const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
      const pasts = session.inputMetadata.filter(({ name }) => name.startsWith("past"));
      const long = (values, dims) => new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);
      const answers = [];
      for (const prompt of prompts) {
        let past = Object.fromEntries(pasts.map(({ name, shape }) => [name, new ort.Tensor("float32", [], [1, shape[1], 0, shape[3]])]));
        let [read, held] = [prompt, 0];
        const answer = [];
        while (answer.length < tokens) {
          held += read.length;
          const outputs = await session.run({ input_ids: long(read, [1, read.length]), attention_mask: long(Array(held).fill(1), [1, held]), ...past });
          past = Object.fromEntries(pasts.map(({ name }) => [name, outputs[name.replace("past_key_values", "present")]]));
          const [, rows, vocab] = outputs.logits.dims;
          const logits = outputs.logits.data.subarray((rows - 1) * vocab);
          answer.push(logits.reduce((best, logit, token) => (logit > logits[best] ? token : best), 0));
          read = answer.slice(-1);
        }
        answers.push(answer);
      }
      return answers;
    },
    { script, model, prompts, tokens: TOKENS },
  );
}

test("native and in the browser: the same tokens", { timeout: MINUTES * 60_000 }, async () => {
  const path = "onnx/model.onnx";
  const wanted = await native(join(folder, "nano-fp32", path));
  const found = await inBrowser(`${hub.url}/flint/nano-fp32/resolve/main/${path}`);
  const figures = { prompts: wanted.length, mismatches: 0, ties: 0 };
  wanted.forEach(({ tokens, leads }, index) => {
    const at = tokens.findIndex((token, at) => token !== found[index][at]);
    if (at < 0) return;
    if (leads[at] <= TIE) figures.ties += 1;
    else figures.mismatches += 1;
  });
  writeReport("ort_native", figures);
  assert.equal(figures.prompts, PROMPTS);
  assert.equal(figures.mismatches, 0);
});
