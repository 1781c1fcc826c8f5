// Formatters by language, each fetched from the page's own host when first needed. Answers are JSON:
// `{ text }`, or `{ reason, line, column }` with a place from 1, or 0 where there is none.

const prettier = (parser, ...plugins) => async (text) => {
  const [{ format }, ...loaded] = await Promise.all([
    import("prettier/standalone"),
    ...plugins.map((plugin) => plugin()),
  ]);
  return format(text, { parser, plugins: loaded.map((plugin) => plugin.default ?? plugin) });
};

const babel = () => import("prettier/plugins/babel");
const estree = () => import("prettier/plugins/estree");
const html = () => import("prettier/plugins/html");
const postcss = () => import("prettier/plugins/postcss");
const markdown = () => import("prettier/plugins/markdown");

const formatters = {
  javascript: prettier("babel", babel, estree),
  typescript: prettier("babel-ts", babel, estree),
  json: prettier("json", babel, estree),
  html: prettier("html", html, babel, estree, postcss),
  css: prettier("css", postcss),
  markdown: prettier("markdown", markdown, babel, estree, html, postcss),
  async python(text) {
    const [{ default: start, format }, { default: wasm }] = await Promise.all([
      import("@wasm-fmt/ruff_fmt/web"),
      import("@wasm-fmt/ruff_fmt/wasm"),
    ]);
    await start(new URL(wasm, import.meta.url));
    return format(text, "main.py");
  },
};

/** Resolves to the answer for a text in this language. */
export async function format(language, text) {
  const formatter = formatters[language];
  if (!formatter) return JSON.stringify({ reason: `There is no formatter for ${NAMES[language] ?? "this kind of file"} here.` });
  try {
    return JSON.stringify({ text: await formatter(text) });
  } catch (error) {
    return JSON.stringify(problem(error, text));
  }
}

const NAMES = { rust: "Rust", wat: "WebAssembly text", shell: "shell scripts", text: "plain text" };

/** What a formatter threw, as a reason and a place. */
function problem(error, text) {
  const message = String(error?.message ?? error);
  const { line, column } = error?.loc?.start ?? {};
  if (line) return { reason: message.split("\n")[0].replace(/\s*\(\d+:\d+\)$/, ""), line, column: Math.max(column, 1) };
  const range = /^(.*?):? at byte range (\d+)\.\.\d+/s.exec(message);
  if (range) return { reason: range[1], ...placeOf(Number(range[2]), text) };
  if (/import|fetch|module/i.test(message)) {
    return { reason: "The formatter could not be fetched. Check the connection and try again." };
  }
  return { reason: message };
}

function placeOf(byte, text) {
  const before = new TextDecoder().decode(new TextEncoder().encode(text).slice(0, byte));
  const lines = before.split("\n");
  return { line: lines.length, column: lines.at(-1).length + 1 };
}
