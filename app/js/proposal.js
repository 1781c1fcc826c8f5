// Proposed changes in the open file: what goes is struck out, what comes stands below it. The text
// stays the user's until a change is accepted. Fetched when a change is first asked for.

import { isolateHistory } from "@codemirror/commands";
import { ChangeSet, StateEffect, StateField, Transaction } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

/** Editors whose buttons are heard. */
const listening = new WeakSet();

const begin = StateEffect.define();
const show = StateEffect.define();

/**
 * `base` is the text that the request with this number is about and `since` what became of it. Hunks
 * count lines of `base` from 0.
 */
const field = StateField.define({
  create: () => null,
  update(proposal, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(begin)) return fresh(effect.value, transaction.state.doc);
    }
    if (!proposal) return proposal;
    let next = proposal;
    if (transaction.docChanged) next = { ...next, since: next.since.compose(transaction.changes) };
    for (const effect of transaction.effects) {
      if (effect.is(show)) next = { ...next, ...effect.value };
    }
    return next === proposal ? proposal : place(next, transaction.state.doc);
  },
  provide: (field) => EditorView.decorations.from(field, (proposal) => proposal?.drawn ?? Decoration.none),
});

const fresh = (number, base) => ({
  number,
  base,
  since: ChangeSet.empty(base.length),
  hunks: [],
  current: null,
  placed: [],
  drawn: Decoration.none,
});

/** Where each hunk is in the text as it is now. One whose lines are not what they were has no place. */
function place(proposal, doc) {
  const { base, since } = proposal;
  const placed = [];
  for (const hunk of proposal.hunks) {
    const asked = range(base, hunk);
    const from = since.mapPos(asked.from, 1);
    const to = Math.max(since.mapPos(asked.to, -1), from);
    const same = doc.sliceString(from, to) === base.sliceString(asked.from, asked.to);
    if (same && onSameBorders(base, asked, doc, { from, to })) placed.push({ ...hunk, from, to, text: asked.insert });
  }
  return { ...proposal, placed, drawn: draw(placed, doc, proposal.current) };
}

/** Whether lines still begin and end where they did. */
function onSameBorders(base, asked, doc, now) {
  const begins = (text, at) => text.lineAt(at).from === at;
  const ends = (text, at) => text.lineAt(at).to === at;
  return begins(base, asked.from) === begins(doc, now.from) && ends(base, asked.to) === ends(doc, now.to);
}

/** A hunk's lines as offsets in `base`, and the text that takes their place. */
function range(base, { from_line, to_line, insert }) {
  const start = (line) => base.line(line + 1).from;
  const text = insert.join("\n");
  if (from_line >= base.lines) return { from: base.length, to: base.length, insert: `\n${text}` };
  if (from_line === to_line) return { from: start(from_line), to: start(from_line), insert: `${text}\n` };
  const last = base.line(Math.min(to_line, base.lines));
  if (insert.length > 0) return { from: start(from_line), to: last.to, insert: text };
  const below = to_line < base.lines;
  if (below) return { from: start(from_line), to: start(to_line), insert: "" };
  return { from: Math.max(start(from_line) - 1, 0), to: last.to, insert: "" };
}

class Added extends WidgetType {
  constructor(hunk, current) {
    super();
    this.hunk = hunk;
    this.current = current;
    this.key = JSON.stringify([hunk.id, hunk.insert, current]);
  }

  eq(other) {
    return other.key === this.key;
  }

  get lineBreaks() {
    return 0;
  }

  toDOM(view) {
    const dom = document.createElement("div");
    dom.className = "proposal";
    fill(dom, this, view);
    return dom;
  }

  /** Text that streams in grows in one and the same element. */
  updateDOM(dom, view) {
    fill(dom, this, view);
    return true;
  }

  ignoreEvent() {
    return true;
  }
}

function fill(dom, { hunk, current }, view) {
  dom.dataset.hunk = hunk.id;
  dom.classList.toggle("current", current);
  const bar = dom.querySelector(".proposal-bar") ?? buttons(view, dom);
  const text = dom.querySelector("pre") ?? document.createElement("pre");
  const lines = hunk.insert.join("\n");
  if (text.textContent !== lines) text.textContent = lines;
  text.hidden = hunk.insert.length === 0;
  if (!dom.firstChild) dom.append(text, bar);
}

