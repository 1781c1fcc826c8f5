// Where the sandbox's page and its runtimes are; the bundler fills in their hashed names.

/** JSON: `{ "page", "runtimes": { NAME: { "script", "wasm": [] } } }`, relative to the page. */
export const sandboxFiles = () => FLINT_SANDBOX;
