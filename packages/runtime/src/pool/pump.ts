import { AsyncLocalStorage } from "node:async_hooks";
import { HOST_ASLEEP, HOST_BELL, type Shared } from "../wire/layout.js";
import { Spin } from "../wire/spin.js";

/** Longest stretch of microtasks and ticks before the event loop gets a turn, in milliseconds. */
const SLICE_MS = 0.5;

/** Callbacks that outlive a call run outside of the caller's async context, or they would keep it alive. */
const outside = AsyncLocalStorage.snapshot();

/** What the pump serves. */
export interface Source {
  /** Takes in everything that workers have sent; true when there was something. */
  drain(): boolean;
  /** True when `drain` would find something. Two loads of shared memory per worker at most. */
  ready(): boolean;
  /** True while something is still to come. */
  expecting(): boolean;
  /** True while what is to come is likely to come soon enough to look for it. */
  hurried(): boolean;
  /** True while as many workers run as there are cores: one that looks takes the core of one of them. */
  crowded(): boolean;
}

/**
 * When the host looks for results. After the microtasks of a turn; then again for a bounded moment, if looking paid lately; then it
 * sleeps in the event loop until a worker rings. The loop is never polled: while the pump sleeps it costs nothing.
 */
export class Pump {
  readonly #shared: Shared;
  readonly #source: Source;
  readonly #spin = new Spin();
  #scheduled = false;
  #listening = false;
  #stretchBegan = 0;
  /** `performance.now()` at the start of this burst of calls or results: a clock that is free to read. */
  now = 0;

  constructor(shared: Shared, source: Source) {
    this.#shared = shared;
    this.#source = source;
  }

  /** Call after something was handed to a worker. */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.now = performance.now();
    process.nextTick(this.#turn);
  }

  /** True when a burst is under way, so that `now` is a moment old. */
  get underWay(): boolean {
    return this.#scheduled;
  }

  readonly #turn = (): void => {
    this.#scheduled = false;
    // Awake: nobody needs to ring.
    if (this.#shared.control[HOST_ASLEEP] === 1) Atomics.store(this.#shared.control, HOST_ASLEEP, 0);
    const now = performance.now();
    this.now = now;
    if (this.#source.drain()) {
      this.#again(now);
      return;
    }
    if (!this.#source.expecting()) return;
    if (this.#source.hurried() && this.#look(now)) {
      this.#source.drain();
      this.#again(now);
      return;
    }
    this.#sleep();
  };

  /** Lets the pending wait go: it would hold the pool's memory for as long as the process lives. */
  end(): void {
    Atomics.store(this.#shared.control, HOST_ASLEEP, 0);
    Atomics.notify(this.#shared.control, HOST_BELL);
  }

  /** Microtasks of the callers run first; they often submit more. */
  #again(now: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (now - this.#stretchBegan < SLICE_MS) {
      process.nextTick(this.#turn);
    } else {
      this.#stretchBegan = now;
      setImmediate(this.#turn);
    }
  }

  #look(began: number): boolean {
    const budget = this.#spin.budget(began, this.#source.crowded());
    if (budget === 0) return false;
    let last = began;
    for (;;) {
      for (let look = 0; look < 32; look++) {
        if (this.#source.ready()) {
          this.#spin.hit(last - began);
          return true;
        }
      }
      const now = performance.now();
      if (this.#spin.preempted(now - last, now) || now - began > budget) break;
      last = now;
    }
    this.#spin.miss();
    return false;
  }

  #sleep(): void {
    this.#listen();
    Atomics.store(this.#shared.control, HOST_ASLEEP, 1);
    // What came before the flag was up has rung for nobody.
    if (this.#source.ready()) this.schedule();
  }

  /** One wait is pending at most, for as long as the pool lives: it cannot be cancelled, and each would cost memory. */
  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    const waiting = Atomics.waitAsync(this.#shared.control, HOST_BELL, 0);
    if (!waiting.async) throw new Error("this is a bug in Heddle: the host's bell has a value");
    outside(() => {
      void waiting.value.then(this.#rung);
    });
  }

  readonly #rung = (): void => {
    this.#listening = false;
    this.#stretchBegan = performance.now();
    if (!this.#scheduled) this.#turn();
  };
}
