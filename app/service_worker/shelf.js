// What is stored. Each build has a shell, which is whole or not there; one store for all builds holds
// the large files, and an update fetches of it only what has changed.

import { isHashed } from "../immutable.mjs";
import { addressOf, build, keyOf, shell, store } from "./listing.js";

/** Pages at other paths of this host have caches of their own. */
const prefix = `flint ${new URL(registration.scope).pathname} `;
const SHELL = `${prefix}shell ${build}`;
const STORE = `${prefix}store`;
/** In each shell: the keys of its build, so that a later one knows what may go. */
const KEYS = new URL("keys.json", registration.scope).href;

export async function fillShell() {
  const cache = await caches.open(SHELL);
  try {
    await cache.put(KEYS, Response.json([...shell, ...store].map(keyOf)));
    await Promise.all(shell.map((file) => keep(cache, file)));
  } catch (error) {
    await caches.delete(SHELL);
    throw error;
  }
}

let last = Promise.resolve();

/** Stores one more file, one at a time however many pages ask: `{ left, failed }`. */
export function storeNext() {
  last = last.then(async () => {
    const cache = await caches.open(STORE);
    const kept = new Set((await cache.keys()).map(({ url }) => url));
    const missing = store.filter((file) => !kept.has(keyOf(file)));
    try {
      if (missing.length > 0) await keep(cache, missing[0]);
      return { left: Math.max(missing.length - 1, 0), failed: null };
    } catch (error) {
      return { left: missing.length, failed: error.message };
    }
  });
  return last;
}

/** A stored file; undefined when it is not. */
export async function stored(file) {
  const cache = await caches.open(shell.includes(file) ? SHELL : STORE);
  return cache.match(keyOf(file));
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

/** Puts a file into a cache, from another of ours where it has not changed. */
async function keep(cache, file) {
  const known = await caches.match(keyOf(file));
  await cache.put(keyOf(file), known ?? (await fetchChecked(file)));
}

/** A host that is just getting a new version, or a proxy that rewrites, must not mix builds. */
async function fetchChecked(file) {
  const cache = isHashed(file.path) ? "default" : "no-cache";
  const response = await fetch(addressOf(file), { cache, priority: "low" });
  if (!response.ok) throw new Error(`${file.path}: the server answered ${response.status}`);
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (hex(digest) !== file.hash) throw new Error(`${file.path} is not of this version`);
  const headers = new Headers(response.headers);
  // The bytes are plain now.
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(bytes, { headers });
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
