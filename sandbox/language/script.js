// JavaScript and TypeScript: the project's modules, linked by hand, because a worker has no import
// map. Types are stripped by sucrase, which keeps every line where it is.

import { inspect } from "../program/inspect.js";
import { imageUrl, makeConsole } from "../program/console.js";
import { start } from "../program/main.js";
import { ProjectError } from "../program/project_error.js";
import { Tests } from "../program/tests.js";
import { named } from "../program/trace.js";
import { importsOf } from "./imports.js";
import { resolve } from "./resolve.js";
import { parse, strip } from "./source.js";

const RESULT = "__flintResult";
const TESTS = "__flintTests";

class Linker {
  #files;
  #urls = new Map();
  #open = [];

  constructor(files) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  /** The address of a file as a module whose imports are all addresses. */
  url(path) {
    if (this.#urls.has(path)) return this.#urls.get(path);
    if (this.#open.includes(path)) {
      const circle = [...this.#open.slice(this.#open.indexOf(path)), path].join(" → ");
      throw new ProjectError(`These files import each other in a circle, which cannot be run here: ${circle}.`);
    }
    this.#open.push(path);
    const file = this.#files.get(path);
    const code = path.endsWith(".json") ? `export default ${file.text}` : this.link(path, strip(file));
    this.#open.pop();
    const url = address(code, path);
    this.#urls.set(path, url);
    return url;
  }

  /** `code` with every import replaced by its address. */
  link(path, code, line = 1) {
    const tree = parse(path, code, { line });
    let linked = code;
    for (const { from, to, specifier, place } of importsOf(tree).reverse()) {
      const target = resolve(specifier, path, this.#files);
      if (target === null) throw notFound(specifier, path, { ...place, line: place.line + line - 1 });
      linked = linked.slice(0, from) + JSON.stringify(this.url(target)) + linked.slice(to);
    }
    return linked;
  }
}

function notFound(specifier, path, { line, column }) {
  const outside = !/^[./]/.test(specifier);
  const why = outside
    ? `“${specifier}” is a package, and packages are not available here: only files of this project can be imported.`
    : `${path} imports “${specifier}”, but the project has no such file.`;
  return new ProjectError(why, [{ path, line, column: column + 1, function: "" }]);
}

const address = (code, path) => URL.createObjectURL(new Blob([code, named(path)], { type: "text/javascript" }));

/** A selected piece as a module: blank lines before it keep its place, its last value is kept. */
function piece(path, { text, line }, linker) {
  const code = linker.link(path, strip({ path, text }), line);
  const last = parse(path, code, { line }).body.at(-1);
  const valued =
    last?.type === "ExpressionStatement"
      ? `${code.slice(0, last.start)}globalThis.${RESULT} = (${code.slice(last.expression.start, last.expression.end)});`
      : code;
  return address("\n".repeat(line - 1) + valued, path);
}

/** The entry with a check's tests at its end, where they see its names. A mistake in it is said before. */
function withTests(files, entry, tests) {
  return files.map((file) => {
    if (file.path !== entry) return file;
    parse(entry, strip(file));
    return { ...file, text: `${file.text}\nawait globalThis.${TESTS}.run(async (test, equal) => {\n${tests}\n});` };
  });
}

async function run({ files, entry, selection, tests }, { output, input }) {
  globalThis.console = makeConsole(output);
  globalThis.prompt = (text = "") => input.next(String(text));
  globalThis.readLine = (text = "") => input.ask(String(text));
  globalThis.alert = (text = "") => output.text("log", String(text));
  globalThis.confirm = (text = "") => /^(y|yes|true|ok)$/i.test(input.next(String(text)) ?? "");
  globalThis.display = (picture) => output.entry("image", [{ kind: "text", text: imageUrl(String(picture)) }]);
  globalThis[TESTS] = new Tests(output);
  const linker = new Linker(tests ? withTests(files, entry, tests) : files);
  await import(selection ? piece(entry, selection, linker) : linker.url(entry));
  if (RESULT in globalThis) output.entry("result", [inspect(globalThis[RESULT], { top: false })]);
}

start({ prepare: async () => {}, run });
