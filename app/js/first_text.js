// The first visit's text, which can be read and changed before the editor is fetched: shows it, numbers
// its lines, and keeps what was typed when the page goes away meanwhile. `early.js` hands it over.

import { plainText } from "./plain_text.js";

const JOURNAL = "flint:journal:1";

/** Nothing of ours is kept here, and nobody asked for anything else. */
function isFirstVisit() {
  if (location.hash || location.search) return false;
  try {
    return !Object.keys(localStorage).some((key) => key.startsWith("flint:"));
  } catch {
    return false;
  }
}

const early = () => document.querySelector(".early pre");

function typed({ target }) {
  if (target !== early()) return;
  target.dataset.typed = "";
  const lines = plainText(target).split("\n").length;
  target.previousElementSibling.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
}

/** The page may go before the editor has come; `app/src/storage.rs` reads this. */
function keep() {
  const text = early();
  if (!text || !("typed" in text.dataset)) return;
  const files = [{ path: text.dataset.path, text: plainText(text), cursor: 0 }];
  try {
    localStorage.setItem(JOURNAL, JSON.stringify({ at_ms: Date.now(), draft: { files, open: 0 } }));
  } catch {
    // No room and no other place: the browser has the text as long as the page is open.
  }
}

if (isFirstVisit()) {
  document.documentElement.dataset.early = "";
  addEventListener("input", typed);
  addEventListener("pagehide", keep);
  addEventListener("visibilitychange", keep);
}
