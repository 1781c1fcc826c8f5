// What of the editor is chosen: tab width, wrapping, vim keys, the ghost text's keys, reading only. Each in its own compartment.

import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { ghostKeys } from "./ghost.js";

const tabs = new Compartment();
const wrapping = new Compartment();
const keys = new Compartment();
const reading = new Compartment();

/** As it is before anything is chosen. Before the other keys: vim knows some of them too. */
export const choices = [keys.of([]), tabs.of(EditorState.tabSize.of(4)), wrapping.of([]), reading.of([])];

/** The effects that make it so; `vim` is an extension. */
export function effectsOf({ tab_size, wrap, ghost_keys }, vim) {
  return [
    ghostKeys(ghost_keys),
    keys.reconfigure(vim),
    tabs.reconfigure(EditorState.tabSize.of(tab_size)),
    wrapping.reconfigure(wrap ? EditorView.lineWrapping : []),
  ];
}

/** A text that is only read can still be selected and copied. */
export const readOnlyEffect = (readOnly) => reading.reconfigure(EditorState.readOnly.of(readOnly));

/** The vim keys, fetched when first wanted; none where they cannot be. */
export async function loadVim() {
  try {
    const { vimKeys } = await import("./vim.js");
    return vimKeys();
  } catch (error) {
    console.warn("The vim keys could not be loaded; the usual ones stay.", error);
    return [];
  }
}
