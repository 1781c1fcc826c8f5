// docs/gateway/nginx.conf, started as it is but for ports and paths, in front of two model servers.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { freePort } from "../free_port.mjs";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Playground } from "../pages/playground.mjs";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

const CONFIGURATION = new URL("../../docs/gateway/nginx.conf", import.meta.url);
const FILE = "const a = 1;\n";
const EDIT = "<<<<<<< SEARCH\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> REPLACE\n";

let folder;
let nginx;
let url;
let replicas;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "flint-gateway-"));
  replicas = [await ModelServer.start(), await ModelServer.start()];
  for (const replica of replicas) {
    replica.cors = false;
    replica.key = "sk-server";
  }
  const port = await freePort();
  url = `http://127.0.0.1:${port}/`;
  const ports = replicas.map((replica) => new URL(replica.url).port);
  await writeFile(join(folder, "key.conf"), 'proxy_set_header Authorization "Bearer sk-server";');
  const text = await readFile(CONFIGURATION, "utf8");
  const here = [
    ["127.0.0.1:8001", `127.0.0.1:${ports[0]}`],
    ["127.0.0.1:8002", `127.0.0.1:${ports[1]}`],
    ["listen 127.0.0.1:8080", `listen 127.0.0.1:${port}`],
    ["/srv/flint/dist", resolve(process.env.FLINT_DIST ?? "dist")],
    ["/etc/flint/key.conf", join(folder, "key.conf")],
    ["/run/flint-gateway.pid", join(folder, "nginx.pid")],
  ];
  for (const [name] of here) assert.ok(text.includes(name), `the configuration has ${name}`);
  const moved = here.reduce((text, [name, instead]) => text.replaceAll(name, instead), text);
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const spool = kinds.map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join("\n");
  await writeFile(join(folder, "nginx.conf"), moved.replace("access_log off;", `access_log off;\n${spool}`));
  const place = ["-p", folder, "-c", join(folder, "nginx.conf")];
  await ended(spawn(process.env.FLINT_NGINX, [...place, "-t"], { stdio: "inherit" }));
  nginx = spawn(process.env.FLINT_NGINX, [...place, "-g", "daemon off; user root;"], { stdio: "inherit" });
  await until(() => fetch(url).then(({ ok }) => ok, () => false));
});

after(async () => {
  const gone = new Promise((done) => nginx.once("exit", done));
  nginx.kill("SIGTERM");
  await gone;
  await Promise.all(replicas.map((replica) => replica.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function ended(process) {
  const code = await new Promise((done) => process.once("exit", done));
  assert.equal(code, 0, "nginx takes the configuration");
}

async function until(test) {
  while (!(await test()));
}

const ask = (signal) =>
  fetch(`${url}v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer sk-visitor", cookie: "a=b" },
    body: "{}",
    signal,
  });

story("the page is behind it with a model and without a key", {}, async ({ page, server }) => {
  let finish;
  const held = new Promise((done) => (finish = done));
  for (const replica of replicas) {
    replica.answer = async (exchange) => {
      exchange.begin().piece(EDIT.slice(0, -16));
      await held;
      exchange.piece(EDIT.slice(-16)).end();
    };
  }
  const playground = new Playground(page, url);
  const changes = await new Changes(playground).connected(`${url}v1`, { allowed: true });
  await new Runner(playground).project({ "a.js": FILE });
  await playground.content.focus();
  await changes.ask("more");
  await changes.proposals.getByText("const a = 2;").waitFor();
  finish();
  await changes.step("reviewing");
  await playground.press("Alt+KeyY");
  await playground.shows("const a = 2;\n");
  const asked = replicas.flatMap(({ requests }) => requests);
  assert.deepEqual(asked.map(({ key }) => key), ["sk-server"]);
  assert.deepEqual(server.foreign, []);
});

story("a WebSocket goes through it, with the server's key", {}, async ({ page }) => {
  for (const replica of replicas) replica.answer = (exchange) => exchange.stream("Well.");
  const playground = new Playground(page, url);
  const changes = await new Changes(playground).connected(`${url}v1`, { allowed: true, speech: "socket" });
  await new Runner(playground).project({ "a.js": FILE });
  await playground.content.focus();
  await changes.ask("why?", { what: "Ask about" });
  await changes.bar.locator(".answer").getByText("Well.").waitFor();
  await changes.step("answered");
  assert.deepEqual(replicas.flatMap(({ sockets }) => sockets.map(({ key }) => key)), ["sk-server"]);
});

story("replicas share the work, and one that is gone is passed over", {}, async () => {
  for (const replica of replicas) {
    replica.requests.length = 0;
    replica.answer = (exchange) => exchange.say("Well.");
  }
  for (let at = 0; at < 4; at++) assert.match(await (await ask()).text(), /Well/);
  for (const { requests } of replicas) assert.deepEqual(requests.map(({ key }) => key), ["sk-server", "sk-server"], "the visitor's key stays outside");
  const left = replicas[1].nextLeft();
  for (const replica of replicas) replica.answer = (exchange) => exchange.begin().piece("One ");
  const stop = new AbortController();
  const answers = [await ask(stop.signal), await ask(stop.signal)];
  await Promise.all(answers.map(({ body }) => body.getReader().read()));
  stop.abort();
  await left;
  for (const replica of replicas) replica.answer = (exchange) => exchange.say("Well.");
  await replicas[0].stop();
  for (let at = 0; at < 4; at++) assert.match(await (await ask()).text(), /Well/);
});

story("who asks too much is told so", {}, async () => {
  const codes = await Promise.all(Array.from({ length: 40 }, async () => (await ask()).status));
  assert.ok(codes.includes(429), codes.join(" "));
});
