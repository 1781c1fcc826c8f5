// How fast the same model decodes: ours with everything around it, onnxruntime-web alone, transformers.js. Each goes on
// from prompts as long as ours were, for as many tokens, and they take turns, so that a busy machine is busy for all.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const ROUNDS = 5;
/** Rounds before these, in which a browser translates for speed what runs often. */
const WARMING = 1;
/** Completions of fewer tokens say little. */
const ENOUGH = 8;
/** Tokens of a prompt that are read at once. */
const CHUNK = 16;
/** Where `bench/peers/package.json` is installed. */
export const peers = join(process.env.FLINT_CACHE ?? join(homedir(), ".cache/flint"), "peers/node_modules");

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds of a token in each round: `complete` asks ours, `raw` and `transformers` measure [prompt, tokens] pairs. */
export async function takeTurns({ places, complete, raw, transformers }) {
  const ms = { ours: [], raw: [], transformers: [] };
  for (let round = 0; round < WARMING + ROUNDS; round++) {
    const shapes = [];
    let [took, tokens] = [0, 0];
    for (const place of places) {
      const { timings } = await complete(place);
      if (timings.completion_tokens < ENOUGH) continue;
      shapes.push([timings.prompt_tokens, timings.completion_tokens - 1]);
      took += timings.decode_ms;
      tokens += timings.completion_tokens - 1;
    }
    assert.ok(tokens > 0, "a completion is long enough to be timed");
    ms.ours.push(took / tokens);
    ms.raw.push(await raw(shapes));
    if (transformers) ms.transformers.push(await transformers(shapes));
  }
  const rounds = (name) => ms[name].slice(WARMING);
  const rate = (name) => Math.round(10_000 / median(rounds(name))) / 10;
  // What is compared was measured in the same round: a machine that others use is not as fast in the next one.
  const pairs = rounds("ours").map((ours, round) => [ours, rounds("raw")[round]]);
  return {
    wasm_tok_s: rate("ours"),
    raw_ort_tok_s: rate("raw"),
    ...(transformers && { transformers_js_tok_s: rate("transformers") }),
    of_raw: Math.round(median(pairs.map(([ours, raw]) => raw / ours)) * 1000) / 1000,
    overhead_ms: Math.round(median(pairs.map(([ours, raw]) => ours - raw)) * 100) / 100,
  };
}

/** onnxruntime-web in the page, its cache handed back as it is; `files` are addresses of its script and of the model. */
export const rawIn = (page, files) => (shapes) =>
  page.evaluate(
    async ({ script, model, shapes, chunk }) => {
      globalThis.raw ??= {};
      globalThis.raw[model] ??= (async () => {
        const ort = await import(script);
        ort.env.wasm.wasmPaths = script.slice(0, script.lastIndexOf("/") + 1);
        ort.env.wasm.numThreads = 1;
        return { ort, session: await ort.InferenceSession.create(model, { executionProviders: ["wasm"] }) };
      })();
      const { ort, session } = await globalThis.raw[model];
      const pasts = session.inputMetadata.filter(({ name }) => name.startsWith("past"));
      const nothing = () => Object.fromEntries(pasts.map(({ name, shape }) => [name, new ort.Tensor("float32", [], [1, shape[1], 0, shape[3]])]));
      let [took, steps] = [0, 0];
      for (const [prompt, tokens] of shapes) {
        let [past, held] = [nothing(), 0];
        const read = async (ids) => {
          held += ids.length;
          const feeds = {
            input_ids: new ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]),
            attention_mask: new ort.Tensor("int64", new BigInt64Array(held).fill(1n), [1, held]),
            ...past,
          };
          const outputs = await session.run(feeds);
          past = Object.fromEntries(pasts.map(({ name }) => [name, outputs[name.replace("past_key_values", "present")]]));
        };
        const ids = Array.from({ length: prompt }, (_, index) => 30 + ((index * 7919) % 4000));
        for (let at = 0; at < prompt; at += chunk) await read(ids.slice(at, at + chunk));
        const started = performance.now();
        for (let step = 0; step < tokens; step++) await read([30 + ((step * 31) % 4000)]);
        took += performance.now() - started;
        steps += tokens;
      }
      return took / steps;
    },
    { ...files, shapes, chunk: CHUNK },
  );

/** transformers.js in the page, greedy; null where it is not installed. `base` serves `peers`, `hub` the model. */
export function transformersIn(page, { base, hub, model, dtype }) {
  if (!existsSync(join(peers, "@huggingface/transformers"))) return null;
  return (shapes) =>
    page.evaluate(
      async ({ base, hub, model, dtype, shapes }) => {
        globalThis.transformers ??= {};
        globalThis.transformers[model] ??= (async () => {
          const library = await import(`${base}@huggingface/transformers/dist/transformers.min.js`);
          Object.assign(library.env, { remoteHost: hub, allowLocalModels: false, useBrowserCache: false });
          const runtime = `${base}@huggingface/transformers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify`;
          Object.assign(library.env.backends.onnx.wasm, { numThreads: 1, wasmPaths: { mjs: `${runtime}.mjs`, wasm: `${runtime}.wasm` } });
          return { library, decoder: await library.AutoModelForCausalLM.from_pretrained(model, { device: "wasm", dtype }) };
        })();
        const { library, decoder } = await globalThis.transformers[model];
        const generate = async (prompt, tokens) => {
          const ids = BigInt64Array.from({ length: prompt }, (_, index) => BigInt(30 + ((index * 7919) % 4000)));
          const input_ids = new library.Tensor("int64", ids, [1, prompt]);
          const attention_mask = new library.Tensor("int64", new BigInt64Array(prompt).fill(1n), [1, prompt]);
          const started = performance.now();
          await decoder.generate({ input_ids, attention_mask, max_new_tokens: tokens, min_new_tokens: tokens, do_sample: false, eos_token_id: null });
          return performance.now() - started;
        };
        let [took, steps] = [0, 0];
        for (const [prompt, tokens] of shapes) {
          // The first token comes with the reading of the prompt: what is longer is the others'.
          took += (await generate(prompt, tokens + 1)) - (await generate(prompt, 1));
          steps += tokens;
        }
        return took / steps;
      },
      { base, hub, model, dtype, shapes },
    );
}
