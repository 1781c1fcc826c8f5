// A remark plugin, for Docusaurus, Starlight and others: `remarkPlugins: [flint]`. Blocks with `play`
// stay what they are, inside an element; a block `output` that follows says what is expected.

import { playground } from "./playground.mjs";

export function flint() {
  return (tree) => walk(tree);
}

function walk(parent) {
  for (let index = 0; index < (parent.children?.length ?? 0); index += 1) {
    const node = parent.children[index];
    const asked = node.type === "code" && playground(`${node.lang ?? ""} ${node.meta ?? ""}`, node.value);
    if (!asked) {
      walk(node);
      continue;
    }
    const next = parent.children[index + 1];
    const output = next?.type === "code" && next.lang === "output" ? next : null;
    const inside = [{ ...node, value: asked.code, meta: null }];
    if (output) inside.push(element("div", { "data-output": "" }, [{ ...output, lang: "text" }]));
    parent.children.splice(index, output ? 2 : 1, element("flint-playground", asked.attributes, inside));
  }
}

/** A node that becomes this element, in Markdown and in MDX. */
const element = (hName, hProperties, children) => ({ type: "flint", data: { hName, hProperties }, children });
