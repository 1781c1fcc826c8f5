// A value as the console shows it: one line, and a bounded tree to unfold. Looking at a value runs
// none of its code: getters are named, not called.

const DEPTH = 4;
const CHILDREN = 100;
const NODES = 600;
const TEXT = 10_000;

/** The tree of one value; see `Value` in the page's protocol. */
export function inspect(value, { top = true } = {}) {
  return new Inspector().look(value, 0, top);
}

/** Cuts a text that is too long to be read. */
export const cut = (text) => (text.length > TEXT ? `${text.slice(0, TEXT)}… (${text.length} characters)` : text);

class Inspector {
  #left = NODES;
  #path = new Set();

  look(value, depth, top = false) {
    this.#left -= 1;
    switch (typeof value) {
      case "string":
        return top ? node("text", cut(value)) : node("string", JSON.stringify(cut(value)));
      case "number":
        return node("number", Object.is(value, -0) ? "-0" : String(value));
      case "bigint":
        return node("number", cut(`${value}n`));
      case "boolean":
        return node("boolean", String(value));
      case "undefined":
        return node("nothing", "undefined");
      case "symbol":
        return node("symbol", String(value));
      case "function":
        return node("function", nameOf(value));
      default:
        return value === null ? node("nothing", "null") : this.#object(value, depth);
    }
  }

  #object(value, depth) {
    if (this.#path.has(value)) return node("object", "[circular]");
    this.#path.add(value);
    try {
      return this.#describe(value, depth);
    } catch {
      return node("object", "[an object that cannot be looked at]");
    } finally {
      this.#path.delete(value);
    }
  }

  #describe(value, depth) {
    if (value instanceof Error) return { ...node("error", firstLine(value)), ...this.#own(value, depth, ["stack", "message"]) };
    if (value instanceof Date) return node("object", Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString());
    if (value instanceof RegExp) return node("object", String(value));
    if (value instanceof Promise) return node("object", "Promise");
    const children = this.#children(value, depth);
    return { ...node("object", summary(value, children)), ...children };
  }

  #children(value, depth) {
    if (depth >= DEPTH || this.#left <= 0) return { children: [], more: sizeOf(value) };
    if (value instanceof Map) return this.#list([...value].map(([key, item], at) => [isPlain(key) ? String(key) : String(at), isPlain(key) ? item : [key, item]]), depth);
    if (value instanceof Set) return this.#list([...value].map((item, at) => [String(at), item]), depth);
    return this.#own(value, depth);
  }

  #own(value, depth, hidden = []) {
    const skip = Array.isArray(value) || ArrayBuffer.isView(value) ? ["length"] : hidden;
    const keys = Reflect.ownKeys(value).filter((key) => !skip.includes(key));
    const pairs = keys.slice(0, CHILDREN).map((key) => {
      const { get, value: item } = Reflect.getOwnPropertyDescriptor(value, key) ?? {};
      return [String(key), get ? new Getter() : item];
    });
    return this.#list(pairs, depth, keys.length);
  }

  #list(pairs, depth, count = pairs.length) {
    const children = [];
    for (const [key, item] of pairs.slice(0, CHILDREN)) {
      if (this.#left <= 0) break;
      children.push([cut(key), item instanceof Getter ? node("nothing", "(…)") : this.look(item, depth + 1)]);
    }
    return { children, more: count - children.length };
  }
}

class Getter {}

const node = (kind, text) => ({ kind, text, children: [], more: 0 });
const isPlain = (key) => key === null || !["object", "function", "symbol"].includes(typeof key);
const nameOf = (f) => (/^class\b/.test(Function.prototype.toString.call(f)) ? `class ${f.name}` : `ƒ ${f.name || "(anonymous)"}`);

function sizeOf(value) {
  if (value instanceof Map || value instanceof Set) return value.size;
  return Reflect.ownKeys(value).length;
}

export function firstLine(error) {
  const name = error.name ?? "Error";
  return error.message ? `${name}: ${cut(String(error.message))}` : String(name);
}

/** One line: `[1, 2, 3]`, `{ a: 1, b: "x" }`, `Map(2) { … }`, short enough for a glance. */
function summary(value, { children, more }) {
  const type = typeName(value);
  const list = Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Set;
  const size = list || value instanceof Map ? `(${value.length ?? value.size ?? 0})` : "";
  const items = [];
  let width = 0;
  for (const [key, child] of children) {
    const item = list ? child.text : `${key}: ${child.text}`;
    width += item.length + 2;
    if (width > 72) break;
    items.push(item);
  }
  if (items.length < children.length + more) items.push("…");
  const plain = type === "Object" || (type === "Array" && value.length <= items.length);
  const head = plain ? "" : `${type}${size} `;
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  const space = list || items.length === 0 ? "" : " ";
  return `${head}${open}${space}${items.join(", ")}${space}${close}`;
}

function typeName(value) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return "[null prototype]";
  const { value: maker } = Reflect.getOwnPropertyDescriptor(prototype, "constructor") ?? {};
  return (typeof maker === "function" && maker.name) || "Object";
}
