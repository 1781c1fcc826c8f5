// For browsers whose page stands still with its frames: every loop and every function first asks the
// guard, which breaks off what has held the thread for too long. Generators and async functions too.

import { walk } from "../language/imports.js";

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);
const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Insertions `{ at, text, order }` into the source of `tree`; no line of it moves. */
export function guarded(tree, firstLine = 1) {
  const edits = [];
  walk(tree, (node) => {
    if (!LOOPS.has(node.type) && !FUNCTIONS.has(node.type)) return;
    const call = `__flintGuard(${node.loc.start.line + firstLine - 1});`;
    const { body } = node;
    if (body.type === "BlockStatement") edits.push({ at: body.start + 1, text: directives(body) ? "" : call, order: 0 });
    else if (LOOPS.has(node.type)) edits.push(...wrap(body, `{${call}`, "}"));
    else edits.push(...wrap(body, `(__flintGuard(${node.loc.start.line + firstLine - 1}),`, ")"));
  });
  return edits;
}

/** A function that begins with "use strict" keeps it first; its loops are guarded all the same. */
const directives = (body) => body.body[0]?.directive !== undefined;

const wrap = ({ start, end }, before, after) => [
  { at: start, text: before, order: 1 },
  { at: end, text: after, order: -1 },
];
