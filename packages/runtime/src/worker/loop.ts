import type { MessagePort } from "node:worker_threads";
import type { Arena } from "../wire/arena.js";
import { type Area, area, decodeList } from "../wire/codec.js";
import { ringHost } from "../wire/host-bell.js";
import {
  AREA_BYTES,
  ARGS_BLOCK,
  ARGS_LIST,
  ARGS_NUMBERS,
  CANCEL,
  CARRIES,
  CELLS,
  COUNT,
  cellOf,
  DIRECT,
  FOR_EACH,
  HEAD,
  HEADER,
  HOST_WANTS,
  KIND,
  LANE,
  PARKED,
  type Shared,
  STOP,
  STREAM,
  TAIL,
  TASK,
  TELL_START,
  VALUE,
  workerBlock,
} from "../wire/layout.js";
import { shareTime } from "../wire/shared-clock.js";
import { take, wakeOneAs } from "../wire/wake.js";
import { claim } from "./claim.js";
import { receiveCall } from "./inbox.js";
import type { Outbox } from "./outbox.js";
import type { Running } from "./running.js";
import { Sleep } from "./sleep.js";
import { streamOut } from "./stream.js";
import { forEach, isThenable, NoSuchTask, sendablePart, type Tasks } from "./tasks.js";
import type { Vitals } from "./vitals.js";

/** A worker with endless work still gives its event loop a turn this often. */
const SLICE_MS = 10;

/** The life of a worker: take a task, run it, send back its end, wait. One task at a time. */
export class Loop {
  readonly #shared: Shared;
  readonly #worker: number;
  readonly #port: MessagePort;
  readonly #outbox: Outbox;
  readonly #tasks: Tasks;
  readonly #running: Running;
  readonly #area: Area;
  readonly #arena: Arena;
  readonly #sleep: Sleep;
  readonly #vitals: Vitals;
  readonly #onStop: () => void;
  /** `performance.now()` at the end of the last task, which is the start of the next: one look at the clock per task. */
  #now = 0;
  /** When the event loop is due for a turn. */
  #sliceEnd = 0;
  #asleep = false;
  #naps = 0;
  /** A task has run since the event loop had its last turn before a sleep. */
  #owesTurn = false;

  constructor(
    shared: Shared,
    arena: Arena,
    worker: number,
    port: MessagePort,
    outbox: Outbox,
    tasks: Tasks,
    running: Running,
    vitals: Vitals,
    onStop: () => void,
  ) {
    this.#shared = shared;
    this.#arena = arena;
    this.#worker = worker;
    this.#port = port;
    this.#outbox = outbox;
    this.#tasks = tasks;
    this.#running = running;
    this.#vitals = vitals;
    this.#onStop = onStop;
    this.#area = area(shared.buffer, shared.areaOffset, CELLS * AREA_BYTES);
    this.#sleep = new Sleep(shared, worker, () => this.#rung());
    running.onWatch(() => this.#sleep.listen());
  }

  start(): void {
    this.#turn();
  }

  /** Our bell rang while the event loop had us: there is work, or the running task was cancelled. */
  #rung(): void {
    if (!this.#asleep) {
      // A task is pending; a ring then means cancel.
      this.#sleep.clearBell();
      this.#running.look();
      if (this.#running.entry >= 0) this.#sleep.listen();
      return;
    }
    if (!this.#sleep.answer()) {
      this.#sleep.listen();
      return;
    }
    this.#asleep = false;
    this.#turn();
  }

  readonly #turn = (): void => {
    this.#now = performance.now();
    this.#sliceEnd = this.#now + SLICE_MS;
    this.#go();
  };

  /** After a task that was pending. Such tasks may be microtasks long: one after the other, they would keep the event loop waiting. */
  #resume(): void {
    if (this.#now > this.#sliceEnd) this.#yield();
    else this.#go();
  }

  #yield(): void {
    this.#vitals.look(this.#now);
    setImmediate(this.#turn);
  }

