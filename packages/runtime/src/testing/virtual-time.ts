import { type Clock, fireDue, setClock } from "../group/clock.js";

/** Time that stands still until it is moved. It begins at the real one and, like that, never goes back. */
export class VirtualTime implements Clock {
  #now: number;
  #next: number | undefined;
  /** Called when a timer is armed: somebody must move the time. */
  onArmed: (() => void) | undefined;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  wakeAt(at: number | undefined): void {
    this.#next = at;
    if (at !== undefined) this.onArmed?.();
  }

  macrotask(fn: () => void): void {
    setImmediate(fn);
  }

  /** The moment of the first timer. */
  get next(): number | undefined {
    return this.#next;
  }

  /** Moves to the first timer and fires what is due there. False if there is none, or none up to `limit`. */
  jump(limit = Number.POSITIVE_INFINITY): boolean {
    if (this.#next === undefined || this.#next > limit) return false;
    this.moveTo(this.#next);
    fireDue();
    return true;
  }

  /** Sets the time; it never goes back. */
  moveTo(at: number): void {
    this.#now = Math.max(this.#now, at);
  }

  install(): void {
    setClock(this);
  }

  remove(): void {
    setClock();
  }
}
