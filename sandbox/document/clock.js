// The guard's clock: how long the document's thread has not come to rest.

const LIMIT_MS = 2_000;
const CALLS = 256;

/** The function that guarded code calls with its line; it throws when the thread was held too long. */
export function makeGuard(page) {
  const now = performance.now.bind(performance);
  const { port1, port2 } = new MessageChannel();
  let calls = 0;
  let since = 0;
  port1.onmessage = () => {
    since = 0;
  };
  return (line) => {
    calls += 1;
    if (calls % CALLS !== 0) return;
    if (since === 0) {
      since = now();
      port2.postMessage(null);
    } else if (now() - since > LIMIT_MS) {
      throw new RangeError(`stopped: line ${line} of ${page} or what it calls has held the page for ${LIMIT_MS / 1000} seconds`);
    }
  };
}
