/**
 * One moment at which something fires. It is its own heap entry, so arming costs no second object; extend it where a closure
 * per timer would be too much.
 */
export abstract class Timer {
  /** Epoch milliseconds. */
  at: number;
  /** Place in the heap, -1 while not armed. Kept so that removal needs no search. */
  slot = -1;

  constructor(at: number) {
    this.at = at;
  }

  abstract fire(): void;
}

/** Binary min-heap by `at`: add and remove in O(log n), so a hundred thousand cancelled timeouts leave nothing. */
export class TimerHeap {
  readonly #heap: Timer[] = [];

  get first(): Timer | undefined {
    return this.#heap[0];
  }

  get size(): number {
    return this.#heap.length;
  }

  add(timer: Timer): void {
    if (timer.slot >= 0) this.remove(timer);
    this.#heap.push(timer);
    this.#rise(timer, this.#heap.length - 1);
  }

  /** Removing what is not in the heap does nothing. */
  remove(timer: Timer): void {
    const slot = timer.slot;
    if (slot < 0) return;
    timer.slot = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === timer) return;
    this.#rise(last, slot);
    if (last.slot === slot) this.#sink(last, slot);
  }

  #rise(timer: Timer, from: number): void {
    let slot = from;
    while (slot > 0) {
      const above = (slot - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || parent.at <= timer.at) break;
      this.#put(parent, slot);
      slot = above;
    }
    this.#put(timer, slot);
  }

  #sink(timer: Timer, from: number): void {
    let slot = from;
    for (;;) {
      const left = this.#heap[2 * slot + 1];
      const right = this.#heap[2 * slot + 2];
      const child = left !== undefined && right !== undefined && right.at < left.at ? right : left;
      if (child === undefined || child.at >= timer.at) break;
      const below = child.slot;
      this.#put(child, slot);
      slot = below;
    }
    this.#put(timer, slot);
  }

  #put(timer: Timer, slot: number): void {
    this.#heap[slot] = timer;
    timer.slot = slot;
  }
}
