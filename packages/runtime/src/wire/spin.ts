/** Longest time either side may look at shared memory before it sleeps, in milliseconds. */
const LONGEST_MS = 0.1;
/** A gap between two looks of a spin means that somebody else got our core: the machine has no core to waste. */
const PREEMPTED_MS = 0.2;
/** On a crowded machine only waits of usually less than this are worth the core that they take from somebody. */
const SHORT_MS = 0.005;
/** One wait in so many is looked at all the same: nothing else tells how long they are. */
const CROWDED_TRY = 16;
const REST_MS = 50;
const LONGEST_REST_MS = 2_000;

/**
 * Whether looking is likely to be cheaper than sleeping, learned from what looking brought lately.
 *
 * A hit pays for a few misses; when misses prevail, looking is suspended and tried again ever more rarely. A spin that was
 * interrupted by the scheduler suspends it at once: on a machine whose cores are all busy, a spinning thread takes the core that
 * the other side needs to answer (measured: four times slower than sleeping).
 */
export class Spin {
  #credit = 4;
  #tryAgain = 0;
  #skipped = 0;
  #restUntil = 0;
  #rest = REST_MS;
  #usual = LONGEST_MS / 4;

  /**
   * How long to look now, in milliseconds; 0 for not at all. `now` in milliseconds of `performance.now()`. `crowded`: whoever is to
   * answer may need the core that looks.
   */
  budget(now: number, crowded = false): number {
    if (now < this.#restUntil) return 0;
    const costly = crowded && this.#usual > SHORT_MS;
    if (this.#credit <= 0 || costly) {
      if (++this.#skipped < Math.max(this.#tryAgain, costly ? CROWDED_TRY : 0)) return 0;
      this.#skipped = 0;
    }
    return Math.min(LONGEST_MS, this.#usual * 4 + 0.01);
  }

  hit(ms: number): void {
    this.#credit = Math.min(8, Math.max(0, this.#credit) + 2);
    this.#tryAgain = 16;
    this.#usual += (ms - this.#usual) / 8;
    this.#rest = REST_MS;
  }

  miss(): void {
    this.#credit -= 1;
    if (this.#credit <= 0) {
      this.#tryAgain = Math.min(1024, Math.max(16, this.#tryAgain * 2));
      this.#usual = LONGEST_MS / 4;
    }
  }

  /** True when `gap` (ms between two looks) shows that the core was taken away; then nobody spins for a while. */
  preempted(gap: number, now: number): boolean {
    if (gap < PREEMPTED_MS) return false;
    this.#restUntil = now + this.#rest;
    this.#rest = Math.min(LONGEST_REST_MS, this.#rest * 2);
    return true;
  }
}
