// The editor's parser gives way to keys: its budgets are exchanged, or the build says so.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withBudgets } from "../parse_budget.mjs";

const library = await readFile(new URL("../../node_modules/@codemirror/language/dist/index.js", import.meta.url), "utf8");

test("the library's budgets are ours", () => {
  const ours = withBudgets(library);
  assert.match(ours, /newCx\.work\(8 \/\* Work\.Apply \*\//);
  assert.match(ours, /25 \/\* Work\.Slice \*\//);
});

test("a library without them stops the build", () => {
  assert.throws(() => withBudgets(library.replaceAll("Work.Slice", "Work.Other")), /Work\.Slice/);
});
