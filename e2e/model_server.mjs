// A model server on this machine that says what a story tells it to: Chat Completions, Responses over HTTP and over
// WebSockets, and the list of models, well or with faults.

import { createServer } from "node:http";
import { Socket } from "./socket.mjs";

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
  /** Sockets that were opened so far, frames that came over them, and whether there are any: else it is 426. */
  sockets = [];
  frames = [];
  hasSockets = true;
  /** What it answers with: `(exchange) => …`. */
  answer = (exchange) => exchange.say("");
  #http = createServer((request, response) => this.#hear(request, response));

  static async start() {
    const server = new ModelServer();
    server.#http.on("upgrade", (request, connection) => server.#upgrade(request, connection));
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
    const overHttp = { "/v1/chat/completions": exchange, "/v1/responses": new Responding(response) };
    const told = overHttp[request.url];
    if (!told) return exchange.refuse(404, { detail: "Not Found" });
    this.open += 1;
    response.on("close", () => {
      this.open -= 1;
      if (!response.writableFinished) {
        this.left += 1;
        this.#onLeft();
      }
    });
    await this.answer(told);
  }

  #upgrade(request, connection) {
    if (!this.hasSockets) return connection.end("HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\n\r\n");
    const socket = new Socket(request, connection);
    socket.key = request.headers.authorization?.replace("Bearer ", "") ?? "";
    /** Answers that the socket remembers. */
    const known = new Set();
    this.sockets.push(socket);
    let open = false;
    socket.onText = async (text) => {
      const frame = JSON.parse(text);
      this.frames.push(frame);
      const before = frame.previous_response_id;
      if (before && !known.has(before)) {
        return socket.send(JSON.stringify({ type: "error", status: 400, error: { code: "previous_response_not_found", param: "previous_response_id", message: "gone" } }));
      }
      const turn = new Turn(socket, `resp_${this.frames.length}`);
      open = true;
      this.open += 1;
      turn.whole = () => {
        known.add(turn.id);
        open = false;
        this.open -= 1;
      };
      /** Forgets all answers, as a server may. */
      turn.forget = () => known.clear();
      await this.answer(turn);
    };
    socket.onGone = () => {
      if (!open) return;
      open = false;
      this.open -= 1;
      this.left += 1;
      this.#onLeft();
    };
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

/** One answer of the Responses API, over HTTP. */
class Responding extends Exchange {
  text = "";
  id = "resp_http";

  piece(delta) {
    this.text += delta;
    return this.event({ type: "response.output_text.delta", delta });
  }

  end() {
    this.event({ type: "response.output_text.done", text: this.text });
    this.event({ type: "response.completed", response: { id: this.id, usage: { input_tokens: 1, output_tokens: 1 } } });
    this.done();
    return this;
  }

  done() {
    this.response.end();
  }
}

/** The same over a socket. */
class Turn extends Responding {
  whole = () => {};

  constructor(socket, id) {
    super({ get destroyed() { return !socket.isOpen; } });
    this.socket = socket;
    this.id = id;
  }

  begin() {
    return this.event({ type: "response.created", response: { id: this.id, error: null } });
  }

  event(value) {
    this.socket.send(JSON.stringify(value));
    return this;
  }

  done() {
    this.whole();
  }
}
