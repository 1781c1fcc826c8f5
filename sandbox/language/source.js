// A script's text as plain JavaScript and as a syntax tree. Complaints carry their place.

import { Parser } from "acorn";
import { transform } from "sucrase";
import { ProjectError } from "../program/project_error.js";

/** Plain JavaScript of a file; its lines stay where they are. */
export function strip({ path, text }) {
  const typed = /\.[cm]?tsx?$/.test(path);
  const elements = /\.[jt]sx$/.test(path);
  if (!typed && !elements) return text;
  const transforms = [typed && "typescript", elements && "jsx"].filter(Boolean);
  try {
    return transform(text, { transforms, filePath: path, disableESTransforms: true, production: true }).code;
  } catch (error) {
    throw misread(path, error);
  }
}

/** The syntax tree; `line` is where the text begins in its file. */
export function parse(path, code, { line = 1, asModule = true } = {}) {
  const sourceType = asModule ? "module" : "script";
  try {
    return Parser.parse(code, { ecmaVersion: "latest", sourceType, allowHashBang: true, locations: true });
  } catch (error) {
    throw misread(path, error, line);
  }
}

/** A parser's complaint as a sentence with a place. */
function misread(path, error, firstLine = 1) {
  const { loc } = error;
  const what = String(error.message)
    .replace(`Error transforming ${path}: `, "")
    .replace(/ \(\d+:\d+\)$/, "");
  const place = { path, line: (loc?.line ?? 1) + firstLine - 1, column: (loc?.column ?? 0) + 1, function: "" };
  return new ProjectError(what.startsWith("SyntaxError") ? what : `SyntaxError: ${what}`, [place]);
}
