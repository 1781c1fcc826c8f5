// The page's entry: opens what was kept while the Rust app is fetched, then starts the app.

import start from "flint-app";
import wasm from "flint-app/wasm";
import { openArchive } from "flint-archive";
import { isEmbedded } from "flint-embed";
import { sayItFailed } from "./early.js";

/** A tab that nobody looks at draws nothing. */
const LONGEST_FRAME_MS = 100;

/** Resolves when what the page brought with it is on screen. */
const drawn = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, LONGEST_FRAME_MS);
  });

const fetched = fetch(new URL(wasm, import.meta.url));
if (!isEmbedded()) await Promise.all([openArchive(), drawn()]);
start({ module_or_path: fetched }).catch(sayItFailed);
