// Our own model through every engine that can run it: the Rust decoder, onnxruntime's WASM, onnxruntime's WebGPU, in
// two layouts. Greedy answers are the same but where two tokens are as likely as each other.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "playwright-core";
import { writeReport } from "../report.mjs";
import { Server } from "../server.mjs";
import { Hub } from "./hub.mjs";
import { peers, rawIn, takeTurns, transformersIn } from "./rates.mjs";

const dist = process.env.FLINT_DIST ?? "dist";
const scale = Number(process.env.FLINT_TEST_SCALE ?? 1);
const PROMPTS = 200;
/** WebGPU in software computes a token in a quarter of a second. */
const GPU_PROMPTS = Math.min(PROMPTS, 6 * scale);
const TOKENS = 6;
/** 32-bit floats, added in another order; and what the Rust decoder's activations of eight bits may move. */
const EXACT = 0.05;
const ROUNDED = 0.2;
const MINUTES = 20 * scale;

const flags = process.env.FLINT_CHROMIUM_FLAGS?.split(" ").filter(Boolean) ?? [];
const roles = JSON.parse(readFileSync(join(dist, "build.json"), "utf8"));
const [ours] = JSON.parse(readFileSync(join(dist, "models.json"), "utf8")).models;

let server;
let hub;
let browser;
let page;

before(async () => {
  server = await Server.start(dist);
  hub = new Hub();
  await hub.start();
  hub.beside = peers;
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

/** Counts a worker's living GPU buffers from its first line on, and tells them on a channel of this name. */
const counted = (script, channel) => `
  let live = 0;
  const create = GPUDevice.prototype.createBuffer;
  const destroy = GPUBuffer.prototype.destroy;
  const alive = new WeakSet();
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = create.call(this, descriptor);
    alive.add(buffer);
    live += 1;
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    if (alive.delete(this)) live -= 1;
    destroy.call(this);
  };
  const told = new BroadcastChannel("${channel}");
  told.onmessage = () => told.postMessage(live);
  await import("${script}");`;

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

const startOrt = (name, model, device, around = (script) => script) => {
  const source = { id: `${model}-${device}`, base_url: `${hub.url}/flint/${model}/resolve/main/`, device, may_fetch: true };
  const script = roles.bigger.find((file) => file.endsWith(".js"));
  return start(name, { script: around(server.url + script), source });
};

/** How many more GPU buffers live at about the 200th token than at the 20th, by token. The same texts are gone through
 * again and again, for what lives depends on how long they are. */
async function bufferGrowth() {
  const script = `${server.url}${roles.bigger.find((file) => file.endsWith(".js"))}`;
  const around = await page.evaluate((text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" })), counted(script, "buffers"));
  await startOrt("counted", "nano-written", "best", () => around);
  const live = () =>
    page.evaluate(
      () =>
        new Promise((done) => {
          const channel = new BroadcastChannel("buffers");
          channel.onmessage = ({ data }) => done(data);
          channel.postMessage("");
        }),
    );
  const samples = [];
  let tokens = 0;
  while (tokens < 200) {
    for (const place of places(3)) tokens += (await complete("counted", { ...place, prefix: place.prefix.slice(-60), suffix: "" }, { tokens: 20 })).timings.completion_tokens;
    if (tokens >= 20) samples.push({ tokens, live: await live() });
  }
  const [first, last] = [samples[0], samples.at(-1)];
  await page.evaluate(() => globalThis.counted.end());
  assert.ok(first.live > 0, "buffers are counted");
  return { gpu_buffers: last.live, gpu_buffers_per_token: (last.live - first.live) / (last.tokens - first.tokens) };
}

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

/** Figures of decoding on the CPU, of one file: at so many places, at most so many tokens. The worker is started. */
function rates(name, { model, file, dtype, count, tokens }) {
  const script = `${server.url}assets/${roles.bigger_runtimes.wasm.find((file) => file.endsWith("min.mjs")).replace("assets/", "")}`;
  const raw = rawIn(page, { script, model: `${hub.url}/flint/${model}/resolve/main/onnx/${file}` });
  const transformers = transformersIn(page, { base: `${hub.url}/peers/`, hub: `${hub.url}/`, model: `flint/${model}`, dtype });
  return takeTurns({ places: places(count), complete: (place) => complete(name, place, { tokens }), raw, transformers });
}

/** The same of a model that people would choose, whose step takes twenty times as long and whose logits are twelve times as many. */
async function middlingRates() {
  await startOrt("middling", "135m", "cpu");
  const figures = await rates("middling", { model: "135m", file: "model_quantized.onnx", dtype: "q8", count: 2, tokens: 24 });
  await page.evaluate(() => globalThis.middling.end());
  return figures;
}

/** What a browser downloads of the runtime, compressed as hosts do it on the way: a little more than at rest. */
const runtimeBytes = () => {
  const compressed = (file) => brotliCompressSync(readFileSync(join(dist, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
  const builds = Object.entries(roles.bigger_runtimes);
  return Object.fromEntries(builds.map(([name, files]) => [name, files.reduce((sum, file) => sum + compressed(file), 0)]));
};

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
    figures.comparisons.fused_webgpu = await compare("wasm", "webgpu_fused", { count: Math.min(3, GPU_PROMPTS), tie: EXACT });
    figures.webgpu_tok_s = figures.comparisons.wasm_webgpu.tok_s.webgpu;
  }
  if (flags.length > 0) Object.assign(figures, await bufferGrowth());
  Object.assign(figures, await rates("wasm", { model: "nano-fp32", file: "model.onnx", dtype: "fp32", count: 40, tokens: 40 }));
  figures.of_135m = await middlingRates();
  const all = Object.values(figures.comparisons);
  figures.token_mismatches = all.reduce((sum, { mismatches }) => sum + mismatches, 0);
  figures.third_party_requests = server.foreign.length;
  figures.runtime_br_bytes = runtimeBytes();
  writeReport("ort", figures);
  assert.equal(figures.token_mismatches, 0);
  assert.deepEqual(server.foreign, []);
  assert.ok(!(figures.gpu_buffers_per_token > 0), `${figures.gpu_buffers_per_token} more GPU buffers a token`);
});
