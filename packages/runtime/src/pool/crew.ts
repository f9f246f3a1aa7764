import { TaskLoadError } from "../error/errors.js";
import {
  BELL,
  BUSY_MS,
  CPU_MS,
  DIRECT,
  DONE_TAIL,
  FORGOTTEN,
  HEAP_MB,
  PARKED,
  POSTED,
  SEARCHING,
  type Shared,
  STOP,
  TID,
  WAKES,
  workerBlock,
} from "../wire/layout.js";
import { ring, take } from "../wire/wake.js";
import { WarmUp } from "./ready.js";
import { Thread, type ThreadEvents, type ThreadOptions } from "./thread.js";

/** Waits between attempts to start a thread after it failed before its first task. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

/** What a thread finds as zero in its block. */
const WORDS = [BELL, DIRECT, STOP, FORGOTTEN, DONE_TAIL, POSTED, CPU_MS, BUSY_MS, HEAP_MB, TID, WAKES];

/** What a crew tells its pool. */
export interface CrewEvents extends Omit<ThreadEvents, "gone" | "loadFailed" | "ready" | "stopped"> {
  started(thread: Thread): void;
  ready(thread: Thread): void;
  /** The thread is gone and its results are in; calls that it had claimed are still its own. */
  gone(thread: Thread, exitCode: number, error: unknown): void;
  /** No thread can load the module. Nobody will run what waits. */
  cannotLoad(error: TaskLoadError): void;
  /** The last thread is gone, and the crew was told to stop. May be told more than once. */
  quiet(): void;
}

/**
 * The threads of a pool: started, replaced, stopped.
 *
 * A thread that dies after it has run tasks is replaced at once. One that dies before (the module cannot be loaded, or throws as
 * soon as it is loaded) opens a circuit: calls fail at once, and a new call tries again only after a while that doubles each time.
 */
export class Crew {
  readonly #shared: Shared;
  readonly #options: ThreadOptions;
  readonly #events: CrewEvents;
  readonly #threads: (Thread | undefined)[];
  #wanted = 0;
  #failures = 0;
  #retryAt = 0;
  #loadError: TaskLoadError | undefined;
  #closing = false;
  readonly #quiet: (() => void)[] = [];
  /** What the module exports; known from the first thread on. */
  names: readonly string[] | undefined;
  replaced = 0;
  /** Threads that were worn out, by tasks or by heap, and have got a successor. */
  recycled = 0;
  readonly warmUp: WarmUp;

  constructor(shared: Shared, options: ThreadOptions, events: CrewEvents) {
    this.#shared = shared;
    this.#options = options;
    this.#events = events;
    this.#threads = new Array<Thread | undefined>(shared.threads).fill(undefined);
    this.warmUp = new WarmUp(this, options.name);
  }

  /** Threads that take tasks, or will when they have loaded. */
  get alive(): number {
    let count = 0;
    for (const thread of this.#threads) {
      if (thread?.state === "ready" || thread?.state === "loading") count++;
    }
    return count;
  }

