// The way to the playground in its frame: its hello is answered with a port, once for each load, and
// only when it comes from the frame's own window and the playground's own origin.

export class Link {
  #port;
  #asked = new Map();
  #last = 0;
  #frame;
  #origin;
  #hear;
  #greet = ({ data, source, origin }) => {
    if (source !== this.#frame.contentWindow || origin !== this.#origin || data !== "flint:hello") return;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#answer(JSON.parse(data));
    source.postMessage("flint:port", origin, [port2]);
    this.#hear({ type: "connected" });
  };

  /** `hear` gets every message that answers nothing. */
  constructor(frame, origin, hear) {
    this.#frame = frame;
    this.#origin = origin;
    this.#hear = hear;
    addEventListener("message", this.#greet);
  }

  /** Resolves to the answer. */
  ask(type, more) {
    const id = ++this.#last;
    this.#port.postMessage(JSON.stringify({ id, type, ...more }));
    return new Promise((resolve, reject) => this.#asked.set(id, { resolve, reject }));
  }

  close() {
    removeEventListener("message", this.#greet);
    this.#port?.close();
    for (const { reject } of this.#asked.values()) reject(new Error("The playground is gone."));
  }

  #answer(message) {
    const { id, value, error } = message;
    const asked = message.type === "reply" && this.#asked.get(id);
    if (!asked) return this.#hear(message);
    this.#asked.delete(id);
    error ? asked.reject(new Error(error)) : asked.resolve(value);
  }
}
