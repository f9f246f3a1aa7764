import type { Arena } from "../wire/arena.js";
import { DIRECT, HOST_WANTS, SEARCHING, type Shared, workerBlock } from "../wire/layout.js";
import { finishWaking, raise, ring, wakeOne } from "../wire/wake.js";
import type { Call } from "./call.js";
import { Cells } from "./cells.js";
import { Collector } from "./collect.js";
import { FreeWorkers } from "./free-workers.js";
import type { Ends, Lane } from "./lane.js";
import { Queue } from "./queue.js";
import { snapshot } from "./snapshot.js";
import { SubmissionRing } from "./submission-ring.js";

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
  readonly #collector: Collector;
  readonly #free: FreeWorkers;
  readonly #workers: () => number;
  /** Calls in the hands of workers: published or given, and not yet ended or taken back. */
  #handedOver = 0;
  readonly #ring: SubmissionRing;
  /** The highest key published and maybe not claimed: a call with a lower key must overtake. */
  #lastKey = Number.NEGATIVE_INFINITY;

  /** `workers` is how many there are to take a task. */
  constructor(shared: Shared, arena: Arena, ends: Ends, workers: () => number) {
    this.#shared = shared;
    this.#workers = workers;
    this.#ends = ends;
    this.cells = new Cells(shared, arena);
    this.#ring = new SubmissionRing(shared);
    this.#collector = new Collector(shared, this.cells, ends, (call) => this.#release(call));
    this.#free = new FreeWorkers(shared, this.cells, this.#ring, this.#collector);
  }

  attach(lane: Lane): void {
    this.#collector.attach(lane);
  }

  detach(index: number): void {
    this.#collector.detach(index);
  }

  /** Takes a call in: when this returns it is published, or queued with its arguments copied. */
  submit(call: Call): void {
    if (this.queue.size === 0 && call.key >= this.#lastKey && this.cells.write(call)) {
      if (!call.byMessage && this.#ring.hasRoom()) {
        this.#publish(call);
        return;
      }
    } else if (call.key < this.#lastKey) this.#takeBack(call);
    call.state = "queued";
    if (call.cell < 0 || call.byMessage) {
      // A free worker's own copy is the only one that is needed.
      if (call.cell >= 0 && this.queue.size === 0 && this.#giveAtOnce(call)) return;
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

  /**
   * Hands over what waits, in order, as far as there is room. A call leaves the queue before it is handed over: whoever is told that
   * it could not be sent may call the pool again.
   */
  feed(): void {
    this.#wants(0);
    for (;;) {
      const call = this.queue.peek();
      if (call === undefined) return;
      if (call.cell < 0 && !this.cells.write(call)) return;
      if (call.byMessage) {
        const lane = this.#free.reserve() ?? this.#reserveSoon();
        if (lane === undefined) return;
        this.queue.pop();
        this.#give(call, lane);
      } else {
        if (!this.#ring.hasRoom() && !this.#hasRoomSoon()) return;
        this.queue.pop();
        this.#publish(call);
      }
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

  /** Moves a call that nobody has begun to an earlier place. */
  raise(call: Call, key: number): void {
    if (key >= call.key) return;
    if (call.state === "published") {
      if (call.byMessage || !this.cells.disarm(call)) return;
      this.#handedOver--;
      call.state = "queued";
      call.key = key;
      this.queue.push(call);
    } else if (call.state === "queued") this.queue.raise(call, key);
    else return;
    if (key < this.#lastKey) this.#takeBack(call);
    this.feed();
  }

  /** Takes in finished cells and messages of all workers. True when there were any. */
  drain(): boolean {
    const found = this.#collector.drain();
    if (this.queue.size > 0) this.feed();
    else this.#wants(0);
    return found;
  }

  drainLane(lane: Lane): boolean {
    return this.#collector.drainLane(lane);
  }

  ready(): boolean {
    return this.#collector.ready() || (this.#shared.control[HOST_WANTS] === 1 && this.#couldFeed());
  }

  #couldFeed(): boolean {
    const call = this.queue.peek();
    return call !== undefined && (call.byMessage ? this.#free.spare() > 0 : this.#ring.hasRoom());
  }

  /** Work may wait in the ring while the worker that was woken for it is gone, or while the one it was waking sleeps on. */
  rouse(gone: number): void {
    const living = this.#collector.lanes().map((lane) => lane.index);
    finishWaking(gone, living, this.#shared);
    if (!this.#ring.empty) wakeOne(this.#shared);
  }

  /** All calls that are somewhere here, settled ones whose task still runs included. */
  all(): readonly Call[] {
    return [
      ...this.cells.calls.filter((call) => call !== undefined),
      ...this.queue.list().filter((call) => call.cell < 0),
    ];
  }

  /** True when a worker has begun it, or is about to: it ends by itself, or with its worker. */
  begun(call: Call): boolean {
    return call.state !== "queued" && call.cell >= 0 && this.cells.owner(call) >= 0;
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

  /** The ring is full of entries that were taken back; a worker that passes them, and then finds nothing, will ring. */
  #hasRoomSoon(): boolean {
    this.#wants(1);
    return this.#ring.hasRoom();
  }

  /**
   * Whether workers that become free are to ring although they have no result. Asked for anew at each `feed`: a call that is
   * cancelled while it waits must not leave the host polling.
   */
  #wants(flag: 0 | 1): void {
    const { control } = this.#shared;
    if (control[HOST_WANTS] !== flag) Atomics.store(control, HOST_WANTS, flag);
  }

  #publish(call: Call): void {
    call.state = "published";
    this.#handedOver++;
    if (call.key > this.#lastKey) this.#lastKey = call.key;
    this.#ring.push(this.cells.arm(call));
    wakeOne(this.#shared);
  }

  /** The next worker that becomes free will ring; it may have become free just now. */
  #reserveSoon(): Lane | undefined {
    this.#wants(1);
    return this.#free.reserve();
  }

  #giveAtOnce(call: Call): boolean {
    const reserved = this.#free.reserve();
    const lane = reserved ?? this.#free.idle();
    if (lane === undefined) return false;
    this.#give(call, lane, reserved !== undefined);
    return true;
  }

  /** Gives a call to one worker alone; `reserved` when its bit was taken for it. */
  #give(call: Call, lane: Lane, reserved = true): void {
    this.cells.arm(call);
    try {
      lane.post(call);
    } catch (error) {
      // The worker was reserved for nothing: it takes the bit when its bell rings, and looks for other work.
      if (reserved) {
        raise(this.#shared, SEARCHING, lane.index);
        ring(this.#shared, lane.index);
      }
      this.#refuse(call, error);
      return;
    }
    call.state = "published";
    this.#handedOver++;
    call.worker = lane.index;
    Atomics.store(this.#shared.control, workerBlock(lane.index) + DIRECT, call.entry + 1);
    ring(this.#shared, lane.index);
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
    const waiting: Call[] = [];
    for (const entry of this.#ring.entries()) {
      const published = this.cells.byEntry(entry);
      if (published?.state === "published") waiting.push(published);
    }
    const free = Math.max(0, this.#workers() - (this.#handedOver - waiting.length));
    this.#lastKey = Number.NEGATIVE_INFINITY;
    for (const published of waiting.slice(free)) {
      if (published.key <= call.key) {
        this.#lastKey = Math.max(this.#lastKey, published.key);
        continue;
      }
      if (!this.cells.disarm(published)) continue;
      this.#handedOver--;
      published.state = "queued";
      this.queue.push(published);
    }
  }
}
