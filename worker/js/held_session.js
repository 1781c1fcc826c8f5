// A session that keeps its KV cache to itself: ids go in, logits come out, and what is in between stays where it was
// computed. Knows nothing of Rust; one run at a time.

const PAST = "past_key_values.";
const PRESENT = "present.";

export class HeldSession {
  length = 0;
  /** Those of the last tokens of the last run as floats, (rows, vocab); of the next run on, others. */
  logits = new Float32Array(0);
  #ort;
  #session;
  #gpu;
  /** Name of each past tensor to what it holds. */
  #past = new Map();
  #rows = 1;
  #running = false;
  /** Where a GPU's logits are read. */
  #staging = null;

  /** `gpu` is the device that computes, or null. */
  constructor(ort, session, gpu) {
    this.#ort = ort;
    this.#session = session;
    this.#gpu = gpu;
    const ours = ({ name }) => !name.startsWith(PAST);
    this.inputMetadata = session.inputMetadata.filter(ours);
    this.inputNames = this.inputMetadata.map(({ name }) => name);
    this.outputMetadata = session.outputMetadata.filter(({ name }) => name === "logits").map((it) => ({ ...it, type: "float32" }));
    this.outputNames = ["logits"];
    this.#forget();
  }

  keepRows(count) {
    this.#rows = count;
  }

  async run(feeds) {
    if (this.#running) throw new Error("the session is still at work on another run");
    this.#running = true;
    try {
      const outputs = await this.#session.run({ ...feeds, ...Object.fromEntries(this.#past) });
      for (const [name, tensor] of this.#past) {
        tensor.dispose();
        this.#past.set(name, outputs[name.replace(PAST, PRESENT)]);
      }
      this.length += feeds.input_ids.dims[1];
      this.logits = await this.#lastRows(outputs.logits);
      // `ort` wants an output, and would copy a full one once more.
      return { logits: new this.#ort.Tensor("float32", [], [1, 0, outputs.logits.dims[2]]) };
    } finally {
      this.#running = false;
    }
  }

  /** Forgets all but the first `length` tokens. */
  truncate(length) {
    if (length >= this.length) return;
    if (length === 0) return this.#forget();
    const encoder = this.#gpu?.createCommandEncoder();
    const old = [];
    for (const [name, tensor] of this.#past) {
      const shorter = encoder ? this.#shorterOnGpu(tensor, length, encoder) : this.#shorter(tensor, length);
      old.push(tensor);
      this.#past.set(name, shorter);
    }
    if (encoder) this.#gpu.queue.submit([encoder.finish()]);
    for (const tensor of old) tensor.dispose();
    this.length = length;
  }

  async release() {
    for (const tensor of this.#past.values()) tensor.dispose();
    this.#past.clear();
    this.#staging?.destroy();
    await this.#session.release();
  }

  #forget() {
    for (const { name, type, shape } of this.#session.inputMetadata) {
      if (!name.startsWith(PAST)) continue;
      this.#past.get(name)?.dispose();
      // [batch, heads, past, width]: the names stand for 1 and for nothing yet.
      const dims = shape.map((size, axis) => (axis === 2 ? 0 : typeof size === "number" ? size : 1));
      this.#past.set(name, new this.#ort.Tensor(type, arrayOf(type, 0), dims));
    }
    this.length = 0;
  }

  #shorter(tensor, length) {
    const [batch, heads, old, width] = tensor.dims;
    const { data, type } = tensor;
    const kept = new data.constructor(batch * heads * length * width);
    for (let head = 0; head < batch * heads; head++) {
      const from = head * old * width;
      kept.set(data.subarray(from, from + length * width), head * length * width);
    }
    return new this.#ort.Tensor(type, kept, [batch, heads, length, width]);
  }

  #shorterOnGpu(tensor, length, encoder) {
    const [batch, heads, old, width] = tensor.dims;
    const row = width * bytesOf(tensor.type);
    const size = batch * heads * length * row;
    const buffer = this.#gpu.createBuffer({
      // Whole multiples of 16 bytes, as the runtime's own buffers are.
      size: Math.ceil(size / 16) * 16,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    for (let head = 0; head < batch * heads; head++) {
      encoder.copyBufferToBuffer(tensor.gpuBuffer, head * old * row, buffer, head * length * row, length * row);
    }
    return this.#ort.Tensor.fromGpuBuffer(buffer, {
      dataType: tensor.type,
      dims: [batch, heads, length, width],
      dispose: () => buffer.destroy(),
    });
  }

  /** The logits of the last tokens; the rest is never read. */
  async #lastRows(logits) {
    const [, rows, vocab] = logits.dims;
    const kept = Math.min(this.#rows, rows);
    const from = (rows - kept) * vocab;
    const bytes = bytesOf(logits.type);
    let data;
    if (logits.location === "gpu-buffer") {
      data = await this.#read(logits.gpuBuffer, from * bytes, kept * vocab * bytes, logits.type);
    } else {
      data = logits.data.subarray(from, from + kept * vocab);
    }
    const { type } = logits;
    logits.dispose();
    return type === "float16" ? floats(data) : data;
  }

  async #read(buffer, from, size, type) {
    if (!this.#staging || this.#staging.size < size) {
      this.#staging?.destroy();
      this.#staging = this.#gpu.createBuffer({ size: Math.ceil(size / 4) * 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    }
    const staging = this.#staging;
    const encoder = this.#gpu.createCommandEncoder();
    // Copies are in whole multiples of 4 bytes; a row of an odd number of halves does not occur.
    encoder.copyBufferToBuffer(buffer, from, staging, 0, size);
    this.#gpu.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ, 0, size);
    const copy = staging.getMappedRange(0, size).slice(0);
    staging.unmap();
    return type === "float16" ? new Uint16Array(copy) : new Float32Array(copy);
  }
}

const bytesOf = (type) => (type === "float16" ? 2 : 4);

/** 16-bit floats are `Float16Array` where the browser has it, as the runtime wants it. */
function arrayOf(type, length) {
  if (type !== "float16") return new Float32Array(length);
  return new (globalThis.Float16Array ?? Uint16Array)(length);
}

/** 16-bit floats, whatever array holds them, as 32-bit ones. */
function floats(halves) {
  if (globalThis.Float16Array) {
    return Float32Array.from(halves instanceof Float16Array ? halves : new Float16Array(halves.buffer, halves.byteOffset, halves.length));
  }
  return Float32Array.from(halves, single);
}

/** One 16-bit float, by its bits. */
function single(bits) {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -14 * (fraction / 1024);
}
