// `flint test`: every example of a documentation runs, and what is wrong is said with its place.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeReport } from "../report.mjs";
import { flintTest } from "./examples.mjs";

const fixtures = join(import.meta.dirname, "fixtures/examples");
const place = ({ path, line, number }) => `${path}:${line ?? `#${number}`}`;
const places = (report, status) => report.examples.filter((example) => example.status === status).map(place);

test("every example of a folder runs; those that are wrong are told with their place and reason", async () => {
  const { code, report } = await flintTest(fixtures, "--timeout", "10");
  assert.equal(code, 1);
  assert.deepEqual(places(report, "passed"), ["guide.md:3", "guide.md:12", "guide.md:20", "page.html:#1", "page.html:#2"]);
  assert.deepEqual(places(report, "not_run"), ["guide.md:24"]);
  assert.deepEqual(places(report, "failed"), ["wrong.md:1", "wrong.md:11", "wrong.md:16"]);
  const [other, thrown, endless] = report.examples.filter(({ status }) => status === "failed");
  assert.deepEqual([other.expected.trim(), other.printed.trim()], ["1\n2", "1\n3"]);
  assert.match(thrown.reason, /no 1/);
  assert.match(endless.reason, /had not ended after 10 s/);
  const { passed, failed, not_run } = report;
  writeReport("docs_examples", { examples: report.examples.length, passed, failed, not_run });
});

test("a file alone can be tested, and one without a mistake ends well", async () => {
  const { code, report } = await flintTest(join(fixtures, "guide.md"));
  assert.deepEqual([code, report.passed, report.failed, report.not_run], [0, 3, 0, 1]);
});

test("without examples, a page or a browser it says what to do", async () => {
  const empty = await mkdtemp(join(tmpdir(), "flint-empty-"));
  try {
    for (const [docs, options, words] of [
      [empty, [], /no example was found.*`play`/s],
      [join(empty, "missing"), [], /cannot open .*missing/s],
      [fixtures, ["--page", empty], /holds no built page.*cargo xtask build/s],
      [fixtures, ["--page", "http://127.0.0.1:9"], /embed-1\.js could not be loaded/s],
      [fixtures, ["--browser", join(empty, "chromium")], /could not be started/s],
      [fixtures, ["--browser", "/bin/false"], /the browser ended/s],
    ]) {
      const result = await flintTest(docs, ...options);
      assert.equal(result.code, 1, words);
      assert.match(result.words, words);
    }
  } finally {
    await rm(empty, { recursive: true });
  }
});
