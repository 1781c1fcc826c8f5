// A thousand completions given up at random moments, in the middle of reading a long prompt too: how long the worker
// goes on with what nobody wants, and whether anything stays behind.

import { readFileSync } from "node:fs";
import { percentile, round } from "./figures.mjs";
import { inPage } from "./in_page.mjs";

const ABORTS = 1_000;

export async function measureAborts(browser, server, worker) {
  const text = readFileSync(new URL("fixtures/todo.js", import.meta.url), "utf8");
  const data = { worker, url: server.url, text, count: ABORTS };
  const answer = await inPage(browser, server, abort, data);
  return {
    aborts: answer.waits.length,
    abort_p50_ms: percentile(answer.waits, 0.5),
    abort_p95_ms: percentile(answer.waits, 0.95),
    abort_max_ms: percentile(answer.waits, 1),
    abort_leaked_bytes: answer.after - answer.before,
    peak_worker_bytes: answer.after,
    model_files_bytes: answer.all_bytes,
    peak_per_model_byte: round(answer.after / answer.all_bytes, 2),
  };
}

/** Runs in the page. */
async function abort({ worker: workerUrl, url, text, count }) {
  const { ModelWorker } = await import("/bench/model_worker.js");
  const worker = new ModelWorker(workerUrl);
  const { all_bytes } = await worker.load(url);
  const limits = { max_tokens: 96, max_lines: 40, min_likelihood: 0 };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const waits = [];
  // Another file each time: the whole prompt is read anew.
  const request = (number) => ({
    language: "javascript",
    path: `todo-${number}.js`,
    prefix: text,
    suffix: "",
    limits,
  });
  let before = 0;
  for (let number = 0; waits.length < count; number++) {
    const { done, cancel } = worker.begin(request(number));
    await pause(Math.random() * 60);
    const cancelled = performance.now();
    cancel();
    if ((await done).finish_reason === "cancelled") waits.push(performance.now() - cancelled);
    if (waits.length === 100 && before === 0) before = await worker.memory();
  }
  const after = await worker.memory();
  worker.end();
  return { waits, before, after, all_bytes };
}
