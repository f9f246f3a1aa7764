import { DIRECT, PARKED, SEARCHING, type Shared, STOP, workerBlock } from "../wire/layout.js";
import { count, ring, takeAny } from "../wire/wake.js";
import type { Cells } from "./cells.js";
import type { Collector } from "./collect.js";
import type { Lane } from "./lane.js";
import type { SubmissionRing } from "./submission-ring.js";

/** Finds a free worker for a call that can go to one worker alone. */
export class FreeWorkers {
  readonly #shared: Shared;
  readonly #cells: Cells;
  readonly #ring: SubmissionRing;
  readonly #collector: Collector;

  constructor(shared: Shared, cells: Cells, submissions: SubmissionRing, collector: Collector) {
    this.#shared = shared;
    this.#cells = cells;
    this.#ring = submissions;
    this.#collector = collector;
  }

  /**
   * How many workers are free beyond those that the published calls need. Without this a call given to one worker would overtake
   * what the worker was woken for.
   */
  spare(): number {
    const free = count(this.#shared, SEARCHING) + count(this.#shared, PARKED);
    return free - this.#ring.countFirst(free, (entry) => this.#cells.byEntry(entry)?.state === "published");
  }

  /** Takes a free worker for one call. Its bits are down until it has been rung. */
  reserve(): Lane | undefined {
    while (this.spare() > 0) {
      // One that looks already is faster, unless it was woken for another call.
      const searches = this.#ring.empty;
      let worker = takeAny(this.#shared, searches ? SEARCHING : PARKED);
      if (worker < 0) worker = takeAny(this.#shared, searches ? PARKED : SEARCHING);
      if (worker < 0) return undefined;
      const lane = this.#collector.lane(worker);
      if (lane?.accepts === true && !this.#hasDirect(worker)) return lane;
      // On its way out, or given a call without its bit. It may wait for the ring of whoever took the bit.
      ring(this.#shared, worker);
    }
    return undefined;
  }

  /**
   * A worker that has nothing to do but has not said so yet: it needs a moment after its task, and milliseconds when it has lost its
   * core. It looks for a call of its own before it sleeps, so it can be given one although its bits are down. Not one that still
   * loads, behind which the call would wait while others become free; nor one that has been told to stop, by itself or by us.
   */
  idle(): Lane | undefined {
    if (!this.#ring.empty) return undefined;
    const busy = new Set<number>();
    for (const call of this.#cells.calls) {
      if (call === undefined || call.state === "queued") continue;
      busy.add(this.#cells.owner(call)).add(call.worker);
    }
    return this.#collector
      .lanes()
      .find(
        ({ loaded, index }) => loaded && !busy.has(index) && !this.#hasDirect(index) && !this.#stops(index),
      );
  }

  /** A worker that stops itself after so many tasks says so before it hands over the result of the last one. */
  #stops(worker: number): boolean {
    return Atomics.load(this.#shared.control, workerBlock(worker) + STOP) !== 0;
  }

  #hasDirect(worker: number): boolean {
    return Atomics.load(this.#shared.control, workerBlock(worker) + DIRECT) !== 0;
  }
}
