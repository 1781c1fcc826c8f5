// The worker's first lines: picks the build that this browser can run, or says why none can.

import { simd } from "./simd.js";

function fail(kind, message) {
  postMessage(JSON.stringify({ type: "failed", id: null, error: { kind, message } }));
}

async function load() {
  switch (simd()) {
    case "relaxed":
      return [await import("flint-worker-relaxed"), (await import("flint-worker-relaxed/wasm")).default];
    case "simd128":
      return [await import("flint-worker-simd128"), (await import("flint-worker-simd128/wasm")).default];
    default:
      return null;
  }
}

try {
  const build = await load();
  if (build) {
    const [{ default: init }, wasm] = build;
    await init({ module_or_path: new URL(wasm, import.meta.url) });
  } else {
    fail(
      "unsupported",
      "Suggestions need WebAssembly SIMD, which this browser lacks. Editing works as usual; a current browser brings suggestions.",
    );
  }
} catch (error) {
  fail(
    "download",
    `The suggestion engine could not be loaded (${error.message}). Editing works as usual; check the connection and try again.`,
  );
}
