import { TimeoutError } from "../error/errors.js";
import { Cause, type Scope } from "./scope.js";
import { listen, type SignalFan, type SignalLink, unlisten } from "./signals.js";
import { Timer } from "./timer-heap.js";

/** What a limit cancels: a scope that lets itself be cancelled from here. */
export interface Cancellable extends Scope {
  cancelFor(cause: Cause): void;
}

export function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** The group's own deadline: one timer, whatever number of waits it will end. */
export class DeadlineTimer extends Timer {
  readonly #scope: Cancellable;
  readonly #timeout: number | undefined;

  constructor(scope: Cancellable, at: number, timeout: number | undefined) {
    super(at);
    this.#scope = scope;
    this.#timeout = timeout;
  }

  fire(): void {
    const error = new TimeoutError(this.at, this.#scope.label, this.#timeout);
    this.#scope.cancelFor(new Cause("deadline", error, this.#scope));
  }
}

/** The group's place among those that hang on an outer AbortSignal. */
export class OuterSignal implements SignalLink {
  fan: SignalFan | undefined = undefined;
  nextLink: SignalLink | undefined = undefined;
  prevLink: SignalLink | undefined = undefined;
  readonly #scope: Cancellable;

  constructor(scope: Cancellable, signal: AbortSignal) {
    this.#scope = scope;
    if (signal.aborted) this.signalled(signal.reason);
    else listen(signal, this);
  }

  signalled(reason: unknown): void {
    this.#scope.cancelFor(new Cause("cancel", reason, this.#scope));
  }

  drop(): void {
    unlisten(this);
  }
}
