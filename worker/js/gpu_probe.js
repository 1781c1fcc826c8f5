// How fast this device's GPU would decode: the bytes that it reads in a millisecond, and what a program on it costs to
// start. Knows no model, and leaves the GPU as it was.

const BYTES = 32 << 20;
const GROUPS = 1024;
const ROUNDS = 3;
const STARTS = 200;

const PROGRAM = `
@group(0) @binding(0) var<storage, read> weights: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  var sum = vec4<f32>();
  let stride = groups.x * 64u;
  for (var at = id.x; at < arrayLength(&weights); at += stride) { sum += weights[at]; }
  sums[id.x] = sum.x + sum.y + sum.z + sum.w;
}`;

/** `bytes_per_ms`, `start_ms`, `half` and `buffer_bytes` as JSON; an empty string where no GPU computes. */
export async function measureGpu() {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return "";
  const device = await adapter.requestDevice();
  try {
    const large = program(device, BYTES);
    const small = program(device, 256);
    await run(device, large, GROUPS, 1);
    let [readMs, startMs] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round++) {
      readMs = Math.min(readMs, await run(device, large, GROUPS, 1));
      startMs = Math.min(startMs, (await run(device, small, 1, STARTS)) / STARTS);
    }
    return JSON.stringify({
      bytes_per_ms: BYTES / readMs,
      start_ms: startMs,
      half: adapter.features.has("shader-f16"),
      buffer_bytes: adapter.limits.maxStorageBufferBindingSize,
    });
  } finally {
    device.destroy();
  }
}

function program(device, bytes) {
  const module = device.createShaderModule({ code: PROGRAM });
  const pipeline = device.createComputePipeline({ layout: "auto", compute: { module, entryPoint: "main" } });
  const weights = device.createBuffer({ size: bytes, usage: GPUBufferUsage.STORAGE });
  const sums = device.createBuffer({ size: GROUPS * 64 * 4, usage: GPUBufferUsage.STORAGE });
  const entries = [weights, sums].map((buffer, binding) => ({ binding, resource: { buffer } }));
  return { pipeline, group: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }) };
}

/** Milliseconds until the GPU has run it so often, one after another. */
async function run(device, { pipeline, group }, groups, times) {
  const started = performance.now();
  const encoder = device.createCommandEncoder();
  for (let time = 0; time < times; time++) {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(groups);
    pass.end();
  }
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
  return performance.now() - started;
}
