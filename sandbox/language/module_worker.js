// Pyodide wants a module worker, which a frame without an origin cannot start. Ours is a classic one that
// imports modules; what tells the two apart is this function, and nobody here needs it.

globalThis.importScripts = undefined;
