// Whether a change adds a syntax error, asked of the language's parser: the one that also colours the code.

import { LanguageSupport } from "@codemirror/language";
import { loadLanguage } from "./languages.js";

/** The line, from 1, near which `after` has an error more than `before`; null when it has none, or no parser. */
export async function addedError(before, after, language) {
  const support = (await loadLanguage(language)).flat?.(2).find((part) => part instanceof LanguageSupport);
  if (!support) return null;
  const { parser } = support.language;
  const known = errorsOf(parser, before).length;
  const now = errorsOf(parser, after);
  if (now.length <= known) return null;
  return after.slice(0, now[firstOther(before, after, now)]).trimEnd().split("\n").length;
}

/** Offsets of the places where the parser could not go on as the grammar says. */
function errorsOf(parser, text) {
  const errors = [];
  parser.parse(text).iterate({ enter: ({ type, from }) => void (type.isError && errors.push(from)) });
  return errors;
}

/** The first error that is not in front of everything that has changed. */
function firstOther(before, after, errors) {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const at = errors.findIndex((error) => error >= same);
  return at < 0 ? errors.length - 1 : at;
}
