// Specifiers and addresses, and which file of the project they mean.

import assert from "node:assert/strict";
import { test } from "node:test";
import { join, resolve } from "../language/resolve.js";

const files = new Map(["main.js", "lib/a.js", "lib/b.ts", "lib/index.js", "data.json"].map((path) => [path, {}]));

test("a specifier finds its file", () => {
  for (const [specifier, from, found] of [
    ["./lib/a.js", "main.js", "lib/a.js"],
    ["./lib/a", "main.js", "lib/a.js"],
    ["./lib", "main.js", "lib/index.js"],
    ["./b.js", "lib/a.js", "lib/b.ts"],
    ["../data.json", "lib/a.js", "data.json"],
    ["/main.js", "lib/a.js", "main.js"],
    ["../../../main.js", "lib/a.js", "main.js"],
    ["lodash", "main.js", null],
    ["./gone.js", "main.js", null],
  ]) {
    assert.equal(resolve(specifier, from, files), found, `${specifier} in ${from}`);
  }
});

test("a path has no dots left", () => {
  assert.equal(join("./x/../y/./z.css", "a/b.html"), "a/y/z.css");
});
