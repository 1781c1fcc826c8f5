// Takes over what was typed before the editor was there (`first_text.js` shows it): once, in one turn
// with the editor's appearance, so that no key falls between.

import { plainText } from "./plain_text.js";

const VISITED = "flint:visited:1";

/** `{ text, caret }`, each null when nobody touched it; null when neither was. The early text is gone then. */
export function takeEarly() {
  const early = document.querySelector(".early");
  if (!early) return null;
  const { dataset } = document.documentElement;
  const touched = "early" in dataset ? whatWasTouched(early.querySelector("pre")) : null;
  delete dataset.early;
  early.remove();
  try {
    // From the next visit on the text is the user's own, which takes a moment to read.
    localStorage.setItem(VISITED, "");
  } catch {
    // Without storage every visit is the first.
  }
  return touched;
}

/** The app did not come: says so where people look, and keeps what is typed meanwhile. */
export function sayItFailed(error) {
  const bar = document.querySelector("[data-early] .early-bar") ?? document.body.appendChild(document.createElement("p"));
  bar.setAttribute("role", "alert");
  bar.textContent = "The editor could not be started. Check the connection and reload the page; what you typed is kept.";
  console.error(error);
}

function whatWasTouched(pre) {
  const selection = document.getSelection();
  const caret = pre.contains(selection.focusNode) ? placeOf(pre, selection) : null;
  const text = "typed" in pre.dataset ? plainText(pre) : null;
  return text === null && caret === null ? null : { text, caret };
}

/** How much text stands before the caret. */
function placeOf(pre, { focusNode, focusOffset }) {
  const before = document.createRange();
  before.setStart(pre, 0);
  before.setEnd(focusNode, focusOffset);
  return plainText(before.cloneContents()).length;
}

/** The editor goes on from there; the text that was there before is one undo away. */
export function goOn(view, { text, caret }) {
  const { doc } = view.state;
  const changes = text === null ? [] : [{ from: 0, to: doc.length, insert: text }];
  const length = text === null ? doc.length : view.state.toText(text).length;
  const selection = { anchor: Math.min(caret ?? length, length) };
  view.dispatch({ changes, selection, userEvent: text === null ? "select" : "input.type" });
}
