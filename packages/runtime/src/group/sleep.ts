import { BadOptionError } from "../error/errors.js";
import { MS } from "../error/options.js";
import { arm, clear, now } from "./clock.js";
import { ambient } from "./scope.js";
import { refuse } from "./slice.js";
import { Timer } from "./timer-heap.js";
import { park, refusal, Waiter, type WaitOptions } from "./wait.js";

/**
 * Resolves after `ms` milliseconds. Rejects at once when the group is or becomes cancelled or the signal aborts (CancelError),
 * and then leaves no timer. A sleeper costs about as much memory as a timer of the platform and fires as precisely.
 */
export function sleep(ms: number, options?: WaitOptions): Promise<void> {
  const scope = ambient();
  const refused = refusal(scope, options);
  if (refused !== undefined) return refused;
  const wrong = MS(ms);
  if (wrong) return refuse(new BadOptionError("ms", ms, wrong));
  return park(new Sleeper(ms), scope, options, "sleep");
}

class Sleeper extends Waiter<void> {
  readonly #timer: Timer;

  constructor(ms: number) {
    super();
    this.#timer = new Alarm(now() + ms, this);
    if (ms !== Number.POSITIVE_INFINITY) arm(this.#timer);
  }

  override describe(): string {
    return "the sleep";
  }

  protected override leave(): void {
    clear(this.#timer);
  }
}

class Alarm extends Timer {
  readonly #sleeper: Waiter<void>;

  constructor(at: number, sleeper: Waiter<void>) {
    super(at);
    this.#sleeper = sleeper;
  }

  fire(): void {
    this.#sleeper.grant(undefined);
  }
}
