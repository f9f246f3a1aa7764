import {
  CELLS,
  DIRECT,
  DONE_TAIL,
  HEAD,
  HEADER,
  HOST_WANTS,
  PARKED,
  POSTED,
  RESULT_MESSAGE,
  RING,
  RING_MASK,
  RUN_NS,
  SEARCHING,
  type Shared,
  STARTED,
  TAIL,
  workerBlock,
} from "../wire/layout.js";
import { raise, ring, takeAny, wakeOne } from "../wire/wake.js";
import type { Call } from "./call.js";
import { Cells } from "./cells.js";
import { Queue } from "./queue.js";
import { snapshot } from "./snapshot.js";

/** What the dispatcher needs to know of a worker. */
export interface Lane {
  readonly index: number;
  /** Tasks that ended in this worker. */
  tasks: number;
  /** Posts the arguments of a call to this worker alone. @throws when they cannot be cloned. */
  post(call: Call): void;
  /** Takes in all messages that the worker has posted. */
  receive(): void;
  /** The end of a call whose result came by message. */
  settleByMessage(call: Call, startedMs: number, runNs: number): void;
}

/** Told how calls end. */
export interface Ends {
  value(call: Call, value: unknown, startedMs: number, runNs: number): void;
  notCloneable(call: Call, error: unknown): void;
}

/**
 * Moves calls between the host's queue, the cells and the submission ring.
 *
 * As long as cells are free a call goes straight into shared memory, where any free worker takes it without the host. Calls of
 * higher priority take the published ones back, and are published before them.
 */
export class Dispatch {
  readonly cells: Cells;
  readonly queue = new Queue();
  readonly #shared: Shared;
  readonly #ends: Ends;
  readonly #lanes: (Lane | undefined)[] = [];
  readonly #taken = new Int32Array(128);
  readonly #received = new Int32Array(128);
  readonly #workers: () => number;
  /** Calls in the hands of workers: published or given, and not yet ended or taken back. */
  #handedOver = 0;
  #tail = 0;
  /** The highest key published and maybe not claimed: a call with a lower key must overtake. */
  #lastKey = Number.NEGATIVE_INFINITY;

  /** `workers` is how many there are to take a task. */
  constructor(shared: Shared, ends: Ends, workers: () => number) {
    this.#shared = shared;
    this.#workers = workers;
    this.#ends = ends;
    this.cells = new Cells(shared);
  }

  attach(lane: Lane): void {
    this.#lanes[lane.index] = lane;
    this.#taken[lane.index] = 0;
    this.#received[lane.index] = 0;
  }

  detach(index: number): void {
    this.#lanes[index] = undefined;
  }

