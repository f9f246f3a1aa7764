/** A stack costs more than a tiny task (3 to 8 us): at most one in this many milliseconds. */
const EVERY_MS = 0.2;

/**
 * Where calls come from, for errors; and when they were made, for statistics. Both are taken of every call as long as calls are
 * rare, and of a sample when there are thousands in a burst.
 */
export class CallSites {
  #last = Number.NEGATIVE_INFINITY;
  #count = 0;
  #turn = -1;

  take(now: number): Error | undefined {
    if (now - this.#last < EVERY_MS) return undefined;
    this.#last = now;
    return new Error("called from here");
  }

  /** `performance.now()`, or 0 when this call is not measured. Measured are the first of each burst and of each turn, and a sample of the others. */
  clock(underWay: boolean, now: number): number {
    const first = now !== this.#turn;
    this.#turn = now;
    if (!underWay) return now;
    return first || (++this.#count & 15) === 0 ? performance.now() : 0;
  }
}
