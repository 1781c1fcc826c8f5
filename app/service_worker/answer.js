// What a request gets: a stored file, or what the network says, with the headers that a static host does
// not send. The sandbox's page gets one that makes its origin opaque, because browsers ask no service
// worker for a frame that is opaque already.

import { bigger, fileAt, packs, pathOf } from "./listing.js";
import { keepWanted, stored, storedBefore } from "./shelf.js";

const SANDBOX = /^sandbox-[0-9A-F]{8}\.html$/;
/** The flags of `app/src/runner/frame.rs`, and never `allow-same-origin`. */
const POLICY = { "content-security-policy": "sandbox allow-scripts allow-forms allow-pointer-lock" };
/**
 * Isolates the page from others: nothing needs it. What is in an isolated page must say so too. WebKit, which
 * does not know this value, stays as it is: there an isolated page's opaque frame can start no worker.
 */
const EMBEDDABLE = { "cross-origin-embedder-policy": "credentialless" };
const ISOLATED = { ...EMBEDDABLE, "cross-origin-opener-policy": "same-origin" };

/** A promise of the answer; null leaves the request to the browser. `meanwhile` takes work that goes on. */
export function answer(request, meanwhile) {
  const path = request.method === "GET" ? pathOf(request.url) : null;
  if (path === null) return null;
  if (SANDBOX.test(path)) return read(path, request, meanwhile).then((response) => withHeaders(response, { ...EMBEDDABLE, ...POLICY }));
  if (!fileAt(path) && !path.startsWith("assets/")) return null;
  const more = { document: ISOLATED, worker: EMBEDDABLE }[request.destination];
  const answering = read(path, request, meanwhile);
  return more ? answering.then((response) => withHeaders(response, more)) : answering;
}

async function read(path, request, meanwhile) {
  const file = fileAt(path);
  const kept = file ? await stored(file) : await storedBefore(request.url);
  if (kept) return kept;
  const fetched = await fetch(request);
  if ((packs.includes(file) || bigger.includes(file)) && fetched.ok) {
    // What cannot be kept is fetched again the next time.
    meanwhile(keepWanted(file, fetched.clone()).catch(() => {}));
  }
  return fetched;
}

/** The same answer with these headers, where the host has not sent them; of policies, all hold. */
function withHeaders(response, more) {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(more)) {
    if (name === "content-security-policy") headers.append(name, value);
    else if (!headers.has(name)) headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
