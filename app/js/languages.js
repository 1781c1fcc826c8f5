// Languages by name; each one's parser is fetched when the first file of that language opens.

import { indentUnit } from "@codemirror/language";
import { Compartment } from "@codemirror/state";
import { turn } from "./turn.js";

/** Holds the open file's language. */
export const languageOf = new Compartment();

const parsers = {
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true }),
  typescript: async () =>
    (await import("@codemirror/lang-javascript")).javascript({ jsx: true, typescript: true }),
  python: async () => (await import("@codemirror/lang-python")).python(),
  rust: async () => (await import("@codemirror/lang-rust")).rust(),
  html: async () => (await import("@codemirror/lang-html")).html(),
  css: async () => (await import("@codemirror/lang-css")).css(),
  wat: async () => (await import("@codemirror/lang-wast")).wast(),
  markdown: async () => (await import("@codemirror/lang-markdown")).markdown(),
  json: async () => (await import("@codemirror/lang-json")).json(),
};

/** The parsers that are here. */
const fetched = new Set();

const indents = { python: "    ", rust: "    " };

/** The language's extension; plain text when it has no parser or the parser cannot be fetched. */
export async function loadLanguage(name) {
  const indent = indentUnit.of(indents[name] ?? "  ");
  try {
    const language = await parsers[name]?.();
    // What has just been loaded is put to work in a turn of its own.
    if (!fetched.has(name)) await turn();
    fetched.add(name);
    return [indent, language ?? []];
  } catch (error) {
    console.warn(`The highlighting of ${name} could not be loaded; the file shows as plain text.`, error);
    return indent;
  }
}

/** Fetches every parser, one after the other, so that each is there when the network is not. */
export async function fetchLanguages() {
  for (const load of Object.values(parsers)) await load().catch(() => {}); // it is tried again when it is needed
}
