// Records what somebody does who writes parts of a file anew: keys, mistakes and their taking back, words and
// lines accepted, a cursor that goes elsewhere.
//
//     node bench/typist.mjs FILE > bench/fixtures/edits.jsonl
//
// The first line of what it prints is the file at the beginning, every other `[at, removed, "inserted"]`, or `[at]`
// where only the cursor moves. Positions are UTF-16 units; a file in ASCII keeps them bytes as well.

import { readFileSync } from "node:fs";
import { basename } from "node:path";

const EDITS = 2_000;
const PARTS = 9;
const LINES = 12;
/** How often, at one character. */
const MISTAKE = 0.04;
const WORD_ACCEPTED = 0.03;
const LINE_ACCEPTED = 0.01;
const WORD_TAKEN_BACK = 0.006;
const LOOKED_UP = 0.01;

/** Mulberry32: the same numbers on every machine. */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Typist {
  #random = numbers(2_000);
  steps = [];
  edits = 0;

  constructor(text) {
    this.text = text;
  }

  #edit(at, removed, inserted) {
    if (this.edits === EDITS) return;
    this.steps.push([at, removed, inserted]);
    this.edits += 1;
  }

  /** Types `part` at `at`. */
  write(part, at) {
    this.steps.push([at]);
    for (let done = 0; done < part.length && this.edits < EDITS; ) {
      const chance = this.#random();
      const rest = part.slice(done);
      let next = /^\n *|^[^]/.exec(rest)[0];
      if (chance < LINE_ACCEPTED) next = /^\n *|^[^\n]+/.exec(rest)[0];
      else if (chance < LINE_ACCEPTED + WORD_ACCEPTED) next = /^\n *|^\s*\S+/.exec(rest)[0];
      else this.#hesitate(at + done, part.slice(0, done));
      this.#edit(at + done, 0, next);
      done += next.length;
    }
  }

  /** What happens before a key that is the right one. */
  #hesitate(at, written) {
    if (this.#random() < MISTAKE) {
      this.#edit(at, 0, "etaoinsr"[Math.floor(this.#random() * 8)]);
      this.#edit(at, 1, "");
    }
    const word = /\w+$/.exec(written)?.[0];
    if (word && this.#random() < WORD_TAKEN_BACK) {
      this.#edit(at - word.length, word.length, "");
      this.#edit(at - word.length, 0, word);
    }
    if (this.#random() < LOOKED_UP) this.steps.push([Math.floor(at * this.#random())], [at]);
  }
}

/** Cuts parts of whole lines out of a text; the first of them is written first. */
function takeParts(text) {
  const lines = text.split("\n");
  const every = Math.floor(lines.length / PARTS);
  const parts = [];
  let kept = "";
  lines.forEach((line, number) => {
    if (number % every === 0 && every > LINES) parts.push({ at: kept.length, text: "" });
    if (number % every < LINES && parts.length > 0) parts.at(-1).text += `${line}\n`;
    else kept += `${line}\n`;
  });
  return { kept, parts };
}

const path = process.argv[2];
const { kept, parts } = takeParts(readFileSync(path, "utf8"));
const typist = new Typist(kept);
let shift = 0;
for (const part of parts) {
  if (typist.edits === EDITS) break;
  typist.write(part.text, part.at + shift);
  shift += part.text.length;
}
console.log(JSON.stringify({ path: basename(path), language: "javascript", text: kept }));
for (const step of typist.steps) console.log(JSON.stringify(step));
