import { types } from "node:util";
import { FOR_EACH, STREAM } from "../wire/layout.js";
import { Budget } from "./auto-budget.js";
import { HandOver } from "./auto-cost.js";
import { Profile } from "./auto-profile.js";
import { LoopTask, mayStay } from "./auto-task.js";
import type { Call } from "./call.js";
import type { Observer, Outcome } from "./engine.js";
import { inlineEnd, inlineStart, inlineWatched } from "./events.js";
import { callSync, errorOf, isThenable, type Run, resultOf } from "./inline.js";
import type { PoolSettings, RunOptions } from "./options.js";
import type { Pool } from "./pool.js";

/** What `place: "auto"` made of one function. */
export interface InlineFunctionStats {
  /** Where the next call goes, if its arguments and options let it. */
  readonly place: "thread" | "loop";
  readonly inlineCalls: number;
  readonly threadCalls: number;
  /** Of about the last 16 runs, microseconds. */
  readonly meanUs: number;
}

/** Calls that ran on the event loop. All zero unless `place` is "auto". */
export interface InlineStats {
  readonly calls: number;
  /** Microseconds of the loop that handing a call over costs: what runs shorter than this belongs on the loop. */
  readonly handOverUs: number;
  readonly functions: Readonly<Record<string, InlineFunctionStats>>;
}

/**
 * `place: "auto"`: runs on the event loop what is cheaper there than handing it to a thread.
 *
 * A function comes to the loop when its last 32 runs in threads were shorter, on average, than handing over costs, and none
 * was long. Every run on the loop is timed; a slow one sends the function back. Together they get at most 5 % of the loop.
 * Only calls without options beside `priority`, whose arguments are all primitive values, run here: nothing can be shared by
 * mistake. Results and errors are copied as on their way from a thread. Generators and async functions stay in the threads.
 * The module is imported here too as soon as the first function qualifies: it then exists once more, as in each worker.
 */
export class AutoPlace implements Partial<Observer> {
  readonly #module: string;
  readonly #profiles = new Map<string, Profile>();
  readonly #functions = new Map<Profile, Run>();
  readonly #handOver = new HandOver();
  readonly #budget = new Budget();
  #exports: Readonly<Record<string, unknown>> | "loading" | "cannot be loaded here" | undefined;
  #carry: PoolSettings["carry"] = [];
  completed = 0;
  failed = 0;

  constructor(module: string) {
    this.#module = module;
  }

  run(pool: Pool, name: string, args?: readonly unknown[], options?: RunOptions): Promise<unknown> {
    const profile = this.#profiles.get(name);
    if (profile?.place === "loop" && !pool.engine.closed && mayStay(args, options)) {
      const run = this.#functions.get(profile);
      const now = performance.now();
      if (run !== undefined && this.#budget.allows(now)) {
        this.#carry = pool.settings.carry;
        if (inlineWatched()) return this.#runWatched(pool, profile, name, run, args ?? [], now);
        return this.#runHere(profile, name, run, args ?? [], now);
      }
    }
    return this.#handOver.measure(() => pool.run(name, args, options));
  }

  ended(call: Call, outcome: Outcome, _startedMs: number, runNs: number): void {
    if (outcome !== "value" || (call.flags & (FOR_EACH | STREAM)) !== 0) return;
    let profile = this.#profiles.get(call.name);
    if (profile === undefined) {
      profile = new Profile();
      this.#profiles.set(call.name, profile);
    }
    if (profile.ranInThread(runNs, this.#handOver.ns)) this.#bringHere(profile, call.name);
  }

  stats(): InlineStats {
    const functions = [...this.#profiles].map(
      ([name, { place, inlineCalls, threadCalls, meanNs }]) =>
        [name, Object.freeze({ place, inlineCalls, threadCalls, meanUs: meanNs / 1_000 })] as const,
    );
    return Object.freeze({
      calls: this.completed + this.failed,
      handOverUs: this.#handOver.ns / 1_000,
      functions: Object.freeze(Object.fromEntries(functions)),
    });
  }

  #runWatched(
    pool: Pool,
    profile: Profile,
    name: string,
    run: Run,
    args: readonly unknown[],
    began: number,
  ): Promise<unknown> {
    const task = ++pool.engine.sequence;
    inlineStart(pool.settings.name, task, name);
    const result = this.#runHere(profile, name, run, args, began);
    const ms = performance.now() - began;
    result.then(
      () => inlineEnd(pool.settings.name, task, name, ms),
      (error: unknown) => inlineEnd(pool.settings.name, task, name, ms, { error }),
    );
    return result;
  }

  #runHere(
    profile: Profile,
    name: string,
    run: Run,
    args: readonly unknown[],
    began: number,
  ): Promise<unknown> {
    let result: Promise<unknown>;
    try {
      const value = callSync(run, args, new LoopTask(this.#carry));
      if (isThenable(value)) {
        profile.barred = true; // asynchronous after all
        profile.place = "thread";
        result = Promise.resolve(value).then(
          (late) => resultOf(name, late),
          (error: unknown) => Promise.reject(errorOf(error)),
        );
      } else result = Promise.resolve(resultOf(name, value));
      this.completed++;
    } catch (error) {
      result = Promise.reject(errorOf(error));
      this.failed++;
    }
    const ms = performance.now() - began;
    this.#budget.spend(ms);
    profile.ranOnLoop(ms * 1e6, this.#handOver.ns);
    return result;
  }

  #bringHere(profile: Profile, name: string): void {
    if (this.#exports === undefined) void this.#load();
    if (typeof this.#exports !== "object" || !Object.hasOwn(this.#exports, name)) return;
    const found = this.#exports[name];
    if (typeof found !== "function" || types.isAsyncFunction(found) || types.isGeneratorFunction(found)) {
      profile.barred = true;
      return;
    }
    this.#functions.set(profile, found as Run);
    profile.place = "loop";
  }

  /** A module that works only in workers is no error: its functions stay there. */
  async #load(): Promise<void> {
    this.#exports = "loading";
    try {
      this.#exports = (await import(this.#module)) as Record<string, unknown>;
    } catch {
      this.#exports = "cannot be loaded here";
    }
  }
}
