// What a program prints, gathered and sent on: at once when it rests, and every few milliseconds
// while it does not.

const EVERY_MS = 16;
const MOST_GATHERED = 2_000;

export class Output {
  #send;
  #now = performance.now.bind(performance);
  #later = globalThis.setTimeout.bind(globalThis);
  #gathered = [];
  #dropped = 0;
  #sentAt = -EVERY_MS;
  #scheduled = false;

  constructor(send) {
    this.#send = send;
  }

  entry(level, parts, { depth = 0, trace = [] } = {}) {
    this.#gathered.push({ level, depth: Math.min(depth, 20), parts, trace });
    if (this.#gathered.length > MOST_GATHERED) {
      this.#gathered.shift();
      this.#dropped += 1;
    }
    if (this.#now() - this.#sentAt >= EVERY_MS) this.flush();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      this.#later(() => this.flush(), EVERY_MS);
    }
  }

  text(level, text) {
    this.entry(level, [{ kind: "text", text }]);
  }

  flush() {
    this.#scheduled = false;
    this.#sentAt = this.#now();
    if (this.#gathered.length === 0 && this.#dropped === 0) return;
    this.#send({ type: "output", entries: this.#gathered, dropped: this.#dropped });
    this.#gathered = [];
    this.#dropped = 0;
  }
}
