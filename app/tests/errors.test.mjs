// Which changes add a syntax error, by the real parsers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addedError } from "../js/errors.js";

const CASES = [
  ["javascript", "let a = 1;\n", "let a = 2;\n", null],
  ["javascript", "let a = 1;\n", "let b;\nlet a = (1;\n", 2],
  ["javascript", "let a = (1;\n", "let a = (2;\n", null],
  ["javascript", "let a = (1;\n", "let a = (1);\n", null],
  ["javascript", "", "function f() {\n", 1],
  ["typescript", "let a = 1;\n", "let a: number = 1;\n", null],
  ["python", "def f():\n    return 1\n", "def f():\n    return (1\n", 2],
  ["rust", "fn main() {}\n", "fn main() {\n", 1],
  ["html", "<p>a</p>", "<p>b</p>", null],
  ["none", "a", "((", null],
];

for (const [language, before, after, line] of CASES) {
  test(`${language}: ${JSON.stringify(after)}`, async () => assert.equal(await addedError(before, after, language), line));
}
