// The program's `console`, after the Console standard (console.spec.whatwg.org).

import { cut, inspect } from "./inspect.js";
import { placesOf } from "./trace.js";

/** A `console` that writes to `output`; `page` is the document's file, if there is a document. */
export function makeConsole(output, page = null) {
  const counts = new Map();
  const timers = new Map();
  let depth = 0;

  const here = () => placesOf(new Error().stack, page).slice(0, 1);
  const print = (level, parts, trace = here()) => output.entry(level, parts, { depth, trace });
  const say = (level, ...values) => print(level, format(values));
  const errors = (values) => values.find((value) => value instanceof Error);
  const label = (name) => (name === undefined ? "default" : String(name));
  const time = (name, ...rest) => {
    const since = timers.get(label(name));
    if (since === undefined) return say("warn", `There is no timer “${label(name)}”.`);
    say("log", `${label(name)}: ${(performance.now() - since).toFixed(2)} ms`, ...rest);
  };

  return {
    log: (...values) => say("log", ...values),
    info: (...values) => say("info", ...values),
    debug: (...values) => say("debug", ...values),
    warn: (...values) => say("warn", ...values),
    error: (...values) => print("error", format(values), traceOf(errors(values), page) ?? here()),
    dir: (value) => print("log", [inspect(value, { top: false })]),
    dirxml: (...values) => say("log", ...values),
    trace: (...values) => print("log", format(["Trace:", ...values]), placesOf(new Error().stack, page).slice(1)),
    assert: (holds, ...values) => {
      if (!holds) say("error", "Assertion failed:", ...values);
    },
    table: (data) => print("table", [inspect(rowsOf(data), { top: false })]),
    group: (...values) => {
      print("group", format(values.length > 0 ? values : ["group"]));
      depth += 1;
    },
    groupCollapsed(...values) {
      this.group(...values);
    },
    groupEnd: () => {
      depth = Math.max(0, depth - 1);
    },
    count: (name) => {
      counts.set(label(name), (counts.get(label(name)) ?? 0) + 1);
      say("log", `${label(name)}: ${counts.get(label(name))}`);
    },
    countReset: (name) => counts.delete(label(name)),
    time: (name) => timers.set(label(name), performance.now()),
    timeLog: time,
    timeEnd: (name) => {
      time(name);
      timers.delete(label(name));
    },
    clear: () => output.entry("clear", []),
    /** An image, as a `data:` URL or SVG text. Not in the standard. */
    image: (picture) => print("image", [{ kind: "text", text: imageUrl(String(picture)) }]),
  };
}

/** Where an error was made; null for none. */
export const traceOf = (error, page = null) => (error ? placesOf(error.stack, page) : null);

/** A picture as a URL that the page shows in an `img`, where nothing in it can run. */
export const imageUrl = (picture) =>
  picture.trimStart().startsWith("<") ? `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}` : picture;

/** Rows by name, each with its cells by name; a plain value is a row with one cell. */
function rowsOf(data) {
  if (data === null || typeof data !== "object") return [[data]];
  const entries = data instanceof Map ? [...data] : data instanceof Set ? [...data].entries() : Object.entries(data);
  const rows = [...entries].map(([key, row]) => [key, row !== null && typeof row === "object" ? row : { Value: row }]);
  return Object.fromEntries(rows);
}

/** `%s`, `%d`, `%i`, `%f`, `%o`, `%O`, `%c` of the first value; the others follow. */
function format(values) {
  const [first, ...rest] = values;
  if (typeof first !== "string" || !first.includes("%")) return values.map((value) => inspect(value));
  const text = first.replace(/%([sdifoOc%])/g, (whole, kind) => {
    if (kind === "%") return "%";
    if (rest.length === 0) return whole;
    const value = rest.shift();
    if (kind === "c") return "";
    if (kind === "d" || kind === "i") return String(Math.trunc(Number(value)));
    if (kind === "f") return String(Number(value));
    return inspect(value).text;
  });
  return [{ kind: "text", text: cut(text) }, ...rest.map((value) => inspect(value))];
}
