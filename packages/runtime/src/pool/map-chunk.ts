/** Work of a chunk, in milliseconds: some hundred times what sending it costs, and still little to wait for or to cancel. */
const TARGET_MS = 1.5;
/** Beyond this many items nothing is gained: what a chunk costs by itself is gone in what its items cost. */
const MOST = 1_024;

/**
 * How many items go into the next chunk of a map: learned from what items cost, the worker's time or ours to send them, whichever
 * is longer. Starts with one and at most doubles what has been tried, so that a wrong guess is never dear.
 */
export class ChunkSize {
  readonly #fixed: number | undefined;
  #tried = 1;
  #size = 1;
  /** Milliseconds per item; half of it is the latest chunk's, a quarter the one's before, ... */
  #cost: number | undefined;

  constructor(fixed: number | undefined) {
    this.#fixed = fixed;
  }

  learn(count: number, ms: number): void {
    if (count === 0) return;
    const cost = ms / count;
    this.#cost = this.#cost === undefined ? cost : (this.#cost + cost) / 2;
    this.#tried = Math.max(this.#tried, count);
    this.#size = Math.max(1, Math.min(this.#tried * 2, MOST, Math.floor(TARGET_MS / this.#cost)));
  }

  /**
   * `left` is how many items are still to come, where that is known: chunks shrink towards the end (guided self-scheduling), so that
   * no worker is left with a long last chunk while the others have nothing.
   */
  next(left: number | undefined, workers: number): number {
    if (this.#fixed !== undefined) return this.#fixed;
    if (left === undefined) return this.#size;
    return Math.max(1, Math.min(this.#size, Math.ceil(left / (2 * workers))));
  }
}
