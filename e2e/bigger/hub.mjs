// A model hub on this machine: `/owner/name/resolve/main/PATH` leads elsewhere, as hubs do, to files that can be asked
// for in parts. Slow, broken or wrong on demand.

import { after, before } from "node:test";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

/** Where the models are, each in a folder of its name. */
export const folder = process.env.FLINT_HUB ?? "target/hub";

const CORS = { "access-control-allow-origin": "*", "access-control-expose-headers": "content-range, content-length" };

export class Hub {
  /** Files asked for, as `PATH` or `PATH FROM`. */
  requests = [];
  /** Bytes after which the connection breaks, once for each of these, and only of files larger than that. */
  breaks = [];
  /** A path whose bytes arrive damaged. */
  damaged = null;
  /** Bytes after which a file waits until `release` is called. */
  holdAfter = null;
  /** A folder whose files are under `/peers/`. */
  beside = null;
  #held = [];
  #http = createServer((request, response) => this.#answer(request, response));

  /** The hub of a file's stories, which is there while they are told. */
  static ofStories() {
    const hub = new Hub();
    before(() => hub.start());
    after(() => hub.stop());
    return hub;
  }

  start() {
    if (!existsSync(folder)) throw new Error(`${folder} holds no models. Run \`cargo xtask test --only bigger\`, or set FLINT_HUB.`);
    return new Promise((done) => this.#http.listen(0, "127.0.0.1", done));
  }

  get url() {
    return `http://127.0.0.1:${this.#http.address().port}`;
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((done) => this.#http.close(done));
  }

  /** What waits goes on, and nothing waits any more. */
  release() {
    this.holdAfter = null;
    for (const go of this.#held.splice(0)) go();
  }

  #answer(request, response) {
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    const { pathname } = new URL(request.url, this.url);
    const listed = /^\/api\/models\/[\w.-]+\/([\w.-]+)$/.exec(pathname);
    if (listed) return this.#list(listed[1], response);
    if (this.beside && pathname.startsWith("/peers/")) {
      const file = join(this.beside, pathname.slice("/peers/".length));
      response.setHeader("content-type", /\.m?js$/.test(file) ? "text/javascript" : "application/wasm");
      return existsSync(file) ? createReadStream(file).pipe(response) : response.writeHead(404).end();
    }
    const asked = /^\/[\w.-]+\/([\w.-]+)\/resolve\/main\/(.+)$/.exec(pathname);
    if (asked) return response.writeHead(302, { location: `/files/${asked[1]}/${asked[2]}` }).end();
    const path = pathname.replace("/files/", "");
    const file = join(folder, path);
    const [, first = 0, last = ""] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "") ?? [];
    const from = Number(first);
    this.requests.push(last ? `${path} ${from}-${last}` : from ? `${path} ${from}` : path);
    if (!pathname.startsWith("/files/") || !existsSync(file)) return response.writeHead(404).end();
    const { size } = statSync(file);
    if (last) {
      response.writeHead(206, { "content-length": last - from + 1, "content-range": `bytes ${from}-${last}/${size}` });
      return createReadStream(file, { start: from, end: Number(last) }).pipe(response);
    }
    const headers = { "content-length": size - from, "accept-ranges": "bytes" };
    if (from) headers["content-range"] = `bytes ${from}-${size - 1}/${size}`;
    response.writeHead(from ? 206 : 200, headers);
    if (this.damaged === path) return response.end(this.#damage(file).subarray(from));
    this.#send(file, { from, size }, response);
  }

  #list(model, response) {
    this.requests.push(`list of ${model}`);
    const own = join(folder, model);
    if (!existsSync(own)) return response.writeHead(404).end();
    return response.end(JSON.stringify({ id: model, siblings: readdirSync(own).map((rfilename) => ({ rfilename })) }));
  }

  #damage(file) {
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 0xff;
    return bytes;
  }

  #send(file, { from, size }, response) {
    const left = size - from;
    const stop = this.breaks[0] < left ? this.breaks.shift() : (this.holdAfter ?? left);
    if (stop >= left) return createReadStream(file, { start: from }).pipe(response);
    const held = this.holdAfter !== null && stop === this.holdAfter;
    createReadStream(file, { start: from, end: from + stop - 1 })
      .on("end", () => {
        if (!held) return response.destroy();
        this.#held.push(() => createReadStream(file, { start: from + stop }).pipe(response));
      })
      .pipe(response, { end: false });
  }
}
