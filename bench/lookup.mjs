// What guessing ahead is worth: the same answers with and without it, one after the other.

import { readFileSync } from "node:fs";
import { median, round } from "./figures.mjs";
import { inWorker } from "./in_page.mjs";

const ROUNDS = 5;
const LINES = 22;

/** The bundled model as it is, except that rewrites are dictated to it; and a larger one to which all is dictated. */
export async function measureLookup(browser, server, catalogue) {
  const own = catalogue.models.find(({ id }) => id === catalogue.default);
  const tokenizer = `/${own.tokenizer.url}`;
  const bundled = { weights: `/${own.weights.url}`, tokenizer };
  const large = { weights: "/cache/shape-a/q4_0.gguf", tokenizer };
  const run = async (model, cases) => {
    const data = { build: "/probe-relaxed", rounds: ROUNDS, cases, ...model };
    const { times, different, cost } = await inWorker(browser, server, "/bench/probe/lookup.worker.js", data);
    if (different > 0) throw new Error(`${different} texts changed by guessing ahead`);
    const speedup = median(times.map(({ plain, guessing }) => plain / guessing), 2);
    return { speedup, cost: round(cost, 2) };
  };
  const fim = fillIns();
  const edit = await run(bundled, rewrites());
  const fill = await run({ ...bundled, counts: `/${own.counts.url}` }, fim.map(undictated));
  const [largeEdit, largeFill] = [await run(large, rewrites()), await run(large, fim)];
  return {
    lookup_cost: edit.cost,
    lookup_speedup_edit: edit.speedup,
    lookup_speedup_fim: fill.speedup,
    shape_a_lookup: { cost: largeEdit.cost, speedup_edit: largeEdit.speedup, speedup_fim: largeFill.speedup },
  };
}

const undictated = (one) => ({ ...one, answer: "" });

function text() {
  return readFileSync(new URL("fixtures/todo.js", import.meta.url), "utf8");
}

function request(prefix, suffix, max_tokens) {
  const limits = { max_tokens, max_lines: 999, min_likelihood: 0 };
  return { id: 1, language: "javascript", path: "todo.js", prefix, suffix, limits };
}

/** A part of a file is written again with what an instruction changes: a name, a line more, a condition. */
function rewrites() {
  const lines = text().split("\n");
  const changes = [
    (part) => part.replaceAll("item", "task"),
    (part) => part.replaceAll("this.save();", "this.changed = true;\n    this.save();"),
    (part) => part.replaceAll("=== null", "== null").replaceAll("return;", "return false;"),
  ];
  const cases = [];
  for (let start = 0; start + LINES <= lines.length; start += LINES) {
    const part = `${lines.slice(start, start + LINES).join("\n")}\n`;
    for (const change of changes) {
      cases.push({ request: request(`// before\n${part}// after\n`, "", 400), answer: change(part) });
    }
  }
  return cases;
}

/** Lines and blocks taken out of a file. */
function fillIns() {
  const lines = text().split("\n");
  const cases = [];
  for (let start = 6; start + 6 < lines.length; start += 5) {
    for (const height of [1, 4]) {
      const prefix = `${lines.slice(0, start).join("\n")}\n`;
      const answer = lines.slice(start, start + height).join("\n");
      const suffix = `\n${lines.slice(start + height).join("\n")}`;
      cases.push({ request: request(prefix, suffix, 64), answer });
    }
  }
  return cases;
}
