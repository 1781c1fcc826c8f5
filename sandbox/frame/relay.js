// What a program prints, on its way to the page: in batches, one at a time, the next only when the
// page has shown the last. A program that prints for ever fills neither the page nor the way there.

const MOST_WAITING = 2_000;
const MOST_IN_A_BATCH = 200;

export class Relay {
  #send;
  #waiting = [];
  #dropped = 0;
  #batch = 0;
  #underway = false;
  #last = [];

  constructor(send) {
    this.#send = send;
  }

  push(entries, dropped) {
    if (!Array.isArray(entries)) return;
    this.#waiting.push(...entries.slice(-MOST_WAITING));
    this.#dropped += (dropped >>> 0) + Math.max(0, entries.length - MOST_WAITING);
    const over = this.#waiting.length - MOST_WAITING;
    if (over > 0) {
      this.#waiting.splice(0, over);
      this.#dropped += over;
    }
    this.#flush();
  }

  /** A message that comes after all that was printed before it. */
  last(message) {
    this.#last.push(message);
    this.#flush();
  }

  acknowledge(batch) {
    if (batch === this.#batch) this.#underway = false;
    this.#flush();
  }

  #flush() {
    if (this.#underway) return;
    if (this.#waiting.length > 0 || this.#dropped > 0) {
      this.#underway = true;
      this.#batch += 1;
      const entries = this.#waiting.splice(0, MOST_IN_A_BATCH);
      this.#send({ type: "output", batch: this.#batch, entries, dropped: this.#dropped });
      this.#dropped = 0;
    } else {
      for (const message of this.#last.splice(0)) this.#send(message);
    }
  }
}
