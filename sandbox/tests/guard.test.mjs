// The guard: whatever loops is broken off, whatever ends is left as it was, no line moves.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import vm from "node:vm";
import { makeGuard } from "../document/clock.js";
import { guarded } from "../document/guard.js";
import { parse } from "../language/source.js";

/** In a document the guard's port lives as long as the page; here it would keep the process from ending. */
const channels = [];
globalThis.MessageChannel = class extends MessageChannel {
  constructor() {
    super();
    channels.push(this);
  }
};
after(() => channels.forEach(({ port1 }) => port1.close()));

const guard = (code) => {
  const edits = guarded(parse("page.html", code, { asModule: false })).sort((a, b) => b.at - a.at || b.order - a.order);
  return edits.reduce((text, { at, text: insertion }) => text.slice(0, at) + insertion + text.slice(at), code);
};

const run = (code) => vm.runInNewContext(guard(code), { __flintGuard: makeGuard("page.html", 30) }, { timeout: 5_000 });

const ENDLESS = {
  "while": "while (true) {}",
  "while without a block": "while (true);",
  "for": "for (;;) {}",
  "do": "do {} while (true)",
  "a loop behind a label": "outer: for (;;) { for (;;) continue outer; }",
  "a loop that catches": "while (true) { try { while (true) {} } catch {} }",
  "a generator": "function* all() { while (true) yield 1; } for (const n of all());",
  "a generator that nothing else loops over": "const all = (function* () { let n = 0; while (true) n++; })(); all.next();",
  "a function that calls itself and catches": "function f() { try { f(); } finally { f(); } } f();",
  "an arrow that calls itself": "const f = () => [1].map(f) && f() || f(); try { f(); } catch { while (true) f; }",
  "a strict function": 'function f() { "use strict"; while (true); } f();',
  "a method": "new (class { go() { for (;;); } })().go();",
};

for (const [name, code] of Object.entries(ENDLESS)) {
  test(`broken off: ${name}`, () => {
    assert.throws(() => run(code), ({ name, message }) => name === "RangeError" && (/has held the page/.test(message) || /call stack/.test(message)));
  });
}

test("an async loop that never rests is broken off", async () => {
  await assert.rejects(run("(async () => { while (true) await null; })()"), /line 1 of page.html/);
});

const ENDING = [
  ["let n = 0; for (let i = 0; i < 10; i++) n += i; n", 45],
  ["let n = 0; if (true) for (const x of [1, 2]) n += x; else n = 9; n", 3],
  ["const double = (x) => x * 2; const pair = (x) => ({ x }); double(pair(4).x)", 8],
  ["const curry = (a) => (b) => a + b; curry(1)(2)", 3],
  ['function f() { "use strict"; return this; } f() === undefined', true],
  ["let n = 3; do n--; while (n > 0); n", 0],
  ["[3, 1, 2].sort((a, b) => a - b).join()", "1,2,3"],
  ["const { a = (() => 5)() } = {}; a", 5],
];

test("what ends gives what it gave", () => {
  for (const [code, value] of ENDING) assert.equal(run(code), value, guard(code));
});

test("no line moves", () => {
  const code = "function f(x) {\n  while (x)\n    x--;\n  return () =>\n    x;\n}\n";
  assert.equal(guard(code).split("\n").length, code.split("\n").length);
});
