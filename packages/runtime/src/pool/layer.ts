import { isHeddleError } from "../error/base.js";
import { ClosedError } from "../error/errors.js";
import type { Executor, ExecutorCall, ExecutorStats, ExecutorTraits } from "./executor.js";

/** A policy around an executor: the result is an executor again. */
export type Layer = (next: Executor) => Executor;

/** Puts layers around an executor; the first is the outermost: it sees a call first, and its outcome last. */
export function layered(executor: Executor, ...layers: readonly Layer[]): Executor {
  return layers.reduceRight((next, layer) => layer(next), executor);
}

/** `next` with another way to execute, which may hold calls back or make several of one: so it counts and closes for itself. */
export function around(next: Executor, execute: (call: ExecutorCall) => Promise<unknown>): Executor {
  return new Around(next, execute);
}

class Around implements Executor {
  readonly #next: Executor;
  readonly #execute: (call: ExecutorCall) => Promise<unknown>;
  readonly #counts = { running: 0, completed: 0, failed: 0, stopped: 0 };
  #closed = false;
  #drained: (() => void)[] = [];

  constructor(next: Executor, execute: (call: ExecutorCall) => Promise<unknown>) {
    this.#next = next;
    this.#execute = execute;
  }

  get name(): string {
    return this.#next.name;
  }

  get traits(): ExecutorTraits {
    return this.#next.traits;
  }

  async execute(call: ExecutorCall): Promise<unknown> {
    if (this.#closed) throw new ClosedError(this.name);
    this.#counts.running++;
    try {
      const value = await this.#execute(call);
      this.#counts.completed++;
      return value;
    } catch (error) {
      if (isHeddleError(error, "CANCELLED") || isHeddleError(error, "TIMEOUT")) this.#counts.stopped++;
      else this.#counts.failed++;
      throw error;
    } finally {
      if (--this.#counts.running === 0) for (const done of this.#drained.splice(0)) done();
    }
  }

  stats(): ExecutorStats {
    return Object.freeze({ ...this.#counts });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    if (this.#counts.running > 0) await new Promise<void>((done) => this.#drained.push(done));
    await this.#next[Symbol.asyncDispose]();
  }
}
