// What is locked with a passphrase opens with it and with nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lock, unlock } from "../js/locked.js";

const SECRET = JSON.stringify({ Mine: "sk-abc" });

test("the right passphrase opens it, however it is typed", async () => {
  const locked = await lock(SECRET, "caf\u00e9 au lait");
  assert.ok(!locked.includes("sk-abc"));
  assert.equal(await unlock(locked, "cafe\u0301 au lait"), SECRET);
});

test("twice the same is not the same", async () => {
  assert.notEqual(await lock(SECRET, "a passphrase"), await lock(SECRET, "a passphrase"));
});

test("a wrong passphrase, a changed byte and a hostile count do not open it", async () => {
  const locked = await lock(SECRET, "a passphrase");
  const other = JSON.parse(locked);
  const changed = { ...other, data: (other.data[0] === "A" ? "B" : "A") + other.data.slice(1) };
  await assert.rejects(unlock(locked, "another"));
  await assert.rejects(unlock(JSON.stringify(changed), "a passphrase"));
  await assert.rejects(unlock(JSON.stringify({ ...other, rounds: 1e12 }), "a passphrase"), RangeError);
  await assert.rejects(unlock("{}", "a passphrase"));
});
