// The files of this build and which of them this browser needs; the bundler fills in the list.

/* global FLINT_FILES */
import { simd } from "../../worker/js/simd.js";

/** `{ build, shell: [], store: { any, relaxed, simd128 } }`; a file is `{ path, hash }`, SHA-256 in hex. */
const files = FLINT_FILES;

export const build = files.build;
/** What the page needs to open. */
export const shell = files.shell;
/** What else is needed to be whole without a network, the most wanted first. */
export const store = [...(files.store[simd()] ?? []), ...files.store.any];

const scope = new URL(registration.scope);
const byPath = new Map([...shell, ...Object.values(files.store).flat()].map((file) => [file.path, file]));

/** The path of an address of ours, relative to the scope; null for any other. */
export function pathOf(address) {
  const { origin, pathname } = new URL(address);
  const ours = origin === scope.origin && pathname.startsWith(scope.pathname);
  return ours ? pathname.slice(scope.pathname.length) || "index.html" : null;
}

export const fileAt = (path) => byPath.get(path);

/** Where a file is fetched. Some hosts answer `index.html` with a redirection to its folder. */
export const addressOf = ({ path }) => new URL(path === "index.html" ? "./" : path, scope).href;

/** What a file is stored under: its content is part of it, so that builds never mix. */
export const keyOf = ({ path, hash }) => new URL(`${path}?${hash}`, scope).href;
