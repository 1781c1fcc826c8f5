// The next edit: a place that should follow the last one, what would stand there, and at the cursor the key that goes there.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

const setNext = StateEffect.define();

/** The effect that shows `{ from, to, insert, hint }`; null shows nothing. `insert` is null where nobody knows what is missing. */
export const nextEdit = (next) => setNext.of(next);

const nextField = StateField.define({
  create: () => null,
  update(next, { effects, changes, docChanged }) {
    const set = effects.findLast((effect) => effect.is(setNext));
    if (set) return set.value;
    return next && docChanged ? { ...next, from: changes.mapPos(next.from, 1), to: changes.mapPos(next.to, -1) } : next;
  },
});

class Text extends WidgetType {
  constructor(name, text) {
    super();
    Object.assign(this, { name, text });
  }

  eq(other) {
    return other.name === this.name && other.text === this.text;
  }

  toDOM() {
    const dom = document.createElement("span");
    dom.className = this.name;
    dom.setAttribute("aria-hidden", "true");
    dom.append(this.text);
    return dom;
  }

  ignoreEvent() {
    return false;
  }
}

const widget = (name, text, side) => Decoration.widget({ widget: new Text(name, text), side });
const old = Decoration.mark({ class: "next-old" });

function draw(state) {
  const next = state.field(nextField);
  if (!next || next.from > next.to || next.to > state.doc.length) return Decoration.none;
  const { from, to, insert, hint } = next;
  const drawn = [widget("next-hint", hint, 2).range(state.doc.lineAt(state.selection.main.head).to)];
  if (insert === null) drawn.push(widget("next-gap", "", 1).range(to));
  else drawn.push(old.range(from, to), widget("next-new", insert, 1).range(to));
  return Decoration.set(drawn, true);
}

export const isNextShown = (view) => view.state.field(nextField) !== null;

export const nextEdits = [nextField, EditorView.decorations.compute([nextField, "selection"], draw)];
