// The built page on hosts of every kind: under a path prefix, with files that are compressed already.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Playground } from "../pages/playground.mjs";
import { Runner } from "../pages/runner.mjs";
import { Server } from "../server.mjs";
import { story } from "../story.mjs";

const dist = process.env.FLINT_DIST ?? "dist";

story("under a path prefix everything is there, also without a network", { visitor: { serviceWorkers: "allow" } }, async ({ page, context }) => {
  const server = await Server.start(dist, { prefix: "/some/prefix/" });
  try {
    const playground = new Playground(page, server.url);
    const runner = await new Runner(playground).project({ "main.py": 'print("here")' });
    await playground.offlineReady();
    assert.deepEqual(await runner.result(), ["here"]);
    assert.deepEqual(server.own.filter((path) => !path.startsWith("/some/prefix/")), []);
    await server.stop();
    await context.setOffline(true);
    await page.reload();
    await playground.engine("ready");
    assert.deepEqual(await runner.result(), ["here"]);
    await playground.suggestion();
  } finally {
    await server.stop();
  }
});

test("compressed files hold what the files beside them hold", async () => {
  const folder = await mkdtemp(join(tmpdir(), "flint-dist-"));
  try {
    const small = (path) => !path.includes("/models/");
    await cp(dist, folder, { recursive: true, filter: small });
    const script = join(import.meta.dirname, "../../app/hosting/compress.mjs");
    await promisify(execFile)("node", [script, folder, join(import.meta.dirname, "../../target/compressed")]);
    const names = await readdir(folder, { recursive: true });
    const open = { ".br": brotliDecompressSync, ".gz": gunzipSync };
    const compressed = names.filter((name) => open[name.slice(-3)]);
    for (const name of compressed) {
      const plain = await readFile(join(folder, name.slice(0, -3)));
      const bytes = await readFile(join(folder, name));
      assert.ok(open[name.slice(-3)](bytes).equals(plain), name);
      assert.ok(bytes.length < plain.length, name);
    }
    for (const kind of [/^index\.html\.br$/, /\.wasm\.br$/, /\.wasm\.gz$/, /^embed\.js\.br$/]) assert.ok(compressed.some((name) => kind.test(name)), String(kind));
  } finally {
    await rm(folder, { recursive: true });
  }
});
