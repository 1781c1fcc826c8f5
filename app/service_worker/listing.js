// The files of this build and which of them this browser needs; the bundler fills in the list.

/* global FLINT_FILES */
import { simd } from "../../worker/js/simd.js";

/**
 * `{ build, shell: [], store: { any, relaxed, simd128 }, packs: [], bigger: [] }`; a file is `{ path, hash }`, SHA-256 in hex.
 * A large one has `bytes` and `chunks` too: the hash of each of its pieces.
 */
const files = FLINT_FILES;
/** The size of a piece; the last one is smaller. */
const { CHUNK_BYTES } = files;

export const build = files.build;
/** What the page needs to open. */
export const shell = files.shell;
/** What else is needed to be whole without a network, the most wanted first. */
export const store = [...(files.store[simd()] ?? []), ...files.store.any];

/** What is kept when the user has wanted it and it has come. */
export const packs = files.packs;
/** The same of what runs bigger models, which are in this browser too. */
export const bigger = files.bigger;

const scope = new URL(registration.scope);
const byPath = new Map([...shell, ...packs, ...bigger, ...Object.values(files.store).flat()].map((file) => [file.path, file]));

/** The path of an address of ours, relative to the scope; null for any other. */
export function pathOf(address) {
  const { origin, pathname } = new URL(address);
  const ours = origin === scope.origin && pathname.startsWith(scope.pathname);
  return ours ? pathname.slice(scope.pathname.length) || "index.html" : null;
}

export const fileAt = (path) => byPath.get(path);

/** Where a file is fetched. Some hosts answer `index.html` with a redirection to its folder. */
export const addressOf = ({ path }) => new URL(path === "index.html" ? "./" : path, scope).href;

/**
 * What a file is stored in, `{ key, hash, file, from, to }` each, and bytes from `from` to before `to`
 * where it is a part. The content is in the key, so that builds never mix.
 */
export function piecesOf(file) {
  const key = new URL(`${file.path}?${file.hash}`, scope).href;
  if (!file.chunks) return [{ key, hash: file.hash, file }];
  return file.chunks.map((hash, index) => {
    const from = index * CHUNK_BYTES;
    return { key: `${key}.${index}`, hash, file, from, to: Math.min(from + CHUNK_BYTES, file.bytes) };
  });
}
