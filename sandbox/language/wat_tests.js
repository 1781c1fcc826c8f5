// A check's tests of WebAssembly text, as its own scripts write them:
// `(assert_return (invoke "add" (i32.const 2) (i32.const 3)) (i32.const 5))`.

import { inspect } from "../program/inspect.js";
import { ProjectError } from "../program/project_error.js";
import { same, tell } from "../program/tests.js";

const CONSTANT = String.raw`\(\s*([if](?:32|64))\.const\s+([^\s()]+)\s*\)`;
const ASSERTION = new RegExp(String.raw`\(\s*assert_return\s*\(\s*invoke\s+"([^"]*)"((?:\s*${CONSTANT})*)\s*\)((?:\s*${CONSTANT})?)\s*\)`, "g");

/** What is left when comments and assertions are taken out is something else, which nothing would look at. */
export function assertionsOf(tests) {
  const script = tests.replace(/;;.*$/gm, "");
  const found = [...script.matchAll(ASSERTION)].map(([, name, given, , , expected]) => ({
    name,
    given: constants(given),
    expected: constants(expected)[0],
  }));
  const rest = script.replace(ASSERTION, "").trim();
  if (rest) throw new ProjectError(`The tests can only be “assert_return”s of “invoke”s with constants, and this is something else: ${rest.slice(0, 80)}`);
  return found;
}

export function asserted(tests, exports, output) {
  for (const { name, given, expected } of assertionsOf(tests)) {
    const call = `${name}(${given.join(", ")})`;
    try {
      const got = exports[name](...given);
      if (same(got, expected)) tell(output, call, "passed");
      else tell(output, call, "failed", show(got), show(expected));
    } catch (error) {
      const missing = typeof exports[name] !== "function";
      tell(output, call, "failed", missing ? `The module exports no function “${name}”.` : String(error));
    }
  }
}

const show = (value) => inspect(value, { top: false }).text;

/** Integers of 64 bits are their own kind in JavaScript; floats of 32 are rounded as the module rounds them. */
function constants(text) {
  return [...text.matchAll(new RegExp(CONSTANT, "g"))].map(([, type, digits]) => {
    const plain = digits.replaceAll("_", "");
    if (type === "i64") return BigInt.asIntN(64, BigInt(plain));
    if (type === "i32") return Number(plain) | 0;
    const number = Number(plain.replace(/^([+-]?)inf$/, "$1Infinity").replace(/^[+-]?nan.*$/, "NaN"));
    return type === "f32" ? Math.fround(number) : number;
  });
}
