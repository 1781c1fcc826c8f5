// Moving tabs by pointer: a mouse or pen drags at once, a finger after resting, so that it can still
// scroll the row. Keys are the Rust side's.

const FAR_ENOUGH = 6;
const REST_MS = 350;

/** Lets the children of `row` with `role=tab` be dragged; `moved(from, to)` is told at the drop. */
export function reorder(row, moved) {
  let drag = null;

  const begin = (event) => {
    const tab = event.target.closest?.("[role=tab]");
    if (!tab || event.button !== 0 || !event.isPrimary) return;
    const from = tabs().indexOf(tab);
    drag = { tab, from, to: from, x: event.clientX, id: event.pointerId, active: false };
    if (event.pointerType === "touch") drag.resting = setTimeout(activate, REST_MS);
  };

  const activate = () => {
    drag.active = true;
    drag.middles = tabs().map((tab) => tab.offsetLeft + tab.offsetWidth / 2);
    row.setPointerCapture(drag.id);
    drag.tab.toggleAttribute("data-dragged", true);
  };

  const move = (event) => {
    if (event.pointerId !== drag?.id) return;
    const by = event.clientX - drag.x;
    if (!drag.active && Math.abs(by) > FAR_ENOUGH) {
      // A finger that moves before it has rested scrolls.
      if (drag.resting) end();
      else activate();
    }
    if (!drag?.active) return;
    const all = tabs();
    const middle = drag.middles[drag.from] + by;
    const passed = drag.middles.filter((at, index) => index !== drag.from && at < middle).length;
    drag.to = passed;
    drag.tab.style.translate = `${by}px`;
    all.forEach((tab, index) => {
      if (tab === drag.tab) return;
      const width = drag.tab.offsetWidth;
      const back = index > drag.from && index <= drag.to;
      const forth = index < drag.from && index >= drag.to;
      tab.style.translate = back ? `${-width}px` : forth ? `${width}px` : "";
    });
  };

  const drop = () => {
    if (!drag) return;
    const { active, from, to } = drag;
    end();
    if (!active) return;
    // The click that ends a drag opens nothing.
    const swallow = (event) => event.stopPropagation();
    row.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => row.removeEventListener("click", swallow, { capture: true }));
    if (to !== from) moved(from, to);
  };

  const end = () => {
    clearTimeout(drag.resting);
    for (const tab of tabs()) {
      tab.style.translate = "";
      tab.toggleAttribute("data-dragged", false);
    }
    drag = null;
  };

  const tabs = () => [...row.querySelectorAll("[role=tab]")];
  row.addEventListener("pointerdown", begin);
  row.addEventListener("pointermove", move);
  row.addEventListener("pointerup", drop);
  row.addEventListener("pointercancel", () => drag && end());
  row.addEventListener("keydown", (event) => event.key === "Escape" && drag && end());
  // A dragging finger does not scroll the row.
  row.addEventListener("touchmove", (event) => drag?.active && event.preventDefault(), { passive: false });
  row.addEventListener("contextmenu", (event) => drag?.active && event.preventDefault());
}
