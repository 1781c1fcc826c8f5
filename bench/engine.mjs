// The worker alone: start, prefill, decode. Speaks the page's own protocol with the built worker.

import { readFileSync } from "node:fs";
import { median, round } from "./figures.mjs";
import { inPage } from "./in_page.mjs";

const ROUNDS = 7;
const KEPT = '.status-bar[data-offline="ready"]';

export async function measureEngine(browser, server, worker) {
  const text = readFileSync(new URL("fixtures/todo.js", import.meta.url), "utf8");
  const data = { worker, url: server.url, text };
  const cold = await inPage(browser, server, live, data);
  const visitor = await returning(browser, server);
  const warm = [];
  for (let round = 0; round < ROUNDS; round++) warm.push(await inPage(visitor, server, live, data));
  await visitor.close();
  return {
    backend: cold.backend,
    decode_tok_s: median(warm.flatMap(({ decode }) => decode)),
    prefill_256_ms: median(warm.map(({ prefill }) => prefill)),
    warm_ready_ms: median(warm.map(({ ready }) => ready)),
    cold_ready_ms: round(cold.ready),
  };
}

/** Who has been here before: the page has said that it keeps its files. */
async function returning(browser, { url }) {
  const visitor = await browser.newContext();
  const page = await visitor.newPage();
  await page.goto(url);
  await page.locator(KEPT).waitFor();
  await page.close();
  return visitor;
}

/** Runs in the page: one worker's life. */
async function live({ worker: workerUrl, url, text }) {
  const { ModelWorker } = await import("/bench/model_worker.js");
  const started = performance.now();
  const worker = new ModelWorker(workerUrl);
  const { backend } = await worker.load(url);
  const ready = performance.now() - started;

  const complete = async (prefix, limits) =>
    (await worker.complete({ language: "javascript", path: "todo.js", prefix, limits })).timings;
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
  worker.end();
  return { backend, ready, decode, prefill: (long.prefill_ms * 256) / read };
}
