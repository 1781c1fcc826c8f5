// The vim keys, and the way out of them: Escape, then Tab leaves the editor, as without them.

import { getCM, vim } from "@replit/codemirror-vim";
import { EditorView } from "@codemirror/view";

/** The keys, fetched when first wanted. In insert mode Tab is the text's. */
export const vimKeys = () => [
  vim({ status: true }),
  EditorView.domEventObservers({
    keydown({ key }, view) {
      if (key === "Escape") view.setTabFocusMode(true);
      // The key has been handled then.
      else queueMicrotask(() => getCM(view)?.state.vim?.insertMode && view.setTabFocusMode(false));
    },
  }),
];
