// What the editor says of the cursor's place: `|` is the cursor.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { syntaxAt } from "../js/syntax.js";
import { loadLanguage } from "../js/languages.js";

const places = [
  ["javascript", "const s = 'a|';", "string", ""],
  ["javascript", "const s = 'a'|;", "code", ""],
  ["javascript", "const s = `a ${b|}`;", "code", "}"],
  ["javascript", "const s = `a ${b} c|`;", "string", ""],
  ["javascript", "// a|", "comment", ""],
  ["javascript", "/* a */|", "code", ""],
  ["javascript", "const r = /a|b/;", "pattern", ""],
  ["javascript", "f(a, |)", "code", ")"],
  ["javascript", "f(a, |", "code", "!)"],
  ["javascript", "a[b|]", "code", "]"],
  ["javascript", "f()|", "code", ""],
  ["javascript", "function f() {|}", "code body", "}"],
  ["javascript", "function f() {\n  |\n}", "code body", "}"],
  ["javascript", "function f() {\n  a();\n  |\n}", "code", "}"],
  ["typescript", "function f(a: string, |) {}", "code", ")"],
  ["python", "def f():|", "code body", ""],
  ["python", "print(f'{a|}')", "code", "})"],
  ["python", "print('a|')", "string", ")"],
  ["python", "# a|", "comment", ""],
  ["python", "x = [1, |", "code", "!]"],
  ["rust", "fn f() {\n    g(|)\n}", "code", ")}"],
  ["rust", "let s = \"a|\";", "string", ""],
  ["rust", "// a|", "comment", ""],
  ["css", "a {\n  |\n}", "code body", "}"],
  ["css", "/* a| */", "comment", ""],
  ["json", "{ \"a\": [1, |] }", "code", "]}"],
  ["html", "<a href=\"b|\">", "string", ""],
  ["html", "<!-- a| -->", "comment", ""],
  ["wat", "(module|)", "code", ")"],
  ["plain", "what (|)", "unknown", ""],
];

for (const [language, marked, expected, brackets] of places) {
  test(`${language}: ${JSON.stringify(marked)}`, async () => {
    const at = marked.indexOf("|");
    const state = EditorState.create({ doc: marked.replace("|", ""), extensions: await loadLanguage(language) });
    ensureSyntaxTree(state, state.doc.length);
    const place = syntaxAt(state, at);
    const spelled = place.brackets.map(([closer, closed]) => (closed ? "" : "!") + closer).join("");
    const innermostBody = place.begins_body && !/^[!]?[)\]]/.test(spelled);
    assert.equal(`${place.within}${innermostBody ? " body" : ""}`, expected);
    assert.equal(spelled, brackets);
  });
}
