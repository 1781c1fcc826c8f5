// The relay: one batch at a time, nothing without bound, the end after everything before it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Relay } from "../frame/relay.js";

const relay = () => {
  const sent = [];
  return { sent, relay: new Relay((message) => sent.push(message)) };
};
const numbers = (from, count) => Array.from({ length: count }, (_, at) => from + at);

test("the next batch waits for the last to be shown", () => {
  const { sent, relay: it } = relay();
  it.push([1], 0);
  it.push([2], 0);
  it.push([3], 0);
  assert.equal(sent.length, 1);
  it.acknowledge(1);
  assert.deepEqual(sent.map(({ entries }) => entries), [[1], [2, 3]]);
});

test("what is too much is dropped, oldest first, and counted", () => {
  const { sent, relay: it } = relay();
  it.push([0], 0);
  for (let n = 0; n < 100; n += 1) it.push(numbers(n * 100, 100), 1);
  for (let batch = 1; batch < 40; batch += 1) it.acknowledge(batch);
  const shown = sent.flatMap(({ entries }) => entries);
  const dropped = sent.reduce((sum, message) => sum + message.dropped, 0);
  assert.equal(shown.length + dropped, 10_001 + 100);
  assert.equal(shown.length, 2_001);
  assert.equal(shown.at(-1), 9_999);
});

test("the end comes after what was printed before it", () => {
  const { sent, relay: it } = relay();
  it.push([1], 0);
  it.push([2], 0);
  it.last({ type: "finished" });
  it.acknowledge(1);
  it.acknowledge(2);
  assert.deepEqual(sent.map(({ type }) => type), ["output", "output", "finished"]);
});

test("what is no list is no output", () => {
  const { sent, relay: it } = relay();
  it.push("evil", 0);
  it.push(undefined, -1);
  assert.deepEqual(sent, []);
});
