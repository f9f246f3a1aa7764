const LEAST_NS = 2_000;
const MOST_NS = 10_000;
/** One call in so many is measured: a look at the clock costs as much as a tenth of handing over. */
const EVERY = 16;

/**
 * What a call that goes to a thread costs the loop: writing it down, waking a worker, and about as much again when its result
 * is taken in. Measured on the way there, kept between 2 and 10 microseconds, so that a machine that stalls during the
 * measurement does not draw work onto the loop.
 */
export class HandOver {
  #ns = LEAST_NS;
  #count = 0;

  get ns(): number {
    return this.#ns;
  }

  measure<T>(handOver: () => T): T {
    if (this.#count++ % EVERY !== 0) return handOver();
    const began = performance.now();
    const result = handOver();
    const both = (performance.now() - began) * 2e6;
    this.#ns += (Math.min(MOST_NS, Math.max(LEAST_NS, both)) - this.#ns) / 16;
    return result;
  }
}
