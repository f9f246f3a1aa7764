import { ClosedError, type TaskLoadError } from "../error/errors.js";
import type { Crew } from "./crew.js";

const LONGEST_TIMER_MS = 0x7fffffff;

interface Waiter {
  readonly count: number;
  resolve(): void;
  reject(error: Error): void;
}

/** Who waits for the threads of a crew to load the module. */
export class WarmUp {
  readonly #crew: Crew;
  readonly #name: string;
  #waiters: Waiter[] = [];
  #isClosed = false;
  /** Threads do not keep the process alive, nor does a promise; who waits for them must. */
  #alive: NodeJS.Timeout | undefined;

  constructor(crew: Crew, name: string) {
    this.#crew = crew;
    this.#name = name;
  }

  /** Resolves when `count` threads are ready; those that are missing are started. */
  wait(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(new ClosedError(this.#name));
        return;
      }
      const { loadError } = this.#crew;
      if (loadError !== undefined) {
        reject(loadError);
        return;
      }
      this.#waiters.push({ count, resolve, reject });
      this.#alive ??= setInterval(() => undefined, LONGEST_TIMER_MS);
      if (this.#crew.wanted < count) this.#crew.want(count);
      this.look();
    });
  }

  /** A thread has become ready. */
  look(): void {
    if (this.#waiters.length === 0) return;
    const ready = this.#crew.list().filter((thread) => thread.state === "ready").length;
    const all = this.#take();
    for (const waiter of all) {
      if (waiter.count <= ready) waiter.resolve();
      else this.#waiters.push(waiter);
    }
    if (this.#waiters.length > 0) this.#alive = setInterval(() => undefined, LONGEST_TIMER_MS);
  }

  failed(error: TaskLoadError): void {
    for (const waiter of this.#take()) waiter.reject(error);
  }

  closed(): void {
    this.#isClosed = true;
    for (const waiter of this.#take()) waiter.reject(new ClosedError(this.#name));
  }

  #take(): Waiter[] {
    const all = this.#waiters;
    this.#waiters = [];
    clearInterval(this.#alive);
    this.#alive = undefined;
    return all;
  }
}
