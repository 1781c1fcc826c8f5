// Ghost text: a suggestion drawn after the cursor, and the keys that take or dismiss it.

import { Annotation, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap } from "@codemirror/view";

/** Marks the transaction that writes accepted ghost text. */
export const acceptedGhost = Annotation.define();

const setGhost = StateEffect.define();

/** The effect that draws `text` at `at`; an empty text draws nothing. */
export const ghostAt = (at, text) => setGhost.of(text ? { at, text } : null);

class GhostWidget extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }

  eq(other) {
    return other.text === this.text;
  }

  get lineBreaks() {
    return this.text.split("\n").length - 1;
  }

  toDOM() {
    const dom = document.createElement("span");
    dom.className = "ghost-text";
    dom.setAttribute("aria-hidden", "true");
    dom.append(this.text);
    return dom;
  }

  /** Typing through the suggestion changes the text of one and the same node: no flicker. */
  updateDOM(dom) {
    dom.firstChild.data = this.text;
    return true;
  }

  ignoreEvent() {
    return false;
  }
}

const ghostField = StateField.define({
  create: () => Decoration.none,
  update(drawn, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setGhost)) return effect.value ? draw(effect.value) : Decoration.none;
    }
    return drawn.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function draw({ at, text }) {
  const widget = new GhostWidget(text);
  return Decoration.set(Decoration.widget({ widget, side: 1 }).range(at));
}

const isShown = (view) => view.state.field(ghostField).size > 0;

const keys = [
  { key: "Tab", does: "accept_all" },
  { key: "Mod-ArrowRight", does: "accept_word" },
  { key: "Mod-ArrowDown", does: "accept_line" },
  { key: "Escape", does: "dismiss" },
];

/** The extension. `press` is told the key's meaning; without ghost text every key is let through. */
export function ghostText(press) {
  const bind = ({ key, does }) => ({
    key,
    run(view) {
      if (!isShown(view)) return false;
      press(does);
      return true;
    },
  });
  const dismissWhenLeft = EditorView.domEventHandlers({
    blur(event, view) {
      // Without a new target only the window lost the focus: its user comes back to the same place.
      if (event.relatedTarget && isShown(view)) press("dismiss");
      return false;
    },
  });
  return [ghostField, Prec.highest(keymap.of(keys.map(bind))), dismissWhenLeft];
}
