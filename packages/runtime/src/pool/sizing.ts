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
const MEASURE_MS = 40;
/** A thread that asks for less than this of a core waits; when it asks for more, a second measurement must agree. */
const CLEARLY_WAITS = 0.25;
const LONGEST_PAUSE_MS = 50;
/** Nobody waits; it is only looked whether too many compute. */
const RELAXED_MS = 200;
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
  /** More threads than this are too many when all of them compute. */
  readonly #enough: number;
  readonly #quarter: number;
  #parts: { demand: Demand; idle: Idle; waits: Waits } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #lookAt = Number.POSITIVE_INFINITY;
  #releaseAt = Number.POSITIVE_INFINITY;
  #pause = WAIT_MS;
  /** No thread is ready yet. */
  #cold = true;
  /** The last measurement; 1 after a change, which makes it wait for the next. */
  #each = 1;
  /** A call was refused since the last look. */
  #refused = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#atOnce = Math.min(engine.settings.max, this.#cores);
    this.#enough = Math.max(engine.settings.min, this.#cores);
    this.#quarter = Math.max(10, engine.settings.idleTimeout / 4);
  }

  /** Once per call: comparisons only, unless a core or a thread is missing that was not missing before. */
  submitted(): void {
    const { crew, occupied, settings } = this.#engine;
    const { wanted } = crew;
    if (occupied <= Math.min(wanted, this.#atOnce)) return;
    if (wanted === 0 || (this.#cold && wanted < this.#atOnce)) this.#grow(1);
    else if (this.#lookAt < Number.POSITIVE_INFINITY) return;
    else if (wanted < settings.max || wanted > this.#enough) this.#watch(WAIT_MS);
  }

  /** The queue is full: true when a thread was started for the call that would be refused. */
  makeRoom(): boolean {
    const { crew, settings } = this.#engine;
    if (crew.wanted < this.#atOnce) {
      this.#grow(1);
      return true;
    }
    if (crew.wanted < settings.max) {
      this.#refused = true;
      if (this.#lookAt === Number.POSITIVE_INFINITY) this.#watch(WAIT_MS);
    }
    return false;
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
    this.#each = 1;
    idle.reset();
    demand.reset();
    this.#releaseAt = performance.now() + this.#quarter;
    outside(() => crew.want(Math.min(settings.max, crew.wanted + count)));
    this.#watch(WAIT_MS);
  }

  #watch(ms: number): void {
    const now = performance.now();
    this.#lookAt = now + ms;
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
    const due = Math.min(this.#lookAt, this.#releaseAt);
    if (due >= this.#dueAt || due - now > LONGEST_TIMER_MS) return;
    clearTimeout(this.#timer);
    this.#dueAt = due;
    this.#timer = outside(() => setTimeout(this.#tick, Math.max(1, due - now)));
    this.#timer.unref();
  }

  readonly #tick = (): void => {
    this.#dueAt = Number.POSITIVE_INFINITY;
    const { closed, occupied } = this.#engine;
    if (closed && occupied === 0) return;
    const now = performance.now();
    const ready = this.#engine.crew.list().filter((thread) => thread.state === "ready");
    if (now >= this.#lookAt) this.#look(ready, now);
    if (now >= this.#releaseAt) this.#release(ready, now);
    this.#arm(now);
  };

  /** Whether somebody waits, or too many compute, and what that calls for. */
  #look(ready: readonly Thread[], now: number): void {
    const { crew, occupied, settings } = this.#engine;
    const { waits, demand } = this.#state();
    this.#lookAt = Number.POSITIVE_INFINITY;
    const waiting = Math.max(occupied - ready.length, this.#refused ? 1 : 0);
    const grows = waiting > 0 && crew.wanted < settings.max;
    const beyond = ready.length > this.#enough && occupied > this.#cores;
    if (!grows && !beyond) {
      waits.reset();
      demand.reset();
      this.#pause = WAIT_MS;
      return;
    }
    const waited = waits.look() || this.#refused;
    this.#refused = false;
    if (crew.loading > 0) {
      this.#lookAt = now + WAIT_MS;
    } else if (grows && waited && crew.wanted < this.#atOnce) {
      this.#grow(Math.min(waiting, this.#atOnce - crew.wanted));
    } else if ((grows && waited) || beyond) {
      this.#measure(ready, grows && waited ? waiting : 0, now);
    } else {
      demand.reset();
      this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
      this.#lookAt = now + this.#pause;
    }
  }

  /** What the threads ask for decides between more of them and fewer. */
  #measure(ready: readonly Thread[], waiting: number, now: number): void {
    const measured = this.#state().demand.read(ready);
    this.#lookAt = now + (measured === undefined ? MEASURE_MS : waiting > 0 ? LONGEST_PAUSE_MS : RELAXED_MS);
    if (measured === undefined) return;
    const before = this.#each;
    this.#each = measured;
    const each = measured < CLEARLY_WAITS ? measured : Math.max(measured, before);
    const room = Math.floor(this.#cores / Math.max(each, 0.01)) - ready.length;
    if (room <= 0) {
      const tooMany = each * ready.length > this.#cores * TOO_MANY;
      if (tooMany && ready.length > this.#enough) this.#letGo(ready.at(-1));
    } else if (waiting > 0) {
      // Twice as many at most: starting threads is work too, and the next measurement is near.
      this.#grow(Math.min(room, waiting, Math.max(1, ready.length)));
    }
  }

  #release(ready: readonly Thread[], now: number): void {
    const { crew, occupied, settings } = this.#engine;
    // No thread could be started: the next call tries again.
    if (crew.alive === 0 && occupied === 0) outside(() => crew.want(settings.min));
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
  }
}
