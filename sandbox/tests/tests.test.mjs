// What tests of exercises are written with: when values are the same, and what is told of each test.

import assert from "node:assert/strict";
import { test } from "node:test";
import { same, Tests } from "../program/tests.js";

const circle = () => {
  const value = { name: "a" };
  value.self = value;
  return value;
};

test("values that hold the same are the same", () => {
  for (const [a, b] of [
    [1, 1],
    [NaN, NaN],
    [[1, [2, { x: "y" }]], [1, [2, { x: "y" }]]],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }],
    [new Map([["k", [1]]]), new Map([["k", [1]]])],
    [new Set([1, "a"]), new Set(["a", 1])],
    [new Set([[1]]), new Set([[1]])],
    [new Date(5), new Date(5)],
    [/x/g, /x/g],
    [new Error("no"), new Error("no")],
    [circle(), circle()],
    [undefined, undefined],
  ]) {
    assert.equal(same(a, b), true, String(a));
  }
});

test("others are not", () => {
  for (const [a, b] of [
    [1, "1"],
    [0, -0],
    [null, {}],
    [[1], { 0: 1 }],
    [[1, 2], [1]],
    [{ a: undefined }, {}],
    [{ a: undefined }, { b: undefined }],
    [new Map([["k", 1]]), new Map([["k", 2]])],
    [new Set([1]), new Set([2])],
    [new Date(5), new Date(6)],
    [/x/g, /x/],
    [new Error("no"), new TypeError("no")],
    [{}, []],
  ]) {
    assert.equal(same(a, b), false, JSON.stringify([a, b]));
  }
});

/** What the page is told of these tests: a row for each. */
async function told(define) {
  const rows = [];
  await new Tests({ entry: (level, parts) => rows.push([level, ...parts.map(({ text }) => text)]) }).run(define);
  return rows;
}

test("each test is told of, in order, whatever it does", async () => {
  const rows = await told((test, equal) => {
    test("passes", () => equal([1], [1]));
    test("is unequal", () => equal({ a: 1 }, { a: 2 }));
    test("throws", () => null.x);
    test("throws a text", () => {
      throw "away";
    });
    test("waits", async () => equal(await Promise.resolve("a"), "b"));
    test("has lines", () => equal("a\nb", "a\nc"));
  });
  assert.deepEqual(rows, [
    ["test", "passes", "passed"],
    ["test", "is unequal", "failed", "{ a: 1 }", "{ a: 2 }"],
    ["test", "throws", "failed", "TypeError: Cannot read properties of null (reading 'x')"],
    ["test", "throws a text", "failed", '"away"'],
    ["test", "waits", "failed", '"a"', '"b"'],
    ["test", "has lines", "failed", "a\nb", "a\nc"],
  ]);
});

test("a line that compares is a test by itself", async () => {
  const rows = await told((_, equal) => {
    equal(1, 1);
    equal(1, 2);
  });
  assert.deepEqual(rows, [
    ["test", "Test 1", "passed"],
    ["test", "Test 2", "failed", "1", "2"],
  ]);
});
