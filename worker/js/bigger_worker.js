// The first lines of the worker of bigger models: the runtime's surroundings, then the worker itself.

import "flint-ort-runtime";
import init from "flint-worker-ort";
import wasm from "flint-worker-ort/wasm";

try {
  await init({ module_or_path: new URL(wasm, import.meta.url) });
} catch (error) {
  const message = `The worker of bigger models could not be loaded (${error.message}). Check the connection and try again.`;
  postMessage(JSON.stringify({ type: "failed", id: null, error: { kind: "download", message } }));
}
