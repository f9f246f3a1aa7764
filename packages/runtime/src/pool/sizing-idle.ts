import { maskBit, maskWord, PARKED, type Shared } from "../wire/layout.js";
import type { Thread } from "./thread.js";

interface Rest {
  readonly tasks: number;
  readonly since: number;
}

/** Who has had nothing to do, and for how long. It is looked at, not told: a look is a few loads, and only a few a second are needed. */
export class Idle {
  readonly #shared: Shared;
  #rests = new Map<Thread, Rest>();

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Everybody's rest begins anew. */
  reset(): void {
    this.#rests.clear();
  }

  /** The thread that has been idle longest, if that is `ms` or more. */
  longest(threads: readonly Thread[], ms: number, now: number): Thread | undefined {
    const before = this.#rests;
    this.#rests = new Map();
    let longest: Thread | undefined;
    let since = now - ms;
    for (const thread of threads) {
      if (!this.#parked(thread)) continue;
      const last = before.get(thread);
      const rest = last?.tasks === thread.tasks ? last : { tasks: thread.tasks, since: now };
      this.#rests.set(thread, rest);
      if (rest.since > since) continue;
      since = rest.since;
      longest = thread;
    }
    return longest;
  }

  #parked(thread: Thread): boolean {
    const word = Atomics.load(this.#shared.control, maskWord(PARKED, thread.index));
    return (word & maskBit(thread.index)) !== 0;
  }
}
