// A read-only view of a text with what changed in it; its drawing is fetched when first needed.

import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { loadLanguage } from "./languages.js";
import { styleNonce } from "./setup.js";
import { theme } from "./theme.js";

/** Draws `after` into `parent`, with what is gone from `before` struck out. */
export async function showDiff(parent, path, before, after, language) {
  try {
    const [{ unifiedMergeView }, coloured] = await Promise.all([
      import("@codemirror/merge"),
      loadLanguage(language),
    ]);
    new EditorView({
      parent,
      doc: after,
      extensions: [
        EditorView.cspNonce.of(styleNonce),
        EditorView.contentAttributes.of({ "aria-label": `Changes in ${path}`, tabindex: "0" }),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        lineNumbers(),
        theme,
        coloured,
        unifiedMergeView({
          original: before,
          mergeControls: false,
          // Where all is new, marking every word says nothing.
          highlightChanges: before !== "" && after !== "",
          allowInlineDiffs: true,
          collapseUnchanged: { margin: 2, minSize: 6 },
          diffConfig: { scanLimit: 500, timeout: 200 },
        }),
      ],
    });
  } catch (error) {
    console.warn("The changes could not be drawn; the text shows as it is.", error);
    parent.append(after);
  }
}

const today = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const earlier = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A moment as the user writes it; the day only when it is not today. */
export function time(ms) {
  const moment = new Date(ms);
  const isToday = moment.toDateString() === new Date().toDateString();
  return (isToday ? today : earlier).format(moment);
}
