import { HEAD, RING, RING_MASK, type Shared, TAIL } from "../wire/layout.js";

/** Entries that are looked at one by one when counting; with more there is work enough for everybody. */
const MOST_COUNTED = 256;

/** The host's side of the submission ring: it alone appends, workers move the head on. */
export class SubmissionRing {
  readonly #shared: Shared;
  #tail = 0;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  hasRoom(): boolean {
    return ((this.#tail - this.#head) | 0) < RING;
  }

  get empty(): boolean {
    return this.#head === this.#tail;
  }

  /** What no worker has passed yet, the oldest first: calls that wait, and entries of calls that were taken back. */
  entries(): number[] {
    const found: number[] = [];
    for (let at = this.#head; at !== this.#tail; at = (at + 1) | 0) {
      found.push(this.#shared.ring[at & RING_MASK] ?? 0);
    }
    return found;
  }

  /** How many entries satisfy `waits`, counted up to `most`; `most` also when there are too many to look at. */
  countFirst(most: number, waits: (entry: number) => boolean): number {
    let at = this.#head;
    if (((this.#tail - at) | 0) > MOST_COUNTED) return most;
    let counted = 0;
    for (; counted < most && at !== this.#tail; at = (at + 1) | 0) {
      if (waits(this.#shared.ring[at & RING_MASK] ?? 0)) counted++;
    }
    return counted;
  }

  /** Publishes an entry. */
  push(entry: number): void {
    this.#shared.ring[this.#tail & RING_MASK] = entry;
    this.#tail = (this.#tail + 1) | 0;
    Atomics.store(this.#shared.control, TAIL, this.#tail);
  }

  get #head(): number {
    return Atomics.load(this.#shared.control, HEAD);
  }
}
