import assert from "node:assert/strict";
import { test } from "node:test";
import { sourcesOf } from "../frame/network.js";

const NONE = "data: blob:";
const of = (hosts) => sourcesOf(`#${encodeURIComponent(hosts)}`).join(" ");

test("hosts that the page names, and their sockets", () => {
  assert.equal(of("https://api.example.org http://localhost:8080"), `${NONE} https://api.example.org wss://api.example.org http://localhost:8080 ws://localhost:8080`);
  assert.equal(of("https:"), `${NONE} https: wss:`);
});

test("nothing else gets into the policy", () => {
  const evil = ["", "*", "http:", "https://a;", "https://a; script-src *", "https://a,default-src *", "'self'", "https://*", "javascript:", "https://a/path", "ws://a"];
  for (const hosts of evil) assert.equal(of(hosts).replace("https://a wss://a", "").replace("https: wss:", "").trim(), NONE, hosts);
  assert.equal(sourcesOf("").join(" "), NONE);
  assert.equal(sourcesOf("#%E0%A4%A").join(" "), NONE);
});
