// The project as one page that needs nothing else. A document becomes itself, with what it names put
// in its place; a program becomes a page that shows its files, and runs it when it is a script.

import { inline, json } from "../../sandbox/document/inline.js";
import { importsOf } from "../../sandbox/language/imports.js";
import { parse, strip } from "../../sandbox/language/source.js";

const SCRIPT = /\.(m?js|jsx|m?ts|tsx)$/i;

/** The page's text. The open file decides what it shows; a style sheet's or script's document may too. */
export function singlePage(files, open) {
  const entry = documentOf(files, open);
  if (entry) {
    const { doctype, html, imports } = inline({ files, entry });
    const map = Object.keys(imports).length > 0 ? `<script type="importmap">${json({ imports })}</script>` : "";
    return doctype + map + html;
  }
  return program(files, open);
}

/** The open file when it is a document, or the document that names it. */
function documentOf(files, open) {
  const documents = files.filter(({ path }) => /\.html?$/i.test(path));
  const names = ({ text }) => text.includes(open.slice(open.lastIndexOf("/") + 1));
  return documents.find(({ path }) => path === open)?.path ?? documents.find(names)?.path;
}

function program(files, open) {
  const shown = [...files].sort((a, b) => (b.path === open) - (a.path === open));
  const listing = shown.map(({ path, text }) => `<h2>${escape(path)}</h2>\n<pre><code>${escape(text)}</code></pre>`);
  const running = runnable(files.find(({ path }) => path === open));
  const output = running === null ? "" : `<h2>Output</h2>\n<pre id="output" aria-live="polite"></pre>\n`;
  const script = running === null ? "" : `<script>${PRINT}</script>\n<script type="module">\n${running}\n</script>\n`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(open)}</title>
<style>${STYLE}</style>
<main>
${output}${listing.join("\n")}
</main>
${script}</html>
`;
}

/** A script that needs no other file, as JavaScript; null for everything else. */
function runnable(file) {
  if (!SCRIPT.test(file.path)) return null;
  try {
    const code = strip(file);
    const tree = parse(file.path, code, { line: 1, asModule: true });
    return importsOf(tree).length > 0 ? null : code.replaceAll("</script", "<\\/script");
  } catch {
    return null; // shown, with its mistake, and not run
  }
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const PRINT = `
const print = (...values) => {
  const show = (value) => (typeof value === "string" ? value : JSON.stringify(value) ?? String(value));
  document.getElementById("output").append(values.map(show).join(" ") + "\\n");
};
for (const level of ["log", "info", "warn", "error", "debug"]) {
  const original = console[level];
  console[level] = (...values) => { print(...values); original(...values); };
}
addEventListener("error", (event) => print(event.message));
addEventListener("unhandledrejection", (event) => print(String(event.reason)));
`;

const STYLE = `
:root { color-scheme: light dark; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
pre { padding: .8rem 1rem; overflow-x: auto; border: 1px solid #8885; border-radius: 6px; font: .9rem/1.5 ui-monospace, monospace; }
`;
