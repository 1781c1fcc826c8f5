// What a program still has under way when its last line has run: its timers. It has ended when
// there are none left.

export class Tasks {
  #pending = new Set();
  #idle = [];

  constructor() {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
    const track = (id) => {
      this.#pending.add(id);
      return id;
    };
    const ends = (clear) => (id) => {
      clear(id);
      this.#end(id);
    };
    globalThis.setTimeout = (act, ms, ...values) => {
      const id = setTimeout(() => {
        try {
          typeof act === "function" ? act(...values) : (0, eval)(String(act));
        } finally {
          this.#end(id);
        }
      }, ms);
      return track(id);
    };
    globalThis.setInterval = (act, ms, ...values) => track(setInterval(act, ms, ...values));
    globalThis.clearTimeout = ends(clearTimeout);
    globalThis.clearInterval = ends(clearInterval);
    this.later = setTimeout.bind(globalThis);
  }

  /** Resolves when nothing is left to do. */
  async done() {
    // What follows from the last line's promises may start timers.
    await new Promise((resolve) => this.later(resolve));
    while (this.#pending.size > 0) await new Promise((resolve) => this.#idle.push(resolve));
  }

  #end(id) {
    this.#pending.delete(id);
    if (this.#pending.size > 0) return;
    // The timer's own promises first.
    for (const resolve of this.#idle.splice(0)) this.later(resolve);
  }
}
