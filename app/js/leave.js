// The way out for people without a mouse: Escape, then Tab leaves the editor. No time limit.

import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

/** After Escape, Tab moves the focus until something is typed or the editor is left. */
export function leaveWithTab() {
  const arm = (view) => {
    view.setTabFocusMode(true);
    return false;
  };
  const disarm = (view) => view.setTabFocusMode(false);
  return [
    Prec.lowest(keymap.of([{ key: "Escape", run: arm }])),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) disarm(update.view);
    }),
    EditorView.domEventHandlers({
      blur: (_event, view) => {
        disarm(view);
        return false;
      },
    }),
  ];
}
