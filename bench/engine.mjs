// The worker alone: start, prefill, decode. Speaks the page's own protocol with the built worker.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { median, round } from "./figures.mjs";

const ROUNDS = 7;

export async function measureEngine(browser, url, dist) {
  const page = await browser.newPage();
  await page.goto(`${url}models.json`);
  const { worker } = JSON.parse(readFileSync(join(dist, "build.json"), "utf8"));
  const text = readFileSync(new URL("fixtures/todo.js", import.meta.url), "utf8");
  const samples = [];
  for (let round = 0; round < ROUNDS; round++) {
    samples.push(await page.evaluate(inPage, { worker: `${url}${worker}`, url, text }));
  }
  await page.close();
  // The first round fills the HTTP cache.
  const warm = samples.slice(1);
  return {
    backend: samples[0].backend,
    decode_tok_s: median(warm.flatMap(({ decode }) => decode)),
    prefill_256_ms: median(warm.map(({ prefill }) => prefill)),
    warm_ready_ms: median(warm.map(({ ready }) => ready)),
    cold_ready_ms: round(samples[0].ready),
  };
}

/** Runs in the page: one worker's life. */
async function inPage({ worker: workerUrl, url, text }) {
  const started = performance.now();
  const worker = new Worker(workerUrl, { type: "module" });
  const send = (message) => worker.postMessage(JSON.stringify(message));
  const until = (wanted) =>
    new Promise((resolve, reject) => {
      worker.onerror = () => reject(new Error("the worker failed"));
      worker.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === "failed") reject(new Error(message.error.message));
        if (message.type === wanted) resolve(message);
      };
    });
  await until("hello");
  const catalogue = await (await fetch(`${url}models.json`)).json();
  const model = catalogue.models.find(({ id }) => id === catalogue.default);
  const ready = until("ready");
  send({
    type: "load",
    model: {
      id: model.id,
      weights_url: url + model.weights.url,
      weights_bytes: model.weights.bytes,
      weights_sha256: model.weights.sha256,
      tokenizer_url: url + model.tokenizer.url,
      counts_url: model.counts && url + model.counts.url,
    },
  });
  const { backend } = await ready;
  const readyAfter = performance.now() - started;

  let id = 0;
  const complete = async (prefix, limits) => {
    const done = until("done");
    const request = { id: ++id, language: "javascript", path: "todo.js", suffix: "", prefix, limits };
    send({ type: "complete", ...request });
    return (await done).timings;
  };
  // Cuts at different lines never share a cached beginning with the one before: each is cold.
  const lines = text.split("\n");
  const decode = [];
  for (let cut = lines.length - 12; cut < lines.length; cut += 3) {
    const timings = await complete(`// ${cut}\n${lines.slice(0, cut).join("\n")}\n`, {
      max_tokens: 96,
      max_lines: 40,
      min_likelihood: 0,
    });
    if (timings.completion_tokens >= 12) {
      // The first token comes out of the prefill.
      decode.push(((timings.completion_tokens - 1) * 1000) / timings.decode_ms);
    }
  }
  const long = await complete(`// cold\n${text}\n${text}`, {
    max_tokens: 8,
    max_lines: 1,
    min_likelihood: 0,
  });
  const read = long.prompt_tokens - long.reused_tokens;
  worker.terminate();
  return { backend, ready: readyAfter, decode, prefill: (long.prefill_ms * 256) / read };
}
