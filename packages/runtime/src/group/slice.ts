import { macrotask } from "./clock.js";

/**
 * The time slice, and the one door through which every wake-up passes.
 *
 * Two tasks that hand an item to and fro resume each other in microtasks and would keep timers and I/O out for ever. So each
 * wake-up takes one unit of fuel; when the fuel is out the clock is read; and when the event loop has been held for longer than
 * SLICE_MS, that wake-up and all that follow it wait for the loop to turn. What was decided stays decided (the item is handed
 * over, the lock is owned): only the news travels later. A wake-up with fuel left costs one decrement.
 */
const SLICE_MS = 5;
const FUEL = 64;

/** A scheduler of `testing/`: it gets every wake-up and runs each exactly once, in an order it chooses. */
export type WakeHook = (wakeUp: () => void) => void;

type Settle = (value: never) => void;

let fuel = FUEL;
let hook: WakeHook | undefined;
let sliceStart = 0;
let sliceOpen = false;
let yielding = false;
let deferred: [settle: Settle, value: unknown][] = [];
/** Refills of fuel and wake-ups without fuel: together with the fuel left they tell whether anything happened. */
let refills = 0;

/** Changes with every wake-up: a virtual clock asks whether the library is quiet. */
export function activity(): number {
  return refills * (FUEL + 1) - fuel;
}

export function setWakeHook(next: WakeHook | undefined): void {
  hook = next;
  fuel = 0;
}

/** Settles a waiter: calls `settle(value)` now, or later when the time slice is used up or a hook reorders wake-ups. */
export function deliver<T>(settle: (value: T) => void, value: T): void {
  if (fuel > 0) {
    fuel -= 1;
    settle(value);
  } else {
    deliverSlowly(settle, value);
  }
}

/** Any other wake-up of ours; prefer `deliver`, which needs no closure. */
export function wake(fn: () => void): void {
  deliver(fn, undefined);
}

/** The promise of a wait that completed at once. Every fast path returns through here, so that it uses fuel too. */
export function ready<T>(value: T): Promise<T> {
  if (fuel > 0) {
    fuel -= 1;
    return Promise.resolve(value);
  }
  return new Promise((resolve: (value: T) => void) => deliverSlowly(resolve, value));
}

const DONE = Promise.resolve();

/** `ready(undefined)` with one promise for all: nobody can tell, and a send that completes at once allocates nothing. */
export function readyVoid(): Promise<void> {
  if (fuel > 0) {
    fuel -= 1;
    return DONE;
  }
  return new Promise((resolve: (value: undefined) => void) => deliverSlowly(resolve, undefined));
}

/** The promise of a wait that was refused at once: a loop that swallows cancellation must not hold the event loop either. */
export function refuse(error: unknown): Promise<never> {
  if (fuel > 0) {
    fuel -= 1;
    return Promise.reject(error);
  }
  return new Promise((_, reject) => deliverSlowly(reject, error));
}

/** True when this turn of the event loop has used up its slice. The first question in a turn starts the slice. */
export function sliceUsed(): boolean {
  if (yielding) return true;
  if (sliceOpen) return performance.now() - sliceStart >= SLICE_MS;
  sliceOpen = true;
  sliceStart = performance.now();
  macrotask(closeSlice);
  return false;
}

/** Resolves after the event loop has turned. All other wake-ups of ours wait along, or the loop would not turn. */
export function yieldToLoop(): Promise<void> {
  return new Promise((resolve: (value: undefined) => void) => {
    if (hook !== undefined) hook(() => resolve(undefined));
    else defer(resolve, undefined);
  });
}

function closeSlice(): void {
  sliceOpen = false;
}

function deliverSlowly<T>(settle: (value: T) => void, value: T): void {
  refills += 1;
  if (hook !== undefined) {
    hook(() => settle(value));
  } else if (sliceUsed()) {
    defer(settle, value);
  } else {
    fuel = FUEL - 1;
    settle(value);
  }
}

function defer<T>(settle: (value: T) => void, value: T): void {
  deferred.push([settle, value]);
  if (yielding) return;
  yielding = true;
  fuel = 0;
  macrotask(flush);
}

function flush(): void {
  const due = deferred;
  deferred = [];
  yielding = false;
  sliceOpen = false;
  fuel = hook === undefined ? FUEL : 0;
  for (const [settle, value] of due) settle(value as never);
}
