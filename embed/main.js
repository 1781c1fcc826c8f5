// One line in any page: `<script async src="…/embed.js"></script>`. Defines the element and
// puts it around the code blocks that ask for it. Nothing is fetched before somebody asks for it.

import { FlintPlayground } from "./element.js";

/** Code blocks with `data-flint` or the class `flint`, on `pre` or `code`. */
const ASKING = "pre[data-flint], pre.flint, pre > code[data-flint], pre > code.flint";

customElements.get("flint-playground") ?? customElements.define("flint-playground", FlintPlayground);

/** Makes playgrounds of the code blocks in `root` that ask for it. */
function upgrade(root = document) {
  for (const found of root.querySelectorAll(ASKING)) {
    const pre = found.closest("pre");
    if (pre.closest("flint-playground")) continue;
    const playground = document.createElement("flint-playground");
    for (const [key, value] of Object.entries({ ...pre.dataset, ...found.dataset })) {
      const name = key.replace(/^flint/, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, "");
      if (name && key !== "flint" && key.startsWith("flint")) playground.setAttribute(name, value);
    }
    pre.replaceWith(playground);
    playground.append(pre);
  }
}

/** A playground that a script makes: `options` are the element's attributes, and `code` or `files`. */
function createPlayground(container, { code, files, ...attributes } = {}) {
  const playground = document.createElement("flint-playground");
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) playground.setAttribute(name, value === true ? "" : value);
  }
  if (files) playground.setAttribute("files", JSON.stringify(files));
  playground.append(Object.assign(document.createElement("pre"), { textContent: code ?? Object.values(files ?? {})[0] ?? "" }));
  container.append(playground);
  return playground;
}

globalThis.Flint = { createPlayground, upgrade };
if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => upgrade());
else upgrade();
