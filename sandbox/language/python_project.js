// What both Pythons have in common: the project's files in their file system, the source that is run,
// and a traceback as a sentence with its places.

import { ProjectError } from "../program/project_error.js";
import { tell } from "../program/tests.js";

/** Where the project lies. */
export const FOLDER = "/project";

const NO_INPUT =
  "EOFError: the program asked for a line of input and there is none left. Write its lines under “Input”, one below the other, and run it again.";

export function saveFiles(fs, files) {
  for (const { path, text } of files) {
    const place = `${FOLDER}/${path}`;
    fs.mkdirTree(place.slice(0, place.lastIndexOf("/")));
    fs.writeFile(place, text);
  }
}

/** The entry's text, or what is selected in it, on the lines where it stands. */
export function sourceOf({ files, entry, selection }) {
  if (!selection) return files.find(({ path }) => path === entry).text;
  return "\n".repeat(selection.line - 1) + dedent(selection.text);
}

/** A selected block stands at the margin. */
function dedent(text) {
  const margin = /^[ \t]*/.exec(text)[0];
  return text.split("\n").map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line)).join("\n");
}

/** Runs `flint.tests` with the names of a program that has ended, each function `test…` as one test. */
export const CHECK = `
import flint

class _Unequal(Exception):
    pass

def _equal(got, expected):
    if got != expected:
        raise _Unequal(got, expected)

def _show(value):
    return value if isinstance(value, str) and "\\n" in value else repr(value)

def _check(scope):
    scope = dict(scope)
    scope["equal"] = _equal
    exec(compile(flint.tests, "tests", "exec"), scope)
    for name in flint.test_names.split():
        try:
            scope[name]()
        except _Unequal as unequal:
            flint.tell(name, "failed", _show(unequal.args[0]), _show(unequal.args[1]))
        except Exception as error:
            what = type(error).__name__
            flint.tell(name, "failed", what + ": " + str(error) if str(error) else what)
        else:
            flint.tell(name, "passed")
`;

/** What `CHECK` finds in the module `flint`. */
export function testing({ tests }, output) {
  const names = [...tests.matchAll(/^def (test\w*)/gm)].map(([, name]) => name).join(" ");
  const title = (name) => name.replace(/^test_*/, "").replaceAll("_", " ") || name;
  return { tests, test_names: names, tell: (name, ...rest) => tell(output, title(name), ...rest) };
}

const FRAME = /^\s*File "(?:\/project\/)?(.+?)", line (\d+)(?:, in (.+))?$/;
const HEADING = "Traceback (most recent call last):";

/** A traceback, outermost call first, as one sentence and its places in the project. */
export function explain(error, files) {
  const paths = new Set(files.map(({ path }) => path));
  // Of errors that came of each other, the last is the one that ended the program.
  const text = String(error.message).trim().split(HEADING).at(-1).split("\n");
  const trace = [];
  let last = -1;
  for (const [index, line] of text.entries()) {
    const [, path, row, name] = FRAME.exec(line) ?? [];
    if (path) last = index;
    if (!paths.has(path)) continue;
    trace.unshift({ path, line: Number(row), column: 0, function: name === "<module>" ? "" : (name ?? "") });
  }
  const what = text.slice(last + 1).filter((line) => !/^\s/.test(line)).join("\n").trim() || text.at(-1);
  return new ProjectError(what === "EOFError: no input" ? NO_INPUT : what, trace);
}
