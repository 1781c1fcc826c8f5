// Loads what writes chat templates, once.

let module = null;

export async function loadWriter() {
  if (module) return;
  const [loaded, wasm] = await Promise.all([import("flint-template"), import("flint-template/wasm")]);
  await loaded.default({ module_or_path: new URL(wasm.default, import.meta.url) });
  module = loaded;
}

export const write = (source, markers, messages, asks) => module.write(source, markers, messages, asks);
