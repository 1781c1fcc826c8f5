// The built worker with a look at its memory: remembers what it instantiates and answers `{ memory: true }`.

let memory = null;

for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...values) => {
    const result = await original.apply(WebAssembly, values);
    memory = (result.instance ?? result).exports.memory ?? memory;
    return result;
  };
}

// Before the worker's own listener, which would take these for broken messages.
addEventListener("message", (event) => {
  if (typeof event.data === "string") return;
  event.stopImmediatePropagation();
  if (event.data.watch) import(event.data.watch);
  else postMessage({ type: "memory", bytes: memory?.buffer.byteLength ?? 0 });
});
