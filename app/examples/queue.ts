// A generic priority queue on a binary heap.

class PriorityQueue<T> {
  #heap: { value: T; priority: number }[] = [];

  push(value: T, priority: number): void {
    this.#heap.push({ value, priority });
    let at = this.#heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#heap[parent].priority <= this.#heap[at].priority) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): T | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return top?.value;
  }

  get size(): number {
    return this.#heap.length;
  }

  #sink(at: number): void {
    for (;;) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < this.#heap.length);
      const least = children.sort((a, b) => this.#heap[a].priority - this.#heap[b].priority)[0];
      if (least === undefined || this.#heap[at].priority <= this.#heap[least].priority) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b], this.#heap[a]];
  }
}

const tasks = new PriorityQueue<string>();
tasks.push("sweep the floor", 3);
tasks.push("put out the fire", 1);
tasks.push("answer letters", 2);
while (tasks.size > 0) console.log(tasks.pop());
