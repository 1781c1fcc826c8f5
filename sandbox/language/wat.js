// WebAssembly text: assembled by the `wast` crate, run with imports that print.

import { assemble, initSync } from "flint-wat";
import { makeConsole } from "../program/console.js";
import { inspect } from "../program/inspect.js";
import { start } from "../program/main.js";
import { ProjectError } from "../program/project_error.js";
import { asserted } from "./wat_tests.js";

const MAIN = ["main", "_start", "start", "run"];

async function prepare([wasm]) {
  initSync({ module: wasm });
}

async function run({ files, entry, selection, tests }, { output }) {
  const text = selection ? selection.text : files.find(({ path }) => path === entry).text;
  const module = await WebAssembly.compile(bytesOf(text, entry, selection?.line ?? 1));
  const state = {};
  const instance = await instantiate(module, importsOf(module, state, makeConsole(output)));
  state.exports = instance.exports;
  const main = MAIN.find((name) => typeof instance.exports[name] === "function");
  if (main) {
    const result = instance.exports[main]();
    if (result !== undefined) output.entry("result", [inspect(result)]);
  } else if (!tests) {
    tell(module, output);
  }
  if (tests) asserted(tests, instance.exports, output);
}

function bytesOf(text, path, firstLine) {
  try {
    return assemble(text);
  } catch (error) {
    const { message, line, column } = JSON.parse(error);
    throw new ProjectError(message, [{ path, line: line + firstLine - 1, column, function: "" }]);
  }
}

async function instantiate(module, imports) {
  try {
    return await WebAssembly.instantiate(module, imports);
  } catch (error) {
    throw error instanceof WebAssembly.LinkError ? new ProjectError(error.message) : error;
  }
}

/** Every imported function prints what it is given; `…string(address, length)` prints text. */
function importsOf(module, state, console) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = provide(kind, name, state, console);
  }
  return imports;
}

function provide(kind, name, state, console) {
  switch (kind) {
    case "memory":
      return (state.memory = new WebAssembly.Memory({ initial: 1, maximum: 1_024 }));
    case "table":
      return new WebAssembly.Table({ initial: 0, element: "anyfunc" });
    case "global":
      return new WebAssembly.Global({ value: "i32", mutable: false }, 0);
    case "function":
      return /str|text|utf8/i.test(name) ? (at, length) => console.log(textAt(state, at, length)) : (...values) => console.log(...values);
  }
}

function textAt({ memory, exports }, at, length) {
  const shared = memory ?? Object.values(exports ?? {}).find((value) => value instanceof WebAssembly.Memory);
  if (!shared) return "(this module has no memory to read text from)";
  return new TextDecoder().decode(new Uint8Array(shared.buffer, at, length));
}

/** A module without a main function says what it offers. */
function tell(module, output) {
  const names = WebAssembly.Module.exports(module).map(({ name, kind }) => `${name} (${kind})`);
  const offers = names.length > 0 ? `It exports ${names.join(", ")}.` : "It exports nothing.";
  output.text("note", `The module is valid. ${offers} Export a function named “main” to have it run.`);
}

start({ prepare, run });
