import { CancelError, TimeoutError } from "../error/errors.js";

const ABORTED = Object.getOwnPropertyDescriptor(AbortSignal.prototype, "aborted");

/**
 * An AbortSignal that also synchronous code sees: reading `aborted` (or calling `throwIfAborted`) looks at the cancel flag in shared
 * memory and at the deadline. Listeners are called as soon as the task gives the event loop a turn.
 */
export class TaskSignal {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #cancelled: () => boolean;
  readonly #deadline: number | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(cancelled: () => boolean, deadline: number | undefined) {
    this.#cancelled = cancelled;
    this.#deadline = deadline;
    this.signal = this.#controller.signal;
    const look = () => this.look();
    Object.defineProperty(this.signal, "aborted", {
      get(this: AbortSignal) {
        look();
        return ABORTED?.get?.call(this) as boolean;
      },
    });
    this.signal.throwIfAborted = function throwIfAborted() {
      if (this.aborted) throw this.reason;
    };
    if (deadline !== undefined) {
      this.#timer = setTimeout(look, Math.min(Math.max(0, deadline - Date.now()) + 1, 0x7fffffff));
      this.#timer.unref();
    }
  }

  look(): void {
    if (this.#cancelled()) this.#controller.abort(new CancelError("the caller cancelled"));
    else if (this.#deadline !== undefined && Date.now() >= this.#deadline) {
      this.#controller.abort(new TimeoutError(this.#deadline));
    }
  }

  over(): void {
    clearTimeout(this.#timer);
  }
}
