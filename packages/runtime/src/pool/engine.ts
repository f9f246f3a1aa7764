import { availableParallelism } from "node:os";
import { ClosedError, QueueFullError, type TaskLoadError, TimeoutError } from "../error/errors.js";
import { Arena } from "../wire/arena.js";
import { type Shared, sharedBytes, views } from "../wire/layout.js";
import type { Message } from "../wire/message.js";
import type { Call } from "./call.js";
import { Crew } from "./crew.js";
import { workerDied } from "./died.js";
import { Dispatch } from "./dispatch.js";
import { errorOf, noSuchTask } from "./failed.js";
import { KeepAlive } from "./keep-alive.js";
import { notCloneable } from "./not-cloneable.js";
import { observers } from "./observe.js";
import type { PoolSettings } from "./options.js";
import { Pump } from "./pump.js";
import { sizing } from "./sizing.js";
import { newTally, type Tally } from "./tally.js";
import type { Thread } from "./thread.js";

const CORES = availableParallelism();

/** More slots than threads: a thread that does not end (native code) keeps its slot while another takes its place. */
const slotsFor = (threads: number): number => Math.min(128, threads * 2 + 2);

/** "stopped": by the caller or the clock. */
export type Outcome = "value" | "error" | "stopped";

/** What surrounds the engine: sizing, statistics, events. Each is called once per happening. */
export interface Observer {
  submitted(call: Call): void;
  /** A task has begun; told only of calls with the flag TELL_START. `startedMs` in the clock that threads share. */
  began(call: Call, thread: Thread, startedMs: number): void;
  /**
   * A call has settled. `startedMs` and `runNs` are 0 when its task did not end by itself. A stopped call that still has
   * a cell goes on in its worker.
   */
  ended(call: Call, outcome: Outcome, startedMs: number, runNs: number, error?: unknown): void;
  threadStarted(thread: Thread): void;
  threadReady(thread: Thread): void;
  threadGone(thread: Thread, exitCode: number, error: unknown): void;
  /** Work is in flight again after a time without. */
  busy(): void;
  idle(): void;
}

/**
 * The middle of a pool: takes calls in, counts them, ends each of them exactly once.
 *
 * `unsettled` calls have a caller who waits. `occupied` also counts cancelled ones whose task still runs: they hold a worker.
 */
export class Engine {
  readonly shared: Shared;
  readonly dispatch: Dispatch;
  readonly crew: Crew;
  readonly settings: PoolSettings;
  readonly tally: Tally = newTally();
  readonly pump: Pump;
  readonly #observer: Observer;
  readonly #sizing: ReturnType<typeof sizing>;
  #unsettled = 0;
  /** The number of the last call. */
  sequence = 0;
  readonly #process = new KeepAlive();
  #checkScheduled = false;
  #occupied = 0;
  #resting = 0;
  #drained: (() => void)[] = [];
  closed = false;

  constructor(module: string, settings: PoolSettings, observer: Observer) {
    this.settings = settings;
    this.#sizing = sizing(this);
    this.#observer = this.#sizing === undefined ? observer : observers([observer, this.#sizing]);
    const slots = slotsFor(settings.max);
    this.shared = views(new SharedArrayBuffer(sharedBytes(slots)), slots);
    const arena = new Arena();
    const ends = {
      value: (call: Call, value: unknown, startedMs: number, runNs: number) =>
        this.#value(call, value, startedMs, runNs),
      notCloneable: (call: Call, error: unknown) => this.#refused(call, error),
    };
    this.dispatch = new Dispatch(this.shared, arena, ends, () => this.crew.alive);
    this.pump = new Pump(this.shared, {
      drain: () => this.dispatch.drain(),
      ready: () => this.dispatch.ready(),
      expecting: () => this.#occupied > 0 || this.crew.loading > 0,
      hurried: () => this.#unsettled > 0,
      crowded: () => this.running >= CORES,
    });
    const options = {
      buffer: this.shared.buffer,
      arena: arena.memory,
      threads: slots,
      module,
      name: settings.name,
      nice: settings.nice,
      afterTasks: settings.afterTasks,
      heapAbove: settings.heapAbove,
      resourceLimits: settings.resourceLimits,
    };
    this.crew = new Crew(this.shared, options, {
      started: (thread) => {
        this.dispatch.attach(thread);
        this.#observer.threadStarted(thread);
        this.pump.schedule();
      },
      ready: (thread) => this.#observer.threadReady(thread),
      began: (thread, entry, startedMs) => {
        const call = this.dispatch.cells.byEntry(entry);
        if (call !== undefined) this.#observer.began(call, thread, startedMs);
      },
      progress: (entry, value) => this.#progress(this.dispatch.cells.byEntry(entry), value),
      result: (call, message, startedMs, runNs) => this.#endByMessage(call, message, startedMs, runNs),
      gone: (thread, code, error) => this.#gone(thread, code, error),
      cannotLoad: (error) => this.#rejectUnbegun(error),
      quiet: () => this.#end(),
    });
    this.crew.want(settings.min);
  }

  /** Calls in the pool: running, handed over or queued; cancelled ones that still run included. */
  get occupied(): number {
    return this.#occupied;
  }

