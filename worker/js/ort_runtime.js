// Loads onnxruntime-web for `ort-web`, which expects a page and gets a worker, and chooses who computes. The files are
// this site's own; nothing is asked of anyone else.

import { FileBytes } from "./file_bytes.js";
import { HeldSession } from "./held_session.js";

/* global FLINT_ORT_RUNTIME */
/** Each build's script, glue and wasm, relative to this script. */
const BUILDS = FLINT_ORT_RUNTIME;

/** What the next session is made of, and the session that is there. */
let prepared = null;
let held = null;

/**
 * Who can compute here: `device` is `webgpu` or `wasm`, `half` whether it computes with 16-bit floats. `wanted` is
 * `wasm` to leave the GPU alone.
 */
export async function chooseDevice(wanted) {
  const adapter = wanted === "wasm" ? null : await navigator.gpu?.requestAdapter().catch(() => null);
  const device = adapter ? "webgpu" : "wasm";
  const build = adapter ? ("Suspending" in WebAssembly ? "jspi" : "asyncify") : "wasm";
  return { device, half: adapter?.features.has("shader-f16") ?? false, name: adapterName(adapter), build, script: BUILDS[build].script };
}

const adapterName = (adapter) => [adapter?.info?.vendor, adapter?.info?.architecture].filter(Boolean).join(" ");

/** Where the scripts lie. */
export const runtimeBase = () => new URL("./", import.meta.url).href;

/**
 * The next session's parts: `graph` as bytes, the files that it names (`{ path, data }`) as Blobs; `device` computes.
 */
export function prepare(graph, external, device) {
  prepared = { graph, external, device };
}

/** Keeps the logits of the last `count` tokens of the next run. */
export const keepRows = (count) => held.keepRows(count);
/** Forgets all but the first `length` tokens. */
export const truncate = (length) => held.truncate(length);
/** Logits that the last run kept, a `Float32Array` (rows, vocab). */
export const logits = () => held.logits;
/** Tokens that the session holds. */
export const heldTokens = () => held?.length ?? 0;

async function createSession(ort, options) {
  const { graph, external, device } = prepared;
  prepared = null;
  const gpu = device === "webgpu";
  // What Rust registers is refused or ignored, so it registers nothing; a GPU that is not there is an error here.
  const session = await ort.InferenceSession.create(graph, {
    ...options,
    executionProviders: [device],
    externalData: external.map(({ path, data }) => ({ path, data: new FileBytes(data) })),
    graphOptimizationLevel: "all",
    // Which nodes the CPU computes is nobody's error.
    logSeverityLevel: 3,
    ...(gpu && { preferredOutputLocation: "gpu-buffer" }),
  });
  const gpuDevice = gpu ? await ort.env.webgpu.device : null;
  gpuDevice?.lost.then(sayItIsLost);
  held = new HeldSession(ort, session, gpuDevice);
  return held;
}

/** A run that waits for a lost device may wait for ever, so the page hears of it at once. */
function sayItIsLost({ reason, message }) {
  if (reason === "destroyed") return;
  const why = message ? ` (${message.trim()})` : "";
  postMessage(JSON.stringify({ type: "failed", id: null, error: { kind: "engine", message: `The GPU was lost${why}.` } }));
}

/** A module as the plain object that `ort-web` marks, with sessions that keep their cache to themselves. */
async function load(build) {
  const { glue, wasm, script } = BUILDS[build];
  const ort = { ...(await import(new URL(script, runtimeBase()).href)) };
  ort.env.wasm.wasmPaths = { mjs: new URL(glue, runtimeBase()).href, wasm: new URL(wasm, runtimeBase()).href };
  ort.env.logLevel = "error";
  const original = { ...ort };
  ort.InferenceSession = { create: (_, options) => createSession(original, options) };
  return ort;
}

/** `ort-web` adds a script to the page; here that is an import. */
class Script {
  listeners = {};
  setAttribute() {}
  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }

  async run() {
    const file = this.src.slice(runtimeBase().length);
    const [build] = Object.entries(BUILDS).find(([, { script }]) => script === file);
    try {
      self.ort = await load(build);
      this.listeners.load({});
    } catch (error) {
      this.listeners.error({ error });
    }
  }
}

self.window = self;
self.document = { createElement: () => new Script(), head: { appendChild: (script) => void script.run() } };
