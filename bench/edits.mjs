// A recorded session played to the built worker: what is read again after an edit, and whether a worker that has
// just begun gives the same text.

import { readFileSync } from "node:fs";
import { percentile, round } from "./figures.mjs";
import { inPage } from "./in_page.mjs";

const COMPARED = 40;

export async function measureEdits(browser, server, worker) {
  const lines = readFileSync(new URL("fixtures/edits.jsonl", import.meta.url), "utf8").trim().split("\n");
  const [beginning, ...steps] = lines.map(JSON.parse);
  const data = { worker, url: server.url, beginning, steps, every: Math.floor(steps.length / COMPARED) };
  const { answers, compared, different } = await inPage(browser, server, play, data);
  const of = (kind) => answers.filter(({ edit }) => edit === kind);
  const [edits, moves] = [of(true), of(false)];
  const read = (all) => all.map(({ prompt, reused }) => prompt - reused);
  const sum = (all, key) => all.reduce((total, one) => total + one[key], 0);
  return {
    edits: edits.length,
    reprefill_p95_tokens: percentile(read(edits), 0.95),
    reprefill_max_tokens: percentile(read(edits), 1),
    reused_share: round(sum(edits, "reused") / sum(edits, "prompt"), 4),
    edit_p95_ms: percentile(edits.map(({ ms }) => ms), 0.95),
    tokenize_p95_ms: percentile(edits.map(({ tokenize }) => tokenize), 0.95),
    moves: moves.length,
    move_reprefill_p95_tokens: percentile(read(moves), 0.95),
    move_p95_ms: percentile(moves.map(({ ms }) => ms), 0.95),
    compared_with_cold: compared,
    cold_differs: different,
  };
}

/** Runs in the page. */
async function play({ worker: workerUrl, url, beginning, steps, every }) {
  const { ModelWorker } = await import("/bench/model_worker.js");
  const warm = new ModelWorker(workerUrl);
  const cold = new ModelWorker(workerUrl);
  await warm.load(url);
  await cold.load(url);
  const limits = { max_tokens: 24, max_lines: 1, min_likelihood: 0 };
  const { path, language } = beginning;
  let text = beginning.text;
  const answers = [];
  let [compared, different] = [0, 0];
  for (const [number, [at, removed, inserted]] of steps.entries()) {
    if (inserted !== undefined) text = text.slice(0, at) + inserted + text.slice(at + removed);
    const cursor = at + (inserted?.length ?? 0);
    const request = { path, language, prefix: text.slice(0, cursor), suffix: text.slice(cursor), limits };
    const started = performance.now();
    const { text: answer, timings } = await warm.complete(request);
    answers.push({
      edit: inserted !== undefined,
      ms: performance.now() - started,
      prompt: timings.prompt_tokens,
      reused: timings.reused_tokens,
      tokenize: timings.tokenize_ms,
    });
    if (number % every !== 0) continue;
    // Another text in between leaves nothing to reuse.
    await cold.complete({ ...request, path: "elsewhere", prefix: `${number}`, suffix: "" });
    compared += 1;
    if ((await cold.complete(request)).text !== answer) different += 1;
  }
  warm.end();
  cold.end();
  return { answers, compared, different };
}