  /** Each thread takes one; what is beyond that waits. */
  get running(): number {
    return Math.min(this.#occupied, this.crew.alive);
  }

  /** Takes a call in. It settles later, always. */
  submit(call: Call): void {
    const refusal = this.#refusal();
    if (refusal !== undefined) {
      call.state = "settled";
      call.cleanup?.();
      call.reject(refusal);
      return;
    }
    call.sequence = ++this.sequence;
    this.#unsettled++;
    if (++this.#occupied === 1) this.#observer.busy();
    this.#process.hold();
    this.#observer.submitted(call);
    this.dispatch.submit(call);
    this.pump.schedule();
  }

  #refusal(): Error | undefined {
    if (this.closed) return new ClosedError(this.settings.name);
    const loadError = this.crew.loadError;
    if (loadError !== undefined) return loadError;
    const { capacity, rejectWhenFull, name } = this.settings;
    if (rejectWhenFull && this.#occupied - this.crew.hands >= capacity && this.#sizing?.makeRoom() !== true) {
      this.tally.refused++;
      return new QueueFullError(name, capacity);
    }
    return undefined;
  }

  /** Ends a call before its task has: the caller gets `error` now. True when the task itself still runs. */
  stop(call: Call, error: unknown): boolean {
    if (call.state === "settled") return false;
    const runs = !this.dispatch.withdraw(call);
    this.#settle(call, "stopped", 0, 0, error);
    call.reject(error);
    if (!runs) this.#leave();
    return runs;
  }

  rejectAll(error: (call: Call) => Error): void {
    for (const call of this.dispatch.all()) this.stop(call, error(call));
  }

  /** What a worker has begun ends by itself; nobody will begin the rest. */
  #rejectUnbegun(error: Error): void {
    for (const call of this.dispatch.all()) if (!this.dispatch.begun(call)) this.stop(call, error);
  }

  /** An error of the listener's is its own affair, as with any event: it must not stop the others from being served. */
  #progress(call: Call | undefined, value: unknown): void {
    if (call === undefined || call.state === "settled") return;
    try {
      call.onProgress?.(value);
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
    }
  }

  /** No thread is left and none will be started: what would keep memory is let go. */
  #end(): void {
    this.pump.end();
    this.#process.close();
  }

  /** Resolves when no call is left, cancelled ones included. */
  async drained(): Promise<void> {
    if (this.#occupied === 0) return;
    await new Promise<void>((done) => this.#drained.push(done));
  }

  /** 1: a stream whose reader does not wait for it does not keep the process alive by itself. -1: it does again. */
  rest(change: 1 | -1): void {
    this.#resting += change;
    if (this.#occupied > this.#resting) this.#process.hold();
    else this.#process.letGo();
  }

  #leave(): void {
    this.#occupied--;
    if (this.#occupied === 0) for (const done of this.#drained.splice(0)) done();
    if (this.#occupied > this.#resting) return;
    // Not at once: the next call often comes in the microtasks of this one, and the switch costs more than the wait.
    if (this.#checkScheduled) return;
    this.#checkScheduled = true;
    setImmediate(() => {
      this.#checkScheduled = false;
      if (this.#unsettled > this.#resting) return;
      this.#process.letGo();
      if (this.#occupied === 0) this.#observer.idle();
    });
  }

  #settle(call: Call, outcome: Outcome, startedMs: number, runNs: number, error?: unknown): void {
    call.state = "settled";
    this.#unsettled--;
    call.cleanup?.();
    this.#observer.ended(call, outcome, startedMs, runNs, error);
    if (outcome === "value") this.tally.completed++;
    else if (outcome === "error") this.tally.failed++;
    else this.tally.stopped++;
  }

  /** A task has ended well; its caller may have been answered before. */
  #value(call: Call, value: unknown, startedMs: number, runNs: number): void {
    if (call.state === "settled") call.cleanup?.();
    else if (isLate(call)) this.#timeout(call, startedMs, runNs);
    else {
      this.#settle(call, "value", startedMs, runNs);
      call.resolve(value);
    }
    this.#leave();
  }

  #error(call: Call, make: () => unknown, startedMs = 0, runNs = 0): void {
    if (call.state === "settled") call.cleanup?.();
    else if (isLate(call)) this.#timeout(call, startedMs, runNs);
    else {
      const error = make();
      this.#settle(call, "error", startedMs, runNs, error);
      call.reject(error);
    }
    this.#leave();
  }

  /** A task that saw its deadline ends before the host's timer has come: the caller is told the same in either order. */
  #timeout(call: Call, startedMs: number, runNs: number): void {
    const error = new TimeoutError(call.deadline ?? 0, call.name);
    this.#settle(call, "stopped", startedMs, runNs, error);
    call.reject(error);
  }

  #endByMessage(call: Call, message: Message, startedMs: number, runNs: number): void {
    if (message.type === "result") this.#value(call, message.value, startedMs, runNs);
    else this.#error(call, () => errorOf(this.settings.name, call, message), startedMs, runNs);
  }

  noSuchTask(name: string, names: readonly string[]): TaskLoadError {
    return noSuchTask(this.settings.name, name, names);
  }

  #refused(call: Call, error: unknown): void {
    this.#error(call, () => notCloneable(call, error));
  }

  /** A thread has ended: its results are taken in, its unfinished calls fail, what nobody had begun goes to others. */
  #gone(thread: Thread, exitCode: number, error: unknown): void {
    this.dispatch.drainLane(thread);
    this.dispatch.detach(thread.index);
    const lost = this.dispatch.reclaim(thread.index);
    thread.tasks += lost.length;
    const running = lost.map((call) => call.name);
    for (const call of lost) {
      this.#error(call, () => workerDied(this.settings.name, call.name, running, exitCode, error));
    }
    this.#observer.threadGone(thread, exitCode, error);
    this.dispatch.rouse(thread.index);
    this.dispatch.feed();
    this.pump.schedule();
  }
}

function isLate(call: Call): boolean {
  return call.deadline !== undefined && call.deadline <= Date.now();
}
