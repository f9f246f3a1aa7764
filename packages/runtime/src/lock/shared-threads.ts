import { subscribe } from "node:diagnostics_channel";
import {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  threadId,
  type Worker,
} from "node:worker_threads";
import { HeddleError } from "../error/base.js";

/**
 * Which threads live, and each one's bell, in memory that all of them share.
 *
 * A thread takes a seat when it first uses a shared lock; whoever sees it end clears the seat and rings all bells. Who sees it: the
 * thread itself when it ends in peace, and the thread that started it in any case, for Node announces each new Worker on a
 * diagnostics channel. With a thread die those that it had started. An id is never used twice, so a seat may be.
 *
 * Threads started later inherit the table; to others it comes with the handle of a lock.
 */
const DEATHS = 0;
const MARK = 1;
const FIRST = 16;
const ID = 0;
const BELL = 1;
const PARENT = 2;
const SEAT_WORDS = 4;
const SEATS = 2_048;

// With the version of the layout: two copies of the library in one process share the table.
const TABLE_KEY = "heddle.lock.threads.1";
const PARENT_KEY = "heddle.lock.parent.1";

/** No thread has 0. */
export const self = threadId + 1;
const parent = Number(getEnvironmentData(PARENT_KEY) ?? 0);
setEnvironmentData(PARENT_KEY, self);

/** This thread's seat in one table. */
export class Seat {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly index: number;

  constructor(buffer: SharedArrayBuffer, words: Int32Array) {
    this.buffer = buffer;
    this.words = words;
    this.index = takeSeat(words);
    if (!isMainThread) process.once("exit", () => threadGone(self));
  }

  /** Where this thread's bell lies in `words`. */
  get bell(): number {
    return wordOf(this.index, BELL);
  }

  /** Grows with each death. */
  get deaths(): number {
    return Atomics.load(this.words, DEATHS);
  }

  ring(index: number): void {
    Atomics.add(this.words, wordOf(index, BELL), 1);
    Atomics.notify(this.words, wordOf(index, BELL));
  }

  lives(index: number, id: number): boolean {
    return Atomics.load(this.words, wordOf(index, ID)) === id;
  }

  /** As `lives`, for who knows the id alone. */
  anyLives(id: number): boolean {
    for (let index = 0; index < SEATS; index++) if (this.lives(index, id)) return true;
    return false;
  }
}

/** By the mark in the table: each message brings a new object over the same memory. */
const seats = new Map<number, Seat>();

/** The seat in the table of this process. */
export function ownSeat(): Seat {
  let buffer = getEnvironmentData(TABLE_KEY) as unknown;
  if (!(buffer instanceof SharedArrayBuffer)) {
    buffer = new SharedArrayBuffer((FIRST + SEATS * SEAT_WORDS) * 4);
    const words = new Int32Array(buffer as SharedArrayBuffer);
    words[MARK] = Math.floor(Math.random() * 2 ** 31) + 1;
    setEnvironmentData(TABLE_KEY, buffer as SharedArrayBuffer);
  }
  return seatIn(buffer as SharedArrayBuffer);
}

export function seatIn(buffer: SharedArrayBuffer): Seat {
  const words = new Int32Array(buffer);
  const mark = words[MARK] ?? 0;
  let seat = seats.get(mark);
  if (seat === undefined) {
    seat = new Seat(buffer, words);
    seats.set(mark, seat);
  }
  return seat;
}

function wordOf(index: number, word: number): number {
  return FIRST + index * SEAT_WORDS + word;
}

function takeSeat(words: Int32Array): number {
  for (let index = 0; index < SEATS; index++) {
    if (Atomics.compareExchange(words, wordOf(index, ID), 0, self) !== 0) continue;
    Atomics.store(words, wordOf(index, PARENT), parent);
    return index;
  }
  throw new HeddleError(
    "BAD_OPTION",
    `at most ${SEATS} threads can use shared locks at the same time: end some first`,
  );
}

/** A thread has ended: what it held in shared locks is poisoned, and who waits hears of it. `id` is its `threadId` + 1. */
function threadGone(id: number): void {
  for (const { words } of seats.values()) if (clearSeats(words, id)) ringAll(words);
}

function clearSeats(words: Int32Array, id: number): boolean {
  let found = false;
  for (let index = 0; index < SEATS; index++) {
    const own = Atomics.load(words, wordOf(index, ID));
    const child = own !== 0 && own !== id && Atomics.load(words, wordOf(index, PARENT)) === id;
    if (child) found = clearSeats(words, own) || found;
    if (own !== id || Atomics.compareExchange(words, wordOf(index, ID), id, 0) !== id) continue;
    Atomics.store(words, wordOf(index, PARENT), 0);
    Atomics.add(words, DEATHS, 1);
    found = true;
  }
  return found;
}

function ringAll(words: Int32Array): void {
  for (let index = 0; index < SEATS; index++) {
    if (Atomics.load(words, wordOf(index, ID)) === 0) continue;
    Atomics.add(words, wordOf(index, BELL), 1);
    Atomics.notify(words, wordOf(index, BELL));
  }
}

/**
 * Lets shared locks know when this worker ends. Needed only for one that was started before this library was loaded in the thread
 * that started it; later ones are known.
 */
export function watchThread(worker: Worker): void {
  const id = worker.threadId + 1;
  if (id > 0) worker.once("exit", () => threadGone(id));
}

subscribe("worker_threads", (message) => {
  watchThread((message as { readonly worker: Worker }).worker);
});
