// What is stored. Each build has a shell, which is whole or not there; one store for all builds holds
// the large files, and an update fetches of it only what has changed.

import { checked, download, isIntact } from "./download.js";
import { bigger, build, packs, piecesOf, shell, store } from "./listing.js";

/** Pages at other paths of this host have caches of their own. */
const prefix = `flint ${new URL(registration.scope).pathname} `;
const SHELL = `${prefix}shell ${build}`;
const STORE = `${prefix}store`;
/** In each shell: the keys of its build, so that a later one knows what may go. */
const KEYS = new URL("keys.json", registration.scope).href;

export async function fillShell() {
  const cache = await caches.open(SHELL);
  try {
    await cache.put(KEYS, Response.json([...shell, ...store, ...packs, ...bigger].flatMap(piecesOf).map(({ key }) => key)));
    await Promise.all(shell.flatMap(piecesOf).map((piece) => keep(cache, piece)));
  } catch (error) {
    await caches.delete(SHELL);
    throw error;
  }
}

let last = Promise.resolve();

/** Stores one more piece, one at a time however many pages ask: `{ left, failed }`. */
export function storeNext() {
  last = last.then(async () => {
    const cache = await caches.open(STORE);
    const missing = await missingOf(cache, store.flatMap(piecesOf));
    try {
      if (missing.length > 0) await keep(cache, missing[0]);
      return { left: Math.max(missing.length - 1, 0), failed: null };
    } catch (error) {
      return { left: missing.length, failed: error.message };
    }
  });
  return last;
}

/** A stored file; undefined when it is not. Of a file in pieces, what is missing or damaged is fetched. */
export async function stored(file) {
  const cache = await caches.open(shell.includes(file) ? SHELL : STORE);
  const pieces = piecesOf(file);
  if (!file.chunks) return cache.match(pieces[0].key);
  const missing = await missingOf(cache, pieces);
  if (missing.length === pieces.length) return undefined;
  const rest = pieces.values();
  const body = new ReadableStream({
    async pull(controller) {
      const { value: piece, done } = rest.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(await bytesOf(cache, piece)));
    },
  });
  return new Response(body, { headers: { "content-type": "application/octet-stream", "content-length": file.bytes } });
}

/** Keeps a file that was wanted and has come; one that is not of this build is not kept. */
export async function keepWanted(file, response) {
  const [piece] = piecesOf(file);
  const cache = await caches.open(STORE);
  await cache.put(piece.key, await checked(piece, await response.arrayBuffer(), response));
}

export async function forgetPacks() {
  const cache = await caches.open(STORE);
  await Promise.all(packs.flatMap(piecesOf).map(({ key }) => cache.delete(key)));
}

/** A file of a build before this one, for pages that are still open. */
export const storedBefore = (address) => caches.match(address, { ignoreSearch: true });

/** Forgets all that neither this build nor the one before it needs. */
export async function clearOut() {
  const others = (await caches.keys()).filter((name) => name.startsWith(`${prefix}shell `) && name !== SHELL);
  const before = others.pop();
  await Promise.all(others.map((name) => caches.delete(name)));
  const lists = [SHELL, before].filter(Boolean).map((name) => caches.match(KEYS, { cacheName: name }));
  const keys = await Promise.all((await Promise.all(lists)).map((list) => list?.json() ?? []));
  const wanted = new Set(keys.flat());
  const cache = await caches.open(STORE);
  const stale = (await cache.keys()).filter(({ url }) => !wanted.has(url));
  await Promise.all(stale.map((request) => cache.delete(request)));
}

async function missingOf(cache, pieces) {
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  return pieces.filter(({ key }) => !kept.has(key));
}

/** Puts a piece into a cache, from another of ours where it has not changed. */
async function keep(cache, piece) {
  const known = await caches.match(piece.key);
  if (known) return cache.put(piece.key, known);
  const fetched = await download(piece);
  await Promise.all(fetched.map(([{ key }, response]) => cache.put(key, response)));
}

/** A piece as it was made: a disk that has changed a bit is noticed, and that piece fetched again. */
async function bytesOf(cache, piece) {
  const read = async () => (await cache.match(piece.key))?.arrayBuffer();
  const bytes = await read();
  if (bytes && (await isIntact(piece, bytes))) return bytes;
  await cache.delete(piece.key);
  await keep(cache, piece);
  return read();
}
