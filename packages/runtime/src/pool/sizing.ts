import { AsyncLocalStorage } from "node:async_hooks";
import { availableParallelism } from "node:os";
import type { Engine, Observer } from "./engine.js";
import { Demand } from "./sizing-demand.js";
import { Idle } from "./sizing-idle.js";
import { Waits } from "./sizing-waits.js";
import type { Thread } from "./thread.js";

/** A call that waits longer than this (ms) is a reason to grow. */
const WAIT_MS = 5;
/** Shorter than this the scheduler's counts are too coarse to tell waiting from computing. */
const MEASURE_MS = 25;
const LONGEST_PAUSE_MS = 50;
const LONGEST_TIMER_MS = 0x7fffffff;
/** So many times the cores must be asked for before threads that compute are let go again. */
const TOO_MANY = 1.5;

/** Timers and threads outlive the call that made them: outside of its async context, or they would keep that alive. */
const outside = AsyncLocalStorage.snapshot();

/** The governor of a pool with bounds for its threads; undefined for a fixed number. */
export function sizing(engine: Engine): Sizing | undefined {
  const { min, max } = engine.settings;
  return min === max ? undefined : new Sizing(engine);
}

/**
 * How many threads there are: `threads that ask for a core <= cores`.
 *
 * Up to the cores, threads are started when calls wait: all at once while none is ready yet, later when a call has waited for some
 * milliseconds. Beyond the cores it is measured what the threads ask for: tasks that wait for something ask for little, so more
 * threads help; tasks that compute ask for a core each, and more of them would only take turns: they stay queued. Threads that
 * compute beyond 1.5 times the cores are let go one by one; so is one that has been idle for `idleTimeout`.
 *
 * One timer, unreferenced: while calls wait, and while there are more threads than `min`. Otherwise there is none.
 */
export class Sizing implements Partial<Observer> {
  readonly #engine: Engine;
  readonly #cores = availableParallelism();
  /** Up to so many threads no measurement is needed. */
  readonly #atOnce: number;
  readonly #quarter: number;
  #parts: { demand: Demand; idle: Idle; waits: Waits } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #growAt = Number.POSITIVE_INFINITY;
  #releaseAt = Number.POSITIVE_INFINITY;
  #pause = WAIT_MS;
  #cold = true;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#atOnce = Math.min(engine.settings.max, this.#cores);
    this.#quarter = Math.max(10, engine.settings.idleTimeout / 4);
  }

  /** Once per call: comparisons only, unless somebody must wait who did not before. */
  submitted(): void {
    const { crew, occupied, settings } = this.#engine;
    if (occupied <= crew.wanted || crew.wanted >= settings.max) return;
    if (crew.wanted === 0 || (this.#cold && crew.wanted < this.#atOnce)) this.#grow(1);
    else if (this.#growAt === Number.POSITIVE_INFINITY) this.#watch(WAIT_MS);
  }

  /** The queue is full: a thread instead of a refusal, while there are cores. False when there is none to be had. */
  makeRoom(): boolean {
    const { crew } = this.#engine;
    if (crew.wanted >= this.#atOnce && crew.wanted > 0) {
      if (crew.wanted < this.#engine.settings.max && this.#growAt === Number.POSITIVE_INFINITY)
        this.#watch(1);
      return false;
    }
    this.#grow(1);
    return true;
  }

  threadReady(): void {
    this.#cold = false;
    this.#watchIdle();
  }

  threadGone(): void {
    this.#cold = !this.#engine.crew.list().some((thread) => thread.state === "ready");
  }

  #state(): { demand: Demand; idle: Idle; waits: Waits } {
    const { shared, dispatch } = this.#engine;
    this.#parts ??= {
      demand: new Demand(shared.control),
      idle: new Idle(shared),
      waits: new Waits(shared, dispatch),
    };
    return this.#parts;
  }

  #grow(count: number): void {
    const { crew, settings } = this.#engine;
    const { idle, demand } = this.#state();
    idle.reset();
    demand.reset();
    this.#releaseAt = performance.now() + this.#quarter;
    outside(() => crew.want(Math.min(settings.max, crew.wanted + count)));
    this.#watch(WAIT_MS);
  }

  #watch(ms: number): void {
    const now = performance.now();
    this.#growAt = now + ms;
    this.#arm(now);
  }

  #watchIdle(): void {
    const { crew, settings } = this.#engine;
    if (crew.wanted <= settings.min || this.#quarter > LONGEST_TIMER_MS) return;
    const now = performance.now();
    if (this.#releaseAt === Number.POSITIVE_INFINITY) this.#releaseAt = now + this.#quarter;
    this.#arm(now);
  }

  #arm(now: number): void {
    const due = Math.min(this.#growAt, this.#releaseAt);
    if (due >= this.#dueAt || due - now > LONGEST_TIMER_MS) return;
    clearTimeout(this.#timer);
    this.#dueAt = due;
    this.#timer = outside(() => setTimeout(this.#tick, Math.max(1, due - now)));
    this.#timer.unref();
  }

  readonly #tick = (): void => {
    this.#dueAt = Number.POSITIVE_INFINITY;
    if (this.#engine.closed) return;
    const now = performance.now();
    const ready = this.#engine.crew.list().filter((thread) => thread.state === "ready");
    if (now >= this.#growAt) this.#look(ready, now);
    if (now >= this.#releaseAt) this.#release(ready, now);
    this.#arm(now);
  };

  /** Whether somebody waits, and what that calls for. */
  #look(ready: readonly Thread[], now: number): void {
    const { crew, occupied, settings } = this.#engine;
    const { waits, demand } = this.#state();
    this.#growAt = Number.POSITIVE_INFINITY;
    if (occupied <= ready.length || (crew.wanted >= settings.max && crew.wanted <= this.#cores)) {
      waits.reset();
      demand.reset();
      this.#pause = WAIT_MS;
      return;
    }
    const waited = waits.look();
    const loading = crew.loading > 0;
    if (!waited || loading) {
      this.#pause = waited ? WAIT_MS : Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
      this.#growAt = now + this.#pause;
      return;
    }
    this.#growAt = now + MEASURE_MS;
    const waiting = occupied - ready.length;
    if (crew.wanted < this.#atOnce) {
      this.#grow(Math.min(waiting, this.#atOnce - crew.wanted));
      return;
    }
    const each = demand.read(ready);
    if (each === undefined) return;
    const room = Math.floor(this.#cores / Math.max(each, 0.01)) - ready.length;
    // Twice as many at most: starting threads is work too, and the next measurement is near.
    if (room > 0) this.#grow(Math.min(room, waiting, Math.max(1, ready.length)));
    else this.#growAt = now + LONGEST_PAUSE_MS;
    const most = Math.max(settings.min, this.#cores);
    if (each * ready.length > this.#cores * TOO_MANY && ready.length > most) this.#letGo(ready.at(-1));
  }

  #release(ready: readonly Thread[], now: number): void {
    const { crew, settings } = this.#engine;
    if (crew.wanted > settings.min) this.#letGo(this.#state().idle.longest(ready, settings.idleTimeout, now));
    if (crew.wanted > settings.min) this.#releaseAt = now + this.#quarter;
    else this.#releaseAt = Number.POSITIVE_INFINITY;
  }

  /** It ends after the task it runs. */
  #letGo(thread: Thread | undefined): void {
    if (thread === undefined) return;
    const { crew } = this.#engine;
    crew.dismiss(thread);
    crew.want(crew.wanted - 1);
    this.#engine.dispatch.rouse();
  }
}