function buttons(view, dom) {
  const bar = document.createElement("div");
  bar.className = "proposal-bar";
  for (const [label, accept] of [["Accept", true], ["Reject", false]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = label;
    button.onmousedown = (event) => event.preventDefault();
    button.onclick = () => dom.dispatchEvent(new CustomEvent("decide", { bubbles: true, detail: { id: Number(dom.dataset.hunk), accept } }));
    bar.append(button);
  }
  return bar;
}

const gone = Decoration.line({ class: "proposal-gone" });

function draw(placed, doc, current) {
  const marks = [];
  for (const hunk of placed) {
    const replaces = hunk.from_line < hunk.to_line;
    if (replaces) {
      const last = doc.lineAt(Math.max(hunk.to - (hunk.insert.length === 0 && hunk.to > hunk.from ? 1 : 0), hunk.from));
      for (let at = doc.lineAt(hunk.from); ; at = doc.line(at.number + 1)) {
        marks.push(gone.range(at.from));
        if (at.number >= last.number) break;
      }
      marks.push(widget(hunk, current, 1).range(last.to));
    } else {
      const atEnd = hunk.from >= doc.length && hunk.text.startsWith("\n");
      marks.push(widget(hunk, current, atEnd ? 1 : -1).range(hunk.from));
    }
  }
  return Decoration.set(marks, true);
}

const widget = (hunk, current, side) =>
  Decoration.widget({ widget: new Added(hunk, hunk.id === current), side, block: true });

/** Notes what the text is now. Everything that is shown later under this number is a change of this text. */
export function beginProposal(view, number, decide) {
  if (!view.state.field(field, false)) {
    view.dispatch({ effects: StateEffect.appendConfig.of(field) });
  }
  // The editor itself hears nothing of what happens inside a widget.
  if (!listening.has(view)) view.contentDOM.addEventListener("decide", ({ detail }) => decide(detail));
  listening.add(view);
  view.dispatch({ effects: begin.of(number) });
}

/**
 * Shows these hunks and no others. Gives the ids of those that can still be made; null when the text
 * is not noted under this number, and then nothing is shown.
 */
export function showProposal(view, { number, hunks, current }) {
  const before = view.state.field(field, false);
  if (before?.number !== number) {
    if (before?.hunks.length > 0) view.dispatch({ effects: show.of({ hunks: [], current: null }) });
    return null;
  }
  const scroll = hunks.length > 0 && current !== before.current;
  view.dispatch({ effects: show.of({ hunks, current }) });
  const { placed } = view.state.field(field);
  const target = placed.find(({ id }) => id === current);
  if (scroll && target) view.dispatch({ effects: EditorView.scrollIntoView(target.from, { y: "nearest", yMargin: 120 }) });
  return placed.map(({ id }) => id);
}

/** Makes the changes of these hunks as one edit; gives the ids of those that were made. */
export function acceptHunks(view, ids) {
  const proposal = view.state.field(field, false);
  const done = (proposal?.placed ?? []).map(({ id }) => id).filter((id) => ids.includes(id));
  if (done.length > 0) view.dispatch(acceptance(proposal, done));
  return done;
}

/** A file that is not shown, with hunks looked for in it; `base` is what it was when it was asked about. */
export function placedIn(state, base, { number, hunks, current }) {
  let now = state;
  if (!now.field(field, false)) now = now.update({ effects: StateEffect.appendConfig.of(field) }).state;
  if (now.field(field)?.number !== number) {
    if (now.doc.toString() !== base) return { state, ids: [] };
    now = now.update({ effects: begin.of(number) }).state;
  }
  now = now.update({ effects: show.of({ hunks, current }) }).state;
  return { state: now, ids: now.field(field).placed.map(({ id }) => id) };
}

/** The same file after these hunks are made. */
export const acceptedIn = (state, ids) => state.update(acceptance(state.field(field), ids)).state;

const acceptance = ({ placed, hunks }, ids) => ({
  changes: placed.filter(({ id }) => ids.includes(id)).map(({ from, to, text }) => ({ from, to, insert: text })),
  effects: show.of({ hunks: hunks.filter(({ id }) => !ids.includes(id)) }),
  annotations: [isolateHistory.of("full"), Transaction.userEvent.of("proposal")],
});
