// The frame's own thread: takes orders from the page, starts the program, relays what it prints.
// A stranger's code never runs here, but in a worker or a frame further in.

import { narrow } from "./network.js";
import { Preview } from "./preview.js";
import { Program } from "./program.js";
import { Relay } from "./relay.js";

/** How long a program lives on after its end, for what it still has under way. */
const GRACE_MS = 1_000;

class Frame {
  #port;
  #nonce;
  #relay;
  #running = null;
  #busySince = null;
  #pinged = false;

  constructor(port, nonce) {
    this.#port = port;
    this.#nonce = nonce;
    this.#relay = new Relay((message) => this.#send(message));
    port.onmessage = ({ data: [text, ...buffers] }) => this.#obey(JSON.parse(text), buffers);
    this.#send({ type: "hello" });
  }

  #send(message) {
    this.#port.postMessage([this.#nonce, JSON.stringify(message)]);
  }

  #obey(order, buffers) {
    switch (order.type) {
      case "prepare":
        return this.#prepare(order, buffers);
      case "run":
        this.#rest();
        setInterval(() => this.#ping(), 250);
        return this.#running?.run(order);
      case "input":
        return this.#running?.input(order.line);
      case "acknowledge":
        return this.#relay.acknowledge(order.batch);
      case "ping":
        return this.#send({ type: "pong", busy_ms: this.#busy() });
      case "spin":
        return spin(order.ms);
    }
  }

  #prepare({ language, script }, buffers) {
    const Kind = language === "document" ? Preview : Program;
    this.#running = new Kind(script, buffers, (message) => this.#hear(message));
  }

  #hear(message) {
    switch (message.type) {
      case "output":
        return this.#relay.push(message.entries, message.dropped);
      case "pong":
        return this.#rest();
      case "finished":
        setTimeout(() => this.#running?.end?.(), GRACE_MS);
        return this.#relay.last({ type: "finished", ok: message.ok === true, ms: Number(message.ms) || 0 });
      case "asks":
        return this.#relay.last({ type: "asks", prompt: String(message.prompt).slice(0, 1_000) });
      case "painted":
        return this.#send({ type: "painted" });
      case "scrolled":
        return this.#send({ type: "scrolled", x: pixels(message.x), y: pixels(message.y) });
      case "prepared":
        return this.#send({ type: "prepared" });
      case "unprepared":
        return this.#send({ type: "unprepared", message: String(message.message).slice(0, 1_000) });
    }
  }

  #ping() {
    if (this.#pinged) return;
    this.#pinged = true;
    this.#busySince = performance.now();
    this.#running?.ping();
  }

  #rest() {
    this.#pinged = false;
    this.#busySince = null;
  }

  #busy() {
    return this.#busySince === null ? 0 : performance.now() - this.#busySince;
  }
}

const pixels = (value) => Math.min(Math.max(Math.round(Number(value)) || 0, 0), 1e9);

function spin(ms) {
  const until = performance.now() + Math.min(ms, 100);
  while (performance.now() < until);
}

/** The page hands over its port once; nobody else is listened to, and nothing after that. */
function adopt({ data, source, ports }) {
  if (source !== parent || source === self || typeof data?.nonce !== "string" || ports.length !== 1) return;
  removeEventListener("message", adopt);
  new Frame(ports[0], data.nonce);
}

if (self.origin === "null") {
  narrow();
  addEventListener("message", adopt);
} else {
  // Opened by itself, or framed without a sandbox: then a program would have the page's own origin.
  document.title = "Nothing to see here: this page runs programs inside Flint.";
}
