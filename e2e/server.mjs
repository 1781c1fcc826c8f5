// Serves the built page on a free port, with faults on demand, and stands as the proxy to the rest
// of the world: whatever reaches it from there is a request to a third party.

import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { join } from "node:path";
import sirv from "sirv";
import { keepHashed } from "../app/immutable.mjs";

export class Server {
  /** Own paths asked for, and foreign addresses asked for. */
  own = [];
  foreign = [];
  /** Ranges asked for: `PATH FROM-TO`. */
  ranges = [];
  /** Bytes of bodies sent. */
  sent = 0;
  #faults = new Map();
  #prefix;
  #http;

  /**
   * With `etag`, a browser that has a file is told so instead of getting it again. Nothing is there
   * but under `prefix`, which begins and ends with a slash.
   */
  static async start(folder, { etag = false, prefix = "/" } = {}) {
    if (!existsSync(join(folder, "index.html"))) {
      throw new Error(`${folder} holds no page. Build it with \`cargo xtask build\`, or set FLINT_DIST.`);
    }
    const server = new Server();
    server.#prefix = prefix;
    const files = sirv(folder, { dev: true, etag, setHeaders: keepHashed });
    server.#http = createServer((request, response) => server.#answer(files, request, response));
    server.#http.on("connect", (request, socket) => {
      server.foreign.push(request.url);
      socket.destroy();
    });
    await new Promise((done) => server.#http.listen(0, "127.0.0.1", done));
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.#http.address().port}${this.#prefix}`;
  }

  /** From now on `path` is answered by `answer(response)`; by the file again when it is null. */
  fault(path, answer) {
    if (answer) this.#faults.set(path, answer);
    else this.#faults.delete(path);
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((done) => this.#http.close(done));
  }

  #answer(files, request, response) {
    if (!request.url.startsWith("/")) {
      this.foreign.push(request.url);
      response.writeHead(403).end();
      return;
    }
    const { pathname } = new URL(request.url, this.url);
    this.own.push(pathname);
    if (request.headers.range) this.ranges.push(`${pathname} ${request.headers.range.slice("bytes=".length)}`);
    response.on("finish", () => {
      if ([200, 206].includes(response.statusCode)) this.sent += Number(response.getHeader("content-length") ?? 0);
    });
    const fault = this.#faults.get(pathname);
    const found = request.url.startsWith(this.#prefix);
    request.url = request.url.slice(this.#prefix.length - 1);
    if (fault) fault(response);
    else if (!found) response.writeHead(404).end();
    else files(request, response, () => response.writeHead(404).end());
  }
}
