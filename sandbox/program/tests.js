// What a check's tests are written with: `test(name, act)` and `equal(got, expected)`. Each test's outcome
// is an entry of its own, which the page shows apart from what the program prints.

import { cut, firstLine, inspect } from "./inspect.js";

/** What came is not what was expected. */
class Unequal extends Error {
  constructor(got, expected) {
    super();
    this.values = [show(got), show(expected)];
  }
}

/** Runs tests one after the other and tells `output` of each. */
export class Tests {
  #output;
  #waiting = [];
  #unnamed = 0;

  constructor(output) {
    this.#output = output;
  }

  /** `define(test, equal)` is the author's text; outside of a test, `equal` is one by itself. */
  async run(define) {
    let within = false;
    const equal = (got, expected) => {
      if (!within) return this.#waiting.push([`Test ${++this.#unnamed}`, () => equal(got, expected)]);
      if (!same(got, expected)) throw new Unequal(got, expected);
    };
    await define((name, act) => this.#waiting.push([String(name), act]), equal);
    within = true;
    for (const [name, act] of this.#waiting) await this.#one(name, act);
  }

  async #one(name, act) {
    try {
      await act();
      tell(this.#output, name, "passed");
    } catch (error) {
      const values = error instanceof Unequal ? error.values : [error instanceof Error ? firstLine(error) : show(error)];
      tell(this.#output, name, "failed", ...values);
    }
  }
}

/** Tells the page of one test: what came and what was expected, where it failed by that. */
export function tell(output, name, state, ...values) {
  output.entry("test", [name, state, ...values].map((text) => ({ kind: "text", text: cut(text) })));
}

/** A value in a line; a text of several lines as it is, so that its lines can be compared. */
const show = (value) => (typeof value === "string" && value.includes("\n") ? value : inspect(value, { top: false }).text);

/** Whether two values hold the same, however deep. */
export function same(a, b, seen = new Map()) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error) return a.name === b.name && a.message === b.message;
  if (a instanceof Map) return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key), seen));
  if (a instanceof Set) return a.size === b.size && [...a].every((value) => b.has(value) || [...b].some((other) => same(value, other, seen)));
  const keys = Reflect.ownKeys(a);
  return keys.length === Reflect.ownKeys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key], seen));
}
