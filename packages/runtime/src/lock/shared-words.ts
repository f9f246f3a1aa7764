import { type Seat, self } from "./shared-threads.js";

/**
 * The state of one shared lock: a table of slots, one per holder or waiter in whatever thread, and a few words before it.
 *
 * Everything follows from the table: what is held is the sum over held slots, who is next is the lowest ticket that waits. Each step
 * is one store to a slot's STATE, so that a thread may be ended between any two of them and leaves a table that is true. Steps are
 * made inside a section of some microseconds, entered by compare-and-swap on SECTION; a dead thread's section is taken over.
 */
const SECTION = 0;
const TICKETS = 1;
export const CAPACITY = 2;
const HIGH = 3;
/** An owner died and nobody has heard of it yet. */
const POISON = 4;
const DEATHS_SEEN = 5;
const FIRST = 16;
const STATE = 0;
const WEIGHT = 1;
const ID = 2;
const SEAT = 3;
const TICKET = 4;
const SLOT_WORDS = 8;
const SLOTS = 1_024;

export const FREE = 0;
export const WAITING = 1;
export const HELD = 2;
/** Its thread is to be told that the owner died. */
export const DIED = 3;

export const NO_SLOT = -1;
export const POISONED = -2;

const SPINS = 2_000;

export function sharedLockBytes(): number {
  return (FIRST + SLOTS * SLOT_WORDS) * 4;
}

export class SharedWords {
  readonly #words: Int32Array;
  readonly #seat: Seat;
  readonly capacity: number;

  constructor(buffer: SharedArrayBuffer, seat: Seat) {
    this.#words = new Int32Array(buffer);
    this.#seat = seat;
    this.capacity = this.#words[CAPACITY] ?? 1;
  }

  /** The slot, held or waiting (or only held, if `wait` is false); NO_SLOT, or POISONED: the owner died, and that is told now. */
  enlist(weight: number, wait: boolean): number {
    const words = this.#words;
    this.#enter();
    try {
      if (words[POISON] === 1) {
        Atomics.store(words, POISON, 0);
        return POISONED;
      }
      const held = this.#sum(HELD) + weight <= this.capacity && this.#next() === NO_SLOT;
      if (!held && !wait) return NO_SLOT;
      const slot = this.#freeSlot();
      if (slot === NO_SLOT) return NO_SLOT;
      const at = base(slot);
      words[at + WEIGHT] = weight;
      words[at + ID] = self;
      words[at + SEAT] = this.#seat.index;
      words[at + TICKET] = words[TICKETS] = ((words[TICKETS] ?? 0) + 1) | 0;
      Atomics.store(words, at + STATE, held ? HELD : WAITING);
      return slot;
    } finally {
      this.#leave();
    }
  }

