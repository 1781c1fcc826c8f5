// The service worker: the page without a network. It hears the browser's events and hands them on; what
// is stored is `shelf.js`, what a request gets is `answer.js`. It never touches drafts or settings.

import { answer } from "./answer.js";
import { clearOut, fillShell, forgetPacks, storeNext } from "./shelf.js";

addEventListener("install", (event) => event.waitUntil(fillShell()));
addEventListener("activate", (event) => event.waitUntil(clearOut().then(() => clients.claim())));

addEventListener("fetch", (event) => {
  const answering = answer(event.request, (work) => event.waitUntil(work));
  if (answering) event.respondWith(answering);
});

/**
 * From a page of ours: `store` keeps one more file and says how many are left; `take over` when the user
 * said so; `forget packs` when they are not wanted any more.
 */
addEventListener("message", (event) => {
  if (event.data?.type === "take over") event.waitUntil(skipWaiting());
  if (event.data?.type === "forget packs") event.waitUntil(forgetPacks());
  if (event.data?.type === "store") event.waitUntil(storeNext().then((left) => event.ports[0].postMessage(left)));
});