  /** Takes a call in: when this returns it is published, or queued with its arguments copied. */
  submit(call: Call): void {
    if (this.queue.size === 0 && call.key >= this.#lastKey && this.cells.write(call)) {
      if (!call.byMessage && this.#hasRoom()) {
        this.#publish(call);
        return;
      }
    } else if (call.key < this.#lastKey) this.#takeBack(call);
    call.state = "queued";
    if (call.cell < 0 || call.byMessage) {
      // A free worker's own copy is the only one that is needed.
      if (call.cell >= 0 && this.queue.size === 0 && this.#give(call)) return;
      try {
        snapshot(call);
      } catch (error) {
        this.#refuse(call, error);
        return;
      }
    }
    this.queue.push(call);
    this.feed();
  }

  /** Hands over what waits, in order, as far as there is room. */
  feed(): void {
    for (;;) {
      const call = this.queue.peek();
      if (call === undefined) return;
      if (call.cell < 0 && !this.cells.write(call)) return;
      if (call.byMessage) {
        if (!this.#give(call) && !this.#giveWhenFree(call)) return;
      } else {
        if (!this.#hasRoom()) return;
        this.#publish(call);
      }
      this.queue.pop();
    }
  }

  /** Takes a call back before it started. False when a worker has it. */
  withdraw(call: Call): boolean {
    if (call.state === "queued") {
      call.state = "settled";
      this.queue.dropped();
      if (call.cell >= 0) this.cells.release(call);
      return true;
    }
    if (call.state !== "published" || !this.cells.disarm(call)) return false;
    call.state = "settled";
    this.#release(call);
    return true;
  }

  /** Takes in finished cells and messages of all workers. True when there were any. */
  drain(): boolean {
    let found = false;
    for (let index = 0; index < this.#lanes.length; index++) {
      const lane = this.#lanes[index];
      if (lane !== undefined && this.drainLane(lane)) found = true;
    }
    if (this.queue.size > 0) this.feed();
    return found;
  }

  drainLane(lane: Lane): boolean {
    const { control, done, numbers } = this.#shared;
    const block = workerBlock(lane.index);
    // In this order: what a task has posted is received before its end is taken in.
    const tail = Atomics.load(control, block + DONE_TAIL);
    const posted = Atomics.load(control, block + POSTED);
    let at = this.#taken[lane.index] ?? 0;
    const found = at !== tail || posted !== this.#received[lane.index];
    if (posted !== this.#received[lane.index]) {
      this.#received[lane.index] = posted;
      lane.receive();
    }
    const ring = lane.index * CELLS;
    while (at !== tail) {
      const index = done[ring + (at & (CELLS - 1))] ?? 0;
      at = (at + 1) | 0;
      this.#taken[lane.index] = at;
      lane.tasks++;
      const call = this.cells.calls[index];
      if (call === undefined) throw new Error(`this is a bug in Heddle: cell ${index} ended twice`);
      const kind = this.cells.resultKind(index);
      const header = (index * HEADER) / 2;
      const startedMs = numbers[header + STARTED] ?? 0;
      const runNs = numbers[header + RUN_NS] ?? 0;
      call.worker = lane.index;
      if (kind === RESULT_MESSAGE) {
        this.#received[lane.index] = Atomics.load(control, block + POSTED);
        lane.receive();
        this.#release(call);
        lane.settleByMessage(call, startedMs, runNs);
      } else {
        const value = this.cells.result(index, kind);
        this.#release(call);
        this.#ends.value(call, value, startedMs, runNs);
      }
    }
    return found;
  }

  ready(): boolean {
    const { control } = this.#shared;
    for (let index = 0; index < this.#lanes.length; index++) {
      if (this.#lanes[index] === undefined) continue;
      const block = workerBlock(index);
      if (Atomics.load(control, block + DONE_TAIL) !== this.#taken[index]) return true;
      if (Atomics.load(control, block + POSTED) !== this.#received[index]) return true;
    }
    return Atomics.load(control, HOST_WANTS) === 1 && this.#anyoneFree();
  }

  /** Work may wait in the ring while the worker that was woken for it is gone. */
  rouse(): void {
    if (Atomics.load(this.#shared.control, HEAD) !== this.#tail) wakeOne(this.#shared);
  }

  /** All calls that are somewhere here, settled ones whose task still runs included. */
  all(): readonly Call[] {
    return [
      ...this.cells.calls.filter((call) => call !== undefined),
      ...this.queue.list().filter((call) => call.cell < 0),
    ];
  }

  /** What a worker that is gone leaves: calls that it had begun; those that it had not begun are queued again. */
  reclaim(worker: number): Call[] {
    const begun: Call[] = [];
    for (const call of this.cells.calls) {
      if (call === undefined) continue;
      if (this.cells.owner(call) === worker && call.state !== "queued") {
        call.worker = worker;
        this.#release(call);
        begun.push(call);
      } else if (call.worker === worker && call.state === "published" && this.cells.disarm(call)) {
        call.worker = -1;
        if (call.transferList === undefined) {
          this.#handedOver--;
          call.state = "queued";
          this.queue.push(call);
        } else {
          // What was moved to the dead thread cannot be sent again.
          this.#release(call);
          begun.push(call);
        }
      }
    }
    return begun;
  }

  #anyoneFree(): boolean {
    const { control } = this.#shared;
    for (let word = 0; word < 4; word++) {
      if (Atomics.load(control, PARKED + word) !== 0 || Atomics.load(control, SEARCHING + word) !== 0)
        return true;
    }
    return false;
  }

  #hasRoom(): boolean {
    return ((this.#tail - Atomics.load(this.#shared.control, HEAD)) | 0) < RING;
  }

  #publish(call: Call): void {
    const { control, ring: slots } = this.#shared;
    call.state = "published";
    this.#handedOver++;
    if (call.key > this.#lastKey) this.#lastKey = call.key;
    slots[this.#tail & RING_MASK] = this.cells.arm(call);
    this.#tail = (this.#tail + 1) | 0;
    Atomics.store(control, TAIL, this.#tail);
    wakeOne(this.#shared);
  }

  /** Gives a call to a free worker alone. False when none is free. */
  #give(call: Call): boolean {
    let worker = takeAny(this.#shared, SEARCHING);
    if (worker < 0) worker = takeAny(this.#shared, PARKED);
    const lane = this.#lanes[worker];
    if (lane === undefined) return false;
    this.cells.arm(call);
    try {
      lane.post(call);
    } catch (error) {
      // The worker was reserved for nothing: it takes its bit back when its bell rings, and looks for other work.
      raise(this.#shared, PARKED, worker);
      ring(this.#shared, worker);
      this.#refuse(call, error);
      return true;
    }
    call.state = "published";
    this.#handedOver++;
    call.worker = worker;
    const { control } = this.#shared;
    if (control[HOST_WANTS] !== 0) Atomics.store(control, HOST_WANTS, 0);
    Atomics.store(control, workerBlock(worker) + DIRECT, call.entry + 1);
    ring(this.#shared, worker);
    return true;
  }

  /** The next worker that becomes free will ring; it may have become free just now. */
  #giveWhenFree(call: Call): boolean {
    Atomics.store(this.#shared.control, HOST_WANTS, 1);
    return this.#give(call);
  }

  #refuse(call: Call, error: unknown): void {
    call.state = "published";
    if (call.cell >= 0) this.cells.release(call);
    this.#ends.notCloneable(call, error);
  }

  #release(call: Call): void {
    this.#handedOver--;
    this.cells.release(call);
  }

  /**
   * Puts published calls that `call` must overtake back into the queue; not the first ones for which a worker is free: those count
   * as handed over, though their worker may not have woken up yet.
   */
  #takeBack(call: Call): void {
    const { control, ring: slots } = this.#shared;
    const waiting: Call[] = [];
    for (let at = Atomics.load(control, HEAD); at !== this.#tail; at = (at + 1) | 0) {
      const entry = slots[at & RING_MASK] ?? 0;
      const published = this.cells.byEntry(entry);
      if (published?.state === "published") waiting.push(published);
    }
    const free = Math.max(0, this.#workers() - (this.#handedOver - waiting.length));
    for (const published of waiting.slice(free)) {
      if (published.key <= call.key || !this.cells.disarm(published)) continue;
      this.#handedOver--;
      published.state = "queued";
      this.queue.push(published);
    }
    this.#lastKey = Number.NEGATIVE_INFINITY;
  }
}
