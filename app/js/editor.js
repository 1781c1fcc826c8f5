// The CodeMirror editor as the Rust side sees it: one class, plain values in, JSON reports out.

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { choices, effectsOf, loadVim, readOnlyEffect } from "./choices.js";
import { goOn, takeEarly } from "./early.js";
import { acceptedGhost, ghostAt, ghostText } from "./ghost.js";
import { fetchLanguages, languageOf, loadLanguage } from "./languages.js";
import { nextEdit, nextEdits } from "./next_edit.js";
import { setup } from "./setup.js";
import { syntaxAt } from "./syntax.js";

export class Editor {
  #parent;
  /** Made with the first file that is opened. */
  #view;
  #report;
  #extensions;
  /** The module that draws proposed changes, once it is needed. */
  #proposals;
  /** The module that keeps given lines as they are, once a file has some. */
  #held;
  /** The open file's key, and the state and scroll position of every file opened so far. */
  #open = null;
  #files = new Map();
  /** The user's choices as effects; a file that was opened under others gets them with the next opening. */
  #chosen = [];
  #reading = [];
  /** When the key was pressed that the next edit comes of. */
  #keyAt = null;

  /** `report` is called with a JSON text for every edit, cursor move and ghost text key. */
  constructor(parent, report) {
    this.#parent = parent;
    this.#report = (event) => report(JSON.stringify(event));
    this.#extensions = [
      ghostText((key) => this.#report({ type: "key", key })),
      nextEdits,
      choices,
      setup(),
      EditorView.updateListener.of((update) => this.#listen(update)),
    ];
  }

  #draw(state, scrollTo) {
    this.#view = new EditorView({ parent: this.#parent, state, scrollTo });
    for (const name of ["keydown", "beforeinput"]) {
      this.#view.contentDOM.addEventListener(name, ({ timeStamp }) => (this.#keyAt = timeStamp), { capture: true });
    }
    performance.mark("flint:editor");
    this.#view.contentDOM.addEventListener("compositionend", () =>
      // CodeMirror ends its own composition state after this event.
      setTimeout(() => this.#report({ type: "moved", cursor: this.#cursor() })),
    );
  }

