// What every file's editor has, whatever its language: keys, gutters, search, history.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { languageOf } from "./languages.js";
import { leaveWithTab } from "./leave.js";
import { theme } from "./theme.js";

/** The nonce of the page's content security policy for the editor's own style elements. */
export const styleNonce = "flint";

export const setup = () => [
  EditorView.cspNonce.of(styleNonce),
  EditorView.contentAttributes.of({
    "aria-label": "Code",
    "aria-describedby": "editor-help",
    tabindex: "0",
  }),
  EditorState.allowMultipleSelections.of(true),
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  highlightSelectionMatches(),
  drawSelection(),
  dropCursor(),
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  search({ top: true }),
  leaveWithTab(),
  keymap.of([
    ...closeBracketsKeymap,
    // The page runs the program with one, and asks for a change with the other.
    ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter" && key !== "Mod-i"),
    ...searchKeymap,
    ...historyKeymap,
    indentWithTab,
  ]),
  languageOf.of([]),
  theme,
];
