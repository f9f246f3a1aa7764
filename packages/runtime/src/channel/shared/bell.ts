import { AsyncLocalStorage } from "node:async_hooks";

/** Callbacks that outlive a call run outside of the caller's async context, or they would keep it alive. */
const outside = AsyncLocalStorage.snapshot();

/** `Atomics.waitAsync` does not keep the process alive; this does, while somebody waits. */
let keeper: NodeJS.Timeout | undefined;
let held = 0;
const LONGEST = 2 ** 31 - 1;

function hold(): void {
  held += 1;
  if (held > 1) return;
  keeper ??= outside(setInterval, () => {}, LONGEST);
  keeper.ref();
}

function release(): void {
  held -= 1;
  if (held === 0) keeper?.unref();
}

/**
 * How one side sleeps until the other has moved something. It sleeps in its event loop, which is never blocked and not polled. At
 * most one wait is pending: it cannot be cancelled, and each would cost memory.
 */
export class Bell {
  readonly #control: Int32Array;
  readonly #asleep: number;
  readonly #bell: number;
  readonly #onRing: () => void;
  #listening = false;
  #holding = false;

  constructor(control: Int32Array, asleep: number, bell: number, onRing: () => void) {
    this.#control = control;
    this.#asleep = asleep;
    this.#bell = bell;
    this.#onRing = onRing;
  }

  /** From now on `onRing` is called at the next ring. Look again after this: what came before has rung for nobody. */
  sleep(): void {
    if (!this.#listening) {
      this.#listening = true;
      const waiting = Atomics.waitAsync(this.#control, this.#bell, 0);
      if (!waiting.async) throw new Error("this is a bug in Heddle: the bell of a channel has a value");
      outside(() => void waiting.value.then(this.#rung));
    }
    Atomics.store(this.#control, this.#asleep, 1);
  }

  /** Whether the process has to live on for the next ring. */
  keepAlive(on: boolean): void {
    if (on === this.#holding) return;
    this.#holding = on;
    if (on) hold();
    else release();
  }

  readonly #rung = (): void => {
    this.#listening = false;
    this.#onRing();
  };
}

/** Wakes the other side if it sleeps. Whoever takes the flag rings: one wake-up for however much was moved. */
export function ring(control: Int32Array, asleep: number, bell: number): void {
  if (Atomics.load(control, asleep) === 1 && Atomics.compareExchange(control, asleep, 1, 0) === 1) {
    Atomics.notify(control, bell);
  }
}