  /** Gives a slot back, whatever it was. True when a slot of this thread has its turn now. */
  release(slot: number): boolean {
    this.#enter();
    try {
      const at = base(slot) + STATE;
      // Told to nobody: the next one hears of it.
      if (this.#words[at] === DIED) Atomics.store(this.#words, POISON, 1);
      Atomics.store(this.#words, at, FREE);
      return this.#grant();
    } finally {
      this.#leave();
    }
  }

  state(slot: number): number {
    return Atomics.load(this.#words, base(slot) + STATE);
  }

  /** The thread has taken in that the owner died. */
  told(slot: number): void {
    Atomics.store(this.#words, base(slot) + STATE, FREE);
  }

  /** A thread has ended since the table was last looked through: look now. */
  check(): void {
    if (this.#words[DEATHS_SEEN] === this.#seat.deaths) return;
    this.#enter();
    this.#leave();
  }

  counts(): { held: number; waiting: number } {
    return { held: this.#sum(HELD), waiting: this.#count(WAITING) };
  }

  #enter(): void {
    const words = this.#words;
    for (let spins = 1; ; spins++) {
      const owner = Atomics.compareExchange(words, SECTION, 0, self);
      if (owner === 0) break;
      if (spins % SPINS !== 0) continue;
      if (!this.#seat.anyLives(owner) && Atomics.compareExchange(words, SECTION, owner, self) === owner)
        break;
      // Its thread has lost the CPU in the middle of its microseconds; it needs a core to go on.
      Atomics.wait(words, SECTION, owner, 0.1);
    }
    if (words[DEATHS_SEEN] !== this.#seat.deaths) this.#sweep();
  }

  #leave(): void {
    Atomics.store(this.#words, SECTION, 0);
  }

  /** Clears what dead threads have left. Who died while reading has changed nothing. */
  #sweep(): void {
    const words = this.#words;
    const deaths = this.#seat.deaths;
    let poison = false;
    for (const slot of this.#used()) {
      const at = base(slot);
      if (this.#seat.lives(words[at + SEAT] ?? 0, words[at + ID] ?? 0)) continue;
      if (words[at] === HELD && !(words[at + WEIGHT] === 1 && this.capacity > 2 ** 29)) poison = true;
      if (words[at] === DIED) poison = true;
      // Before the slot is freed: ended here, the next thread finds it poisoned.
      if (poison) Atomics.store(words, POISON, 1);
      Atomics.store(words, at + STATE, FREE);
    }
    if (words[POISON] === 1) this.#tellWaiters();
    Atomics.store(words, DEATHS_SEEN, deaths);
    this.#grant();
  }

  #tellWaiters(): void {
    let told = false;
    for (const slot of this.#used()) {
      const at = base(slot);
      if (this.#words[at + STATE] !== WAITING) continue;
      Atomics.store(this.#words, at + STATE, DIED);
      this.#seat.ring(this.#words[at + SEAT] ?? 0);
      told = true;
    }
    if (told) Atomics.store(this.#words, POISON, 0);
  }

  /** Gives what is free to those who wait, in the order of their tickets. True when one of them is of this thread. */
  #grant(): boolean {
    let own = false;
    let held = this.#sum(HELD);
    for (let slot = this.#next(); slot !== NO_SLOT; slot = this.#next()) {
      const at = base(slot);
      held += this.#words[at + WEIGHT] ?? 0;
      if (held > this.capacity) break;
      Atomics.store(this.#words, at + STATE, HELD);
      const seat = this.#words[at + SEAT] ?? 0;
      if (seat === this.#seat.index) own = true;
      else this.#seat.ring(seat);
    }
    return own;
  }

  #next(): number {
    let next = NO_SLOT;
    let lowest = 0;
    for (const slot of this.#used()) {
      const at = base(slot);
      if (this.#words[at] !== WAITING) continue;
      const ticket = this.#words[at + TICKET] ?? 0;
      if (next !== NO_SLOT && ((ticket - lowest) | 0) > 0) continue;
      next = slot;
      lowest = ticket;
    }
    return next;
  }

  #freeSlot(): number {
    const high = this.#words[HIGH] ?? 0;
    for (let slot = 0; slot < high; slot++) if (this.#words[base(slot)] === FREE) return slot;
    if (high === SLOTS) return NO_SLOT;
    Atomics.store(this.#words, HIGH, high + 1);
    return high;
  }

  *#used(): Generator<number> {
    const high = Atomics.load(this.#words, HIGH);
    for (let slot = 0; slot < high; slot++) if (this.state(slot) !== FREE) yield slot;
  }

  #sum(state: number): number {
    let sum = 0;
    for (const slot of this.#used()) {
      if (this.state(slot) === state) sum += this.#words[base(slot) + WEIGHT] ?? 0;
    }
    return sum;
  }

  #count(state: number): number {
    let count = 0;
    for (const slot of this.#used()) if (this.state(slot) === state) count += 1;
    return count;
  }
}

function base(slot: number): number {
  return FIRST + slot * SLOT_WORDS;
}
