/** Runs that must have been seen in threads before a function may come to the loop. */
const FEWEST = 32;
const MOST = 65_536;
/** So many runs on the loop without a slow one make up for one slow run. */
const FORGIVEN_AFTER = 4_096;
/** A function that was seen to take longer than this stays in the threads, however short it mostly is. */
const LONGEST_NS = 100_000;

/** What is known of one function, and where it runs. */
export class Profile {
  threadCalls = 0;
  inlineCalls = 0;
  place: "thread" | "loop" = "thread";
  /** Exponentially weighted over about the last 16 runs. */
  meanNs = 0;
  /** True once it is known that it can never come to the loop. */
  barred = false;
  #seen = 0;
  #needed = FEWEST;
  #goodRuns = 0;
  #longest = 0;
  #sum = 0;

  /** A run in a thread. True when from now on the loop is cheaper, given what handing over costs the loop. */
  ranInThread(ns: number, handOverNs: number): boolean {
    this.threadCalls++;
    this.#weigh(ns);
    if (this.place === "loop" || this.barred) return false;
    this.#longest = Math.max(this.#longest, ns);
    this.#sum += ns;
    if (++this.#seen < this.#needed) return false;
    // Each lot is judged for itself: on a busy machine some run is always interrupted, and must not weigh on the next.
    const mean = this.#sum / this.#seen;
    const cheaper = mean < handOverNs && this.#longest < LONGEST_NS;
    this.#seen = this.#longest = this.#sum = 0;
    if (cheaper) this.meanNs = mean;
    return cheaper;
  }

  /** A run on the loop. A slow one sends the function back, to be watched for twice as long as before. */
  ranOnLoop(ns: number, handOverNs: number): void {
    this.inlineCalls++;
    this.#weigh(ns);
    if (this.meanNs > handOverNs || ns > LONGEST_NS) {
      this.place = "thread";
      this.#needed = Math.min(MOST, this.#needed * 2);
      this.#goodRuns = 0;
    } else if (++this.#goodRuns === FORGIVEN_AFTER) {
      this.#goodRuns = 0;
      this.#needed = Math.max(FEWEST, this.#needed / 2);
    }
  }

  #weigh(ns: number): void {
    this.meanNs = this.meanNs === 0 ? ns : this.meanNs + (ns - this.meanNs) / 16;
  }
}
