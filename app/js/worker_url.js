// Where the model worker is; the bundler knows its hashed name.

/* global FLINT_WORKER, FLINT_BIGGER_WORKER */
/** The worker's absolute URL; empty when the page was built without a worker. */
export const workerUrl = () => FLINT_WORKER && new URL(FLINT_WORKER, import.meta.url).href;
/** The same for the worker of bigger models, which is only fetched when one is wanted. */
export const biggerWorkerUrl = () => FLINT_BIGGER_WORKER && new URL(FLINT_BIGGER_WORKER, import.meta.url).href;
