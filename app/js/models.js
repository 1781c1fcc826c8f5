// Models that are kept in this browser: how much room they take, taking them away, and files from the user's disk.
// The worker writes them (`worker/js/model_store.js`).

const FOLDER = "models";
/** A worker that was just ended holds its files for a moment. */
const ATTEMPTS = 40;
const PAUSE_MS = 50;

const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });

/** Each model's folder and its bytes, as JSON: `[[id, bytes], …]`. */
export async function sizes() {
  const found = [];
  try {
    for await (const [id, handle] of (await folder()).entries()) {
      let bytes = 0;
      for await (const file of handle.values()) bytes += (await file.getFile()).size;
      if (bytes > 0) found.push([id, bytes]);
    }
  } catch {
    // A browser without such a file system keeps no models.
  }
  return JSON.stringify(found);
}

/** Takes a model's files away; resolves when they are gone, or cannot be. */
export async function remove(id) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      await (await folder()).removeEntry(id, { recursive: true });
      return;
    } catch (error) {
      if (error.name === "NotFoundError") return;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  }
}

/** Lets the user choose a model's files; `read` gets them as JSON, with addresses that last as long as the page. */
export function chooseModel(read) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.addEventListener("change", () => {
    const files = [...input.files];
    const graphs = files.filter(({ name }) => name.endsWith(".onnx")).length;
    const known = files.map((file) => ({ path: pathOf(file.name, graphs), url: URL.createObjectURL(file), bytes: file.size }));
    read(JSON.stringify(known));
  });
  input.click();
}

/** Where a file stands in the layout. A graph that is alone may have any name. */
function pathOf(name, graphs) {
  if (/\.(json|gguf)$/i.test(name)) return name;
  const usual = /^model(_\w+)?\.onnx$/.test(name);
  return name.endsWith(".onnx") && graphs === 1 && !usual ? "onnx/model.onnx" : `onnx/${name}`;
}
