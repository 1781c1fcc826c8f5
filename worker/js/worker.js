// The worker's first lines: picks the build that this browser can run, or says why none can.

// (func (result v128) i32.const 1 i8x16.splat i32.const 2 i8x16.splat i8x16.relaxed_swizzle)
const RELAXED_SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15,
  65, 2, 253, 15, 253, 128, 2, 11,
];
// (func (result v128) i32.const 1 i8x16.splat)
const SIMD128 = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 1, 253, 15, 11,
];

const runs = (bytes) => WebAssembly.validate(new Uint8Array(bytes));

function fail(kind, message) {
  postMessage(JSON.stringify({ type: "failed", id: null, error: { kind, message } }));
}

async function load() {
  if (runs(RELAXED_SIMD)) {
    return [await import("flint-worker-relaxed"), (await import("flint-worker-relaxed/wasm")).default];
  }
  if (runs(SIMD128)) {
    return [await import("flint-worker-simd128"), (await import("flint-worker-simd128/wasm")).default];
  }
  return null;
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