  /** Shows a file; one seen before comes back with its history. Returns the cursor as JSON. */
  open(key, text, language, cursor) {
    this.#keep();
    this.#open = key;
    const kept = this.#files.get(key);
    const selection = { anchor: Math.min(cursor, text.length) };
    const before = kept?.state ?? EditorState.create({ doc: text, selection, extensions: this.#extensions });
    const { state } = before.update({ effects: [...this.#chosen, ...this.#reading] });
    const scroll = kept?.scroll ?? EditorView.scrollIntoView(state.selection.main, { y: "nearest", yMargin: 120 });
    if (this.#view) {
      this.#view.setState(state);
      this.#view.dispatch({ effects: scroll });
    } else {
      this.#draw(state, scroll);
    }
    this.setLanguage(language);
    const early = takeEarly();
    if (early) {
      this.focus();
      // The Rust side must have heard of the file before it hears of changes.
      queueMicrotask(() => goOn(this.#view, early));
    }
    return JSON.stringify(this.#cursor());
  }

  /** Forgets a file's history. */
  forget(key) {
    this.#files.delete(key);
    if (this.#open === key) this.#open = null;
  }

  /** Colours and indents the open file as `language`. */
  async setLanguage(language) {
    const key = this.#open;
    const extension = await loadLanguage(language);
    if (this.#open === key) this.#view.dispatch({ effects: languageOf.reconfigure(extension) });
  }

  /** Puts the user's choices to work: `{ font_size, tab_size, wrap, vim, ghost_keys }` as JSON. */
  async configure(json) {
    const settings = JSON.parse(json);
    document.documentElement.style.setProperty("--code-size", `${settings.font_size}px`);
    // Without waiting where it can be: what was chosen before the first file opens is drawn with it.
    this.#chosen = effectsOf(settings, settings.vim ? await loadVim() : []);
    this.#view?.dispatch({ effects: this.#chosen });
    this.#view?.requestMeasure();
  }

  /** Makes `text` the whole file in one edit that leaves alone what is the same: the cursor stays. */
  async rewrite(text) {
    const { diff } = await import("@codemirror/merge");
    const before = this.text();
    const changes = diff(before, text, { scanLimit: 2_000, timeout: 500 }).map(({ fromA, toA, fromB, toB }) => ({
      from: fromA,
      to: toA,
      insert: text.slice(fromB, toB),
    }));
    // What was typed while the comparison was fetched is not written over.
    if (this.text() === before) this.#view.dispatch({ changes, userEvent: "format", scrollIntoView: true });
  }

  /** The open file as the editor has it. */
  text() {
    return this.#view.state.doc.toString();
  }

  cursor() {
    return JSON.stringify(this.#cursor());
  }

  /** Draws ghost text; an empty text draws none. */
  showGhost(at, text) {
    this.#view.dispatch({ effects: ghostAt(at, text) });
  }

  /** Draws `{ from, to, insert, hint }` as the next edit; `null` draws none. */
  showNext(json) {
    this.#view.dispatch({ effects: nextEdit(JSON.parse(json)) });
  }

  /** Writes what was accepted in the place of `from` to `to` and puts the cursor behind it. */
  accept(from, to, text) {
    this.#view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length },
      annotations: acceptedGhost.of(true),
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  }

  setReadOnly(readOnly) {
    this.#reading = [readOnlyEffect(readOnly)];
    this.#view.dispatch({ effects: this.#reading });
  }

  /** Keeps pieces `[{ from, to, first, end }]` of the open file as they are, as JSON; none frees them. */
  async hold(json) {
    const key = this.#open;
    const pieces = JSON.parse(json);
    if (pieces.length === 0 && !this.#held) return;
    this.#held ??= await import("./held.js");
    if (this.#open === key) this.#held.holdLines(this.#view, pieces, () => this.#report({ type: "refused" }));
  }

  /** Has at hand what draws proposed changes, and notes the text that the request with this number is about. */
  async beginProposal(number) {
    this.#proposals ??= await import("./proposal.js");
    this.#begin(number);
    return this.text();
  }

  /** Notes the open file's text for a request that was made while another file was open; whether it still is `base`. */
  noteText(number, base) {
    const same = this.#proposals !== undefined && this.text() === base;
    if (same) this.#begin(number);
    return same;
  }

  #begin(number) {
    this.#proposals.beginProposal(this.#view, number, ({ id, accept }) => this.#report({ type: "hunk", id, accept }));
  }

  /**
   * Shows `{ number, hunks: [{ id, from_line, to_line, insert }], current }`; the ids that have a place, as
   * JSON, `null` when the open file's text is not noted under this number.
   */
  showProposal(json) {
    return JSON.stringify(this.#proposals?.showProposal(this.#view, JSON.parse(json)) ?? null);
  }

  /** Makes the changes of these hunks as one edit; the ids of those that were made, as JSON. */
  acceptHunks(json) {
    return JSON.stringify(this.#proposals?.acceptHunks(this.#view, JSON.parse(json)) ?? []);
  }

  /**
   * Makes the changes of these hunks in a file that is not open, all or none: its text after that, or
   * undefined. `base` is the text that was asked about; nothing is made when `dry`.
   */
  acceptIn(key, base, json, ids, dry) {
    const kept = this.#files.get(key);
    const before = kept?.state ?? EditorState.create({ doc: base, extensions: this.#extensions });
    const { state, ids: placed } = this.#proposals.placedIn(before, base, JSON.parse(json));
    const wanted = JSON.parse(ids);
    if (!wanted.every((id) => placed.includes(id))) return undefined;
    const after = this.#proposals.acceptedIn(state, wanted);
    if (!dry) this.#files.set(key, { ...kept, state: after });
    return after.doc.toString();
  }

  /** Makes `text` the whole file, open or not, as one edit of what differs. */
  write(key, text) {
    const kept = this.#files.get(key);
    const state = key === this.#open ? this.#view.state : kept?.state;
    if (!state) return;
    const before = state.doc.toString();
    const most = Math.min(before.length, text.length);
    let from = 0;
    while (from < most && before[from] === text[from]) from++;
    let same = 0;
    while (same < most - from && before.at(-1 - same) === text.at(-1 - same)) same++;
    const edit = { changes: { from, to: before.length - same, insert: text.slice(from, text.length - same) }, userEvent: "proposal" };
    if (key === this.#open) this.#view.dispatch(edit);
    else this.#files.set(key, { ...kept, state: state.update(edit).state });
  }

  /** The lines of the selection, from 0, the last one not included, as JSON; `null` when it is empty. */
  selectedLines() {
    const { doc, selection } = this.#view.state;
    const { from, to, empty } = selection.main;
    const last = doc.lineAt(to);
    const end = to === last.from && to > from ? last.number - 1 : last.number;
    return JSON.stringify(empty ? null : [doc.lineAt(from).number - 1, end]);
  }

  focus() {
    this.#view.focus();
  }

  fetchLanguages() {
    fetchLanguages();
  }

  /** The main selection and the line it begins on, as JSON; `null` when it is empty. */
  selection() {
    const { doc, selection } = this.#view.state;
    const { from, to, empty } = selection.main;
    return JSON.stringify(empty ? null : { text: doc.sliceString(from, to), line: doc.lineAt(from).number });
  }

  /** Puts the cursor at `line` and `column`, from 1; what lies beyond the text is its nearest place. */
  goTo(line, column) {
    const { doc } = this.#view.state;
    const { from, length } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    this.moveTo(from + Math.min(Math.max(column - 1, 0), length));
  }

  /** Puts the cursor at an offset, in sight. */
  moveTo(anchor) {
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    this.#view.focus();
  }

  #keep() {
    if (this.#open === null) return;
    this.showGhost(0, "");
    this.showNext(null);
    this.#files.set(this.#open, { state: this.#view.state, scroll: this.#view.scrollSnapshot() });
  }

  #listen(update) {
    if (update.docChanged) {
      const changes = [];
      update.changes.iterChanges((from, to, _fromB, _toB, inserted) =>
        changes.push({ from, to, insert: inserted.toString() }),
      );
      const user_event = userEvent(update.transactions);
      const key_ms = this.#keyAt ?? performance.now();
      this.#keyAt = null;
      this.#report({ type: "edited", changes, cursor: this.#cursor(), user_event, key_ms });
    } else if (update.selectionSet) {
      this.#report({ type: "moved", cursor: this.#cursor() });
    }
  }

  #cursor() {
    const { state, composing } = this.#view;
    const { main, ranges } = state.selection;
    const line = state.doc.lineAt(main.head);
    return {
      at: main.head,
      line: line.number,
      column: main.head - line.from + 1,
      selecting: ranges.length > 1 || !main.empty,
      composing,
      syntax: syntaxAt(state, main.head),
    };
  }
}

const userEvents = [
  ["input.paste", "pasted"],
  ["input.drop", "pasted"],
  ["input", "typed"],
  ["delete", "deleted"],
  ["undo", "undone"],
  ["redo", "undone"],
];

/** Why the text changed, in the assistant's words. */
function userEvent(transactions) {
  const any = (test) => transactions.some(test);
  if (any((transaction) => transaction.annotation(acceptedGhost))) return "accepted";
  const known = userEvents.find(([name]) => any((transaction) => transaction.isUserEvent(name)));
  return known ? known[1] : "other";
}
