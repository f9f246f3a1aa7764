import { ClosedError, TaskLoadError } from "../error/errors.js";
import { ownArgs } from "../wire/own-bytes.js";
import { Call } from "./call.js";
import type { Executor, ExecutorCall, ExecutorStats, ExecutorTraits } from "./executor.js";
import { stoppedBefore, type TimedCall, timed } from "./executor-stop.js";
import { moduleUrl } from "./handle-module.js";
import { callAsync, errorOf, type Run, resultOf } from "./inline.js";
import { InlineTask } from "./inline-task.js";
import { notCloneable } from "./not-cloneable.js";

/** The exports of a module, or where to find it. */
export type InlineModule = URL | string | Readonly<Record<string, unknown>>;

/**
 * Runs tasks on this thread's event loop: for work that mostly waits, for tests, and where threads are not worth it. A task that
 * computes blocks the loop, and its own timeout with it. A cancelled one is answered for at once and runs on until it ends.
 * A module given by its URL is imported at the first call.
 */
export function inlineExecutor(module: InlineModule, name = "inline"): Executor {
  return new InlineExecutor(module, name);
}

class InlineExecutor implements Executor {
  readonly name: string;
  readonly traits: ExecutorTraits = Object.freeze({
    isolated: false,
    parallel: false,
    cancel: "cooperative",
  });
  readonly #load: () => Promise<Readonly<Record<string, unknown>>>;
  readonly #counts = { running: 0, completed: 0, failed: 0, stopped: 0 };
  #loaded: Promise<Readonly<Record<string, unknown>>> | undefined;
  #closed = false;
  #drained: (() => void)[] = [];

  constructor(module: InlineModule, name: string) {
    this.name = name;
    if (typeof module === "string" || module instanceof URL) {
      const url = moduleUrl(module);
      this.#load = () => import(url);
    } else this.#load = async () => module;
  }

  async execute(given: ExecutorCall): Promise<unknown> {
    if (this.#closed) throw new ClosedError(this.name);
    const call = timed(given);
    const over = stoppedBefore(call);
    if (over !== undefined) throw over;
    const args = copied(call);
    this.#counts.running++;
    let outcome: "completed" | "failed" | "stopped" = "failed";
    const task = new InlineTask(call, () => {
      outcome = "stopped";
    });
    try {
      const run = await Promise.race([this.#find(call.name), task.stopped]);
      // What is awaited here is the earlier of the two: the end of the task, or the end of the caller's patience.
      const value = await Promise.race([this.#run(run, args, task), task.stopped]);
      const result = resultOf(call.name, value);
      // Neither a timer nor a listener gets through to a loop that its task blocks.
      const late = stoppedBefore(call);
      if (late !== undefined) {
        outcome = "stopped";
        throw late;
      }
      outcome = "completed";
      return result;
    } finally {
      task.end();
      this.#counts.running--;
      this.#counts[outcome]++;
      if (this.#counts.running === 0) for (const done of this.#drained.splice(0)) done();
    }
  }

  stats(): ExecutorStats {
    return Object.freeze({ ...this.#counts });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    if (this.#counts.running > 0) await new Promise<void>((done) => this.#drained.push(done));
  }

  async #run(run: Run, args: readonly unknown[], task: InlineTask): Promise<unknown> {
    try {
      return await callAsync(run, args, task.context);
    } catch (error) {
      throw errorOf(error);
    } finally {
      task.over();
    }
  }

  async #find(name: string): Promise<Run> {
    this.#loaded ??= this.#load();
    let exports: Readonly<Record<string, unknown>>;
    try {
      exports = await this.#loaded;
    } catch (error) {
      this.#loaded = undefined;
      const why = error instanceof Error ? error.message : String(error);
      throw new TaskLoadError(`the module of ${this.name} cannot be loaded\n  ${why}`, { cause: error });
    }
    const found = Object.hasOwn(exports, name) ? exports[name] : undefined;
    if (typeof found === "function") return found as Run;
    const names = Object.keys(exports).filter((key) => typeof exports[key] === "function");
    const known = names.length === 0 ? "it exports no function" : `it exports ${names.join(", ")}`;
    throw new TaskLoadError(`the module of ${this.name} has no function ${JSON.stringify(name)}: ${known}`);
  }
}

/** @throws NotCloneableError naming the argument. */
function copied({ name, args = [], transfer }: TimedCall): readonly unknown[] {
  try {
    return structuredClone(
      ownArgs(args, transfer),
      transfer === undefined ? {} : { transfer: [...transfer] },
    );
  } catch (error) {
    throw notCloneable(new Call(name, -1, args), error);
  }
}