  #go(): void {
    const { control } = this.#shared;
    const stop = workerBlock(this.#worker) + STOP;
    const direct = workerBlock(this.#worker) + DIRECT;
    let waited = true;
    for (;;) {
      // A task that was given to this worker alone before it was told to stop is still run: nobody else has its arguments.
      if (Atomics.load(control, stop) !== 0 && Atomics.load(control, direct) === 0) {
        // Who woke us relied on us to find what is there.
        this.#wakeNext();
        this.#onStop();
        return;
      }
      const entry = claim(this.#shared, this.#worker);
      if (entry < 0) {
        // Here and not when it wakes up: then a task waits for the sample.
        this.#vitals.look(this.#now);
        if (this.#owesTurn) {
          if (!this.#sleep.search()) {
            // Before the thread is blocked: promises that a task has left go on, and what they reject is heard of. Everybody knows
            // already that we are free: a caller that blocks now cannot give us anything later.
            this.#owesTurn = false;
            if (!this.#sleep.park()) {
              this.#asleep = true;
              setImmediate(this.#rest, ++this.#naps);
              return;
            }
          }
        } else if (!this.#sleep.wait() && !this.#fallAsleep()) return;
        this.#now = performance.now();
        waited = true;
        continue;
      }
      if (waited) this.#wakeNext();
      waited = false;
      this.#owesTurn = true;
      if (!this.#execute(entry)) return;
      if (this.#now > this.#sliceEnd) {
        this.#yield();
        return;
      }
    }
  }

  /** The turn of the event loop between parking and resting is over, unless a ring has ended the nap before. */
  readonly #rest = (nap: number): void => {
    if (!this.#asleep || nap !== this.#naps) return;
    this.#asleep = false;
    if (this.#sleep.rest() || this.#fallAsleep()) this.#turn();
  };

  /** The event loop has us. True when there is something to do all the same: this worker is worn and must be replaced. */
  #fallAsleep(): boolean {
    this.#asleep = true;
    const worn = this.#vitals.sample(performance.now());
    // Whoever took our bit rings: then there is a task for us first.
    if (!worn || !take(this.#shared, PARKED, this.#worker)) return false;
    this.#asleep = false;
    return true;
  }

  /**
   * A worker that found work after waiting wakes the next one when there is more: the host wakes only the first. And the host, if
   * that waits for a worker: what kept it from giving one its call may have been the task that is taken now.
   */
  #wakeNext(): void {
    const { control } = this.#shared;
    if (Atomics.load(control, HOST_WANTS) === 1) ringHost(this.#shared);
    if (Atomics.load(control, TAIL) === Atomics.load(control, HEAD)) return;
    wakeOneAs(this.#worker, this.#shared);
  }

  /** Runs a task. False when it is still pending: its end calls `#resume`. */
  #execute(entry: number): boolean {
    const { cells } = this.#shared;
    const header = cellOf(entry) * HEADER;
    const kind = cells[header + KIND] ?? 0;
    this.#running.begin(entry, kind);
    if ((kind & TELL_START) !== 0) {
      this.#outbox.tell({ type: "started", entry, startedMs: shareTime(performance.now()) });
    }
    let value: unknown;
    let pending: boolean;
    try {
      value = this.#call(entry, header, kind);
      pending = isThenable(value);
    } catch (error) {
      this.#fail(entry, error);
      return true;
    }
    if (pending) {
      const began = this.#now;
      Promise.resolve(value).then(
        (result) => {
          this.#now = began;
          this.#settle(entry, kind, result);
          this.#resume();
        },
        (error: unknown) => {
          this.#now = began;
          this.#fail(entry, error);
          this.#resume();
        },
      );
      return false;
    }
    this.#settle(entry, kind, value);
    return true;
  }

  #call(entry: number, header: number, kind: number): unknown {
    const { cells, numbers } = this.#shared;
    const run = this.#tasks.get(cells[header + TASK] ?? 0);
    const count = cells[header + COUNT] ?? 0;
    if ((kind & LANE) === ARGS_NUMBERS) {
      const first = header / 2 + VALUE;
      if (count === 0) return run();
      if (count === 1) return run(numbers[first]);
      if (count === 2) return run(numbers[first], numbers[first + 1]);
      return run(numbers[first], numbers[first + 1], numbers[first + 2]);
    }
    let args = this.#args(entry, header, kind & LANE);
    if ((kind & CARRIES) !== 0) {
      this.#running.carried = args[0] as Readonly<Record<string, unknown>>;
      args = args.slice(1);
    }
    if ((kind & (FOR_EACH | STREAM)) === 0) return run(...args);
    const cancelled = () => Atomics.load(cells, header + CANCEL) !== 0;
    if ((kind & FOR_EACH) !== 0) return forEach(run, args[0] as readonly unknown[], cancelled);
    const name = this.#tasks.name(cells[header + TASK] ?? 0);
    return streamOut(name, () => run(...args.slice(0, -1)), args.at(-1) as MessagePort, cancelled);
  }

  #args(entry: number, header: number, lane: number): readonly unknown[] {
    if (lane === ARGS_LIST) return decodeList(this.#area, cellOf(entry) * AREA_BYTES);
    if (lane === ARGS_BLOCK)
      return decodeList(this.#arena.area, this.#shared.numbers[header / 2 + VALUE] ?? -1);
    return receiveCall(this.#port, entry);
  }

  #settle(entry: number, kind: number, value: unknown): void {
    const started = this.#now;
    const runNs = this.#runNs();
    this.#running.end();
    const instead = (kind & FOR_EACH) === 0 ? undefined : sendablePart;
    this.#outbox.settle(entry, kind & LANE, value, shareTime(started), runNs, instead);
  }

  #fail(entry: number, error: unknown): void {
    const began = this.#now;
    const runNs = this.#runNs();
    const started = shareTime(began);
    this.#running.end();
    if (error instanceof NoSuchTask) {
      this.#outbox.fail(entry, { type: "no-such-task", entry, names: error.names }, started, runNs);
    } else this.#outbox.throws(entry, error, started, runNs);
  }

  #runNs(): number {
    const now = performance.now();
    const ms = now - this.#now;
    this.#now = now;
    this.#vitals.ran(ms);
    return ms * 1e6;
  }
}
