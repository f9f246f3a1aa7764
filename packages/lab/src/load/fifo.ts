/** A growing ring: first in, first out, without moving what is in it. */
export class Fifo<T> {
  #slots: (T | undefined)[] = new Array<T | undefined>(16).fill(undefined);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#size) & (this.#slots.length - 1)] = item;
    this.#size += 1;
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#size -= 1;
    return item;
  }

  #grow(): void {
    const rest = this.#slots.slice(0, this.#head);
    this.#slots = [...this.#slots.slice(this.#head), ...rest];
    this.#slots.length = this.#size * 2; // a power of two, as at the start: the mask above depends on it
    this.#slots.fill(undefined, this.#size);
    this.#head = 0;
  }
}
