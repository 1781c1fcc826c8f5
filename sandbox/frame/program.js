// A program without a document: one worker, which is ended when the frame goes or its end has come.

/** A frame without an origin cannot start a worker from a module, but a worker may import one. */
const starter = (url) => `import(${JSON.stringify(url)}).catch(({ message }) => postMessage({ type: "unprepared", message }))`;

const address = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

export class Program {
  #worker;

  constructor(script, buffers, hear) {
    this.#worker = new Worker(address(starter(address(script))));
    this.#worker.onmessage = ({ data }) => {
      if (data?.type === "awake") this.#post({ type: "prepare", buffers }, buffers);
      else hear(data ?? {});
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      hear({ type: "unprepared", message: event.message });
    };
  }

  run(request) {
    this.#post(request);
  }

  input(line) {
    this.#post({ type: "input", line });
  }

  ping() {
    this.#post({ type: "ping" });
  }

  end() {
    this.#worker.terminate();
  }

  #post(message, transfer = []) {
    this.#worker.postMessage(message, transfer);
  }
}
