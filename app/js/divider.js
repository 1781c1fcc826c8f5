// The line between code and panel: dragged by any pointer, moved by keys, put back by a double click.

/** Percent of the room that are the code's. */
const [LEAST, MOST, STEP] = [20, 80, 4];
const FIRST = { beside: 56, above: 50 };
/** As `css/panel.css` has it. */
const narrow = matchMedia("(max-width: 720px)");

/**
 * `line` moves the border between what stands before and behind it. `beside` and `above` are the code's shares where
 * the panel is beside or below, 0 for the first; `chosen(above, share)` is told of another.
 */
export function divide(line, beside, above, chosen) {
  const room = line.closest(".work");
  const shares = { beside, above };
  const way = () => (narrow.matches ? "above" : "beside");
  const share = () => shares[way()] || FIRST[way()];

  const show = () => {
    room.style.setProperty("--code-share", `${share()}%`);
    line.setAttribute("aria-valuenow", share());
    line.setAttribute("aria-orientation", narrow.matches ? "horizontal" : "vertical");
  };
  const set = (percent) => {
    shares[way()] = percent && Math.round(Math.min(Math.max(percent, LEAST), MOST));
    show();
  };
  const tell = () => chosen(narrow.matches, shares[way()]);

  const drag = ({ clientX, clientY }) => {
    const { left, top, width, height } = room.getBoundingClientRect();
    set(narrow.matches ? ((clientY - top) / height) * 100 : ((clientX - left) / width) * 100);
  };
  let before = null;
  const end = () => {
    room.toggleAttribute("data-dividing", false);
    before = null;
  };
  line.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    before = shares[way()];
    line.setPointerCapture(event.pointerId);
    // The frames behind would hear the pointer.
    room.toggleAttribute("data-dividing", true);
  });
  line.addEventListener("pointermove", (event) => before !== null && drag(event));
  line.addEventListener("pointerup", () => {
    if (before !== null && before !== shares[way()]) tell();
    end();
  });
  line.addEventListener("pointercancel", () => {
    if (before !== null) set(before);
    end();
  });
  line.addEventListener("dblclick", () => {
    set(0);
    tell();
  });
  line.addEventListener("keydown", (event) => {
    const [less, more] = narrow.matches ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const to = { [less]: share() - STEP, [more]: share() + STEP, Home: LEAST, End: MOST }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    set(to);
    tell();
  });
  narrow.addEventListener("change", show);
  show();
}
