import {
  CELLS,
  DONE_TAIL,
  HEADER,
  POSTED,
  RESULT_MESSAGE,
  RUN_NS,
  type Shared,
  STARTED,
  workerBlock,
} from "../wire/layout.js";
import type { Call } from "./call.js";
import type { Cells } from "./cells.js";
import type { Ends, Lane } from "./lane.js";

/** Takes in what workers have finished: their completion rings and, where these say so, their messages. */
export class Collector {
  readonly #shared: Shared;
  readonly #cells: Cells;
  readonly #ends: Ends;
  readonly #release: (call: Call) => void;
  readonly #lanes: (Lane | undefined)[] = [];
  readonly #taken = new Int32Array(128);
  readonly #received = new Int32Array(128);

  /** `release` gives back the cell of a call that has ended. */
  constructor(shared: Shared, cells: Cells, ends: Ends, release: (call: Call) => void) {
    this.#shared = shared;
    this.#cells = cells;
    this.#ends = ends;
    this.#release = release;
  }

  lanes(): readonly Lane[] {
    return this.#lanes.filter((lane) => lane !== undefined);
  }

  lane(index: number): Lane | undefined {
    return this.#lanes[index];
  }

  attach(lane: Lane): void {
    this.#lanes[lane.index] = lane;
    this.#taken[lane.index] = 0;
    this.#received[lane.index] = 0;
  }

  detach(index: number): void {
    this.#lanes[index] = undefined;
  }

  /** True when there was something. */
  drain(): boolean {
    let found = false;
    for (let index = 0; index < this.#lanes.length; index++) {
      const lane = this.#lanes[index];
      if (lane !== undefined && this.drainLane(lane)) found = true;
    }
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
      const call = this.#cells.calls[index];
      if (call === undefined) throw new Error(`this is a bug in Heddle: cell ${index} ended twice`);
      const kind = this.#cells.resultKind(index);
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
        const value = this.#cells.result(index, kind);
        this.#release(call);
        this.#ends.value(call, value, startedMs, runNs);
      }
    }
    return found;
  }

  /** True when `drain` would find something. Two loads of shared memory per worker. */
  ready(): boolean {
    const { control } = this.#shared;
    for (let index = 0; index < this.#lanes.length; index++) {
      if (this.#lanes[index] === undefined) continue;
      const block = workerBlock(index);
      if (Atomics.load(control, block + DONE_TAIL) !== this.#taken[index]) return true;
      if (Atomics.load(control, block + POSTED) !== this.#received[index]) return true;
    }
    return false;
  }
}
