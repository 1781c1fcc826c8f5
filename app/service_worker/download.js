// Fetches pieces of files and proves that they are the right ones. A host that is just getting a new
// version, or a proxy that rewrites, must not mix builds.

import { isHashed } from "../immutable.mjs";
import { addressOf, piecesOf } from "./listing.js";

/** Resolves to `[piece, response]` pairs: the wanted piece, and others where the host sends more. */
export async function download(piece) {
  const { file, from, to } = piece;
  const partial = from !== undefined;
  const response = await fetch(addressOf(file), {
    cache: isHashed(file.path) ? "default" : "no-cache",
    priority: "low",
    headers: partial ? { range: `bytes=${from}-${to - 1}` } : {},
  });
  if (!response.ok) throw new Error(`${file.path}: the server answered ${response.status}`);
  const bytes = await response.arrayBuffer();
  // Not every host knows ranges.
  const whole = partial && response.status === 200;
  const pieces = whole ? piecesOf(file) : [piece];
  return Promise.all(pieces.map(async (piece) => [piece, await checked(piece, whole ? bytes.slice(piece.from, piece.to) : bytes, response)]));
}

/** A response with these bytes, which must be the piece's. */
export async function checked(piece, bytes, response) {
  if (!(await isIntact(piece, bytes))) throw new Error(`${piece.file.path} is not of this version`);
  const headers = new Headers(response.headers);
  // The bytes are plain now, and a part is a whole of its own.
  for (const name of ["content-encoding", "content-length", "content-range"]) headers.delete(name);
  return new Response(bytes, { headers });
}

/** Whether these are the bytes that the build was made of. */
export async function isIntact({ hash }, bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === hash;
}
