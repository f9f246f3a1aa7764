import { AsyncLocalStorage } from "node:async_hooks";
import { MessageChannel } from "node:worker_threads";
import type { Seat } from "./shared-threads.js";

/** What waits in this thread for shared locks of one table. */
export interface DeskClient {
  /** Looks whether a wait of its own has ended. False when it has none left. */
  poll(): boolean;
}

const desks = new WeakMap<Seat, Desk>();

export function deskOf(seat: Seat): Desk {
  let desk = desks.get(seat);
  if (desk === undefined) {
    desk = new Desk(seat);
    desks.set(seat, desk);
  }
  return desk;
}

/**
 * Listens for the bell of this thread. `Atomics.waitAsync` cannot be cancelled and does not keep a process alive: so there is one
 * wait for all locks, which stays until the next ring, and a handle of ours keeps the process alive while somebody waits.
 */
export class Desk {
  readonly #seat: Seat;
  readonly #clients = new Set<DeskClient>();
  readonly #alive = new MessageChannel().port1;
  readonly #outside = AsyncLocalStorage.snapshot();
  #listening = false;

  constructor(seat: Seat) {
    this.#seat = seat;
    this.#alive.unref();
  }

  add(client: DeskClient): void {
    if (this.#clients.size === 0) this.#alive.ref();
    this.#clients.add(client);
    if (!this.#listening) this.#outside(() => this.#listen());
  }

  remove(client: DeskClient): void {
    if (this.#clients.delete(client) && this.#clients.size === 0) this.#alive.unref();
  }

  #listen(): void {
    const { words, bell } = this.#seat;
    while (this.#clients.size > 0) {
      const heard = Atomics.load(words, bell);
      // After the bell is read: what rings from here on ends the wait at once.
      for (const client of this.#clients) if (!client.poll()) this.remove(client);
      if (this.#clients.size === 0) return;
      const wait = Atomics.waitAsync(words, bell, heard);
      if (!wait.async) continue;
      this.#listening = true;
      void wait.value.then(() => {
        this.#listening = false;
        this.#listen();
      });
      return;
    }
  }
}