  get loading(): number {
    let count = 0;
    for (const thread of this.#threads) if (thread?.state === "loading") count++;
    return count;
  }

  /** Tasks that can be with a worker at one time: one with each thread, one with each that is ended by force and not yet gone. */
  get hands(): number {
    let condemned = 0;
    for (const thread of this.#threads) if (thread?.state === "condemned") condemned++;
    return Math.max(this.alive, this.#wanted) + condemned;
  }

  get wanted(): number {
    return this.#wanted;
  }

  /** Why no thread can run anything, or undefined. After a pause the circuit is tried again. */
  get loadError(): TaskLoadError | undefined {
    if (this.#loadError === undefined || performance.now() < this.#retryAt) return this.#loadError;
    this.#loadError = undefined;
    this.fill();
    return undefined;
  }

  list(): readonly Thread[] {
    return this.#threads.filter((thread) => thread !== undefined);
  }

  at(index: number): Thread | undefined {
    return this.#threads[index];
  }

  /** Sets how many threads there should be, and starts what is missing. Too many are stopped by `dismiss`. */
  want(count: number): void {
    this.#wanted = count;
    this.fill();
  }

  /** Starts missing threads, unless the circuit is open. */
  fill(): void {
    while (!this.#closing && this.alive < this.#most() && performance.now() >= this.#retryAt) {
      const index = this.#threads.indexOf(undefined);
      // All slots are held by threads that do not end; the next one that does makes room.
      if (index < 0) return;
      this.#reset(index);
      const thread = new Thread(index, this.#options, {
        ...this.#events,
        ready: (ready, names) => this.#ready(ready, names),
        loadFailed: (failed, error) => this.#loadFailed(failed, error),
        stopped: (worn) => this.#stopped(worn),
        gone: (gone, code, error) => this.#gone(gone, code, error),
      });
      this.#threads[index] = thread;
      this.#events.started(thread);
    }
  }

  /** After a failure one thread tries alone; the others follow when it has loaded. */
  #most(): number {
    if (this.#failures === 0 || this.#threads.some((thread) => thread?.state === "ready"))
      return this.#wanted;
    return Math.min(1, this.#wanted);
  }

  /** Lets a thread end by itself as soon as it has no task. */
  dismiss(thread: Thread): void {
    if (thread.state !== "ready" && thread.state !== "loading") return;
    thread.state = "stopping";
    Atomics.store(this.#shared.control, workerBlock(thread.index) + STOP, 1);
    ring(this.#shared, thread.index);
  }

  /** Gives a thread up and starts another in its place. It keeps its cells until it is really gone. */
  replace(thread: Thread): void {
    if (thread.state === "gone" || thread.state === "condemned") return;
    this.replaced++;
    void thread.terminate();
    take(this.#shared, PARKED, thread.index);
    take(this.#shared, SEARCHING, thread.index);
    this.fill();
  }

  /** Stops all threads: those without work end by themselves; after `grace` ms, or at once, the rest is ended by force. */
  async stop(grace: number): Promise<void> {
    this.#closing = true;
    this.warmUp.closed();
    const threads = this.list();
    if (threads.length === 0) {
      this.#events.quiet();
      return;
    }
    const gone = new Promise<void>((done) => {
      this.#quiet.push(done);
    });
    if (grace > 0) for (const thread of threads) this.dismiss(thread);
    const force = () => {
      for (const thread of this.list()) void thread.terminate();
    };
    const timer = setTimeout(force, grace);
    await gone;
    clearTimeout(timer);
  }

  #ready(thread: Thread, names: readonly string[]): void {
    this.names = names;
    this.#loadError = undefined;
    this.#events.ready(thread);
    this.warmUp.look();
    this.fill();
  }

  #loadFailed(thread: Thread, error: unknown): void {
    // What the module had started before it failed (a timer, a server) would keep the thread, and its slot, for good.
    void thread.terminate();
    this.#failed(
      new TaskLoadError(
        `the module of ${this.#options.name} cannot be loaded: ${this.#options.module}\n  ${messageOf(error)}`,
        { cause: error },
      ),
    );
  }

  /** A thread that was not told to stop is worn out. Its successor starts while it ends. */
  #stopped(thread: Thread): void {
    if (thread.state !== "ready") return;
    thread.state = "stopping";
    if (thread.tasks > 0) this.#failures = 0;
    this.recycled++;
    this.fill();
  }

  #failed(error: TaskLoadError): void {
    this.warmUp.failed(error);
    this.#retryLater();
    if (this.list().some((thread) => thread.state === "ready")) return;
    this.#loadError = error;
    this.#events.cannotLoad(error);
  }

  /** Threads that fail while one waits to be tried again are the same failure. */
  #retryLater(): void {
    if (performance.now() < this.#retryAt) return;
    const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#retryAt = performance.now() + pause;
    this.#failures++;
    setTimeout(() => this.#retry(), pause + 1).unref();
  }

  /** With an open circuit the next call tries; without one, what is missing is started. */
  #retry(): void {
    if (this.#loadError === undefined) this.fill();
  }

  #gone(thread: Thread, code: number, error: unknown): void {
    const before = thread.state;
    // First: a bit that says that it searches would keep everybody from waking another.
    take(this.#shared, PARKED, thread.index);
    take(this.#shared, SEARCHING, thread.index);
    this.#events.gone(thread, code, error);
    this.#threads[thread.index] = undefined;
    this.#reset(thread.index);
    if (before === "loading") {
      this.#failed(
        new TaskLoadError(
          `a worker of ${this.#options.name} ended while it loaded ${this.#options.module}: ${messageOf(error ?? `exit code ${code}`)}`,
          error === undefined ? undefined : { cause: error },
        ),
      );
    } else if (before === "ready") {
      this.replaced++;
      if (thread.tasks > 0 || performance.now() - thread.startedAt > LONGEST_RETRY_MS) {
        this.#failures = 0;
        this.#retryAt = 0;
      }
      // Died idle without having done anything: the next one is likely to do the same.
      else this.#retryLater();
    }
    this.fill();
    if (!this.#closing || this.list().length > 0) return;
    this.#events.quiet();
    for (const done of this.#quiet.splice(0)) done();
  }

  #reset(index: number): void {
    take(this.#shared, PARKED, index);
    take(this.#shared, SEARCHING, index);
    const { control } = this.#shared;
    const block = workerBlock(index);
    for (const word of WORDS) control[block + word] = 0;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
