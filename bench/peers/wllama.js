// wllama (llama.cpp in a tab), one thread: reads 256 tokens, then steps from 512 tokens of context.

import { median } from "/bench/figures.mjs";
import { LoggerWithoutDebug, Wllama } from "/modules/@wllama/wllama/esm/index.js";

const [STEPS, ROUNDS] = [100, 3];

export async function measure({ kind, folder }) {
  const paths = { default: "/modules/@wllama/wllama/esm/wasm/wllama.wasm" };
  const engine = new Wllama(paths, { logger: LoggerWithoutDebug, suppressNativeLog: true });
  const model = await (await fetch(`${folder}/${kind}.gguf`)).blob();
  await engine.loadModel([model], { n_ctx: 1024, n_threads: 1, n_gpu_layers: 0 });
  // Every byte is a token of these files, and prompts that begin differently share no cache.
  const run = async (round, tokens, max_tokens) => {
    const prompt = round + "abcdefgh".repeat(tokens / 8).slice(1);
    const answer = await engine.createCompletion({ prompt, max_tokens, temperature: 0, ignore_eos: true });
    return answer.timings;
  };
  const [prefill, decode] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const short = await run(`${round}`, 256, 1);
    prefill.push((short.prompt_ms * 256) / short.prompt_n);
    const long = await run(`${round + ROUNDS}`, 512, STEPS);
    decode.push(1000 / long.predicted_per_second);
  }
  await engine.exit();
  return { decode_ms: median(decode, 4), prefill_ms: median(prefill, 4) };
}
