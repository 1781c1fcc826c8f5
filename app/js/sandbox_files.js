// What the sandbox is made of: its page, and the runtimes that are fetched for it, because a frame
// without an origin can fetch nothing. The bundler fills in their hashed names.

import { turn } from "./turn.js";

const { page, open, runtimes } = FLINT_SANDBOX;

/** The sandbox's page, relative to this one, for programs that may reach these hosts. */
export const sandboxPage = (hosts) => (hosts ? `${open}#${encodeURIComponent(hosts)}` : page);

/**
 * Fetches a runtime: resolves to its script's text and the bytes of its other files. `progress` is
 * called with the tenths that are here, each once.
 */
export async function fetchRuntime(name, signal, progress) {
  const files = runtimes[name];
  if (!files) throw new Error("this page was built without that language");
  let done = 0;
  let tenths = 0;
  const count = (bytes) => {
    done += bytes;
    const now = Math.min(Math.floor((done * 10) / files.bytes), 10);
    if (now > tenths) progress((tenths = now));
  };
  const [script, ...wasm] = await Promise.all([files.script, ...files.wasm].map((path) => read(path, signal, count)));
  return [await script.text(), ...(await Promise.all(wasm.map((file) => file.arrayBuffer())))];
}

/** One file as a blob; each piece of it is counted as it comes. Asked for in a turn of its own: several are wanted at once. */
async function read(path, signal, count) {
  await turn();
  const response = await fetch(new URL(path, document.baseURI), { signal });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const reader = response.body.getReader();
  const pieces = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return new Blob(pieces);
    pieces.push(value);
    count(value.length);
  }
}
