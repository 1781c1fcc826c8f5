// What a request gets: a stored file, or what the network says. The sandbox's page gets a header that
// makes its origin opaque, because browsers ask no service worker for a frame that is opaque already.

import { fileAt, pathOf } from "./listing.js";
import { stored, storedBefore } from "./shelf.js";

const SANDBOX = /^sandbox-[0-9A-F]{8}\.html$/;
/** The flags of `app/src/runner/frame.rs`, and never `allow-same-origin`. */
const POLICY = "sandbox allow-scripts allow-forms allow-pointer-lock";

/** A promise of the answer; null leaves the request to the browser. */
export function answer(request) {
  const path = request.method === "GET" ? pathOf(request.url) : null;
  if (path === null) return null;
  if (SANDBOX.test(path)) return read(path, request).then(walledIn);
  if (fileAt(path) || path.startsWith("assets/")) return read(path, request);
  return null;
}

async function read(path, request) {
  const file = fileAt(path);
  const kept = file ? await stored(file) : await storedBefore(request.url);
  return kept ?? fetch(request);
}

/** The same page with an origin that is nobody's. */
function walledIn(response) {
  const headers = new Headers(response.headers);
  headers.append("content-security-policy", POLICY);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
