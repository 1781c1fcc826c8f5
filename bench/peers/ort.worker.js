// onnxruntime-web in a worker, one thread: reads 256 tokens, then steps from 512 tokens of context.

import { median } from "/bench/figures.mjs";
import * as ort from "/modules/onnxruntime-web/dist/ort.wasm.min.mjs";

const [PROMPT, STEPS, ROUNDS] = [256, 100, 3];

class Session {
  constructor(session, shape) {
    Object.assign(this, { session, shape });
    this.reset();
  }

  reset() {
    const { layers, kv_heads, head_width } = this.shape;
    const none = () => new ort.Tensor("float32", new Float32Array(0), [1, kv_heads, 0, head_width]);
    const names = Array.from({ length: layers }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat();
    this.past = Object.fromEntries(names.map((name) => [`past_key_values.${name}`, none()]));
    this.length = 0;
  }

  /** Milliseconds. */
  async read(tokens) {
    this.length += tokens.length;
    const ids = BigInt64Array.from(tokens, BigInt);
    const mask = new BigInt64Array(this.length).fill(1n);
    const started = performance.now();
    const outputs = await this.session.run({
      input_ids: new ort.Tensor("int64", ids, [1, tokens.length]),
      attention_mask: new ort.Tensor("int64", mask, [1, this.length]),
      ...this.past,
    });
    const took = performance.now() - started;
    const present = Object.entries(outputs).filter(([name]) => name !== "logits");
    this.past = Object.fromEntries(
      present.map(([name, tensor]) => [name.replace("present", "past_key_values"), tensor]),
    );
    return took;
  }
}

async function measure({ kind, folder }) {
  ort.env.wasm.wasmPaths = "/modules/onnxruntime-web/dist/";
  ort.env.wasm.numThreads = 1;
  const shape = await (await fetch(`${folder}/shape.json`)).json();
  const options = { executionProviders: ["wasm"], graphOptimizationLevel: "all" };
  const model = await ort.InferenceSession.create(`${folder}/${kind}.onnx`, options);
  const session = new Session(model, shape);
  const prompt = Array.from({ length: PROMPT }, (_, index) => (index * 7919) % shape.vocab);
  const prefill = [];
  for (let round = 0; round < ROUNDS; round++) {
    session.reset();
    prefill.push(await session.read(prompt));
  }
  await session.read(prompt);
  const steps = [];
  for (let step = 0; step < STEPS; step++) steps.push(await session.read([5]));
  return { decode_ms: median(steps, 4), prefill_ms: median(prefill, 4) };
}

onmessage = async ({ data }) => {
  try {
    postMessage(await measure(data));
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
