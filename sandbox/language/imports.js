// The imports of a module, from its syntax tree.

/** `{ from, to, specifier, place }` of each import with a fixed specifier, in the text's order. */
export function importsOf(tree) {
  const found = [];
  walk(tree, ({ type, source }) => {
    if (!/^(Import|Export)/.test(type) || source?.type !== "Literal") return;
    found.push({ from: source.start, to: source.end, specifier: String(source.value), place: source.loc.start });
  });
  return found.sort((a, b) => a.from - b.from);
}

/** Visits every node of a syntax tree, parents first, without recursion: programs can be deep. */
export function walk(tree, visit) {
  const waiting = [tree];
  while (waiting.length > 0) {
    const node = waiting.pop();
    visit(node);
    for (const key in node) {
      const value = node[key];
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child?.type === "string") waiting.push(child);
      }
    }
  }
}
