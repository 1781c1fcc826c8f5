// Our own model through every engine that can run it: the Rust decoder, onnxruntime's WASM, onnxruntime's WebGPU, in
// two layouts. Greedy answers are the same but where two tokens are as likely as each other.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { Hub } from "./hub.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const scale = Number(process.env.FLINT_TEST_SCALE ?? 1);
const PROMPTS = 200;
/** WebGPU in software computes a token in a quarter of a second. */
const GPU_PROMPTS = Math.min(PROMPTS, 6 * scale);
const TOKENS = 6;
/** 32-bit floats, added in another order; and what the Rust decoder's activations of eight bits may move. */
const EXACT = 0.05;
const ROUNDED = 0.2;
const MINUTES = 8 * scale;

const flags = process.env.FLINT_CHROMIUM_FLAGS?.split(" ").filter(Boolean) ?? [];
const roles = JSON.parse(readFileSync(join(dist, "build.json"), "utf8"));
const [ours] = JSON.parse(readFileSync(join(dist, "models.json"), "utf8")).models;

let server;
let hub;
let browser;
let page;

before(async () => {
  server = await Server.start(dist);
  hub = await Hub.start(process.env.FLINT_HUB ?? "target/hub");
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", ...flags] });
  const context = await browser.newContext({ proxy: { server: server.url, bypass: "127.0.0.1" } });
  page = await context.newPage();
  await page.goto(`${server.url}build.json`);
});

after(async () => {
  await browser?.close();
  await hub?.stop();
  await server?.stop();
});

/** Places in the gallery's programs, evenly spread; what follows the cursor's line is there too. */
function places(count) {
  const folder = "app/examples";
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ path: name, text: readFileSync(join(folder, name), "utf8") }));
  return Array.from({ length: count }, (_, index) => {
    const { path, text } = texts[index % texts.length];
    const at = Math.floor((text.length * (1 + Math.floor(index / texts.length))) / (2 + count / texts.length));
    return { path, language: "text", prefix: text.slice(Math.max(0, at - 400), at), suffix: text.slice(at, at + 80) };
  });
}

/** Starts a worker in the page under a name there; its `ready` message. */
function start(name, { script, source, load }) {
  return page.evaluate(
    ({ name, script, source, load }) =>
      new Promise((done, fail) => {
        const worker = new Worker(script, { type: "module", name: source ? JSON.stringify(source) : "" });
        const waiting = new Map();
        let id = 0;
        globalThis[name] = {
          complete: (request) => new Promise((answered, failed) => {
            waiting.set(++id, { text: "", answered, failed });
            worker.postMessage(JSON.stringify({ type: "complete", id, ...request }));
          }),
          end: () => worker.terminate(),
        };
        worker.onerror = ({ message }) => fail(new Error(message));
        worker.onmessage = ({ data }) => {
          const message = JSON.parse(data);
          const wait = waiting.get(message.id);
          if (message.type === "hello" && load) worker.postMessage(JSON.stringify({ type: "load", model: load }));
          else if (message.type === "ready") done(message);
          else if (message.type === "text") wait.text += message.text;
          else if (message.type === "done") wait.answered({ text: wait.text, finish: message.finish_reason, timings: message.timings });
          else if (message.type === "failed") (wait?.failed ?? fail)(new Error(message.error.message));
        };
      }),
    { name, script, source, load },
  );
}

const startOurs = () => {
  const absolute = (file) => ({ ...file, url: server.url + file.url });
  const load = { id: ours.id, weights: absolute(ours.weights), tokenizer: absolute(ours.tokenizer) };
  return start("rust", { script: server.url + roles.worker, load });
};

const startOrt = (name, model, device) => {
  const source = { id: `${model}-${device}`, base_url: `${hub.url}/flint/${model}/resolve/main/`, device, may_fetch: true };
  const script = roles.bigger.find((file) => file.endsWith(".js"));
  return start(name, { script: server.url + script, source });
};

const complete = (name, place, { tokens = TOKENS, alternative = 0, likelihood = 0 } = {}) =>
  page.evaluate(({ name, request }) => globalThis[name].complete(request), {
    name,
    request: { ...place, limits: { max_tokens: tokens, max_lines: 20, min_likelihood: likelihood }, alternative },
  });

/** The logarithm of the first token's probability: how likely it must be to be shown, found by halving. */
async function likelihood(name, place, alternative) {
  let [low, high] = [-12, 0];
  while (high - low > 0.02) {
    const middle = (low + high) / 2;
    const { finish } = await complete(name, place, { tokens: 1, alternative, likelihood: Math.exp(middle) });
    if (finish === "unsure") high = middle;
    else low = middle;
  }
  return low;
}

/** How much likelier an engine holds its own first token than the other engine's, in nats; Infinity where it has none such. */
async function margin(name, other, place) {
  const first = async (name, alternative) => {
    const { text, finish } = await complete(name, place, { tokens: 1, alternative });
    return text || finish;
  };
  const wanted = await first(other, 0);
  for (let alternative = 0; alternative < 6; alternative++) {
    if ((await first(name, alternative)) === wanted) return (await likelihood(name, place, 0)) - (await likelihood(name, place, alternative));
  }
  return Infinity;
}

function commonStart(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a.slice(0, at);
}

