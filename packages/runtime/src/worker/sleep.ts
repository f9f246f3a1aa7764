import { ringHost } from "../wire/host-bell.js";
import {
  BELL,
  DIRECT,
  FORGOTTEN,
  HEAD,
  HOST_WANTS,
  maskBit,
  maskWord,
  PARKED,
  SEARCHING,
  type Shared,
  STOP,
  TAIL,
  workerBlock,
} from "../wire/layout.js";
import { Spin } from "../wire/spin.js";
import { any, raise, take } from "../wire/wake.js";

/** A worker that had work a moment ago blocks its thread: it wakes fastest so. */
const BLOCK_SLICE_MS = 50;
/** After this long it sleeps in its event loop: timers, the inspector and telemetry of the user's code work, and nothing wakes up. */
const BLOCK_LONGEST_MS = 200;

/** What keeps an idle worker alive and is ours: its port. All else is the user's. */
const OWN_RESOURCES = 1;

/**
 * How a worker waits for work: looks for a moment, blocks for a moment, then sleeps in its event loop.
 *
 * It blocks only while nothing of the user's (a timer, a socket, pending output) keeps the event loop alive.
 */
export class Sleep {
  readonly #shared: Shared;
  readonly #worker: number;
  readonly #block: number;
  readonly #onWake: () => void;
  readonly #spin = new Spin();
  #listening = false;

  constructor(shared: Shared, worker: number, onWake: () => void) {
    this.#shared = shared;
    this.#worker = worker;
    this.#block = workerBlock(worker);
    this.#onWake = onWake;
  }

  /** Sleeps. True: look for work again. False: the event loop goes on, and `onWake` is called when there is work. */
  wait(): boolean {
    return this.park() || this.rest();
  }

  /** Says that this worker is free. True when there is work already; otherwise `rest` must follow, which hears every ring since. */
  park(): boolean {
    const forgotten = this.#block + FORGOTTEN;
    if (Atomics.load(this.#shared.control, forgotten) !== 0)
      Atomics.store(this.#shared.control, forgotten, 0);
    raise(this.#shared, PARKED, this.#worker);
    if (this.#workWaits()) return take(this.#shared, PARKED, this.#worker);
    if (Atomics.load(this.#shared.control, HOST_WANTS) === 1) ringHost(this.#shared);
    return false;
  }

  /** The sleep of a parked worker; returns as `wait` does. */
  rest(): boolean {
    const { control } = this.#shared;
    const since = performance.now();
    while (process.getActiveResourcesInfo().length <= OWN_RESOURCES) {
      if (Atomics.wait(control, this.#block + BELL, 0, BLOCK_SLICE_MS) !== "timed-out" && this.#woken())
        return true;
      if (performance.now() - since > BLOCK_LONGEST_MS) break;
    }
    this.listen();
    return false;
  }

  /** Calls `onWake` at the next ring of our bell. At most one wait is pending: it cannot be cancelled. */
  listen(): void {
    if (this.#listening) return;
    const { control } = this.#shared;
    const waiting = Atomics.waitAsync(control, this.#block + BELL, 0);
    if (!waiting.async) {
      setImmediate(this.#rung);
      this.#listening = true;
      return;
    }
    this.#listening = true;
    void waiting.value.then(this.#rung);
  }

  #rung = (): void => {
    this.#listening = false;
    this.#onWake();
  };

  /** Answers the bell: true when this worker may look for work, false when the ring was for somebody else. */
  answer(): boolean {
    return this.#woken();
  }

  clearBell(): void {
    Atomics.store(this.#shared.control, this.#block + BELL, 0);
  }

  #workWaits(): boolean {
    const { control } = this.#shared;
    return (
      Atomics.load(control, TAIL) !== Atomics.load(control, HEAD) ||
      Atomics.load(control, this.#block + DIRECT) !== 0 ||
      Atomics.load(control, this.#block + STOP) !== 0
    );
  }

  #woken(): boolean {
    const { control } = this.#shared;
    Atomics.store(control, this.#block + BELL, 0);
    const mine = take(this.#shared, SEARCHING, this.#worker);
    if (mine || Atomics.load(control, this.#block + DIRECT) !== 0) {
      take(this.#shared, PARKED, this.#worker);
      return true;
    }
    // Rung for a cancel or a stop; or the host has reserved us and its message is on the way: then it rings again.
    return (
      take(this.#shared, PARKED, this.#worker) ||
      Atomics.load(control, this.#block + STOP) !== 0 ||
      Atomics.exchange(control, this.#block + FORGOTTEN, 0) !== 0
    );
  }

  /** Looks for a bounded time, if nobody else does. True when there is something to take. */
  search(): boolean {
    if (this.#workWaits()) return true;
    const began = performance.now();
    const budget = this.#spin.budget(began);
    if (budget === 0 || any(this.#shared, SEARCHING)) return false;
    const { control } = this.#shared;
    const word = maskWord(SEARCHING, this.#worker);
    const bit = maskBit(this.#worker);
    raise(this.#shared, SEARCHING, this.#worker);
    if (Atomics.load(control, HOST_WANTS) === 1) ringHost(this.#shared);
    let last = began;
    for (;;) {
      for (let look = 0; look < 64; look++) {
        if (Atomics.load(control, TAIL) !== Atomics.load(control, HEAD)) {
          this.#spin.hit(last - began);
          return this.#leaveSearch();
        }
      }
      if ((Atomics.load(control, word) & bit) === 0) return this.#reserved();
      const now = performance.now();
      if (this.#spin.preempted(now - last, now) || now - began > budget) break;
      last = now;
    }
    this.#spin.miss();
    return take(this.#shared, SEARCHING, this.#worker) ? this.#workWaits() : this.#reserved();
  }

  #leaveSearch(): boolean {
    return take(this.#shared, SEARCHING, this.#worker) || this.#reserved();
  }

  /**
   * The host took our bit: it is about to give us a task, or to give the bit back, and rings when it has. Until then we must not raise
   * a bit ourselves: the host would give us two tasks, and the second would overwrite the first.
   */
  #reserved(): boolean {
    do Atomics.wait(this.#shared.control, this.#block + BELL, 0);
    while (!this.#woken());
    return true;
  }
}
