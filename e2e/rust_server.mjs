// A Rust playground's endpoint on this machine, with the real compiler: POST /execute.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export class RustServer {
  /** Bodies that arrived. */
  requests = [];
  #http = createServer((request, response) => this.#answer(request, response));

  static async start() {
    const server = new RustServer();
    await new Promise((done) => server.#http.listen(0, "127.0.0.1", done));
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.#http.address().port}/execute`;
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((done) => this.#http.close(done));
  }

  async #answer(request, response) {
    const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" };
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    this.requests.push(body);
    const answer = await execute(body);
    response.writeHead(200, { ...headers, "content-type": "application/json" }).end(JSON.stringify(answer));
  }
}

/** Compiles and runs as the playground does: `src/main.rs`, then the program. */
async function execute({ code, edition, crateType }) {
  const folder = await mkdtemp(join(tmpdir(), "flint-rust-"));
  const source = "src/main.rs";
  try {
    await run("mkdir", ["src"], { cwd: folder });
    await writeFile(join(folder, source), code);
    const compiled = await run("rustc", ["--edition", edition, "--crate-type", crateType, "-o", "program", source], { cwd: folder });
    if (crateType !== "bin") return { success: true, stdout: "", stderr: compiled.stderr };
    const { stdout, stderr } = await run("./program", { cwd: folder });
    return { success: true, stdout, stderr: compiled.stderr + stderr };
  } catch ({ stdout = "", stderr = "" }) {
    return { success: false, stdout, stderr };
  } finally {
    await rm(folder, { recursive: true });
  }
}
