/** Sizes are powers of two: the smallest block has 4 KiB, the largest 8 MiB. */
const SMALLEST = 12;
const ORDERS = 12;
/** No block begins here, or it is in use. */
const NONE = -1;

/** The largest block there is, in bytes. */
export const LARGEST_BLOCK = 2 ** (SMALLEST + ORDERS - 1);

/**
 * Which parts of an arena are in use: a buddy allocator. Only the host calls it, so it needs no atomics. A block is cut from the
 * smallest free one that holds it, and joins its other half again when both are free.
 */
export class Blocks {
  readonly #count: number;
  /** Per place of 4 KiB: the order of the free block that begins there, or NONE; and of the used one. */
  readonly #free: Int8Array;
  readonly #used: Int8Array;
  /** Free blocks of an order are linked both ways: joining takes one out of the middle. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #heads = new Int32Array(ORDERS).fill(NONE);

  constructor(bytes: number) {
    const count = bytes >> SMALLEST;
    this.#count = count;
    this.#free = new Int8Array(count).fill(NONE);
    this.#used = new Int8Array(count).fill(NONE);
    this.#next = new Int32Array(count).fill(NONE);
    this.#previous = new Int32Array(count).fill(NONE);
    const largest = 1 << (ORDERS - 1);
    for (let place = count - largest; place >= 0; place -= largest) this.#give(place, ORDERS - 1);
  }

  /** The offset of a block of at least so many bytes, or -1 when there is none now. */
  take(bytes: number): number {
    const order = orderOf(bytes);
    let found = order;
    while (found < ORDERS && this.#heads[found] === NONE) found++;
    if (found >= ORDERS) return -1;
    const place = this.#heads[found] as number;
    this.#remove(place, found);
    this.#cut(place, found, order);
    return place << SMALLEST;
  }

  /** Makes a block no larger than `bytes` need. Its offset stays. */
  trim(offset: number, bytes: number): void {
    const place = offset >> SMALLEST;
    this.#cut(place, this.#used[place] as number, orderOf(bytes));
  }

  size(offset: number): number {
    return 2 ** (SMALLEST + (this.#used[offset >> SMALLEST] as number));
  }

  release(offset: number): void {
    let place = offset >> SMALLEST;
    let order = this.#used[place] as number;
    this.#used[place] = NONE;
    for (; order < ORDERS - 1; order++) {
      const other = place ^ (1 << order);
      if (other >= this.#count || this.#free[other] !== order) break;
      this.#remove(other, order);
      place = Math.min(place, other);
    }
    this.#give(place, order);
  }

  /** Keeps the lower part of the order `to`, gives the upper halves back. */
  #cut(place: number, from: number, to: number): void {
    let order = from;
    while (order > to) {
      order--;
      this.#give(place + (1 << order), order);
    }
    this.#used[place] = order;
  }

  #give(place: number, order: number): void {
    const head = this.#heads[order] as number;
    this.#free[place] = order;
    this.#next[place] = head;
    this.#previous[place] = NONE;
    if (head !== NONE) this.#previous[head] = place;
    this.#heads[order] = place;
  }

  #remove(place: number, order: number): void {
    const next = this.#next[place] as number;
    const previous = this.#previous[place] as number;
    this.#free[place] = NONE;
    if (previous === NONE) this.#heads[order] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
  }
}

function orderOf(bytes: number): number {
  return Math.max(0, 32 - Math.clz32(bytes - 1) - SMALLEST);
}
