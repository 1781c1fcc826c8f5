// Ghost text: a suggestion drawn after the cursor, and the keys that take or dismiss it.

import { Annotation, Compartment, Facet, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap } from "@codemirror/view";
import { isNextShown } from "./next_edit.js";

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

/** Who is told what a key means. */
const press = Facet.define({ combine: ([press]) => press });

const bound = new Compartment();

/** Asking for a suggestion needs none to be there. */
const asks = ["next", "previous"];
/** What the keys mean where no ghost text is, but a next edit. */
const meansNext = { accept_all: "accept_next", dismiss: "dismiss", announce: "announce" };

function meaning(view, does) {
  if (isShown(view) || asks.includes(does)) return does;
  return isNextShown(view) ? meansNext[does] : undefined;
}

const bindings = (keys) =>
  Prec.highest(
    keymap.of(
      keys.map(([does, key]) => ({
        key,
        run(view) {
          const means = meaning(view, does);
          if (means) view.state.facet(press)(means);
          return Boolean(means);
        },
      })),
    ),
  );

/** The effect that gives the ghost text these keys: `[[what it does, key], …]`. */
export const ghostKeys = (keys) => bound.reconfigure(bindings(keys));

/** The extension. `press` is told the key's meaning; without ghost text every key is let through. */
export function ghostText(tell) {
  const dismissWhenLeft = EditorView.domEventHandlers({
    blur(event, view) {
      // Without a new target only the window lost the focus: its user comes back to the same place.
      if (event.relatedTarget && isShown(view)) tell("left");
      return false;
    },
  });
  return [ghostField, press.of(tell), bound.of([]), dismissWhenLeft];
}
