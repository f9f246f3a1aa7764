import {
  BELL,
  FORGOTTEN,
  maskBit,
  maskWord,
  maskWords,
  PARKED,
  SEARCHING,
  type Shared,
  WAKES,
  workerBlock,
} from "./layout.js";

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

export function isUp(shared: Shared, mask: number, worker: number): boolean {
  return (Atomics.load(shared.control, maskWord(mask, worker)) & maskBit(worker)) !== 0;
}

/** The worker with the lowest bit of a mask, or -1. The lowest first: the others can fall asleep for good. */
function first(shared: Shared, mask: number): number {
  for (let word = 0; word < maskWords(shared.threads); word++) {
    const bits = Atomics.load(shared.control, mask + word);
    if (bits !== 0) return word * 32 + (31 - Math.clz32(bits & -bits));
  }
  return -1;
}

/** Takes the lowest bit of a mask and gives the worker, or -1. */
export function takeAny(shared: Shared, mask: number): number {
  for (;;) {
    const worker = first(shared, mask);
    if (worker < 0 || take(shared, mask, worker)) return worker;
  }
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
  if (worker >= 0) sendSearching(shared, worker);
}

/**
 * The same, by a worker. It can die between any two of the steps: then the other sleeps without a bit, and nobody would ever wake it,
 * or with a bit that says that it searches, and nobody would wake anybody. So it writes down first whom it wakes.
 */
export function wakeOneAs(self: number, shared: Shared): void {
  if (any(shared, SEARCHING)) return;
  const wakes = workerBlock(self) + WAKES;
  for (let worker = first(shared, PARKED); worker >= 0; worker = first(shared, PARKED)) {
    Atomics.store(shared.control, wakes, worker + 1);
    if (!take(shared, PARKED, worker)) continue;
    sendSearching(shared, worker);
    break;
  }
  Atomics.store(shared.control, wakes, 0);
}

/**
 * Ends the waking that a dead worker had begun. Only the host calls it, and never between taking a bit and ringing. A worker that
 * another is waking too is left to that one.
 */
export function finishWaking(dead: number, living: readonly number[], shared: Shared): void {
  const written = Atomics.load(shared.control, workerBlock(dead) + WAKES);
  const worker = written - 1;
  if (written === 0 || !living.includes(worker)) return;
  if (living.some((other) => Atomics.load(shared.control, workerBlock(other) + WAKES) === written)) return;
  if (isUp(shared, SEARCHING, worker)) ring(shared, worker);
  else if (!isUp(shared, PARKED, worker)) {
    // It sleeps, or it is long awake and at work: then it finds this at its next sleep, and looks once more for nothing.
    Atomics.store(shared.control, workerBlock(worker) + FORGOTTEN, 1);
    ring(shared, worker);
  }
}

function sendSearching(shared: Shared, worker: number): void {
  raise(shared, SEARCHING, worker);
  ring(shared, worker);
}
