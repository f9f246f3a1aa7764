import { MessageChannel } from "node:worker_threads";

/** A handle that keeps the process alive while it is held. A pending wait on shared memory does not. */
export class KeepAlive {
  readonly #handle = new MessageChannel().port1;
  #held = false;

  constructor() {
    this.#handle.unref();
  }

  hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#handle.ref();
  }

  letGo(): void {
    this.#held = false;
    this.#handle.unref();
  }

  close(): void {
    this.#handle.close();
  }
}
