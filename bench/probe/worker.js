// Runs the probe in a worker: one model, a list of jobs, their answers.

onmessage = async ({ data: { build, model, capacity, jobs } }) => {
  try {
    const { default: init, Probe } = await import(`${build}/flint_probe.js`);
    const { memory } = await init();
    const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
    const started = performance.now();
    const probe = new Probe(bytes, capacity);
    const load_ms = performance.now() - started;
    // The browser translates what has just run for speed.
    await new Promise((done) => setTimeout(done, 200));
    const kernels = probe.choose_kernels();
    probe.decode(0, 8);
    const answers = jobs.map(([name, ...values]) => probe[name](...values));
    const memory_bytes = memory.buffer.byteLength;
    postMessage({ kernels, load_ms, memory_bytes, model_bytes: bytes.length, answers });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
