export interface Due<T> {
  /** Monotonic ms. */
  readonly at: number;
  readonly item: T;
}

/** What is due when: a binary heap, earliest first. */
export class DueQueue<T> {
  readonly #heap: Due<T>[] = [];

  get next(): Due<T> | undefined {
    return this.#heap[0];
  }

  add(due: Due<T>): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.at <= due.at) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = due;
  }

  takeDue(now: number): Due<T>[] {
    const due: Due<T>[] = [];
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      due.push(first);
      this.#removeFirst();
    }
    return due;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const smaller = right !== undefined && left !== undefined && right.at < left.at ? right : left;
      if (smaller === undefined || smaller.at >= last.at) break;
      heap[at] = smaller;
      at = 2 * at + (smaller === right ? 2 : 1);
    }
    heap[at] = last;
  }
}
