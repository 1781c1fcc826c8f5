// What a playground's own markup says: its files, its hidden setup, what it is expected to print.

const ENDINGS = {
  javascript: "js", js: "js", mjs: "js", jsx: "js", typescript: "ts", ts: "ts", tsx: "ts", python: "py", py: "py",
  rust: "rs", rs: "rs", html: "html", css: "css", wat: "wat", wast: "wat", markdown: "md", json: "json",
};

/** What stands beside a block's `pre` is a documentation system's: labels, buttons. */
const text = (element) => element && read(element.querySelector("pre") ?? element, "").replace(/^\n|\n\s*$/g, "");

/** Some systems make an element of each line, or end it with `br`. */
function read(node, before) {
  let all = before;
  const end = () => (all += all === "" || all.endsWith("\n") ? "" : "\n");
  for (const child of node.childNodes) {
    if (child.nodeName === "DIV") end();
    all = child.nodeName === "BR" ? `${all}\n` : read(child, all + (child.data ?? ""));
    if (child.nodeName === "DIV") end();
  }
  return all;
}

/** `{ files: [{ path, text }], setup, expected, tests }` of an element. */
export function sourceOf(element) {
  const code = element.querySelector("pre:not([data-file], [data-output], [slot]) > code") ?? element.querySelector("pre:not([data-output], [slot])");
  const named = /\blang(?:uage)?-(\w+)/.exec(`${code?.className} ${code?.parentElement.className}`)?.[1];
  const ending = ENDINGS[(element.getAttribute("language") ?? named ?? "").toLowerCase()] ?? "js";
  const given = Object.entries(JSON.parse(element.getAttribute("files") ?? "{}"));
  const inside = [...element.querySelectorAll("[data-file]")].map((file) => [file.dataset.file, text(file)]);
  const files = [...given, ...inside].map(([path, text]) => ({ path, text }));
  const own = code && !code.closest("[data-file]") && given.length === 0;
  if (own || files.length === 0) files.unshift({ path: `main.${ending}`, text: text(code) ?? "" });
  return {
    files,
    tests: element.getAttribute("tests") ?? text(element.querySelector("[data-tests]")) ?? "",
    setup: element.getAttribute("setup") ?? text(element.querySelector("[data-setup]")) ?? "",
    expected: element.getAttribute("expected") ?? text(element.querySelector("[data-output], [slot=output]")) ?? null,
  };
}
