// The built worker as a page drives it: one model, one request at a time, promises in place of messages.

export class ModelWorker {
  #worker;
  #last = 0;
  #waiting = new Map();
  #hello;

  constructor(url) {
    this.#hello = this.#next("hello");
    this.#worker = new Worker("/bench/watched.worker.js", { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = ({ message }) => this.#fail(message ?? "the worker failed");
    this.#worker.postMessage({ watch: url });
  }

  /** What the page asks for at its start; what the worker says of itself. */
  async load(root) {
    await this.#hello;
    const catalogue = await (await fetch(`${root}models.json`)).json();
    const model = catalogue.models.find(({ id }) => id === catalogue.default);
    const at = (file) => ({ ...file, url: root + file.url });
    const ready = this.#next("ready");
    this.#send({
      type: "load",
      model: {
        id: model.id,
        weights: at(model.weights),
        tokenizer: at(model.tokenizer),
        counts: model.counts && at(model.counts),
      },
    });
    return { ...(await ready), all_bytes: model.weights.bytes + (model.counts?.bytes ?? 0) };
  }

  /** Text and timings of one completion. */
  complete(request) {
    return this.begin(request).done;
  }

  /** The same, to be cancelled. */
  begin(request) {
    const id = ++this.#last;
    const done = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, text: "" }));
    this.#send({ type: "complete", suffix: "", ...request, id });
    return { done, cancel: () => this.#send({ type: "cancel", id }) };
  }

  /** Bytes of the worker's WebAssembly memory, which never shrinks. */
  async memory() {
    const answer = this.#next("memory");
    this.#worker.postMessage({ memory: true });
    return (await answer).bytes;
  }

  end() {
    this.#worker.terminate();
  }

  #send(message) {
    this.#worker.postMessage(JSON.stringify(message));
  }

  #next(type) {
    return new Promise((resolve, reject) => this.#waiting.set(type, { resolve, reject }));
  }

  #receive(data) {
    const message = typeof data === "string" ? JSON.parse(data) : data;
    if (message.type === "failed") return this.#fail(message.error.message);
    const waiting = this.#waiting.get(message.id ?? message.type);
    if (message.type === "text" && waiting) waiting.text += message.text;
    else if (message.type === "done") waiting?.resolve({ ...message, text: waiting.text });
    else waiting?.resolve(message);
  }

  #fail(reason) {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
  }
}
