// The decoder alone against other engines, on models of one shape: whole tokens, one thread.

import { execFileSync } from "node:child_process";
import { median, round } from "./figures.mjs";
import { inPage, inWorker } from "./in_page.mjs";

const [PROMPT, GROUPS, ROUNDS] = [256, 8, 5];
const CONTEXTS = [256, 512, 1024, 2048 - 16 * GROUPS];

/** `cache` holds the peers' packages and the shapes' files. */
export async function measureShapes(browser, server, cache, catalogue) {
  const figures = await measureBundled(browser, server, catalogue);
  for (const name of ["a", "b"]) figures[`shape_${name}`] = await measureShape(browser, server, cache, name);
  figures.shape_qwen2 = await measureLarge(browser, server);
  return figures;
}

async function measureShape(browser, server, cache, name) {
  const folder = `/cache/shape-${name}`;
  // Ours before and after the others: the machine may change its mind meanwhile.
  const ours = [await measureOurs(browser, server, folder)];
  const peers = [
    ...(await browserPeers(browser, server, folder)),
    ...nativePeers(cache, name),
  ];
  ours.push(await measureOurs(browser, server, folder));
  const figure = (build, key) => round(ours.reduce((sum, one) => sum + one[build][key], 0) / 2, 4);
  const per = (build) => ({
    ms_per_token_256: figure(build, 256),
    ms_per_token_512: figure(build, 512),
    ms_per_token_1024: figure(build, 1024),
    ms_per_token_2048: figure(build, CONTEXTS.at(-1)),
    prefill_256_ms: figure(build, "prefill"),
  });
  const [relaxed, simd128] = [per("relaxed"), per("simd128")];
  const speed = (ms) => Math.round(1000 / ms);
  return {
    kernel: ours[0].relaxed.kernels,
    decode_tok_s: speed(relaxed.ms_per_token_512),
    decode_tok_s_1024: speed(relaxed.ms_per_token_1024),
    prefill_256_ms: relaxed.prefill_256_ms,
    decode_tok_s_simd128: speed(simd128.ms_per_token_512),
    decode_tok_s_1024_simd128: speed(simd128.ms_per_token_1024),
    prefill_256_ms_simd128: simd128.prefill_256_ms,
    relaxed,
    simd128,
    peers,
  };
}

/** The bundled model's decoder alone; beyond the context it was trained for a token still costs what it costs. */
async function measureBundled(browser, server, { models, default: wanted }) {
  const model = `/${models.find(({ id }) => id === wanted).weights.url}`;
  const { kernels, decode } = await measureBuild(browser, server, "relaxed", model);
  return { kernel: kernels, ms_per_token_256: decode[0], ms_per_token_2048: decode.at(-1) };
}

async function measureOurs(browser, server, folder) {
  const builds = {};
  for (const build of ["relaxed", "simd128"]) {
    const { kernels, decode, prefill } = await measureBuild(browser, server, build, `${folder}/q4_0.gguf`);
    const byContext = CONTEXTS.map((context, index) => [context, decode[index]]);
    builds[build] = { kernels, prefill, ...Object.fromEntries(byContext) };
  }
  return builds;
}

async function measureBuild(browser, server, build, model) {
  const jobs = CONTEXTS.map((context) => ["decode", context, GROUPS]);
  for (let count = 0; count < ROUNDS; count++) jobs.push(["prefill", 0, PROMPT]);
  const data = { build: `/probe-${build}`, model, capacity: 2048, jobs };
  const { answers, kernels } = await inWorker(browser, server, "/bench/probe/worker.js", data);
  const decode = CONTEXTS.map((_, index) => exact(Object.values(answers[index])));
  return { kernels, decode, prefill: exact(answers.slice(CONTEXTS.length)) };
}

async function browserPeers(browser, server, folder) {
  const rows = [];
  for (const kind of ["int8", "fp32", "int4"]) {
    const answer = await inWorker(browser, server, "/bench/peers/ort.worker.js", { kind, folder });
    rows.push(row(`onnxruntime-web ${kind}`, answer));
  }
  for (const kind of ["q4_0", "q8_0"]) {
    const run = async ({ kind, folder }) =>
      (await import("/bench/peers/wllama.js")).measure({ kind, folder });
    rows.push(row(`wllama ${kind.toUpperCase()}`, await inPage(browser, server, run, { kind, folder })));
  }
  return rows;
}

function row(engine, { decode_ms, prefill_ms }) {
  return { engine, decode_tok_s: Math.round(1000 / decode_ms), prefill_256_ms: round(prefill_ms) };
}

function nativePeers(cache, name) {
  const python = `${cache}/venv/bin/python`;
  const lines = execFileSync(python, ["bench/peers/native.py", name], { encoding: "utf8" });
  return lines.trim().split("\n").map(JSON.parse);
}

/** A model of half a billion parameters: does it load, and how fast is it? */
async function measureLarge(browser, server) {
  const data = {
    build: "/probe-relaxed",
    model: "/cache/shape-qwen2/q4_0.gguf",
    capacity: 512,
    jobs: [["decode", 64, 4], ["prefill", 0, 64]],
  };
  const answer = await inWorker(browser, server, "/bench/probe/worker.js", data);
  return {
    decode_tok_s: round(1000 / exact(Object.values(answer.answers[0]))),
    prefill_64_ms: round(answer.answers[1]),
    load_ms: round(answer.load_ms),
    memory_per_model_byte: round(answer.memory_bytes / answer.model_bytes, 2),
  };
}

const exact = (values) => median(values, 4);
