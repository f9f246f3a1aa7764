import type { Call } from "./call.js";

/** A task that waited this long goes before a task one priority higher that came now: nobody starves. */
export const AGING_MS = 1_000;

/**
 * Where a call stands among others: the moment it was made, moved back by its priority. Everybody ages at the same rate, so the
 * order of two calls never changes and no queue has to be sorted again: aging costs nothing.
 */
export function orderKey(madeMs: number, priority: number): number {
  return madeMs - priority * AGING_MS;
}

function before(a: Call, b: Call): boolean {
  return a.key < b.key || (a.key === b.key && a.sequence < b.sequence);
}

/** A binary heap by `key`, then by `sequence`. Calls that settled while they waited are dropped when they come up. */
export class Queue {
  #heap: Call[] = [];
  #dead = 0;

  get size(): number {
    return this.#heap.length - this.#dead;
  }

  list(): readonly Call[] {
    return this.#heap.filter((call) => call.state === "queued");
  }

  push(call: Call): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(call);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !before(call, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = call;
  }

  /** Moves a call to an earlier place. Sorts all anew: it happens once per priority that is lent. */
  raise(call: Call, key: number): void {
    call.key = key;
    this.#sort();
  }

  /** The first call, left in its place. */
  peek(): Call | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.state === "queued") return first;
      this.#take();
      this.#dead--;
    }
  }

  /** Removes what `peek` gave, whatever has become of it since. */
  pop(): void {
    this.#take();
  }

  /** A call in the queue has settled. Sweeps when most are dead, so cancelled calls are not kept alive. */
  dropped(): void {
    this.#dead++;
    if (this.#dead < 64 || this.#dead * 2 < this.#heap.length) return;
    this.#sort();
  }

  #sort(): void {
    const alive = this.list();
    this.#heap = [];
    this.#dead = 0;
    for (const call of alive) this.push(call);
  }

  #take(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      let best = left;
      if (right !== undefined && before(right, left)) {
        best = right;
        child++;
      }
      if (!before(best, last)) break;
      heap[at] = best;
      at = child;
    }
    heap[at] = last;
  }
}
