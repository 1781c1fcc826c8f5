// Python by MicroPython: small enough to be there at once. The project's files lie in its file
// system, so that they import each other.

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript";
import { imageUrl } from "../program/console.js";
import { start } from "../program/main.js";
import { ProjectError } from "../program/project_error.js";

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
sys.path.insert(0, "/project")
`;
const RUN = `exec(compile(flint.source, flint.path, "exec"), {"__name__": "__main__", "__file__": flint.path})`;
const NO_INPUT =
  "EOFError: the program asked for a line of input and there is none left. Write its lines under “Input”, one below the other, and run it again.";

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

async function run({ files, entry, selection }, io) {
  lines.output = io.output;
  for (const { path, text } of files) save(`/project/${path}`, text);
  const source = selection ? "\n".repeat(selection.line - 1) + dedent(selection.text) : files.find(({ path }) => path === entry).text;
  python.registerJsModule("flint", {
    source,
    path: entry,
    input(prompt = "") {
      lines.flush();
      return io.input.next(String(prompt));
    },
    display: (picture) => io.output.entry("image", [{ kind: "text", text: imageUrl(String(picture)) }]),
  });
  try {
    python.runPython(BEGIN);
    python.runPython(RUN);
  } catch (error) {
    throw explain(error, new Set(files.map(({ path }) => path)));
  } finally {
    lines.flush();
  }
}

function save(path, text) {
  const folder = path.slice(0, path.lastIndexOf("/"));
  python.FS.mkdirTree(folder);
  python.FS.writeFile(path, text);
}

/** A selected block stands at the margin. */
function dedent(text) {
  const margin = /^[ \t]*/.exec(text)[0];
  return text.split("\n").map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line)).join("\n");
}

const FRAME = /^\s*File "(?:\/project\/)?(.+?)", line (\d+)(?:, in (.+))?$/;

/** MicroPython's traceback, outermost call first, as one sentence and its places. */
function explain(error, paths) {
  const text = String(error.message).trim().split("\n");
  const trace = [];
  for (const line of text) {
    const [, path, row, name] = FRAME.exec(line) ?? [];
    if (!paths.has(path)) continue;
    trace.unshift({ path, line: Number(row), column: 0, function: name === "<module>" ? "" : (name ?? "") });
  }
  const what = text.at(-1);
  return new ProjectError(what === "EOFError: no input" ? NO_INPUT : what, trace);
}

start({ prepare, run });
