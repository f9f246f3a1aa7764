import { BELL, maskBit, maskWord, maskWords, PARKED, SEARCHING, type Shared, workerBlock } from "./layout.js";

/**
 * Who is free. A worker that looks for work has its bit in SEARCHING, one that sleeps in PARKED; one that runs a task in neither.
 * Whoever clears a bit owns that worker's next step, so two can never wake or reserve the same worker.
 */

/** Adds a bit to a mask. */
export function raise(shared: Shared, mask: number, worker: number): void {
  Atomics.or(shared.control, maskWord(mask, worker), maskBit(worker));
}

/** Takes a bit from a mask; false when somebody else took it first. */
export function take(shared: Shared, mask: number, worker: number): boolean {
  const bit = maskBit(worker);
  return (Atomics.and(shared.control, maskWord(mask, worker), ~bit) & bit) !== 0;
}

export function any(shared: Shared, mask: number): boolean {
  for (let word = 0; word < maskWords(shared.threads); word++) {
    if (Atomics.load(shared.control, mask + word) !== 0) return true;
  }
  return false;
}

/** How many bits of a mask are up. */
export function count(shared: Shared, mask: number): number {
  let bits = 0;
  for (let word = 0; word < maskWords(shared.threads); word++) {
    for (let left = Atomics.load(shared.control, mask + word); left !== 0; left &= left - 1) bits++;
  }
  return bits;
}

/** Takes the lowest bit of a mask and gives the worker, or -1. The lowest first: the others can fall asleep for good. */
export function takeAny(shared: Shared, mask: number): number {
  for (let word = 0; word < maskWords(shared.threads); word++) {
    for (;;) {
      const bits = Atomics.load(shared.control, mask + word);
      if (bits === 0) break;
      const worker = word * 32 + (31 - Math.clz32(bits & -bits));
      if (take(shared, mask, worker)) return worker;
    }
  }
  return -1;
}

export function ring(shared: Shared, worker: number): void {
  const bell = workerBlock(worker) + BELL;
  Atomics.store(shared.control, bell, 1);
  // All waiters: a worker may wait for its bell both blocked and in its event loop.
  Atomics.notify(shared.control, bell);
}

/**
 * Wakes one sleeping worker unless one already searches: that one will find the task, and wakes the next when there is more.
 * Call it after the task was published: a worker that is about to sleep raises its bit first and looks again afterwards, so one
 * of the two sees the other.
 */
export function wakeOne(shared: Shared): void {
  if (any(shared, SEARCHING)) return;
  const worker = takeAny(shared, PARKED);
  if (worker < 0) return;
  raise(shared, SEARCHING, worker);
  ring(shared, worker);
}
