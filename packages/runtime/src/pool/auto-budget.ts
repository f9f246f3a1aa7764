/** Milliseconds that may be used at once, and the share of all time after that: 1 + 4 % of 100 ms is 5 ms of any 100. */
const BURST_MS = 1;
const SHARE = 0.04;

/**
 * How much of the loop's time tasks may take: at most 5 ms of any 100, plus the last run, which cannot be cut short; that is
 * paid back before the next. (A token bucket.)
 */
export class Budget {
  #left = BURST_MS;
  #since = 0;

  /** `now` in milliseconds of one clock. */
  allows(now: number): boolean {
    this.#left = Math.min(BURST_MS, this.#left + (now - this.#since) * SHARE);
    this.#since = now;
    return this.#left > 0;
  }

  spend(ms: number): void {
    this.#left -= ms;
  }
}