/** Counts the places where two engines differ by more than `tie` nats. */
async function compare(one, other, { count, tie }) {
  const found = { prompts: count, mismatches: 0, ties: 0, widest_tie: 0, tok_s: {} };
  const rates = { [one]: [], [other]: [] };
  for (const place of places(count)) {
    const texts = [];
    for (const name of [one, other]) {
      const { text, timings } = await complete(name, place);
      texts.push(text);
      if (timings.completion_tokens > 1) rates[name].push(timings.decode_ms / (timings.completion_tokens - 1));
    }
    const [a, b] = texts;
    if (a === b) continue;
    const there = { ...place, prefix: place.prefix + commonStart(a, b) };
    const nats = await margin(other, one, there);
    if (nats <= tie) {
      found.ties += 1;
      found.widest_tie = Math.max(found.widest_tie, Math.round(nats * 100) / 100);
    } else {
      found.mismatches += 1;
      console.log(JSON.stringify({ one: a, other: b, path: place.path, nats }));
    }
  }
  for (const [name, times] of Object.entries(rates)) {
    times.sort((x, y) => x - y);
    found.tok_s[name] = Math.round(10_000 / times[times.length >> 1]) / 10;
  }
  return found;
}

/** Milliseconds of a step of onnxruntime-web alone, on the same file: no loop, no sampler, its cache handed back as it is. */
function rawStep() {
  const runtime = `${server.url}assets/${roles.bigger_runtimes.wasm.find((file) => file.endsWith("min.mjs")).replace("assets/", "")}`;
  const model = `${hub.url}/flint/nano-fp32/resolve/main/onnx/model.onnx`;
  return page.evaluate(
    async ({ runtime, model, steps }) => {
      globalThis.raw ??= (async () => {
        const ort = await import(runtime);
        ort.env.wasm.wasmPaths = runtime.slice(0, runtime.lastIndexOf("/") + 1);
        ort.env.wasm.numThreads = 1;
        return { ort, session: await ort.InferenceSession.create(model, { executionProviders: ["wasm"] }) };
      })();
      const { ort, session } = await globalThis.raw;
      const pasts = session.inputMetadata.filter(({ name }) => name.startsWith("past"));
      let past = Object.fromEntries(pasts.map(({ name, shape }) => [name, new ort.Tensor("float32", [], [1, shape[1], 0, shape[3]])]));
      let held = 0;
      const read = async (tokens) => {
        held += tokens.length;
        const outputs = await session.run({
          input_ids: new ort.Tensor("int64", BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
          attention_mask: new ort.Tensor("int64", new BigInt64Array(held).fill(1n), [1, held]),
          ...past,
        });
        past = Object.fromEntries(pasts.map(({ name }) => [name, outputs[name.replace("past_key_values", "present")]]));
      };
      await read(Array.from({ length: 100 }, (_, index) => (index * 7919) % 4096));
      const started = performance.now();
      for (let step = 0; step < steps; step++) await read([(step * 31) % 4096]);
      return (performance.now() - started) / steps;
    },
    { runtime, model, steps: 60 },
  );
}

/** The same of ours, with everything around it. */
async function ourStep(round) {
  const prefix = Array.from({ length: 40 }, (_, index) => `v${(round * 97 + index * 7919) % 4096} `).join("");
  const place = { path: "a.txt", language: "text", prefix, suffix: "" };
  const { timings } = await complete("wasm", place, { tokens: 60 });
  return timings.completion_tokens > 8 ? timings.decode_ms / (timings.completion_tokens - 1) : null;
}

async function rates() {
  const [raw, ours] = [[], []];
  for (let round = 0; round < 5; round++) {
    raw.push(await rawStep());
    ours.push(await ourStep(round));
  }
  const median = (times) => times.filter(Boolean).sort((a, b) => a - b)[times.filter(Boolean).length >> 1];
  return { raw_ort_tok_s: Math.round(1000 / median(raw)), wasm_tok_s: Math.round(1000 / median(ours)), overhead_ms: Math.round((median(ours) - median(raw)) * 100) / 100 };
}

test("every engine gives the same tokens", { timeout: MINUTES * 60_000 }, async () => {
  const figures = { comparisons: {} };
  await startOurs();
  const { backend } = await startOrt("wasm", "nano-fp32", "cpu");
  assert.match(backend, /CPU onnxruntime fp32/);
  figures.comparisons.rust_wasm = await compare("rust", "wasm", { count: PROMPTS, tie: ROUNDED });
  await startOrt("written", "nano-written", "cpu");
  figures.comparisons.layouts = await compare("wasm", "written", { count: 40, tie: EXACT });
  figures.layouts = ["nano-fp32", "nano-written"];
  if (flags.length > 0) {
    const gpu = await startOrt("webgpu", "nano-written", "best");
    assert.match(gpu.backend, /^GPU .* fp32/);
    figures.comparisons.wasm_webgpu = await compare("written", "webgpu", { count: GPU_PROMPTS, tie: EXACT });
    // This GPU reads long runs of fused attention wrongly, which the worker finds out.
    await startOrt("webgpu_fused", "nano-fp32", "best");
    figures.comparisons.fused_webgpu = await compare("wasm", "webgpu_fused", { count: GPU_PROMPTS, tie: EXACT });
    figures.webgpu_tok_s = figures.comparisons.wasm_webgpu.tok_s.webgpu;
  }
  Object.assign(figures, await rates());
  const all = Object.values(figures.comparisons);
  figures.token_mismatches = all.reduce((sum, { mismatches }) => sum + mismatches, 0);
  figures.third_party_requests = server.foreign.length;
  writeReport("ort", figures);
  assert.equal(figures.token_mismatches, 0);
  assert.deepEqual(server.foreign, []);
});
