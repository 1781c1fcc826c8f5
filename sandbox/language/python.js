// Python by MicroPython: small enough to be there at once. The project's files lie in its file
// system, so that they import each other.

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript";
import { imageUrl } from "../program/console.js";
import { start } from "../program/main.js";
import { CHECK, explain, FOLDER, saveFiles, sourceOf, testing } from "./python_project.js";

const HEAP_BYTES = 32 << 20;
const STACK_BYTES = 256 << 10;

/** Makes `input` and `display` of the page the program's own, and finds the project's modules. */
const BEGIN = `
import asyncio, builtins, flint, sys

def _input(prompt=""):
    line = flint.input(prompt)
    if line is None:
        raise EOFError("no input")
    return line

builtins.input = _input
builtins.display = flint.display
asyncio.run = asyncio.create_task
sys.path.insert(0, "${FOLDER}")
`;
const RUN = `
_scope = {"__name__": "__main__", "__file__": flint.path}
exec(compile(flint.source, flint.path, "exec"), _scope)
`;
/** Bytes gathered to lines: a message for each would be slow. */
class Lines {
  #bytes = [];
  #decoder = new TextDecoder();
  output = null;

  push([byte]) {
    this.#bytes.push(byte);
    if (byte === 10 || this.#bytes.length >= 4_096) this.flush();
  }

  flush() {
    if (this.#bytes.length === 0) return;
    const bytes = new Uint8Array(this.#bytes.splice(0));
    this.output?.text("text", this.#decoder.decode(bytes, { stream: true }));
  }
}

const lines = new Lines();
let python;

async function prepare([wasm]) {
  const url = URL.createObjectURL(new Blob([wasm], { type: "application/wasm" }));
  const write = (bytes) => lines.push(bytes);
  python = await loadMicroPython({
    url,
    heapsize: HEAP_BYTES,
    pystack: STACK_BYTES,
    linebuffer: false,
    stdout: write,
    stderr: write,
  });
}

async function run(request, io) {
  lines.output = io.output;
  saveFiles(python.FS, request.files);
  python.registerJsModule("flint", {
    ...testing(request, io.output),
    source: sourceOf(request),
    path: request.entry,
    input(prompt = "") {
      lines.flush();
      return io.input.next(String(prompt));
    },
    display: (picture) => io.output.entry("image", [{ kind: "text", text: imageUrl(String(picture)) }]),
  });
  try {
    python.runPython(BEGIN);
    python.runPython(RUN);
    if (request.tests) python.runPython(`${CHECK}\n_check(_scope)`);
  } catch (error) {
    throw withHint(explain(error, request.files));
  } finally {
    lines.flush();
  }
}

/** MicroPython has few modules; whoever misses one can have them all. */
function withHint(error) {
  if (/^ImportError: no module named/.test(error.message)) {
    error.message += ". This small Python has few modules: “Full Python” in the settings has the whole standard library.";
  }
  return error;
}

start({ prepare, run });
