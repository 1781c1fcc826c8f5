// A model server on this machine that says what a story tells it to: Chat Completions and the list of
// models, well or with faults.

import { createServer } from "node:http";

const CORS = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization,content-type" };

export class ModelServer {
  /** Requests that arrived: `{ path, key, body }`. */
  requests = [];
  /** Answers that are still being given, and how many their clients have left. */
  open = 0;
  left = 0;
  /** Whether pages may read what it says. */
  cors = true;
  /** The key that it wants; any when null. */
  key = null;
  /** What its address for keys, `/key`, answers: `(exchange) => …`, and how often it was asked. */
  mint = (exchange) => exchange.refuse(404, { detail: "Not Found" });
  minted = 0;
  /** What it answers with: `(exchange) => …`. */
  answer = (exchange) => exchange.say("");
  #http = createServer((request, response) => this.#hear(request, response));

  static async start() {
    const server = new ModelServer();
    await new Promise((done) => server.#http.listen(0, "127.0.0.1", done));
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.#http.address().port}/v1`;
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((done) => this.#http.close(done));
  }

  /** Resolves with the number of clients that have left, when another one has. */
  nextLeft() {
    return new Promise((done) => (this.#onLeft = () => done(this.left)));
  }

  #onLeft = () => {};

  async #hear(request, response) {
    if (this.cors) for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    if (request.method === "OPTIONS") return response.writeHead(204).end();
    let text = "";
    for await (const chunk of request) text += chunk;
    const key = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const exchange = new Exchange(response);
    if (request.url === "/key") {
      this.minted += 1;
      return this.mint(exchange);
    }
    this.requests.push({ path: request.url, key, body: text && JSON.parse(text) });
    if (this.key !== null && key !== this.key) return exchange.refuse(401, { error: { message: "Incorrect API key", code: "invalid_api_key" } });
    if (request.url === "/v1/models") return exchange.json({ object: "list", data: [{ id: "flint-script" }, { id: "other" }] });
    if (request.url !== "/v1/chat/completions") return exchange.refuse(404, { detail: "Not Found" });
    this.open += 1;
    response.on("close", () => {
      this.open -= 1;
      if (!response.writableFinished) {
        this.left += 1;
        this.#onLeft();
      }
    });
    await this.answer(exchange);
  }
}

/** One answer. */
class Exchange {
  constructor(response) {
    this.response = response;
  }

  json(value) {
    this.response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  }

  refuse(status, value, headers = {}) {
    this.response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  }

  begin(type = "text/event-stream") {
    this.response.writeHead(200, { "content-type": type });
    return this;
  }

  /** One piece of text, as one event. */
  piece(content) {
    return this.event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
  }

  event(value) {
    return this.raw(`data: ${JSON.stringify(value)}\n\n`);
  }

  raw(text) {
    this.response.write(text);
    return this;
  }

  end(reason = "stop") {
    this.event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
    this.response.end("data: [DONE]\n\n");
    return this;
  }

  /** The whole answer at once. */
  say(text) {
    this.begin().piece(text).end();
  }

  /** The answer in pieces of some four characters, so many a second. */
  async stream(text, perSecond = 1000) {
    this.begin();
    const pieces = text.match(/[^]{1,4}/g) ?? [];
    const started = performance.now();
    for (let sent = 0; sent < pieces.length && !this.response.destroyed; ) {
      const due = Math.min(pieces.length, Math.ceil(((performance.now() - started) * perSecond) / 1000) + 1);
      while (sent < due) this.piece(pieces[sent++]);
      await new Promise((done) => setTimeout(done, 2));
    }
    if (!this.response.destroyed) this.end();
  }

  /** Drops the connection as a broken network does. */
  drop() {
    // Once what was said is on its way: browsers send a request again that nothing was said to.
    this.response.write(": \n", () => this.response.destroy());
  }
}
