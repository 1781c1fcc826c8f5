// Tests of WebAssembly text: which assertions are read, and what is told of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asserted, assertionsOf } from "../language/wat_tests.js";

test("assertions are read with their constants", () => {
  const tests = `;; sums
(assert_return (invoke "add" (i32.const 2) (i32.const -3)) (i32.const -1))
(assert_return (invoke "wide" (i64.const 0xff)) (i64.const 1_000))
(assert_return (invoke "f" (f32.const 0.1) (f64.const -inf)) (f64.const nan))
(assert_return (invoke "nothing"))`;
  assert.deepEqual(assertionsOf(tests), [
    { name: "add", given: [2, -3], expected: -1 },
    { name: "wide", given: [255n], expected: 1000n },
    { name: "f", given: [Math.fround(0.1), -Infinity], expected: NaN },
    { name: "nothing", given: [], expected: undefined },
  ]);
});

test("what is no such assertion is not passed over", () => {
  for (const tests of ['(assert_trap (invoke "f") "x")', "(module)", '(assert_return (invoke "f")'])
    assert.throws(() => assertionsOf(tests), /assert_return/, tests);
});

test("each assertion is told of", () => {
  const rows = [];
  const exports = { add: (a, b) => a + b, trap: () => { throw new RangeError("unreachable"); } };
  const tests = ['"add" (i32.const 1) (i32.const 1)) (i32.const 2', '"add" (i32.const 1) (i32.const 1)) (i32.const 3', '"trap") (i32.const 0', '"gone") (i32.const 0'];
  asserted(tests.map((middle) => `(assert_return (invoke ${middle}))`).join("\n"), exports, { entry: (_, parts) => rows.push(parts.map(({ text }) => text)) });
  assert.deepEqual(rows, [
    ["add(1, 1)", "passed"],
    ["add(1, 1)", "failed", "2", "3"],
    ["trap()", "failed", "RangeError: unreachable"],
    ["gone()", "failed", "The module exports no function “gone”."],
  ]);
});
