// The document that the frame shows: the project's, with the hook in front of it.

import hook from "flint-hook-text";
import { inline, json } from "./inline.js";

/** `{ html, entries }`: what the frame shows, and what the console says about it first. */
export function compose({ files, entry, guard, scheme, input, scroll }) {
  const { doctype, html, imports, entries } = inline({ files, entry, guard });
  const data = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const settings = json({ page: entry, files: data, scheme, input, scroll });
  const start = `${hook.replaceAll("</script", "<\\/script")}(${settings})`;
  const head = `<script>${start}</script><script type="importmap">${json({ imports })}</script>`;
  // After the doctype, or the document would fall back to the ways of 1998.
  return { html: doctype + head + html, entries };
}
