// What the parser says of the cursor's place, in the assistant's words: the kind of text, the brackets around it.

import { syntaxTree } from "@codemirror/language";

const closers = { "(": ")", "[": "]", "{": "}", "${": "}", InterpolationStart: "}" };
const closes = (node, opener) => node.name === closers[opener.name] || node.name === "InterpolationEnd";

/** Further up nothing matters any more. */
const DEPTH = 48;
/** A bracket is its node's first child, or among the last ones before the cursor. */
const SIBLINGS = 12;

/** `{ within, begins_body, brackets: [[closer, closed], …] }`, innermost bracket first. */
export function syntaxAt(state, at) {
  const tree = syntaxTree(state);
  const place = { within: "unknown", begins_body: false, brackets: [] };
  if (tree.length < at || tree.topNode.name === "") return place;
  let innermost = true;
  let node = tree.resolveInner(at, -1);
  for (let depth = 0; node && depth < DEPTH; node = node.parent, depth++) {
    if (place.within === "unknown") place.within = kindOf(state, node, at) ?? "unknown";
    const opener = openerIn(node, at);
    if (!opener) continue;
    if (innermost) place.begins_body = isFresh(state, opener.to, at);
    innermost = false;
    const closer = closers[opener.name];
    if (closer) place.brackets.push([closer, closes(node.lastChild, opener)]);
  }
  if (place.within === "unknown") place.within = "code";
  return place;
}

/** Strings, comments and the like, as far as the cursor is inside: behind the last quote it is not. */
function kindOf(state, { name, from, to }, at) {
  if (from >= at) return null;
  const ends = (pattern) => to === at && to - from > 1 && pattern.test(state.sliceDoc(Math.max(from, to - 8), to));
  if (/Interpolation|Replacement/.test(name)) return "code";
  if (/Comment/.test(name)) return ends(/(\*\/|-->|;\))$/) ? null : "comment";
  if (/RegExp/.test(name)) return ends(/\/[a-z]*$/) ? null : "pattern";
  return /String|AttributeValue/.test(name) && !ends(/["'`]$/) ? "string" : null;
}

/** The node's bracket that is open at the cursor, or the colon before a body. */
function openerIn(node, at) {
  const opens = (child) => child.name in closers || (child.name === ":" && node.name === "Body");
  const { firstChild: first, lastChild: last } = node;
  if (!first || first.to > at) return null;
  let opener = opens(first) ? first : node.childBefore(at);
  for (let seen = 0; opener && !opens(opener); opener = opener.prevSibling, seen++) {
    if (seen === SIBLINGS || /^[)\]}]$/.test(opener.name)) return null;
  }
  const behind = opener && closes(last, opener) && last.to <= at;
  return opener && opener.to <= at && !behind ? opener : null;
}

/** Whether nothing but space stands between the bracket and the cursor's line. */
function isFresh(state, opened, at) {
  const line = state.doc.lineAt(at);
  return state.sliceDoc(opened, opened >= line.from ? at : line.from).trim() === "";
}
