// A file as the bytes that onnxruntime-web asks for: it takes one weight after the other, and none of them is in memory
// before. A Blob it would read as a whole (but for the JSPI build); of a `Uint8Array` version 1.30 uses `byteLength` and
// `subarray` alone.

export class FileBytes extends Uint8Array {
  #file;
  #reader = new FileReaderSync();

  constructor(file) {
    super(0);
    this.#file = file;
  }

  get byteLength() {
    return this.#file.size;
  }

  subarray(from, to) {
    return new Uint8Array(this.#reader.readAsArrayBuffer(this.#file.slice(from, to)));
  }
}
