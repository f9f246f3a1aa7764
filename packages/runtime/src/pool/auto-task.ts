import type { TaskContext } from "../wire/context.js";
import type { PoolSettings, RunOptions } from "./options.js";

/** Only what nobody can change, watch or stop meanwhile: primitive arguments, and no option but `priority`. */
export function mayStay(args: readonly unknown[] | undefined, options: RunOptions | undefined): boolean {
  if (options !== undefined) {
    const { signal, timeout, deadline, transfer, onProgress } = options;
    if ((signal ?? timeout ?? deadline ?? transfer ?? onProgress) !== undefined) return false;
  }
  if (args === undefined) return true;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (typeof arg === "object" ? arg !== null : typeof arg === "function" || typeof arg === "symbol") {
      return false;
    }
  }
  return true;
}

/** What a task on the loop sees of itself: nobody can cancel it or listen to it. */
export class LoopTask implements TaskContext {
  readonly deadline = undefined;
  readonly #carry: PoolSettings["carry"];
  #signal: AbortSignal | undefined;

  constructor(carry: PoolSettings["carry"]) {
    this.#carry = carry;
  }

  get signal(): AbortSignal {
    this.#signal ??= new AbortController().signal;
    return this.#signal;
  }

  get carried(): Readonly<Record<string, unknown>> {
    return structuredClone(Object.fromEntries(this.#carry.map(([name, store]) => [name, store.getStore()])));
  }

  progress(): void {}
}
