// The guard's clock: how long the document's thread has not come to rest.

const LIMIT_MS = 2_000;
const CALLS = 256;

/** The function that guarded code calls with its line; it throws when the thread was held too long. */
export function makeGuard(page, limitMs = LIMIT_MS) {
  const now = performance.now.bind(performance);
  const { port1, port2 } = new MessageChannel();
  let calls = 0;
  let since = 0;
  let over = false;
  port1.onmessage = () => {
    since = 0;
    over = false;
  };
  return (line) => {
    calls += 1;
    // Once over, every call is too much, or a program that catches would go on between the looks.
    if (!over && calls % CALLS !== 0) return;
    if (since === 0) {
      since = now();
      port2.postMessage(null);
    } else if (over || now() - since > limitMs) {
      over = true;
      throw new RangeError(`stopped: line ${line} of ${page} or what it calls has held the page for ${limitMs / 1000} seconds`);
    }
  };
}
