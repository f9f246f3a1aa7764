/** Where accepted items lie until they are received. */
export interface ItemQueue<T> {
  readonly size: number;
  push(item: T): void;
  /** Only when `size` is not 0. */
  shift(): T;
}

/** Rings begin this small, so that a large capacity costs nothing until it is used. */
const SMALLEST = 16;

/**
 * A queue in a circular array whose length is a power of two: the place of an item is its number masked.
 *
 *     items  [ e f . . c d ]     head -> c, size 4, mask = length - 1
 *
 * `push` and `shift` are O(1); the array doubles when full (amortized O(1)) and never shrinks. Places that were left hold
 * `undefined`, so that nothing is kept alive. Rejected: `Array.shift`, which moves all items from a few thousand on.
 */
export class Ring<T> implements ItemQueue<T> {
  size = 0;
  #items: (T | undefined)[];
  #mask: number;
  #head = 0;

  constructor() {
    this.#items = [];
    this.#mask = -1;
  }

  push(item: T): void {
    if (this.size > this.#mask) this.#grow();
    this.#items[(this.#head + this.size) & this.#mask] = item;
    this.size += 1;
  }

  /** Only when `size` is not 0. */
  shift(): T {
    const head = this.#head;
    const items = this.#items;
    const item = items[head] as T;
    items[head] = undefined;
    this.#head = (head + 1) & this.#mask;
    this.size -= 1;
    return item;
  }

  #grow(): void {
    const old = this.#items;
    const length = Math.max(SMALLEST, old.length * 2);
    const items: (T | undefined)[] = [];
    for (let i = 0; i < length; i++)
      items.push(i < this.size ? old[(this.#head + i) & this.#mask] : undefined);
    this.#items = items;
    this.#mask = length - 1;
    this.#head = 0;
  }
}
