// The page's end of the service worker: has it store what the page needs without a network, and says
// when a new version waits. Frames in other sites and browsers without service workers do without.

const container = self === top ? navigator.serviceWorker : undefined;
/** The browser itself looks when a page is opened; a page that stays open looks this often. */
const LOOK_EVERY_MS = 3_600_000;

let registration;

/** Whether a service worker answers this page's requests, those of its frames too. */
export function controlled() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false; // a frame without storage may not even ask
  }
}

/** Begins when the page has nothing better to do. `report` gets `ready` or `update`, more than once. */
export async function begin(report) {
  if (!container) return;
  try {
    registration = await container.register("service_worker.js");
    watch(report);
    await container.ready;
    if (!navigator.connection?.saveData) await fill(report);
  } catch (error) {
    console.warn("The page is not stored for a time without network.", error);
  }
}

/** The user wants the new version: it takes over, and the page loads anew. */
export function takeOver() {
  const waiting = registration?.waiting;
  if (!waiting) return location.reload();
  container.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage({ type: "take over" });
}

/** What was fetched because the user wanted it is not wanted any more. */
export function forgetPacks() {
  if (controlled()) navigator.serviceWorker.controller.postMessage({ type: "forget packs" });
}

function watch(report) {
  const offer = () => registration.waiting && registration.active && report("update");
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  let looked = performance.now();
  addEventListener("visibilitychange", () => {
    if (document.hidden || performance.now() - looked < LOOK_EVERY_MS) return;
    looked = performance.now();
    registration.update().catch(() => {}); // without a network there is nothing new
  });
}

/** File by file, because a browser ends a service worker that is busy for minutes. */
async function fill(report) {
  for (;;) {
    const { left, failed } = await storeOne();
    if (failed) {
      console.warn(`Not everything is stored for a time without network: ${failed}.`);
      return addEventListener("online", () => fill(report), { once: true });
    }
    if (left === 0) return report("ready");
  }
}

function storeOne() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
    registration.active.postMessage({ type: "store" }, [port2]);
  });
}
