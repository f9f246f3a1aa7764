import { BadOptionError } from "../error/errors.js";

/** One time that the event loop ran nothing else: how long, and since when (epoch milliseconds). */
export interface BlockedReport {
  readonly blockedMs: number;
  readonly startedAt: number;
}

// Taken when the module loads: fake timers and clocks that a test installs later must not stop the watch.
const startTimer = setTimeout;
const stopTimer = clearTimeout;
const nextTurn = setImmediate;
const now = performance.now.bind(performance);
const utilization = performance.eventLoopUtilization.bind(performance);
const TIME_ORIGIN = performance.timeOrigin;

interface Watch {
  readonly ms: number;
  readonly report: (report: BlockedReport) => void;
}

/**
 * Watches the loop it runs on by one unref'd timer.
 *
 * ```
 *  tick        idle        block                          late tick
 *   |-----------:::::::::::|###############################|
 *   |<---------------------- gap -------------------------->|     blocked = gap - idle
 * ```
 * The timer fires every quarter of the smallest threshold (1 to 250 ms), which is as seldom as no block can hide. Time
 * that the loop waited in the gap (from `eventLoopUtilization`) is taken off; what is left is the block, and at most one
 * interval of other callbacks just before it. So a block longer than `ms` is always reported, one shorter than 3/4 of
 * it never, and in an idle process the length is exact to about a millisecond. Many short callbacks in different turns
 * are not a block: the timer gets its turn between them. A stopped process (SIGSTOP) looks like a block.
 */
export class BlockWatcher {
  readonly #watches = new Set<Watch>();
  readonly #onEach: (report: BlockedReport) => void;
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  #lastIdle = 0;
  #every = 0;
  #armedFor = 0;

  /** `onEach` hears of every block that at least one watch is told of, once. */
  constructor(onEach: (report: BlockedReport) => void) {
    this.#onEach = onEach;
  }

  add(ms: number, report: (report: BlockedReport) => void): Disposable {
    if (!(ms >= 1 && ms <= 2 ** 30)) {
      throw new BadOptionError("ms of onBlocked", ms, "a number of milliseconds from 1 to 2^30");
    }
    const watch = { ms, report };
    this.#watches.add(watch);
    this.#restart();
    return {
      [Symbol.dispose]: () => {
        if (this.#watches.delete(watch)) this.#restart();
      },
    };
  }

  stop(): void {
    this.#watches.clear();
    this.#restart();
  }

  /**
   * A timer that is due soon enough is left alone, and one that is moved forward keeps the moment it counts from:
   * watches that come and go in the middle of a block, or all the time, must not hide it.
   */
  #restart(): void {
    if (this.#watches.size === 0) {
      stopTimer(this.#timer);
      this.#timer = undefined;
      return;
    }
    const smallest = Math.min(...Array.from(this.#watches, (watch) => watch.ms));
    this.#every = Math.min(250, Math.max(1, Math.floor(smallest / 4)));
    if (this.#timer === undefined) this.#arm();
    else if (this.#every < this.#armedFor) this.#schedule();
  }

  #arm(): void {
    this.#last = now();
    this.#lastIdle = utilization().idle;
    this.#schedule();
  }

  #schedule(): void {
    stopTimer(this.#timer);
    this.#armedFor = this.#every;
    this.#timer = startTimer(() => this.#tick(), this.#every).unref();
  }

  #tick(): void {
    const at = now();
    const blockedMs = at - this.#last - (utilization().idle - this.#lastIdle);
    this.#arm();
    const told = [...this.#watches].filter((watch) => blockedMs > watch.ms);
    if (told.length === 0) return;
    const report = Object.freeze({ blockedMs, startedAt: TIME_ORIGIN + at - blockedMs });
    this.#onEach(report);
    // Two turns on, when the delay histogram has seen the block too: where the block was in a timer's callback, the
    // histogram's own timer has its turn only after the next immediates. Each on its own, so that one that throws costs
    // the others nothing.
    for (const watch of told) {
      nextTurn(() => nextTurn(() => this.#watches.has(watch) && watch.report(report)));
    }
  }
}
