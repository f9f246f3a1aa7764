import { HEAD, type Shared, TAIL } from "../wire/layout.js";
import type { Call } from "./call.js";
import type { Dispatch } from "./dispatch.js";

/**
 * Whether a call has waited from one look to the next, without a clock per call: what was published at the last look is still
 * there when the ring's head has not passed the tail of then.
 */
export class Waits {
  readonly #control: Int32Array;
  readonly #dispatch: Dispatch;
  #tail: number | undefined;
  #queued: Call | undefined;

  constructor(shared: Shared, dispatch: Dispatch) {
    this.#control = shared.control;
    this.#dispatch = dispatch;
  }

  reset(): void {
    this.#tail = undefined;
    this.#queued = undefined;
  }

  /** True when a call that waited at the last look still waits. */
  look(): boolean {
    const head = Atomics.load(this.#control, HEAD);
    const tail = Atomics.load(this.#control, TAIL);
    const waited =
      (this.#tail !== undefined && ((this.#tail - head) | 0) > 0) || this.#queued?.state === "queued";
    this.#tail = tail;
    this.#queued = this.#dispatch.queue.peek();
    return waited;
  }
}
