// Where the model worker is; the bundler knows its hashed name.

/* global FLINT_WORKER */
/** The worker's absolute URL; empty when the page was built without a worker. */
export const workerUrl = () => FLINT_WORKER && new URL(FLINT_WORKER, import.meta.url).href;
