// The page's entry: opens what was kept while the Rust app is fetched, then starts the app.

import start from "flint-app";
import wasm from "flint-app/wasm";
import { openArchive } from "flint-archive";
import { isEmbedded } from "flint-embed";
import { sayItFailed } from "./early.js";

const fetched = fetch(new URL(wasm, import.meta.url));
if (!isEmbedded()) await openArchive();
start({ module_or_path: fetched }).catch(sayItFailed);
