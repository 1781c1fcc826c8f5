// A markdown-it plugin, for VitePress and others: `md.use(flint)`. Blocks with `play` stay what they
// are, inside an element; a block `output` that follows says what is expected.

import { playground } from "./playground.mjs";

export function flint(md) {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    const asked = playground(token.info, token.content);
    if (!asked) return isOutput(token) && playsBefore(tokens, index) ? "" : fence(tokens, index, ...rest);
    const next = tokens[index + 1];
    const render = (token) => fence([token], 0, ...rest);
    const shown = render(Object.assign(Object.create(token), { content: asked.code, info: asked.attributes.language }));
    const output = next && isOutput(next) ? `<div data-output>${render(Object.assign(Object.create(next), { info: "text" }))}</div>` : "";
    const attributes = Object.entries(asked.attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
    return `<flint-playground${attributes.join("")}>${shown}${output}</flint-playground>`;
  };
  const escape = (text) => md.utils.escapeHtml(text).replaceAll("\n", "&#10;");
}

const isOutput = (token) => token.type === "fence" && /^output\b/.test(token.info);
const playsBefore = (tokens, index) => index > 0 && tokens[index - 1].type === "fence" && playground(tokens[index - 1].info, "");
