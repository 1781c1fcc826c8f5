// The page's entry: opens what was kept while the Rust app is fetched, then starts the app.

import wasm from "flint-app/wasm";
import { openArchive } from "flint-archive";
import { isEmbedded } from "flint-embed";
import { sayItFailed } from "./early.js";
import { turn } from "./turn.js";

const fetched = fetch(new URL(wasm, import.meta.url));
try {
  // The editor's commands make one as they load, for which a browser first looks for its dictionaries.
  if (Intl.Segmenter) new Intl.Segmenter(undefined, { granularity: "word" });
  if (!isEmbedded()) await openArchive();
  await turn();
  await import("flint-editor");
  await turn();
  const { default: start } = await import("flint-app");
  await turn();
  await start({ module_or_path: fetched });
} catch (error) {
  sayItFailed(error);
}
