// How long the editor's parser may hold the page. CodeMirror parses for up to 20 ms within a key press and up to 100 ms
// when the page is idle: text with a mistake in it, and nearly all text is that while it is typed, can take all of that at
// every key, and the frame with the ghost text comes one later. What is not parsed in time follows; colours stay as
// they were until then. The library has no option for it, so its constants are exchanged as it is bundled.

import { readFile } from "node:fs/promises";

/** What the library says, and what it shall say: milliseconds within a change of the text, and of a slice of idle time. */
const BUDGETS = [
  ["newCx.work(20 /* Work.Apply */", "newCx.work(8 /* Work.Apply */"],
  ["100 /* Work.Slice */", "25 /* Work.Slice */"],
];

/** The library's text with these budgets; throws where it does not look as it did. */
export function withBudgets(source) {
  for (const [theirs, ours] of BUDGETS) {
    if (!source.includes(theirs)) throw new Error(`@codemirror/language has no “${theirs}” any more: see app/parse_budget.mjs`);
    source = source.replaceAll(theirs, ours);
  }
  return source;
}

/** For esbuild. */
export const parseBudget = {
  name: "parse budget",
  setup({ onLoad }) {
    onLoad({ filter: /@codemirror\/language\/dist\/index\.js$/ }, async ({ path }) => ({ contents: withBudgets(await readFile(path, "utf8")) }));
  },
};
