// Python by Pyodide: CPython with its whole standard library. A pack that is fetched when somebody
// wants it; it gets its files as bytes, for the frame can fetch nothing.

import "./module_worker.js";
import { loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { info } from "pyodide/pyodide-lock.json";
import { imageUrl } from "../program/console.js";
import { start } from "../program/main.js";
import { ProjectError } from "../program/project_error.js";
import { CHECK, explain, FOLDER, saveFiles, sourceOf, testing } from "./python_project.js";

/** No host of this name can be there; what is asked of it is answered here. */
const NOWHERE = "https://pack.invalid/";

/** Where the browser lets a program wait, `input` waits for the user; elsewhere it reads what is there. */
const BEGIN = `
import builtins, sys, flint
from pyodide.ffi import can_run_sync, run_sync

def _input(prompt=""):
    sys.stdout.flush()
    line = flint.next(str(prompt))
    if line is None and can_run_sync():
        line = run_sync(flint.ask(str(prompt)))
    if line is None:
        raise EOFError("no input")
    return line

builtins.input = _input
builtins.display = flint.display
sys.path.insert(0, "${FOLDER}")
sys.stdout.reconfigure(line_buffering=True)
`;
/** The program, and then what it has begun and not waited for. */
const RUN = `
import __main__, asyncio, flint, pyodide.code, sys

try:
    await pyodide.code.eval_code_async(flint.source, globals=__main__.__dict__, filename=flint.path)
    while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(tasks)
except SystemExit as end:
    if end.code not in (None, 0):
        flint.fail(f"SystemExit: {end.code}")
finally:
    sys.stdout.flush()
`;

const printed = { output: null, decoder: new TextDecoder() };
let python;

function write(bytes) {
  printed.output?.text("text", printed.decoder.decode(bytes, { stream: true }));
  return bytes.length;
}

async function prepare([wasm, library]) {
  const files = { "pyodide.asm.wasm": ["application/wasm", wasm], "python_stdlib.zip": ["application/zip", library] };
  const { fetch } = globalThis;
  globalThis.fetch = async (address) => {
    const [type, bytes] = files[new URL(address).pathname.slice(1)];
    return new Response(bytes, { headers: { "content-type": type } });
  };
  try {
    python = await loadPyodide({
      createPyodideModule,
      indexURL: NOWHERE,
      packageBaseUrl: NOWHERE,
      lockFileContents: { info, packages: {} },
      env: { HOME: FOLDER },
    });
  } finally {
    globalThis.fetch = fetch;
  }
  python.setStdout({ write, isatty: true });
  python.setStderr({ write, isatty: true });
}

async function run(request, { output, input }) {
  printed.output = output;
  saveFiles(python.FS, request.files);
  python.FS.chdir(FOLDER);
  let failure = null;
  python.registerJsModule("flint", {
    ...testing(request, output),
    source: sourceOf(request),
    path: request.entry,
    fail: (message) => (failure = new ProjectError(message)),
    next: (prompt) => input.next(prompt) ?? undefined,
    ask: (prompt) => input.ask(prompt),
    display: (picture) => output.entry("image", [{ kind: "text", text: imageUrl(String(picture)) }]),
  });
  python.globals.set("__file__", request.entry);
  try {
    // Names of their own, which the program does not see.
    python.runPython(BEGIN, { globals: python.toPy({}) });
    await python.runPythonAsync(RUN, { globals: python.toPy({}) });
    if (request.tests && !failure) python.runPython(`${CHECK}\nimport __main__\n_check(__main__.__dict__)`, { globals: python.toPy({}) });
  } catch (error) {
    throw explain(error, request.files);
  }
  if (failure) throw failure;
}

start({ prepare, run });
