// The page's entry: starts the Rust app.

import start from "flint-app";
import wasm from "flint-app/wasm";

start({ module_or_path: new URL(wasm, import.meta.url) });
