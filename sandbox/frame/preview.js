// A program that is a document: a frame further in, with an origin of its own again.

const FLAGS = "allow-scripts allow-forms allow-pointer-lock";

export class Preview {
  #hear;
  #compose;
  #frame = null;
  #port = null;
  #request = null;
  /** The document that the run began with is shown. */
  #first = true;

  constructor(script, _buffers, hear) {
    this.#hear = hear;
    addEventListener("message", (event) => this.#adopt(event));
    this.#compose = load(script);
    this.#compose.then(
      () => hear({ type: "prepared" }),
      (error) => hear({ type: "unprepared", message: error.message }),
    );
  }

  run(request) {
    this.#request = request;
    this.#show(request.entry);
  }

  input() {}

  ping() {
    this.#port?.postMessage({ type: "ping" });
  }

  async #show(entry) {
    const { compose } = await this.#compose;
    this.#frame?.remove();
    this.#port = null;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", FLAGS);
    frame.title = "Preview";
    const { html, entries } = compose({ ...this.#request, entry });
    // Another document begins at its top, and so does the first one when somebody comes back to it.
    this.#request.scroll = { x: 0, y: 0 };
    this.#first = entry === this.#request.entry;
    frame.srcdoc = html;
    if (entries.length > 0) this.#hear({ type: "output", entries, dropped: 0 });
    let loads = 0;
    frame.addEventListener("load", () => {
      loads += 1;
      if (loads > 1) this.#left(frame);
    });
    this.#frame = frame;
    document.body.append(frame);
  }

  /** The document's first script hands over its port before any other script of it runs. */
  #adopt({ data, source, ports }) {
    if (this.#port || source !== this.#frame?.contentWindow || data !== "flint:hook" || ports.length !== 1) return;
    [this.#port] = ports;
    this.#port.onmessage = ({ data }) => {
      if (data?.type === "visit") this.#show(String(data.path));
      else if (data?.type === "scrolled" && !this.#first) return;
      else if (["output", "pong", "asks", "painted", "scrolled"].includes(data?.type)) this.#hear(data);
    };
  }

  /** The document went somewhere else, and what stands there now is not the project's. */
  #left(frame) {
    frame.remove();
    this.#port = null;
    const text = "The page tried to go to another address. It has been closed: run it again to see it.";
    const note = { level: "note", depth: 0, parts: [{ kind: "text", text }], trace: [] };
    this.#hear({ type: "output", entries: [note], dropped: 0 });
    this.#hear({ type: "pong" });
  }
}

/** Runs our own script, which comes as text because a frame without an origin can fetch nothing. */
function load(script) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.type = "module";
    element.src = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    element.onload = () => resolve(self.flintDocument);
    element.onerror = () => reject(new Error("The preview's script does not run in this browser."));
    document.head.append(element);
  });
}
