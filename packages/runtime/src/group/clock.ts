import { AsyncLocalStorage } from "node:async_hooks";
import { Timer, TimerHeap } from "./timer-heap.js";

/**
 * What this library needs of time. The real clock is the default; `testing/` installs a virtual one. All timers of groups,
 * channels and locks lie in one heap here, and the clock is only asked to call back at the moment of the first.
 */
export interface Clock {
  /** Epoch milliseconds; never goes back. */
  now(): number;
  /** Call `fireDue()` at this moment or soon after; it replaces what was asked before. `undefined`: no timer is left. */
  wakeAt(at: number | undefined): void;
  /** Run `fn` once after the event loop turned. */
  macrotask(fn: () => void): void;
}

/** Longer delays overflow setTimeout; the wake-up then finds nothing due and is asked for again. */
const LONGEST = 2 ** 31 - 1;

/** Native timers are made outside every group, or the timer would keep the group alive that happened to arm it. */
const outside = AsyncLocalStorage.snapshot();

const heap = new TimerHeap();
let native: NodeJS.Timeout | undefined;
let nativeAt = 0;

function wake(): void {
  native = undefined;
  fireDue();
}

/** One native timer for the earliest moment; it is kept (without holding the process) when its timer is cancelled. */
const realClock: Clock = {
  // Wall time read through the monotonic clock: deadlines neither jump nor fire early when the system's time is set.
  now: () => performance.timeOrigin + performance.now(),
  wakeAt(at) {
    if (at === undefined) {
      native?.unref();
      return;
    }
    if (native !== undefined && nativeAt <= at) {
      native.ref();
      return;
    }
    clearTimeout(native);
    nativeAt = at;
    native = outside(setTimeout, wake, Math.min(Math.max(Math.ceil(at - realClock.now()), 1), LONGEST));
  },
  macrotask: (fn) => void setImmediate(fn),
};

let clock = realClock;

/** Replaces the clock for the whole process; without argument, the real one comes back. Armed timers move along. */
export function setClock(next: Clock = realClock): void {
  clock.wakeAt(undefined);
  clock = next;
  clock.wakeAt(heap.first?.at);
}

/** Epoch milliseconds, monotonic. */
export function now(): number {
  return clock.now();
}

export function macrotask(fn: () => void): void {
  clock.macrotask(fn);
}

/** Arms a timer; arming it again moves it. It holds the process alive until it fires or is cleared. */
export function arm(timer: Timer): void {
  heap.add(timer);
  if (heap.first === timer) clock.wakeAt(timer.at);
}

/** Clearing a timer that fired or was never armed does nothing. */
export function clear(timer: Timer | undefined): void {
  if (timer === undefined || timer.slot < 0) return;
  heap.remove(timer);
  if (heap.size === 0) clock.wakeAt(undefined);
}

/** Calls `fn` once, `ms` from now. For waits, extend `Timer` and `arm` it instead: that saves the closure. */
export function setTimer(ms: number, fn: () => void): Timer {
  const timer = new CallbackTimer(now() + ms, fn);
  arm(timer);
  return timer;
}

/** For a clock: fires every timer whose moment has come, earliest first, then asks to be woken for the next. */
export function fireDue(): void {
  try {
    for (let timer = heap.first; timer !== undefined && timer.at <= clock.now(); timer = heap.first) {
      heap.remove(timer);
      timer.fire();
    }
  } finally {
    clock.wakeAt(heap.first?.at);
  }
}

class CallbackTimer extends Timer {
  readonly #fn: () => void;

  constructor(at: number, fn: () => void) {
    super(at);
    this.#fn = fn;
  }

  fire(): void {
    this.#fn();
  }
}
