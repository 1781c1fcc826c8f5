// Lines that are given: marked, and not to be changed. Fetched when a file first has some.

import { EditorState, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const hold = StateEffect.define();
const givenLine = Decoration.line({ class: "cm-held" });

/** `{ from, to }` of each piece, in order; those at an end of the text leave no place before or behind them. */
const held = StateField.define({
  create: () => [],
  update(pieces, { changes, docChanged, effects }) {
    for (const effect of effects) if (effect.is(hold)) return effect.value;
    if (!docChanged) return pieces;
    return pieces.map((piece) => ({ ...piece, from: changes.mapPos(piece.from, 1), to: changes.mapPos(piece.to, -1) }));
  },
  provide: (field) => EditorView.decorations.from(field, (pieces) => (view) => marked(view.state.doc, pieces)),
});

function marked(doc, pieces) {
  const builder = new RangeSetBuilder();
  let last = 0;
  for (const { from, to, first, end } of pieces) {
    // Between others, a piece begins with the line end before its first line, and ends with its last line's.
    const until = doc.lineAt(Math.max(end ? to : to - 1, 0)).number;
    for (let number = Math.max(doc.lineAt(first ? from : from + 1).number, last + 1); number <= until; number++) {
      const at = doc.line(number).from;
      builder.add(at, at, givenLine);
      last = number;
    }
  }
  return builder.finish();
}

/** What is written over a given line is refused as a whole; what is deleted around one leaves it there. */
const keep = (refused) =>
  EditorState.changeFilter.of(({ startState, changes, docChanged }) => {
    const pieces = startState.field(held);
    if (!docChanged || pieces.length === 0) return true;
    const closed = [];
    for (const { from, to, first, end } of pieces) {
      const [start, stop] = [first ? -1 : from, end ? to + 1 : to];
      if (closed.length > 0 && start < closed.at(-1)) closed[closed.length - 1] = stop;
      else closed.push(start, stop);
    }
    let [touches, writes] = [false, false];
    changes.iterChanges((from, to, _fromB, _toB, inserted) => {
      if (!overlaps(closed, from, to)) return;
      touches = true;
      writes ||= inserted.length > 0;
    }, true);
    if (touches) refused();
    return writes ? false : closed;
  });

/** Whether a change from `from` to `to` meets a closed piece; what is inserted at an edge does not. */
function overlaps(closed, from, to) {
  for (let at = 0; at < closed.length; at += 2) {
    if (from === to ? from > closed[at] && from < closed[at + 1] : from < closed[at + 1] && to > closed[at]) return true;
  }
  return false;
}

/** Holds these pieces of the open file; `refused` is called when somebody tries to change one. */
export function holdLines(view, pieces, refused) {
  const known = view.state.field(held, false) !== undefined;
  const effects = known || pieces.length === 0 ? [] : [StateEffect.appendConfig.of([held, keep(refused)])];
  if (known || pieces.length > 0) view.dispatch({ effects: [...effects, hold.of(pieces)] });
}
