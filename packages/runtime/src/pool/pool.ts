import { BadOptionError, CancelError, ClosedError, TimeoutError } from "../error/errors.js";
import { CARRIES, TIMED, WATCHED } from "../wire/layout.js";
import { NameWriter } from "../wire/names.js";
import { Call } from "./call.js";
import { Engine, type Observer } from "./engine.js";
import { number, type PoolOptions, type PoolSettings, type RunOptions, settings } from "./options.js";
import { orderKey } from "./queue.js";
import { boostLent, joinScope } from "./scope.js";
import { CallSites } from "./site.js";
import { deadlineOf, stopOn } from "./stop.js";

let lastResolve: (value: unknown) => void;
let lastReject: (error: unknown) => void;
/** One function for all promises: a closure per call would be the larger part of what a call allocates. */
const capture = (resolve: (value: unknown) => void, reject: (error: unknown) => void): void => {
  lastResolve = resolve;
  lastReject = reject;
};

const NO_ARGS: readonly unknown[] = [];

/** The untyped pool: what `pool()` wraps in types. */
export class Pool {
  readonly engine: Engine;
  readonly settings: PoolSettings;
  readonly #names: NameWriter;
  readonly #sites = new CallSites();
  readonly #endBoost: () => void;
  readonly #carry: PoolSettings["carry"];

  constructor(module: string, options: PoolOptions, observe: (settings: PoolSettings) => Observer) {
    this.settings = settings(options);
    this.#carry = this.settings.carry;
    this.engine = new Engine(module, this.settings, observe(this.settings));
    this.#names = new NameWriter(this.engine.shared);
    this.#endBoost = boostLent(this.engine);
  }

  run(name: string, args: readonly unknown[] = NO_ARGS, options?: RunOptions, flags = 0): Promise<unknown> {
    const promise = new Promise(capture);
    const resolve = lastResolve;
    const reject = lastReject;
    const { names } = this.engine.crew;
    // Unknown names must not fill the table of those that workers read.
    const known = names === undefined || names.includes(name);
    const call = new Call(name, known ? this.#names.id(name) : -1, args);
    call.resolve = resolve;
    call.reject = reject;
    call.flags = flags;
    try {
      this.#start(call, options);
    } catch (error) {
      // A mistake in the options: nothing was handed over.
      reject(error);
    }
    return promise;
  }

  #start(call: Call, options: RunOptions | undefined): void {
    const { pump } = this.engine;
    const underWay = pump.underWay;
    if (call.task < 0) {
      call.reject(this.engine.noSuchTask(call.name, this.engine.crew.names ?? []));
      return;
    }
    if (!Array.isArray(call.args)) throw new BadOptionError("args", call.args, "an array of arguments");
    if (!underWay) pump.schedule();
    call.madeAt = this.#sites.clock(underWay, pump.now);
    call.key = pump.now;
    if (this.#carry.length > 0) this.#addCarried(call);
    if (options !== undefined && !this.#apply(call, options)) return;
    if (!joinScope(this.engine, call)) return;
    this.engine.submit(call);
    // Last: a worker wakes up meanwhile.
    call.site = this.#sites.take(pump.now);
  }

  #addCarried(call: Call): void {
    const carried: Record<string, unknown> = {};
    for (const [name, storage] of this.#carry) carried[name] = storage.getStore();
    call.args = [carried, ...call.args];
    call.flags |= CARRIES;
  }

  /** False when the call is over before it began. */
  #apply(call: Call, options: RunOptions): boolean {
    const { signal } = options;
    if (options.timeout !== undefined) number("timeout", options.timeout, 0);
    if (options.deadline !== undefined) number("deadline", options.deadline, 0);
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw new BadOptionError("signal", signal, "an AbortSignal");
    }
    if (signal?.aborted === true) {
      call.reject(new CancelError(signal.reason, call.name));
      return false;
    }
    call.deadline = deadlineOf(options);
    if (call.deadline !== undefined) {
      call.flags |= TIMED;
      if (call.deadline <= Date.now()) {
        call.reject(new TimeoutError(call.deadline, call.name, options.timeout));
        return false;
      }
    }
    if (options.transfer !== undefined && options.transfer.length > 0) call.transferList = options.transfer;
    if (options.onProgress !== undefined) {
      if (typeof options.onProgress !== "function") {
        throw new BadOptionError("onProgress", options.onProgress, "a function");
      }
      call.onProgress = options.onProgress;
      call.flags |= WATCHED;
    }
    const { priority = 0 } = options;
    if (!Number.isFinite(priority)) throw new BadOptionError("priority", priority, "a finite number");
    call.key = orderKey(call.key, priority);
    if (signal !== undefined || call.deadline !== undefined) stopOn(this.engine, call, options);
    return true;
  }

  /**
   * Resolves when the smallest number of threads (at least one) has loaded the module and waits for tasks.
   * @throws TaskLoadError when a thread cannot load it; ClosedError when the pool is closed before.
   */
  ready(): Promise<void> {
    return this.engine.crew.warmUp.wait(Math.max(1, this.settings.min));
  }

  /** Takes no more calls; resolves when all that were made have ended and the threads are gone. */
  async close(): Promise<void> {
    this.engine.closed = true;
    await this.engine.drained();
    this.#endBoost();
    await this.engine.crew.stop(this.settings.grace);
  }

  /** Rejects what is pending with ClosedError and ends the threads now. */
  async terminate(): Promise<void> {
    this.engine.closed = true;
    this.engine.rejectAll(
      (call) => new ClosedError(`${this.settings.name} (while ${call.name} was pending)`),
    );
    this.#endBoost();
    await this.engine.crew.stop(0);
  }
}
